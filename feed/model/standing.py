"""Figures and states on record, in the form that decisions are made with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from feed.model.event import Draft, Event
from feed.model.figure import Measure
from feed.model.period import Basis, Frame, Period, frame
from feed.model.quantity import plain
from feed.model.report import FigureReported, OfficeReported, SchemeReported
from feed.model.series import Series, baseline_kind, series_of

BEGINNING = datetime.min.replace(tzinfo=UTC)
Order = tuple[str, str, str, int, str]  # day and time of publication, article, place in it, id
Rank = tuple[bool, bool, bool, datetime, tuple[int, Decimal], Order]
Group = tuple[str, str]  # a series and a frame by name
Bounds = tuple[int, int, str]  # the ordinals of the last and the first day (or 0), kind of baseline
Number = tuple[int, str, str, str]  # the ordinal of the first day, in which unit and status, what is printed
LEAST = Decimal(100)  # smaller numbers coincide by chance


@dataclass(frozen=True, slots=True)
class Cut:
    """What a topic says about cutting periods and about sources: stocks, named starts, who publishes as a duty.

    `names` has the one name of an organisation by each of its others, so that "ONS" and its full name are one source.
    """

    stocks: frozenset[str] = frozenset()
    starts: frozenset[date] = frozenset()
    official: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    def called(self, source: str | None) -> str | None:
        """A source by its one name; None when there is none."""
        return None if source is None else self.names.get(source, source)


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure on record: the event's id and times with what it reports, its series and frame.

    `time` is the article's publication, None when unknown; `recorded` and `sequence` are our log's. `publisher` has its
    one name; `source` is who the article has it from; `originator` is who measured, as far as the text tells, else who
    printed it; `own`: the originator printed it itself, as its duty.
    `order` is the order of publication, the same whatever the order of arrival: day, time, article, place in it. `rank`
    is what counts among figures of one period: the greater one stands. `said` is what is printed: qualifier and
    numbers; `bounds` tells the exact periods of one series and frame apart. `number` is by what the same number, told
    of something else, is known again; None when it would coincide by chance.
    """

    id: str
    figure: FigureReported
    series: Series
    frame: Frame
    baseline: str | None
    time: datetime | None
    recorded: datetime
    sequence: int
    publisher: str | None
    source: str
    originator: str | None
    official: bool
    own: bool
    group: Group
    order: Order
    rank: Rank
    said: str
    bounds: Bounds
    number: Number | None

    @property
    def dated(self) -> bool:
        """Whether its day of publication is known."""
        return self.figure.published is not None

    @property
    def superseded(self) -> bool:
        """Whether its own text says that another number has taken its place: then it never stands."""
        return self.figure.superseded

    @property
    def end(self) -> date:
        """The last day that it is about; the first day of all when it does not say."""
        return date.min if self.figure.period is None else self.figure.period.end

    @property
    def timeless(self) -> bool:
        """Whether it does not say since when it counts."""
        return not self.bounds[1]

    @property
    def known_end(self) -> bool:
        """Whether the text tells up to when it counts: its end is not just the day of publication."""
        return self.rank[0]


def reported(event: Event | Draft, cut: Cut) -> Reported:
    """A figure event as it takes part in decisions; a draft, not yet recorded, has no place in the log."""
    figure = event.data
    if not isinstance(figure, FigureReported):
        message = f"event {event.id} states no figure"
        raise TypeError(message)
    publisher = cut.called(figure.publisher)
    originator = cut.called(figure.attribution.originator) or publisher
    official = not cut.official.isdisjoint({publisher, originator})
    own = official and publisher == originator
    series = series_of(figure, figure.published)
    framed = frame(figure.period, stock=figure.metric in cut.stocks, starts=cut.starts)
    order = _order(event, figure)
    baseline = baseline_kind(figure.period, figure.baseline)
    bounds, numbers = _bounds(figure.period, baseline), " ".join(map(plain, figure.numbers))
    return Reported(
        id=event.id,
        figure=figure,
        series=series,
        frame=framed,
        baseline=baseline,
        time=event.time,
        recorded=_recorded(event),
        sequence=_position(event),
        publisher=publisher,
        source=_source(figure, cut),
        originator=originator,
        official=official,
        own=own,
        group=_group(str(series), str(framed)),
        order=order,
        rank=(_known_end(figure.period), own, official, event.time or BEGINNING, _fineness(figure), order),
        said=f"{figure.qualifier.value} {numbers}",
        bounds=bounds,
        number=(bounds[1], figure.unit, series.status, numbers) if _telling(figure) else None,
    )


def figures_of(events: Iterable[Event | Draft], cut: Cut) -> dict[str, Reported]:
    """The figures that some events state, in their order, by the events' ids. Of events without figures nothing."""
    return {one.id: reported(one, cut) for one in events if isinstance(one.data, FigureReported)}


@lru_cache(4_096)
def _group(series: str, framed: str) -> Group:
    """The same one for all figures of a series and frame, so that to compare them is no more than a look."""
    return series, framed


def _order(event: Event | Draft, figure: FigureReported) -> Order:
    day, time = _out(event.time or _undated(figure.period), figure.published)
    return day, time, figure.article, figure.span.start, event.id


@lru_cache(64)  # the same ones for all figures of an article
def _out(time: datetime, published: date | None) -> tuple[str, str]:
    """Day and time of publication as they sort."""
    time = time.astimezone(UTC)
    # By the day in the topic's zone first, so that what was out at the end of a day is the beginning of the order.
    return (published or time.date()).isoformat(), time.isoformat()


def _bounds(period: Period | None, baseline: str | None) -> Bounds:
    if period is None:
        return 0, 0, baseline or ""
    return period.end.toordinal(), period.start.toordinal() if period.start else 0, baseline or ""


def _telling(figure: FigureReported) -> bool:
    """Whether the number alone tells something: no small or superseded one, none of a time without a beginning."""
    started = figure.period is not None and figure.period.start is not None
    return started and not figure.superseded and figure.measure is Measure.LEVEL and abs(figure.number) >= LEAST


def _source(figure: FigureReported, cut: Cut) -> str:
    """Who an article has a figure from: who measured it, else who said it, else the article itself."""
    told = figure.attribution
    return cut.called(told.originator or told.speaker or told.named or figure.publisher) or figure.article


def _undated(period: Period | None) -> datetime:
    """Where a figure without a date of publication is put: at the end of what it is about."""
    return BEGINNING if period is None else datetime(period.end.year, period.end.month, period.end.day, tzinfo=UTC)


def _known_end(period: Period | None) -> bool:
    return period is not None and period.end_basis is not Basis.PUBLISHED


def _fineness(figure: FigureReported) -> tuple[int, Decimal]:
    low, high = figure.value.soft_ends
    return (0, Decimal(0)) if low is None or high is None else (1, low - high)


def _recorded(event: Event | Draft) -> datetime:
    return event.recordedtime if isinstance(event, Event) else BEGINNING


def _position(event: Event | Draft) -> int:
    return event.position if isinstance(event, Event) else 0


@dataclass(frozen=True, slots=True)
class State:
    """Who holds an office, or how a scheme stands, as one article tells it.

    `subject` is `office GB/<office>` or `scheme <id>`; `value` the holder or status. `over`: the text says
    that it is over, so it sets nothing.
    """

    id: str
    subject: str
    value: str
    as_of: date | None
    over: bool
    time: datetime | None
    recorded: datetime
    sequence: int
    data: SchemeReported | OfficeReported

    @property
    def reviewed(self) -> bool:
        """Whether a person decided it."""
        return self.data.readby.reviewer is not None

    @property
    def published(self) -> str:
        """The day of its publication, "" when that is not known."""
        return "" if self.data.published is None else self.data.published.isoformat()

    @property
    def aside(self) -> bool:
        """Whether it sets nothing: it is over, or history without a day."""
        return self.over or self.as_of is None

    @property
    def order(self) -> Order:
        """What tells the later of two: the day that it holds from, then publication, then place."""
        held, time = self.as_of or date.min, (self.time or BEGINNING).astimezone(UTC)
        return held.isoformat(), time.isoformat(), self.data.article, self.data.quote.start, self.id


def state(event: Event | Draft) -> State | None:
    """The state that an office or scheme event tells; None for a scheme's term and for any other event."""
    data = event.data
    match data:
        case OfficeReported():
            subject, value, over = f"office {data.country}/{data.office}", data.holder, data.until is not None
        case SchemeReported(status=str(status)):
            subject, value, over = f"scheme {data.scheme}", status, False
        case _:
            return None
    return State(
        id=event.id,
        subject=subject,
        value=value,
        as_of=data.as_of,
        over=over,
        time=event.time,
        recorded=_recorded(event),
        sequence=_position(event),
        data=data,
    )
