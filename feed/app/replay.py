"""The log once more from nothing: are the alerts on record those that the record gives rise to, and the same rows?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

from feed.alert.decision import ENGINE
from feed.app.fold import Step, steps
from feed.app.wiring import apply
from feed.model.chain import canonical
from feed.model.event import Event, identity
from feed.model.report import AlertRaised, Provenance
from feed.model.topic import Topic
from feed.view import queries
from feed.view.store import View


class Turn(StrEnum):
    """How an alert on record and the alert that the record gives rise to differ."""

    NOT_AGAIN = "not again"  # on record, and would not be raised now
    NEW = "new"  # not on record, and would be raised now
    OTHERWISE = "otherwise"  # both, but told or weighed otherwise


@dataclass(frozen=True, slots=True)
class Difference:
    """One alert that replaying gives otherwise. `sequence` is where it is on record, or the end of its batch.

    `why` names the versions that made the two, when they are not the same; "" leaves it unexplained.
    """

    turn: Turn
    id: str
    sequence: int
    sentence: str
    why: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of it: how many events, alerts on record and recomputed, differences, SHA-256 of the view's rows."""

    events: int
    recorded: int
    alerts: tuple[AlertRaised, ...]
    differences: tuple[Difference, ...]
    rows: str

    @property
    def same(self) -> bool:
        """Whether recorded alerts = recomputed alerts, or what differs is explained by versions."""
        return all(one.why for one in self.differences)


def replay(events: Iterable[Event], topic: Topic, view: View) -> Replayed:
    """Fold the events anew into an empty view, and hold the alerts on record against those that they give rise to.

    Sends nothing and records nothing. The same events and versions give the same answer on any machine, any day.
    """
    view.create()
    count, recorded = 0, 0
    alerts: list[AlertRaised] = []
    differences: list[Difference] = []
    for step in steps(events, topic):
        apply(view, step, topic)
        count += len(step.events)
        recorded += sum(isinstance(event.data, AlertRaised) for event in step.events)
        alerts += step.judgement.decision.alerts
        differences += _differences(step, f"{topic.name} {topic.version}")
    return Replayed(count, recorded, tuple(alerts), tuple(differences), rows_of(view))


def rows_of(view: View) -> str:
    """The SHA-256 of every row of a view, in hex: the same rows, the same digest."""
    return sha256("\n".join(queries.dump(view.db)).encode()).hexdigest()


def until(events: Iterable[Event], last: int | date | None, zone: ZoneInfo) -> Iterator[Event]:
    """The events up to a sequence, or recorded by the end of a day in that zone; all of them for None."""
    if last is None:
        return iter(events)
    if isinstance(last, int):
        return takewhile(lambda event: event.position <= last, events)
    return takewhile(lambda event: event.recordedtime.astimezone(zone).date() <= last, events)


def write(folder: Path, replayed: Replayed) -> None:
    """Write the recomputed alerts to `alerts.jsonl` in that folder: what each says, canonical, a line each."""
    lines = (canonical(alert.model_dump(mode="json")) + b"\n" for alert in replayed.alerts)
    (folder / "alerts.jsonl").write_bytes(b"".join(lines))


def _differences(step: Step, pack: str) -> Iterator[Difference]:
    was = {event.id: event for event in step.events if isinstance(event.data, AlertRaised)}
    now = {identity(alert): alert for alert in step.judgement.decision.alerts}
    read = {e.data.readby.pack for e in step.events if isinstance(e.data, Provenance) and e.data.readby.pack}
    packs = [f"read with {other}, now {pack}" for other in sorted(read - {pack})]
    for name, event in was.items():
        again = now.get(name)
        if again is None or _said(again) != _said(event.data):
            turn = Turn.NOT_AGAIN if again is None else Turn.OTHERWISE
            engine = event.data.engine
            rules = [f"raised by rules {engine}, now {ENGINE}"] if engine != ENGINE else []
            yield Difference(turn, name, event.position, event.data.sentence, "; ".join((*rules, *packs)))
    for name, alert in now.items():
        if name not in was:
            yield Difference(Turn.NEW, name, step.events[-1].position, alert.sentence, "; ".join(packs))


def _said(alert: AlertRaised) -> bytes:
    return canonical(alert.model_dump(mode="json", exclude={"engine"}))
