"""Where a log ends, by its last line alone: for those who only ask whether anything is new."""

from __future__ import annotations

from pathlib import Path

from feed.model.chain import EMPTY, Head, digest
from feed.record.segments import Whole

MARK = b'"sequence":"'
CHUNK = 1 << 16


def peek(path: Path) -> Head:
    """The head that the last whole line claims; EMPTY without one. Trusts the line: it checks neither chain nor shape.

    Costs the same at any length of the log. An interrupted write at the end is not seen.
    """
    with Whole(path) as log:
        return head_of(last_line(log))


def head_of(line: bytes) -> Head:
    """The head that a line claims, without its line feed; EMPTY for what claims none."""
    at = line.rfind(MARK)
    number = line[at + len(MARK) : at + len(MARK) + 12]
    return Head(int(number), digest(line)) if at >= 0 and number.isdigit() else EMPTY


def last_line(log: Whole) -> bytes:
    """The last whole line, without its line feed; empty when there is none."""
    end = log.length()
    tail, start = b"", end
    while start > 0 and tail.count(b"\n") < 3:
        start = max(0, start - CHUNK)
        log.seek(start)
        tail = log.read(end - start)
    whole = tail.rpartition(b"\n")[0]
    return whole.rpartition(b"\n")[2]
