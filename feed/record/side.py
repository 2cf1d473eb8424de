"""The small files beside a log, in `.feed/`: its lock, the hint of its durable end, what a crash or a bad disk left."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

from feed.model.chain import EMPTY, Head, digest
from feed.record import disk


@dataclass(frozen=True, slots=True)
class Saved:
    """A durable end of the log: `offset` in bytes over all its files, and the head there. It never ends before.

    `touched` is how the file that ends there was on the disk then, `boot` which start of the machine noted it.
    """

    offset: int = 0
    head: Head = EMPTY
    touched: str = field(default="", compare=False)
    boot: str = field(default="", compare=False)


def touched(stat: os.stat_result) -> str:
    """Which file it is and when it was last changed, as its disk tells: other words after every change."""
    return f"{stat.st_ino}:{stat.st_ctime_ns}"


class Side:
    """Where the files beside a log lie, and how they are read and written. Making it touches nothing."""

    def __init__(self, log: Path) -> None:
        self.folder = log.parent / ".feed"
        self.lock = self.folder / f"{log.name}.lock"
        self.head = self.folder / f"{log.name}.head"
        self.suspect = self.folder / f"{log.name}.suspect"
        self.copy = self.folder / f"{log.name}.copy"
        self.spare = self.folder / f"{log.name}.spare"
        self.files = self.folder / f"{log.name}.files"
        self.ids = self.folder / f"{log.name}.ids"
        self._torn = f"{log.name}.torn."

    def torn(self, offset: int) -> Path:
        """A free name for what stood in the log from `offset` on."""
        names = (self.folder / f"{self._torn}{offset}{again}" for again in chain([""], map(".{}".format, count(2))))
        return next(name for name in names if not name.exists())

    def cuts(self) -> Iterator[tuple[int, bytes]]:
        """What was ever set aside: the offset at which the log ended then, and the bytes."""
        for path in sorted(self.folder.glob(f"{self._torn}*")):
            yield int(path.name.removeprefix(self._torn).partition(".")[0]), path.read_bytes()

    def saved(self) -> Saved | None:
        """The hint of the durable end: offset 0 when it is there but unreadable, None when there is none at all."""
        try:
            content = self.head.read_bytes()
        except FileNotFoundError:
            return None
        return saved_of(content)

    def mark_suspect(self, offset: int) -> None:
        """Remember over a restart that the disk failed to keep what lies beyond `offset`."""
        # The disk is failing: if it does not take this note either, the hint of the durable end still stands.
        with contextlib.suppress(OSError):
            disk.keep(self.suspect, f"{offset}\n".encode())


class Hint:
    """Writes the hint of the durable end, for as long as the log is open.

    It may be lost or too low after a crash, never too high: it is written after the log was flushed. One small record,
    written in place: a rename costs as much as the flush of the log itself. A torn one fails its own digest.
    """

    def __init__(self, side: Side) -> None:
        self._fd = os.open(side.head, os.O_RDWR | os.O_CREAT, 0o644)

    def save(self, saved: Saved) -> None:
        """Note a new durable end; lost at worst with the machine, not with the process."""
        # Too low a hint is still true, so that a full disk does no harm here.
        with contextlib.suppress(OSError):
            os.pwrite(self._fd, written(saved), 0)

    def keep(self, saved: Saved) -> None:
        """Note a durable end durably. Raises OSError."""
        os.pwrite(self._fd, written(saved), 0)
        disk.flush(self._fd)

    def close(self) -> None:
        """Let the file go."""
        os.close(self._fd)


def written(saved: Saved) -> bytes:
    """A durable end as it is noted, with a digest of its own: a torn note is none."""
    place = f"{saved.offset:016d} {saved.head.sequence:012d} {saved.head.hash}"
    words = f"{place} {saved.touched or '-':>41} {saved.boot or '-':>36}".encode()
    return words + f" {digest(words)}\n".encode()


def saved_of(note: bytes) -> Saved:
    """The durable end that was noted so; offset 0 when the note cannot be read."""
    words = note.decode(errors="replace").split()
    if len(words) == 6:
        with contextlib.suppress(ValueError):
            told = (word.removeprefix("-") for word in words[3:5])
            saved = Saved(int(words[0]), Head(int(words[1]), words[2]), *told)
            if written(saved) == note:
                return saved
    return Saved()
