"""What one batch of events changes in the view: values from the core, turned into rows. No I/O here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feed.model.instant import instant
from feed.model.notice import shown
from feed.model.report import AlertRaised, ArticleCaptured, MuteSet

if TYPE_CHECKING:  # whoever only asks the view does not load what fills it
    from feed.model.check import Check
    from feed.model.event import Event
    from feed.model.standing import Reported, State
    from feed.model.stood import Stood

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What a batch of one article's events means for the view.

    `figures`, `states`: newly on record. `outcomes`: by fact id (word, relation, against, held). `standing` and
    `state_of`: who stands now in the series and subjects that were touched; None when nothing stands any more.
    `withdrawn`: what is taken back here, or was before it came. `stood`: what stood on the days that it touches.
    `beside`: by new fact what was known beside it then.
    """

    events: tuple[Event, ...]
    figures: tuple[Reported, ...]
    states: tuple[State, ...]
    outcomes: Mapping[str, tuple[str, str | None, str | None, str | None]]
    standing: Mapping[tuple[str, str], Reported | None]
    state_of: Mapping[str, State | None]
    checks: tuple[Check, ...]
    withdrawn: tuple[str, ...]
    stood: tuple[Stood, ...] = ()
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def text(value: object) -> str:
    """A value as JSON text, keys sorted: the same bytes on every machine."""
    return _AS_TEXT(value)


_AS_TEXT = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode  # made once: there are some for each figure


def stood_rows(stood: Iterable[Stood]) -> tuple[list[Row], list[Row]]:
    """What stood on the days that tell of it: of series and frames, and of offices and schemes."""
    figures: list[Row] = []
    states: list[Row] = []
    for one in (each for each in stood if not each.gone):
        when = {"clock": one.clock.value, "day": one.day}
        if len(one.name) > 1:
            figures.append({**when, "series": one.name[0], "frame": one.name[1], "figure": one.fact})
        else:
            states.append({**when, "subject": one.name[0], "state": one.fact})
    return figures, states


def article_row(event: Event) -> Row:
    """The row of a captured article."""
    data: ArticleCaptured = event.data
    return {
        "capture": event.id,
        "article": data.article,
        "url": data.canonical or data.url,
        "publisher": data.publisher,
        "title": data.title,
        "time": event.time and instant(event.time),
        "basis": data.published and data.published.basis.value,
        "raw": data.raw,
        "text": data.text,
        "feed": data.feed,
        "copies": data.copies,
        "sequence": event.position,
        "recorded": instant(event.recordedtime),
    }


def figure_row(told: Reported, outcome: tuple[str, str | None, str | None, str | None]) -> Row:
    """The row of a figure: how it is shown, where it belongs, and what came of it."""
    word, bearing, against, held = outcome
    seen, figure = shown(told, None), told.figure
    period = figure.period
    return {
        **seen._asdict(),  # what has no column is left out when the row is put in
        "time": seen.time and instant(seen.time),
        "low_open": int(seen.low_open),
        "high_open": int(seen.high_open),
        "dims": text(figure.dims),
        "slug": told.series.slug,
        "source": told.source,
        "capture": figure.capture,
        "period_start": period and period.start and period.start.isoformat(),
        "period_end": period and period.end.isoformat(),
        "published": figure.published and figure.published.isoformat(),
        "recorded": instant(told.recorded),
        "sequence": told.sequence,
        "place": figure.span.start,
        "outcome": word,
        "relation": bearing,
        "against": against,
        "held": held,
        "withdrawn": 0,
    }


def state_row(told: State) -> Row:
    """The row of an office's or scheme's state as one article tells it."""
    return {
        "id": told.id,
        "subject": told.subject,
        "value": told.value,
        "over": int(told.over),
        "as_of": told.as_of and told.as_of.isoformat(),
        "article": told.data.article,
        "capture": told.data.capture,
        "publisher": told.data.publisher,
        "time": told.time and instant(told.time),
        "quote": told.data.quote.exact,
        "sequence": told.sequence,
        "withdrawn": 0,
    }


def fact_row(event: Event) -> Row:
    """The row of any fact but a figure: its type, what it says as JSON, its quote."""
    data = event.data.model_dump(mode="json")
    return {
        "id": event.id,
        "type": event.type,
        "subject": event.subject,
        "article": data["article"],
        "quote": data["quote"]["exact"],
        "as_of": data["as_of"],
        "says": text(data),
        "sequence": event.position,
    }


def unknown_row(event: Event) -> Row:
    """The row of an event that a newer version wrote and this one cannot interpret."""
    return {"id": event.id, "type": event.type, "subject": event.subject, "sequence": event.position}


def mute_row(event: Event) -> Row:
    """The row of a muting."""
    data: MuteSet = event.data
    return {"id": event.id, "sequence": event.position, **data.model_dump(mode="json")}


def alert_row(event: Event, line: Mapping[str, Any], beside: Mapping[str, tuple[str, ...]]) -> Row:
    """The row of an alert, with what was known beside its new fact, and its line for machines."""
    data: AlertRaised = event.data
    return {
        "id": event.id,
        "sequence": event.position,
        "alert": data.alert,
        "severity": data.severity.value,
        "sentence": data.sentence,
        "article": data.article,
        "capture": event.correlationid,
        "time": event.time and instant(event.time),
        "recorded": instant(event.recordedtime),
        "subject": event.subject,
        "old": data.old,
        "new": data.new,
        "why": data.check and data.check.formula,
        "check": data.check and data.check.model_dump_json(),
        "trace": text(list(data.trace)),
        "beside": text(list(beside.get(data.new or "", ()))),
        "event": text(line),
    }


def check_row(check: Check, article: str, number: int, sequence: int) -> Row:
    """The row of a check; `number` counts the checks of one batch, `sequence` is where the batch begins."""
    return {
        "id": f"{sequence:012d}-{number:03d}",
        "article": article,
        "law": check.law.value,
        "verdict": check.verdict.value,
        "what": check.what,
        "formula": check.formula,
        "operands": text([o.model_dump(mode="json") for o in check.operands]),
        "results": text(list(check.results)),
        "rounding": check.rounding,
    }
