"""From settings to real parts: the only place that names concrete classes together."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_bytes
from zoneinfo import ZoneInfo

from feed.app import packs
from feed.app.fold import Step, batches, change, end_of, one_step
from feed.app.home import Home
from feed.app.keeping import Keeping
from feed.app.packs import topic_of
from feed.app.seldom import seldom_collected
from feed.app.settings import Settings
from feed.capture.captures import Captures
from feed.capture.likenesses import Likenesses
from feed.model.event import Event, line_object
from feed.model.report import AlertRaised
from feed.model.standings import EMPTY, Standings
from feed.model.topic import Topic
from feed.read.english import English
from feed.record.file import FileLog
from feed.record.notary import Notary
from feed.view import seal
from feed.view.store import View, replace_with

MANY = 5_000  # events and nodes read, between two times of putting standings away while all is made anew: 8 KB each


@dataclass(slots=True)
class Desk:
    """An open data directory for its one writer. `standings` are those of the whole log; `step` brings in a batch."""

    settings: Settings
    topic: Topic
    english: English
    log: FileLog
    captures: Captures
    view: View
    notary: Notary
    likenesses: Likenesses = field(default_factory=Likenesses)
    standings: Standings = EMPTY
    last: Step | None = field(default=None)
    keeping: Keeping | None = None

    def bring_in(self, step: Step) -> None:
        """Let a recorded step count: standings and view."""
        apply(self.view, step, self.topic)
        self.advance(step)
        recorded = step.events[-1].recordedtime
        if self.notary.is_due(self.log.head(), recorded):
            self.notary.attest(self.log.head(), recorded)

    def advance(self, step: Step) -> None:
        """Let a step that the view already has count."""
        self.last = step if self.keeping is None else self.keeping.after(step)
        self.standings = self.last.after

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the topic's days are counted."""
        return ZoneInfo(self.topic.zone)


def apply(view: View, step: Step, topic: Topic) -> None:
    """Bring a step into a view."""
    lines = {e.id: line_object(e) for e in step.events if isinstance(e.data, AlertRaised)}
    view.apply(change(step, topic), lines, end_of(step))


def complain(told: str) -> None:
    """Tell the operator, on stderr."""
    print(f"feed: {told}", file=sys.stderr, flush=True)


def utc_now() -> datetime:
    """The clock, where nobody gives another."""
    return datetime.now(UTC)


def notary_of(settings: Settings) -> Notary:
    """Who signs for a data directory. A new log is called after its site, when that has an address."""
    name = (settings.web.base or "").partition("://")[2].replace("+", "-")
    return Notary(settings.log, name, partial(token_bytes, 32))


def log_of(settings: Settings, notary: Notary) -> FileLog:
    """The log of a data directory, opened for writing, if it is the one that its notary signed for."""
    return FileLog.open(settings.log, notary.check, network_disk=settings.network_disk, size=settings.file_size)


@contextmanager
def open_desk(
    settings: Settings, note: Callable[[str], None] = complain, clock: Callable[[], datetime] = utc_now
) -> Iterator[Desk]:
    """Open a data directory for writing: takes the lock, recovers the log, brings the view up to it.

    What was recorded has a signed checkpoint when this ends without an error. `note` is told of what a crash had left
    and was set aside. Raises LogBusy when another process writes here, HistoryChanged when the log is not the one that
    was signed for, and what opening a log raises.
    """
    topic, english = topic_of(settings), packs.english()
    settings.hidden.mkdir(parents=True, exist_ok=True)
    notary = notary_of(settings)
    with log_of(settings, notary) as log:
        if log.set_aside is not None:
            note(str(log.set_aside))
        current = _current(settings.view, log)
        if not current:
            rebuild_view(settings, topic, log.read())
        seal.lift(settings.view)
        view, likenesses = View(settings.view), Likenesses(settings.ops)
        keeping = Keeping.at(settings.shelf, topic)
        desk = Desk(settings, topic, english, log, Captures(settings.captures), view, notary, likenesses)
        try:
            desk.standings, events = keeping.resumed(settings.log)
            desk.keeping = keeping
            for batch in batches(events):
                desk.advance(one_step(desk.standings, batch, topic))
            yield desk
            notary.attest(log.head(), clock())
            if desk.last is not None:
                keeping.keep(desk.last)
        finally:
            keeping.close()
            desk.view.close()
            seal.put(settings.view)
            desk.likenesses.close()


def _current(path: Path, log: FileLog) -> bool:
    if not seal.holds(path):
        return False
    view = View(path)
    try:
        return view.usable() and view.position() == log.head()
    finally:
        view.close()


def rebuild_view(settings: Home, topic: Topic, events: Iterable[Event]) -> int:
    """Make the view anew from the log, beside the old one, and put it in its place. Gives the number of events.

    Sends nothing, raises nothing: it only remembers what the log says. For whoever holds the lock of the log.
    """
    settings.hidden.mkdir(parents=True, exist_ok=True)
    fresh = settings.view.with_suffix(".new")
    for side in ("", "-wal", "-shm"):
        Path(f"{fresh}{side}").unlink(missing_ok=True)
    view, keeping = View(fresh), Keeping.at(settings.shelf, topic)
    keeping.clear()
    keeping.every = MANY
    count = fill(view, topic, events, keeping)
    keeping.close()
    view.db.execute("pragma wal_checkpoint(truncate)")
    view.close()
    seal.lift(settings.view)
    replace_with(fresh, settings.view)
    seal.put(settings.view)
    return count


def fill(view: View, topic: Topic, events: Iterable[Event], keeping: Keeping | None = None) -> int:
    """Make the tables of an empty view and bring all events in. Gives their number.

    `keeping` puts the standings away as they grow; without it they stay in memory.
    """
    count, before, step = 0, EMPTY, None
    with view.filling(), seldom_collected():
        for batch in batches(events):
            step = one_step(before, batch, topic)
            apply(view, step, topic)
            count += len(batch)
            step = keeping.after(step) if keeping else step
            before = step.after
    if keeping and step:
        keeping.keep(step)
    return count
