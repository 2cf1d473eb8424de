"""An alert and the figures in it, with everything resolved that a person is shown: what is published and delivered.

Values only. `as_json` gives the one JSON form that commands, feeds and webhooks share.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from feed.model.instant import instant
from feed.model.window import Days, Window

if TYPE_CHECKING:  # whoever only shows what is on record loads neither what folds it nor the models of events
    from feed.model.alert import AlertClass, Severity
    from feed.model.figure import Dims
    from feed.model.quantity import Interval
    from feed.model.standing import Reported

AHEAD = ("target", "plan", "forecast")  # ends of a series that is not of what came about
WINDOWS = tuple(Window)


class Shown(NamedTuple):
    """A figure as it is shown: a standing figure, or one side of an alert.

    `printed` is the canonical qualifier word and the number's text; `low` and `high` are the ends of what it admits as
    decimal strings, None when infinite, `*_open` when excluded; `article` is the name of the article and `url` its
    address when it has one.
    """

    id: str
    metric: str
    dims: Dims
    measure: str
    unit: str
    status: str
    frame: str
    series: str
    printed: str
    number: str
    qualifier: str
    low: str | None
    high: str | None
    period: Days | None
    article: str
    publisher: str | None
    url: str | None
    time: datetime | None
    quote: str
    attribution: str | None
    low_open: bool = False
    high_open: bool = False

    @property
    def value(self) -> Interval:
        """What the printed number admits, without its soft ends."""
        from decimal import Decimal

        from feed.model.quantity import Interval

        return Interval(
            low=None if self.low is None else Decimal(self.low),
            high=None if self.high is None else Decimal(self.high),
            low_open=self.low_open,
            high_open=self.high_open,
        )

    @property
    def window(self) -> Window:
        """What kind of frame it stands in."""
        return next(window for window in WINDOWS if self.frame == window or self.frame.startswith(f"{window} "))

    @property
    def asserted(self) -> str:
        """How its series takes it: `outturn`, `target`, `plan` or `forecast` (an estimate of what is still to come)."""
        taken = self.series.partition(" of ")[0].rpartition("/")[2]
        return taken if taken in AHEAD else "outturn"

    def as_json(self) -> dict[str, Any]:
        """The form that commands and feeds print; dates ISO, numbers decimal strings, unknown values null."""
        period = self.period
        return {
            "id": self.id,
            "metric": self.metric,
            "dims": self.dims,
            "measure": self.measure,
            "unit": self.unit,
            "status": self.status,
            "frame": self.frame,
            "series": self.series,
            "printed": self.printed,
            "number": self.number,
            "qualifier": self.qualifier,
            "low": self.low,
            "high": self.high,
            "period": None
            if period is None
            else {"start": period.start and period.start.isoformat(), "end": period.end.isoformat()},
            "article": self.article,
            "publisher": self.publisher,
            "url": self.url,
            "time": self.time and instant(self.time),
            "quote": self.quote,
            "attribution": self.attribution,
        }


def shown(reported: Reported, url: str | None) -> Shown:
    """A figure on record as it is shown; `url` is its article's address, if it has one."""
    from feed.model.quantity import plain

    figure = reported.figure

    def end(value: Any) -> str | None:
        return None if value is None else plain(value)

    return Shown(
        id=reported.id,
        metric=figure.metric,
        dims=figure.dims,
        measure=reported.series.measure,
        unit=figure.unit,
        status=figure.status.value,
        frame=reported.group[1],
        series=reported.group[0],
        printed=figure.printed,
        number=plain(figure.number),
        qualifier=figure.qualifier.value,
        low=end(figure.value.low),
        high=end(figure.value.high),
        period=figure.period.bounds if figure.period else None,
        article=figure.article,
        publisher=figure.publisher,
        url=url,
        time=reported.time,
        quote=figure.quote.exact,
        attribution=figure.attribution.named,
        low_open=figure.value.low_open,
        high_open=figure.value.high_open,
    )


class StateShown(NamedTuple):
    """One side of a change of state: who held the office, or how the scheme stood, and where that is told."""

    id: str
    value: str
    article: str
    publisher: str | None
    url: str | None
    time: datetime | None
    quote: str


class Muted(NamedTuple):
    """Why an alert was pushed to nobody: somebody wanted no news of that until then, for that reason."""

    until: datetime
    reason: str


class Notice(NamedTuple):
    """An alert on record as people get it. `id` is the alert event's id: stable for ever, the same in every channel.

    Exactly one of these holds: `new` is a figure (with `old` when something was superseded), or `old` alone when it was
    withdrawn; `subject` names an office or scheme with `old_state` and `new_state`; `why` explains a failed check.
    `context` holds the pack's words about what is counted. `event` is the alert's own line as an object, for machines.
    `muted` holds when it was recorded while it was muted: it is on record and in the feed, and was pushed to nobody.
    """

    id: str
    sequence: int
    alert: AlertClass
    severity: Severity
    sentence: str
    article: str
    publisher: str | None
    url: str | None
    time: datetime | None
    recorded: datetime
    series: str | None
    old: Shown | None
    new: Shown | None
    subject: str | None
    old_state: StateShown | None
    new_state: StateShown | None
    why: str | None
    context: tuple[str, ...]
    trace: tuple[str, ...]
    event: dict[str, Any]
    muted: Muted | None = None

    def as_json(self) -> dict[str, Any]:
        """The alert as commands, feeds and webhooks print it. `class` is the alert class."""
        common: dict[str, Any] = {
            "id": self.id,
            "class": self.alert,
            "severity": self.severity.value,
            "sentence": self.sentence,
            "article": self.article,
            "publisher": self.publisher,
            "url": self.url,
            "time": self.time and instant(self.time),
            "recorded": instant(self.recorded),
        }
        side = self.new or self.old
        if side is not None:
            common |= {
                "metric": side.metric,
                "dims": side.dims,
                "measure": side.measure,
                "frame": side.frame,
                "series": self.series,
                "old": self.old and self.old.as_json(),
                "new": self.new and self.new.as_json(),
            }
        if self.subject is not None:
            kind, _, name = self.subject.partition(" ")
            common |= {
                kind: name.rpartition("/")[2],
                "old": self.old_state and self.old_state.value,
                "new": self.new_state and self.new_state.value,
            }
            if kind == "office":
                common["country"] = name.partition("/")[0]
        if self.why is not None:
            common["why"] = self.why
        if self.muted is not None:
            common["muted"] = {"until": instant(self.muted.until), "reason": self.muted.reason}
        return common | {"context": list(self.context), "trace": list(self.trace)}
