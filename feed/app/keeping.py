"""The standings of the log, put away beside it as they grow: opening it again folds only what came since.

What lies on the shelf follows from the log and from what the topic says of periods and sources. It is thrown away when
product or topic are others, when the log has another line where it ends, or when the file is not as it was left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from feed import __version__
from feed.app.fold import Step
from feed.app.judge import cut_of
from feed.model.chain import Head, content_id
from feed.model.event import Event
from feed.model.ledger import RULES
from feed.model.shelf import Shelf, put_away
from feed.model.standing import Cut
from feed.model.standings import EMPTY, Standings
from feed.model.topic import Topic
from feed.project import brought_in
from feed.record.places import events_since, has
from feed.view import seal
from feed.view.shelf import DiskShelf

EVERY = 1_000  # events and nodes read: so many are held in memory, so many events folded again at most after a crash


@dataclass(slots=True)
class Keeping:
    """Puts standings away every so many events, and lets go of what need not stay in memory then."""

    path: Path
    shelf: DiskShelf
    cut: Cut
    reader: Shelf
    unkept: int = 0
    every: int = EVERY

    @classmethod
    def at(cls, path: Path, topic: Topic) -> Self:
        """The shelf at that path, made when there is none, or another than was left. For who holds the log's lock."""
        if seal.is_broken(path, most=seal.LOOKED_THROUGH):
            path.unlink()
        seal.lift(path)
        cut = cut_of(topic)
        parts = (sorted(cut.stocks), sorted(map(str, cut.starts)), sorted(cut.official), sorted(cut.names.items()))
        shelf = DiskShelf(path, f"shelf 3, rules {RULES}, version {__version__}, cut {content_id(repr(parts))}")
        return cls(path, shelf, cut, Shelf(shelf, cut))

    def resumed(self, log: Path) -> tuple[Standings, Iterator[Event]]:
        """The standings that lie here, and the events of the log behind them: at least those of its last batch."""
        if not has(log, self.shelf.head):
            self.clear()
        return self._standings(), events_since(log, self.shelf.head)

    def clear(self) -> None:
        """Throw away what lies here."""
        self.shelf.clear()
        self.reader = Shelf(self.shelf, self.cut)

    def after(self, step: Step) -> Step:
        """The same step, its standings on the shelf when it is time for that."""
        self.unkept += len(step.events)
        return step if self.unkept + self.reader.brought < self.every else self.keep(step)

    def keep(self, step: Step) -> Step:
        """The same step, with what stood before it on the shelf; what came with it is folded again by who resumes."""
        first = step.events[0]
        head = Head(first.position - 1, first.prevhash)
        if head.sequence == self.shelf.head.sequence:
            return step
        self.shelf.put(put_away(step.before, self.shelf.first, self.shelf.head.sequence), head)
        self.unkept, self.reader.brought, before = 0, 0, self._standings()
        return replace(step, before=before, after=brought_in(before, step.events, step.figures), shown=before)

    def close(self) -> None:
        """Let go of the shelf, and vouch for what lies on it."""
        self.shelf.close()
        seal.put(self.path)

    def _standings(self) -> Standings:
        return self.reader.standings(self.shelf.roots) if self.shelf.roots else EMPTY
