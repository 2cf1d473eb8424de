"""Lines of a log by their place, without going through it: for those who keep what the lines before it say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from feed.model.errors import Gate
from feed.model.event import Event
from feed.record.lines import LINE_LIMIT, place_of
from feed.record.log import interpret
from feed.record.segments import Whole, refused


def events_at(log: Path, sequences: Iterable[int]) -> Iterator[Event]:
    """The events at these places, each found in log n steps.

    Each line's own word for where it stands is trusted, neither chain nor neighbours are looked at; its meaning is
    checked. Raises LineRefused for a place where no such line is.
    """
    with Whole(log) as file:
        for sequence in sequences:
            seek(file, sequence)
            raw = file.readline()
            place = place_of(raw)
            if place is None or place.sequence != sequence:
                raise refused(log, sequence, Gate.CHAIN, "the log has no such line any more")
            try:
                yield interpret(raw.removesuffix(b"\n"))
            except ValueError as error:
                why = " ".join(str(error).split())[:240]
                raise refused(log, sequence, Gate.MEANING, why) from error


def seek(file: BinaryIO, sequence: int) -> None:
    """Go to the beginning of a line that is there, in log n steps. Trusts each line's word for where it stands."""
    low, high = 0, file.seek(0, 2)
    while high - low > 4 * LINE_LIMIT:
        file.seek((low + high) // 2)
        file.readline()
        at = file.tell()
        place = place_of(file.readline())
        if place is None or place.sequence > sequence or at >= high:
            high = (low + high) // 2
        else:
            low = at
    file.seek(low)
    while (place := place_of(file.readline())) and place.sequence < sequence:
        low = file.tell()
    file.seek(low)
