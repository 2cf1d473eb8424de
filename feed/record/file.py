"""The log on disk: `events.jsonl`, one canonical line an event, files closed before it, small ones in `.feed/`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Self

from feed.model.chain import Head
from feed.model.errors import Gate
from feed.model.event import Draft, Event
from feed.model.instant import SPELLING
from feed.record import segments
from feed.record.log import Appended, interpret, recording
from feed.record.recovery import SetAside, walking
from feed.record.tail import Tail

if TYPE_CHECKING:
    from feed.record.gates import Gates


class ReadOnlyLog:
    """The reading half of `EventLog` over files that another process may be writing. Needs no lock, writes nothing.

    A log that is not there is an empty one. An interrupted write at the end is not seen; damage before the durable end
    raises LineRefused. Whole lines that the writer has not acknowledged yet may be seen.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, after: int = 0) -> Iterator[Event]:
        """As `EventLog.read`. Goes through the lines before `after` too, without decoding them."""
        with walking(self.path) as walk:
            for sequence, _, line in walk:
                if sequence > after:
                    yield _event(line, self.path, sequence)

    def head(self) -> Head:
        """As `EventLog.head`, by going through the whole log."""
        with walking(self.path) as walk:
            for _ in walk:
                pass
            return walk.head


class FileLog:
    """An `EventLog` on disk, for its one writer: `with FileLog.open(path) as log`. Threads may share it.

    Acknowledged events survive the end of the process, of the system and of power, on a disk that honours flushing.
    After a full disk it goes on as soon as there is room; after a failed flush it must be opened again.
    """

    def __init__(self, tail: Tail) -> None:
        self._tail = tail
        self._turn = threading.Lock()
        self._head = tail.opened.head
        self._recorded = _when(tail.opened.recorded)

    @classmethod
    def open(
        cls,
        path: Path,
        vouch: Callable[[Head], None] = lambda _: None,
        *,
        network_disk: bool = False,
        size: int = segments.SIZE,
    ) -> Self:
        """The log at this path, made when there is none, cleared of what a crash left.

        `vouch` may refuse a log that ends so, by raising: a notary that signed for another. `network_disk` allows a
        disk of another machine, on which neither lock nor flush are sure. `size` is how many bytes a file of it has
        before it is closed and another one begun.

        Takes as long for a long log as for a short one, if the last writer could note where it ended and nobody touched
        a file since; each file in doubt is read once, about 7 microseconds a line. Raises LogBusy when another process
        writes it, LineRefused when it is damaged (nothing is mended), LogUnwritable when the disk is full or read-only.
        """
        return cls(Tail.open(path, vouch, network_disk=network_disk, size=size))

    @property
    def set_aside(self) -> SetAside | None:
        """The interrupted write that opening found and set aside, if any."""
        return self._tail.opened.set_aside

    def append(self, drafts: tuple[Draft, ...], now: datetime) -> Appended:
        """As `EventLog.append`."""
        with self._turn:
            names = [bytes.fromhex(draft.id) for draft in drafts]
            known = dict(zip(names, self._tail.lines_of(names), strict=True))
            fresh = {name: draft for name, draft in zip(names, drafts, strict=True) if not known[name]}
            lines = self._record(fresh, now) if fresh else ()
            known.update(zip(fresh, count(self._head.sequence - len(lines) + 1), strict=False))
            return Appended(tuple(map(known.__getitem__, names)), lines, self._head)

    def read(self, after: int = 0) -> Iterator[Event]:
        """As `EventLog.read`: what is acknowledged, no more."""
        last = self._head.sequence
        for event in ReadOnlyLog(self._tail.path).read(after) if after < last else ():
            if event.position > last:
                return
            yield event

    def head(self) -> Head:
        """As `EventLog.head`, at once."""
        return self._head

    def close(self) -> None:
        """Let the next writer in; nothing is appended through this one any more."""
        self._tail.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _record(self, fresh: Mapping[bytes, Draft], now: datetime) -> tuple[bytes, ...]:
        recorded, suspect = recording(self._recorded, now)
        sealed = self._gates.admit(tuple(fresh.values()), self._head, recorded, suspect=suspect)
        self._tail.put(sealed.batch, sealed.head, tuple(fresh))
        self._head, self._recorded = sealed.head, recorded.astimezone(UTC).replace(microsecond=0)
        return sealed.lines

    @cached_property
    def _gates(self) -> Gates:
        # Imported by the first append: whoever only reads does not pay for jsonschema.
        from feed.record.gates import gates

        return gates()


def _when(recorded: str) -> datetime:
    """The time at which the last line was recorded; before all times for an empty log."""
    if not recorded:
        return datetime.min.replace(tzinfo=UTC)
    return datetime.strptime(recorded, SPELLING).replace(tzinfo=UTC)


def _event(line: bytes, log: Path, at: int) -> Event:
    try:
        return interpret(line)
    except ValueError as error:
        why = " ".join(str(error).split())[:240]
        raise segments.refused(log, at, Gate.MEANING, why) from error
