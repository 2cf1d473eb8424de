"""Whether an id stands twice in a log, in memory that does not grow with it."""

from __future__ import annotations

import os
import sys
from array import array
from binascii import unhexlify
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from typing import IO

RUN = 1 << 14  # ids that are sorted at a time
SHELVES = 1 << 8  # each run is cut into so many by the size of the number, so that equal ones lie on one shelf
MARKS = [number << 56 for number in range(SHELVES)]


class Doubles:
    """Takes the ids of a log, eight bytes of each: in sorted runs, in a file that nobody else sees."""

    def __init__(self) -> None:
        self._held = array("Q")
        self._runs: list[list[int]] = []
        self._file: IO[bytes] | None = None

    def add(self, names: Sequence[bytes]) -> None:
        """Take these ids, in hex. Raises ValueError when one is none; then none of them is taken."""
        halves = array("Q")
        halves.frombytes(unhexlify(b"".join(names)))
        if len(halves) != 2 * len(names):
            message = "an id has 32 hex digits"
            raise ValueError(message)
        self._held += halves[::2]
        if len(self._held) >= RUN:
            # Where there is no room for a file, they stay in memory.
            with suppress(OSError):
                self._put_away()

    def found(self) -> set[int]:
        """The numbers of ids that may stand twice. Empty: none does."""
        twice: set[int] = set()
        held = sorted(self._held)
        for shelf in range(SHELVES):
            low = bisect_left(held, MARKS[shelf])
            high = bisect_left(held, MARKS[shelf + 1]) if shelf + 1 < SHELVES else len(held)
            numbers = [*held[low:high], *self._shelf(shelf)]
            if len(set(numbers)) < len(numbers):
                twice |= {number for number, times in Counter(numbers).items() if times > 1}
        return twice

    def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            self._file.close()

    def _put_away(self) -> None:
        if self._file is None:
            self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - it is closed by `close`
        run = sorted(self._held)
        self._file.write(array("Q", run).tobytes())
        begun = sum(cuts[-1] for cuts in self._runs[-1:])
        self._runs.append([begun + 8 * bisect_left(run, mark) for mark in MARKS] + [begun + 8 * len(run)])
        self._held = array("Q")

    def _shelf(self, shelf: int) -> Iterator[int]:
        for cuts in self._runs:
            if self._file is not None:
                numbers = array("Q")
                numbers.frombytes(os.pread(self._file.fileno(), cuts[shelf + 1] - cuts[shelf], cuts[shelf]))
                yield from numbers


def number_of(name: bytes) -> int:
    """The number by which an id in hex is known here."""
    return int.from_bytes(unhexlify(name[:16]), sys.byteorder)
