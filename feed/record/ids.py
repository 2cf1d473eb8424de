"""Which line every id stands in: a table on disk that is asked without being read, beside the log and made from it.

A slot holds twelve bytes of an id and the number of its line, no number for a free one; an id's slot is the first free
or own one from the place that its first bytes name. The table is never trusted alone: whoever finds an id in it looks
whether the line has it, and a table that does not belong to the log is made anew.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Sequence
from contextlib import suppress
from errno import ENOSPC
from pathlib import Path
from struct import Struct
from typing import Self

from feed.model.chain import EMPTY, Head, digest
from feed.record import disk

SLOT = Struct("<12sI")
HEADER = 4096
LEAST = 1 << 8  # slots
FREE = bytes(4)
SMALL = 1 << 12  # slots: a table with fewer grows fourfold at once
CROWDED = 0.85  # of all slots: beyond it looking takes too long


class Ids:
    """The table of one log, for the holder of its lock. `kept` is the head up to which it surely is on the disk.

    It holds whatever was put, in this process or in one that died; with the machine may be lost what was put since.
    """

    def __init__(self, path: Path, fd: int, slots: int, kept: Head) -> None:
        self._path, self._fd, self._slots, self.kept = path, fd, slots, kept
        self._filling: mmap.mmap | None = None
        self._failed: OSError | None = None
        self._free: dict[bytes, int] = {}

    @classmethod
    def open(cls, path: Path) -> Self | None:
        """The table that lies there; None for none, or none that is whole. Raises OSError."""
        try:
            fd = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            return None
        told = _read(os.pread(fd, HEADER, 0))
        if told is None or os.fstat(fd).st_size != HEADER + told[0] * SLOT.size:
            os.close(fd)
            return None
        return cls(path, fd, *told)

    @classmethod
    def fresh(cls, path: Path, lines: int) -> Self:
        """An empty table with room for about so many lines, to be put in the place of any other by `install`.

        Raises OSError, for want of room at once rather than later.
        """
        slots = max(LEAST, 1 << (2 * lines).bit_length())
        spare = _spare(path)
        spare.unlink(missing_ok=True)
        fd = os.open(spare, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
        try:
            os.posix_fallocate(fd, 0, HEADER + slots * SLOT.size)
            made = cls(path, fd, slots, EMPTY)
            made._filling = mmap.mmap(fd, 0)
        except OSError:
            os.close(fd)
            spare.unlink()
            raise
        return made

    def install(self, head: Head) -> None:
        """Let a fresh table, which has all ids up to `head`, be the one of the log from here on. Raises OSError."""
        if self._filling is not None:
            self._filling.close()
            self._filling = None
            self.keep(head)
            _spare(self._path).replace(self._path)

    def get(self, name: bytes) -> int:
        """The line of an id, as the table says; 0 when it has none. Raises OSError."""
        return self._look(name)[1]

    def lines(self, names: Sequence[bytes]) -> list[int]:
        """As `get`, of each of them. Those that are put next are put sooner."""
        self._free.clear()
        found = []
        for name in names:
            self._free[name], line = self._look(name)
            found.append(line)
        return found

    def put_all(self, names: Sequence[bytes], first: int) -> None:
        """Lines from `first` on have these ids, in order. There must be room. Raises OSError."""
        taken = set[int]()
        for at, name in enumerate(names, start=first):
            place = self._free.get(name)
            if place is None or place in taken:
                place, _ = self._look(name)
            taken.add(place)
            self._put(place, name, at)
        self._free.clear()

    def put(self, name: bytes, at: int) -> None:
        """Line `at` has that id. There must be room. Raises OSError."""
        self._put(self._look(name)[0], name, at)

    def _put(self, place: int, name: bytes, at: int) -> None:
        slot = SLOT.pack(name[:12], at)
        if self._filling is None:
            if os.pwrite(self._fd, slot, place) < SLOT.size:
                raise OSError(ENOSPC, os.strerror(ENOSPC), str(self._path))
        else:
            self._filling[place : place + SLOT.size] = slot

    def reserve(self, lines: int, head: Head) -> None:
        """Make room for so many lines in all; `head` is up to where the table has the ids of all.

        Raises OSError when no room can be made; all is as it was then.
        """
        if 2 * lines <= self._slots:
            return
        try:
            self._grow(lines, head)
        except OSError:
            if lines > CROWDED * self._slots:
                raise

    def keep(self, head: Head) -> None:
        """Let all of it, up to `head`, be on the disk when this returns. Raises OSError; then it is forgotten."""
        if self._failed is not None:
            raise self._failed
        try:
            disk.flush(self._fd)
        except OSError as error:
            # The disk may have dropped what it could not keep, and would tell a second flush that all is well.
            self._failed = error
            self.forget()
            raise
        # Written only now, so that it never says too much; if it is lost, it says too little, which costs time only.
        os.pwrite(self._fd, _written(self._slots, head), 0)
        self.kept = head

    def forget(self) -> None:
        """Let whoever opens the log next make the table anew."""
        with suppress(OSError):
            self._path.unlink()

    def close(self) -> None:
        """Let the file go."""
        if self._filling is not None:
            self._filling.close()
        os.close(self._fd)

    def _look(self, name: bytes) -> tuple[int, int]:
        """The byte at which the slot of an id begins, be it its own or free; its line, 0 for a free one."""
        at, key = int.from_bytes(name[:8], "little"), name[:12]
        while True:
            place = HEADER + (at % self._slots) * SLOT.size
            slot = self._slot(place)
            if slot[12:] == FREE:
                return place, 0
            if slot[:12] == key:
                return place, int.from_bytes(slot[12:], "little")
            at += 1

    def _slot(self, place: int) -> bytes:
        if self._filling is None:
            return os.pread(self._fd, SLOT.size, place)
        return self._filling[place : place + SLOT.size]

    def _grow(self, lines: int, head: Head) -> None:
        """Go over to a larger table, installed when this one was."""
        filling = self._filling
        with mmap.mmap(self._fd, 0, access=mmap.ACCESS_READ) as old:
            held = old[HEADER:]
        self._free.clear()
        larger = type(self).fresh(self._path, lines * 4 if self._slots < SMALL else lines)
        try:
            for name, at in SLOT.iter_unpack(held):
                if at:
                    larger.put(name, at)
            if filling is None:
                larger.install(head)
        except OSError:
            larger.close()
            raise
        self.close()
        self._fd, self._slots, self._filling, self.kept = larger._fd, larger._slots, larger._filling, larger.kept


def _spare(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


def _written(slots: int, kept: Head) -> bytes:
    words = f"ids {slots} {kept.sequence} {kept.hash}".encode()
    return (words + f" {digest(words)}\n".encode()).ljust(HEADER, b"\0")


def _read(header: bytes) -> tuple[int, Head] | None:
    words = header.rstrip(b"\0").split()
    with suppress(ValueError, IndexError):
        slots, kept = int(words[1]), Head(int(words[2]), words[3].decode())
        if slots and header == _written(slots, kept):
            return slots, kept
    return None
