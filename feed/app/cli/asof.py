"""`feed asof`: what was known when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from feed.app.cli.options import Dir, InSeries, Json, Recorded, day_of, settings_of
from feed.app.cli.totals import tell

if TYPE_CHECKING:
    from feed.app.cli.objects import Object
    from feed.app.settings import Settings
    from feed.model.event import Event
    from feed.model.standing import State
    from feed.model.standings import Standings


def asof(
    date: Annotated[str, typer.Argument(metavar="DATE", help="A day such as 2025-02-15, in the topic's zone.")],
    recorded: Recorded = False,
    series: InSeries = "",
    dir: Dir = None,
    json: Json = False,
) -> None:
    """What stood at the end of a day.

    By what had been published by then, or by what this log had recorded. By publication, an article whose date is
    not known never counts.
    """
    from feed.model.notice import shown
    from feed.model.series import named
    from feed.project import rows

    day, settings, urls = day_of(date, "DATE"), settings_of(dir), dict[str, str | None]()
    (standings,) = standings_on(settings, (day,), recorded=recorded, urls=urls)
    figures, states = rows(standings)
    wanted = [figure for figure in figures if not series or named(str(figure.series), series)]
    told = [shown(figure, urls.get(figure.figure.capture)) for figure in wanted]
    tell(settings, told, [] if series else [_state(state, urls) for state in states], json=json)


def standings_on(
    settings: Settings, days: Sequence[datetime.date], *, recorded: bool, urls: dict[str, str | None] | None = None
) -> tuple[Standings, ...]:
    """What stood at the end of each of these days, by publication or by what the log held. `urls` is filled by capture.

    Reads the log itself, never the view: an answer on the past does not depend on what was made from it since.
    """
    from feed.app.judge import cut_of
    from feed.app.packs import topic_of
    from feed.project import as_of
    from feed.record.file import ReadOnlyLog

    topic = topic_of(settings)
    events = tuple(_noting(ReadOnlyLog(settings.log).read(), {} if urls is None else urls))
    zone = ZoneInfo(topic.zone)
    return tuple(as_of(events, day, cut_of(topic), zone, recorded=recorded) for day in days)


def _noting(events: Iterable[Event], urls: dict[str, str | None]) -> Iterator[Event]:
    """The same events; the address of each capture that goes by is noted."""
    from feed.model.report import ArticleCaptured

    for event in events:
        if isinstance(event.data, ArticleCaptured):
            urls[event.id] = event.data.canonical or event.data.url
        yield event


def _state(state: State, urls: dict[str, str | None]) -> Object:
    from feed.model.report import instant

    return {
        "id": state.id,
        "subject": state.subject,
        "value": state.value,
        "as_of": state.as_of and state.as_of.isoformat(),
        "article": state.data.article,
        "publisher": state.data.publisher,
        "url": urls.get(state.data.capture),
        "time": state.time and instant(state.time),
        "quote": state.data.quote.exact,
    }
