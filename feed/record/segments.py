"""The files that a log lies in: closed ones, which nobody writes again, and the one that is appended to, read as one.

A closed file is named after the number of its first line, `events.000000000001.jsonl`: in the order of their names they
are the log, so `cat events*.jsonl` is all of it. A log that never was too big for one file is `events.jsonl` alone.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from contextlib import suppress
from errno import EEXIST
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedReader, FileIO, RawIOBase
from itertools import accumulate, takewhile
from pathlib import Path
from stat import S_IMODE, S_IWGRP, S_IWOTH, S_IWUSR
from typing import Any

from feed.model.errors import Gate, LineRefused
from feed.record import disk
from feed.record.lines import LINE_LIMIT, place_of

SIZE = 64 << 20  # bytes of one file, unless told otherwise
BUFFER = 64 << 10
WRITE = S_IWUSR | S_IWGRP | S_IWOTH


class Whole(BufferedReader):
    """A log opened for reading, as one file: `tell` and `seek` count bytes of the whole.

    It is what stood there when it was opened, and what is appended meanwhile; closing a file meanwhile changes nothing.
    `open_at` is where the file begins that is appended to.
    """

    def __init__(self, log: Path) -> None:
        # The open one first: if it is closed before the names are read, it is among them and known by its inode.
        last = _last(log)
        earlier = _until(closed(log), last)
        self.open_at = sum(path.stat().st_size for path in earlier)
        super().__init__(_Joined(earlier, last) if earlier else last, BUFFER)

    def length(self) -> int:
        """Bytes of the whole now. The place of reading stays."""
        at = self.tell()
        size = self.seek(0, SEEK_END)
        self.seek(at)
        return size


class _Joined(RawIOBase):
    """Closed files and the open one behind each other. Opens the closed ones when it comes to them, one at a time."""

    def __init__(self, earlier: list[Path], last: FileIO) -> None:
        self._earlier, self._last = earlier, last
        self._starts = list(accumulate((path.stat().st_size for path in earlier), initial=0))
        self._at, self._number, self._file = 0, len(earlier), last

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        base = {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self._starts[-1] + os.fstat(self._last.fileno()).st_size}
        self._at = base[whence] + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        while True:
            number = bisect_right(self._starts, self._at) - 1
            room = view if number == len(self._earlier) else view[: self._starts[number + 1] - self._at]
            file = self._turn_to(number)
            file.seek(self._at - self._starts[number])
            got = file.readinto(room) or 0
            self._at += got
            if got or number == len(self._earlier):
                return got
            self._at = self._starts[number + 1]  # it was cut meanwhile, which the chain will tell

    def close(self) -> None:
        if not self.closed:
            self._turn_to(len(self._earlier))
            self._last.close()
        super().close()

    def _turn_to(self, number: int) -> FileIO:
        if number != self._number:
            if self._file is not self._last:
                self._file.close()
            self._number, self._file = number, self._last
            if number < len(self._earlier):
                self._file = FileIO(str(self._earlier[number]))
        return self._file


def closed(log: Path) -> list[Path]:
    """The closed files of a log, in order. None when there are none."""
    name = re.compile(re.escape(log.stem) + r"\.[0-9]{12}" + re.escape(log.suffix))
    with suppress(FileNotFoundError), os.scandir(log.parent) as entries:
        return sorted(log.parent / entry.name for entry in entries if name.fullmatch(entry.name))
    return []


def closed_as(log: Path, first: int) -> Path:
    """The name of a closed file that begins with line `first`."""
    return log.with_name(f"{log.stem}.{first:012d}{log.suffix}")


def first_of(path: Path) -> int:
    """The number of the first line of a closed file, as its name tells."""
    return int(path.suffixes[-2][1:])


def exists(log: Path) -> bool:
    """Whether there is anything of a log."""
    return log.exists() or bool(closed(log))


def copy(log: Path, to: Path) -> None:
    """Copy the files of a log as they stand, while others may write; `to` is the name of the open one there."""
    from shutil import copyfileobj  # which brings every way to pack files with it: whoever only reads goes without

    last = _last(log)
    with last:
        for path in _until(closed(log), last):
            there = closed_as(to, first_of(path))
            with path.open("rb") as source, there.open("wb") as target:
                copyfileobj(source, target, BUFFER)
            protect(there)
        with to.open("wb") as target:
            copyfileobj(last, target, BUFFER)


def protect(path: Path) -> None:
    """Take the right to write a closed file from everybody, where the disk knows rights and lets us."""
    with suppress(OSError):
        mode = path.stat().st_mode
        if mode & WRITE:
            path.chmod(S_IMODE(mode) & ~WRITE)


def close_off(log: Path, first: int, spare: Path) -> int:
    """Close the file that is appended to, which begins with line `first` and is durable; a descriptor of the next one.

    Both names are on the disk when this returns. A crash leaves the log in its old files or in the new ones, never
    without a name: at worst there is no open file for a moment, and the log ends with what was closed. Raises OSError;
    then nothing is lost, but only opening the log again tells how far it came.
    """
    name, mode = closed_as(log, first), S_IMODE(log.stat().st_mode)
    if name.exists():
        raise FileExistsError(EEXIST, "the name of the file to be closed is taken", str(name))
    fd = os.open(spare, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_TRUNC, mode)
    try:
        log.rename(name)
        # The old name is given up on the disk before the new file takes it: else a power cut may leave only that one.
        disk.flush_folder(log.parent)
        spare.rename(log)
        disk.flush_folder(log.parent)
    except OSError:
        os.close(fd)
        raise
    protect(name)
    return fd


def refused(log: Path, at: int, gate: Gate, why: str) -> LineRefused:
    """The refusal of line `at` of a log, naming the file that it stands in, or stood in when that is gone."""
    earlier = closed(log)
    if gap := _gap(log, earlier, at):
        return LineRefused(file=closed_as(log, at).name, at=at, gate=gate, why=gap, first=at)
    firsts = [first_of(path) for path in earlier]
    if earlier:
        with earlier[-1].open("rb") as file:
            firsts.append(firsts[-1] + sum(1 for _ in file))
    number = max(0, bisect_right(firsts, at) - 1)
    return LineRefused(
        file=(*earlier, log)[number].name, at=at, gate=gate, why=why, first=firsts[number] if firsts else 1
    )


def _gap(log: Path, earlier: list[Path], at: int) -> str:
    """What is missing, where the files before end with the line before `at` and the next goes on behind it; else ""."""
    before = [path for path in earlier if first_of(path) < at]
    following = (*earlier, log)[len(before)]
    ends = 0
    if before:
        with before[-1].open("rb") as file:
            ends = first_of(before[-1]) - 1 + sum(1 for _ in file)
    if not earlier or ends != at - 1 or not following.exists():
        return ""
    with following.open("rb") as file:
        place = place_of(file.readline(LINE_LIMIT + 1))
    if place is None or place.sequence <= at:
        return ""
    return f"lines {at} to {place.sequence - 1} are missing: {following.name} goes on with line {place.sequence}"


def _last(log: Path) -> FileIO:
    try:
        return FileIO(str(log))
    except FileNotFoundError:
        return FileIO(os.devnull)


def _until(earlier: list[Path], last: FileIO) -> list[Path]:
    """The files before the one that was opened last, which may have been closed since."""
    opened = os.fstat(last.fileno())
    return list(takewhile(lambda path: not os.path.samestat(path.stat(), opened), earlier))
