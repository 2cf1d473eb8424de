"""What happened between two days, for a file: recorded, raised, withdrawn, decided by people, delivered. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from feed.deliver.outbox import Owed
from feed.model.chain import EMPTY, Head, canonical, digest
from feed.model.event import Event, line_object
from feed.model.instant import instant
from feed.model.report import AlertRaised, ArticleCaptured, FactWithdrawn, Provenance
from feed.record.evidence import Kept

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """What the log says of some days, by when it was recorded, and what the outbox says of the alerts raised then.

    `before` and `after` are the heads of the log around those days. `checkpoint` is the first that covers them.
    """

    days: tuple[date, date]
    before: Head
    after: Head
    events: tuple[Event, ...]
    letters: tuple[Owed, ...]
    checkpoint: Kept | None

    def as_json(self) -> Object:
        """The whole report as one object, in the order of the log."""
        kept = self.checkpoint
        return {
            "days": [day.isoformat() for day in self.days],
            "heads": [f"{head.sequence}:{head.hash}" for head in (self.before, self.after)],
            "events": dict(sorted(Counter(event.type for event in self.events).items())),
            "readers": dict(sorted(Counter(map(_reader, self._all(Provenance))).items())),
            "articles": [_article(event) for event in self._all(ArticleCaptured)],
            "alerts": [_alert(event) for event in self._all(AlertRaised)],
            "withdrawn": [_withdrawn(event) for event in self._all(FactWithdrawn)],
            "decided": [_decided(event) for event in self._all(Provenance) if event.data.readby.reviewer],
            "letters": [_letter(owed) for owed in self.letters],
            "checkpoint": kept and {"size": kept.size, "signed": instant(kept.time), "note": str(kept.note)},
        }

    def _all(self, kind: type[Any]) -> Iterator[Event]:
        return (event for event in self.events if isinstance(event.data, kind))


def audit(
    events: Iterable[Event],
    letters: Sequence[Owed],
    checkpoints: Iterable[Kept],
    days: tuple[date, date],
    zone: ZoneInfo,
) -> Report:
    """The report on the days from the first to the last, both included, as that zone counts them."""
    before, held = None, []
    for event in events:
        day = event.recordedtime.astimezone(zone).date()
        if day > days[1]:
            break
        if day < days[0]:
            before = event
        else:
            held.append(event)
    after = _head(held[-1]) if held else _head(before)
    raised = {event.id for event in held if isinstance(event.data, AlertRaised)}
    owed = tuple(one for one in letters if raised.intersection(one.letter.alerts))
    covering = next((kept for kept in checkpoints if kept.size >= after.sequence), None)
    return Report(days, _head(before), after, tuple(held), owed, covering if held else None)


def _head(event: Event | None) -> Head:
    return EMPTY if event is None else Head(event.position, digest(canonical(line_object(event))))


def _line(event: Event) -> Object:
    return {"line": event.position, "id": event.id, "recorded": instant(event.recordedtime)}


def _article(event: Event) -> Object:
    data: ArticleCaptured = event.data
    names = ("article", "publisher", "url", "raw", "text", "replaces")
    return {**_line(event), **{name: getattr(data, name) for name in names}}


def _alert(event: Event) -> Object:
    data: AlertRaised = event.data
    told = {"class": data.alert, "severity": data.severity.value, "sentence": data.sentence, "rules": data.engine}
    return {**_line(event), **told, "old": data.old, "new": data.new}


def _withdrawn(event: Event) -> Object:
    data: FactWithdrawn = event.data
    return {**_line(event), "fact": data.fact, "why": data.why, "by": data.by, "reason": data.reason}


def _decided(event: Event) -> Object:
    by = event.data.readby
    return {**_line(event), "by": by.reviewer, "reason": by.reason, "replaces": event.data.replaces}


def _letter(owed: Owed) -> Object:
    told = owed.letter
    which = {"id": owed.id, "channel": told.channel.value, "to": told.to, "alerts": list(told.alerts)}
    return {
        **which,
        "owed": instant(owed.owed),
        "state": owed.state.value,
        "attempts": owed.attempts,
        "answer": owed.answer,
    }


def _reader(event: Event) -> str:
    by = event.data.readby
    return by.reviewer or f"{by.reader}, {by.pack}"


UNNAMED = "publisher not known"
Section = tuple[str, str, Callable[[Object], str]]
SECTIONS: tuple[Section, ...] = (
    (
        "Articles captured",
        "articles",
        lambda row: f"{row['article']} ({row['publisher'] or UNNAMED}), raw {row['raw']}",
    ),
    ("Alerts raised", "alerts", lambda row: f"{row['class']}, {row['severity']}: {row['sentence']}"),
    ("Facts withdrawn", "withdrawn", lambda row: f"{row['fact']}, {row['why']} by {row['by']}: {row['reason']}"),
    ("Decided by people", "decided", lambda row: f"{row['by']}: {row['reason']}"),
    ("Letters about these alerts", "letters", lambda row: f"{row['channel']} to {row['to']}: {row['state']}"),
)
"""For people: a heading, the key of its rows in the object, and how a row reads."""
