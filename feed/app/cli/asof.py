"""`feed asof`: what was known when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from feed.app.cli.options import Dir, Json, day_of, settings_of
from feed.app.cli.totals import tell

if TYPE_CHECKING:
    from feed.app.cli.objects import Object
    from feed.model.event import Event
    from feed.model.standing import State


def asof(
    date: Annotated[str, typer.Argument(metavar="DATE", help="A day such as 2025-02-15, in the topic's zone.")],
    recorded: Annotated[
        bool, typer.Option("--recorded", help="By what this log held that day, not by what was published.")
    ] = False,
    dir: Dir = None,
    json: Json = False,
) -> None:
    """What stood at the end of a day.

    By what had been published by then, or by what this log had recorded. By publication, an article whose date is
    not known never counts.
    """
    from feed.app.judge import cut_of
    from feed.app.packs import topic_of
    from feed.model.notice import shown
    from feed.project import as_of, rows
    from feed.record.file import ReadOnlyLog

    day, settings = day_of(date, "DATE"), settings_of(dir)
    topic, urls = topic_of(settings), dict[str, str | None]()
    events = _noting(ReadOnlyLog(settings.log).read(), urls)
    figures, states = rows(as_of(events, day, cut_of(topic), ZoneInfo(topic.zone), recorded=recorded))
    told = [shown(figure, urls.get(figure.figure.capture)) for figure in figures]
    told.sort(key=lambda figure: (figure.series, figure.frame))
    tell(settings, told, [_state(state, urls) for state in states], json=json)


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
