"""Lines of a log by their place, without going through it: for those who keep what the lines before it say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from feed.model.chain import Head, digest
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
            yield _event(log, raw, sequence)


def events_since(log: Path, head: Head) -> Iterator[Event]:
    """Every event behind a head that the log once had, in order, each chained to the one before.

    Nothing before it is looked at. An unfinished line at the end is not seen. Raises LineRefused when the log does not
    have that head, or from there on at the first line that is not chained; whoever needs to tell an interrupted write
    from damage asks `ReadOnlyLog.read`.
    """
    with Whole(log) as file:
        if head.sequence:
            seek(file, head.sequence)
            if digest(file.readline().removesuffix(b"\n")) != head.hash:
                raise refused(log, head.sequence, Gate.CHAIN, "not the line that was on record here")
        for raw in file:
            place = place_of(raw)
            if not raw.endswith(b"\n"):
                return
            if place is None or (place.sequence, place.prevhash) != (head.sequence + 1, head.hash):
                raise refused(log, head.sequence + 1, Gate.CHAIN, f"prevhash is not the digest of line {head.sequence}")
            yield _event(log, raw, place.sequence)
            head = Head(place.sequence, digest(raw[:-1]))


def _event(log: Path, raw: bytes, at: int) -> Event:
    try:
        return interpret(raw.removesuffix(b"\n"))
    except ValueError as error:
        raise refused(log, at, Gate.MEANING, " ".join(str(error).split())[:240]) from error


def has(log: Path, head: Head) -> bool:
    """Whether the log has that very line at that place. Looks at no other line."""
    if not head.sequence:
        return True
    with Whole(log) as file:
        seek(file, head.sequence)
        raw = file.readline()
    return raw.endswith(b"\n") and digest(raw[:-1]) == head.hash


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
