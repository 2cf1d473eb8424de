"""The log once more from nothing: are the alerts on record those that the record gives rise to, and the same rows?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from feed.alert.decision import ENGINE
from feed.app.fold import Step, batch_of, steps
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
    """What came of it: how many events, alerts on record and recomputed, differences, SHA-256 of the view's rows.

    `amid`: more was recorded of the last event's article behind it. Of that article only the alerts on record up to
    there are recomputed and compared. `unknown` has the types of events that a newer version wrote and this one passed
    over, each with their number.
    """

    events: int
    recorded: int
    alerts: tuple[AlertRaised, ...]
    differences: tuple[Difference, ...]
    rows: str
    amid: bool = False
    unknown: Mapping[str, int] = field(default_factory=dict)

    @property
    def same(self) -> bool:
        """Whether recorded alerts = recomputed alerts, or what differs is explained by versions."""
        return all(one.why for one in self.differences)


class Part:
    """The events of a log up to a sequence, or recorded by the end of a day in that zone; all of them for None.

    To be gone through once. `amid` says then whether it ended amid what was recorded of one article.
    """

    def __init__(self, events: Iterable[Event], last: int | date | None, zone: ZoneInfo) -> None:
        self._events, self._last, self._zone = events, last, zone
        self.amid = False

    def __iter__(self) -> Iterator[Event]:
        before = ""
        for event in self._events:
            if not self._has(event):
                self.amid = batch_of(event) == before
                return
            before = batch_of(event)
            yield event

    def _has(self, event: Event) -> bool:
        last = self._last
        if isinstance(last, int):
            return event.position <= last
        return last is None or event.recordedtime.astimezone(self._zone).date() <= last


def replay(part: Part, topic: Topic, view: View) -> Replayed:
    """Fold the events anew into an empty view, and hold the alerts on record against those that they give rise to.

    Sends nothing and records nothing. The same events and versions give the same answer on any machine, any day.
    """
    count, recorded = 0, 0
    alerts: list[AlertRaised] = []
    differences: list[Difference] = []
    with view.filling():
        for step in steps(part, topic):
            apply(view, step, topic)
            here = {event.id for event in step.events if isinstance(event.data, AlertRaised)}
            count, recorded = count + len(step.events), recorded + len(here)
            # Amid an article the rest of its facts and alerts is still to come: those not here yet say nothing.
            now = [one for one in step.judgement.decision.alerts if not part.amid or identity(one) in here]
            alerts += now
            differences += _differences(step, now, f"{topic.name} {topic.version}")
    return Replayed(
        count, recorded, tuple(alerts), tuple(differences), rows_of(view), part.amid, queries.unknown(view.db)
    )


def rows_of(view: View) -> str:
    """The SHA-256 of every row of a view, in hex: the same rows, the same digest."""
    return sha256("\n".join(queries.dump(view.db)).encode()).hexdigest()


def write(folder: Path, replayed: Replayed) -> None:
    """Write the recomputed alerts to `alerts.jsonl` in that folder: what each says, canonical, a line each."""
    lines = (canonical(alert.model_dump(mode="json")) + b"\n" for alert in replayed.alerts)
    (folder / "alerts.jsonl").write_bytes(b"".join(lines))


def _differences(step: Step, alerts: Iterable[AlertRaised], pack: str) -> Iterator[Difference]:
    was = {event.id: event for event in step.events if isinstance(event.data, AlertRaised)}
    now = {identity(alert): alert for alert in alerts}
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
