"""From settings to real parts: the only place that names concrete classes together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from feed.app import packs
from feed.app.fold import Step, change, end_of, steps
from feed.app.settings import Settings
from feed.capture.captures import Captures
from feed.model.event import Event, line_object
from feed.model.report import AlertRaised
from feed.model.standings import EMPTY, Standings
from feed.model.topic import Topic
from feed.read.english import English
from feed.record.file import FileLog, ReadOnlyLog
from feed.record.peek import peek
from feed.view.store import View, replace_with


@dataclass(slots=True)
class Desk:
    """An open data directory for its one writer. `standings` are those of the whole log; `step` brings in a batch."""

    settings: Settings
    topic: Topic
    english: English
    log: FileLog
    captures: Captures
    view: View
    standings: Standings = EMPTY
    last: Step | None = field(default=None)
    known: set[str] = field(default_factory=set)

    def bring_in(self, step: Step) -> None:
        """Let a recorded step count: standings and view."""
        apply(self.view, step, self.topic)
        self.advance(step)

    def advance(self, step: Step) -> None:
        """Let a step that the view already has count."""
        self.standings, self.last = step.after, step
        self.known.update(event.id for event in step.events)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the topic's days are counted."""
        return ZoneInfo(self.topic.zone)


def topic_of(settings: Settings) -> Topic:
    """The topic pack: one that comes with the product, or a folder beside feed.toml."""
    own = settings.folder / settings.topic
    return packs.load(own if own.is_dir() else settings.topic)


def apply(view: View, step: Step, topic: Topic) -> None:
    """Bring a step into a view."""
    lines = {e.id: line_object(e) for e in step.events if isinstance(e.data, AlertRaised)}
    view.apply(change(step, topic), lines, end_of(step))


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """Open a data directory for writing: takes the lock, recovers the log, brings the view up to it.

    Raises LogBusy when another process writes here, and what opening a log raises.
    """
    topic, english = topic_of(settings), packs.english()
    settings.hidden.mkdir(parents=True, exist_ok=True)
    with FileLog.open(settings.log) as log:
        current = _current(settings.view, log)
        if not current:
            rebuild_view(settings, topic, log.read())
        desk = Desk(settings, topic, english, log, Captures(settings.captures), View(settings.view))
        try:
            for step in steps(log.read(), topic):
                desk.advance(step)
            yield desk
        finally:
            desk.view.close()


def _current(path: Path, log: FileLog) -> bool:
    if not path.is_file():
        return False
    view = View(path)
    try:
        return view.usable() and view.position() == log.head()
    finally:
        view.close()


def rebuild_view(settings: Settings, topic: Topic, events: Iterator[Event]) -> int:
    """Make the view anew from the log, beside the old one, and put it in its place. Gives the number of events.

    Sends nothing, raises nothing: it only remembers what the log says.
    """
    settings.hidden.mkdir(parents=True, exist_ok=True)
    fresh = settings.view.with_suffix(".new")
    for side in ("", "-wal", "-shm"):
        Path(f"{fresh}{side}").unlink(missing_ok=True)
    view, count = View(fresh), 0
    view.create()
    for step in steps(events, topic):
        apply(view, step, topic)
        count += len(step.events)
    view.db.execute("pragma wal_checkpoint(truncate)")
    view.close()
    replace_with(fresh, settings.view)
    return count


@contextmanager
def open_view(settings: Settings) -> Iterator[View]:
    """The view for questions, rebuilt first when it is not what the log says. Needs no lock."""
    if not _answers(settings):
        rebuild_view(settings, topic_of(settings), ReadOnlyLog(settings.log).read())
    view = View(settings.view)
    try:
        yield view
    finally:
        view.close()


def _answers(settings: Settings) -> bool:
    if not settings.view.is_file():
        return False
    view = View(settings.view)
    try:
        return view.usable() and view.position() == peek(settings.log)
    finally:
        view.close()
