"""A log in memory, logs on disk that need no gate to be made, and who signs for them: for tests of what records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from feed.model.chain import EMPTY, Head
from feed.model.event import Draft, Event
from feed.record.gates import gates
from feed.record.log import Appended, interpret, recording
from feed.record.notary import Notary
from feed.record.segments import closed_as


class MemoryLog:
    """An `EventLog` that lasts as long as this object. Everything else it promises like the real one."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self._ids: dict[str, int] = {}
        self._head = EMPTY
        self._recorded = datetime.min.replace(tzinfo=UTC)

    def append(self, drafts: tuple[Draft, ...], now: datetime) -> Appended:
        fresh = {draft.id: draft for draft in drafts if draft.id not in self._ids}
        recorded, suspect = recording(self._recorded, now)
        sealed = gates().admit(tuple(fresh.values()), self._head, recorded, suspect=suspect)
        self._ids.update(zip(fresh, count(len(self.lines) + 1), strict=False))
        self.lines += sealed.lines
        self._head = sealed.head
        self._recorded = recorded.replace(microsecond=0) if fresh else self._recorded
        return Appended(tuple(self._ids[draft.id] for draft in drafts), sealed.lines, self._head)

    def read(self, after: int = 0) -> Iterator[Event]:
        yield from (interpret(line) for line in self.lines[after : self._head.sequence])

    def head(self) -> Head:
        return self._head


def notary(path: Path) -> Notary:
    """Who signs for the log at that path: always with the same key."""
    return Notary(path, "record.example.org", lambda: b"k" * 32)


def log_of(folder: Path, content: bytes) -> Path:
    """A log of these bytes, without the files beside it: as it comes out of a copy."""
    path = folder / "events.jsonl"
    path.write_bytes(content)
    return path


def log_in_files(folder: Path, lines: Sequence[bytes], cuts: Iterable[int]) -> Path:
    """The log of these lines in several files, closed behind each of the lines that `cuts` numbers."""
    path, done = folder / "events.jsonl", 0
    for cut in sorted(cuts):
        closed_as(path, done + 1).write_bytes(b"".join(lines[done:cut]))
        done = cut
    path.write_bytes(b"".join(lines[done:]))
    return path
