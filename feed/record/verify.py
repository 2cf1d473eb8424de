"""The audit of a whole log, line by line, in memory that does not follow its length."""

from __future__ import annotations

import sys
from array import array
from binascii import unhexlify
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from feed.model.chain import EMPTY, Head, digest
from feed.model.checkpoint import Checkpoint
from feed.model.errors import Gate, LineRefused, NotFound
from feed.model.merkle import leaf_hash
from feed.record import segments
from feed.record.log import Unknown
from feed.record.meeting import meet
from feed.record.recovery import walking


@dataclass(frozen=True, slots=True)
class Verified:
    """What held: so many `lines` up to `head`, `size` bytes of them in so many `files`.

    `unknown` counts events of types that this version does not know (only a strict audit looks). `unfinished` is the
    length of an interrupted write behind the last line; the next writer sets it aside.
    """

    lines: int
    head: Head
    size: int
    unknown: int
    unfinished: int
    files: int = 1


def verify(
    path: Path, *, strict: bool = False, against: Head = EMPTY, checkpoints: Sequence[Checkpoint] = ()
) -> Verified:
    """Check every line of a log and name the first bad one by LineRefused; NotFound when there is no log.

    Always: sequence, chain, ids recorded once, and that the log still contains the head `against` and the lines of
    each checkpoint, kept from an earlier day or another machine: without one, a log that was cut at its end or chained
    anew throughout looks whole. HistoryChanged when a checkpoint is not met; who signed it is not asked here.
    Strict: all four gates for each line. Needs no lock and changes nothing.
    """
    if not segments.exists(path):
        raise NotFound("there is no log", where=str(path), mend="Name the data directory with --dir")
    ids, unknown, ends = _Ids(), 0, {checkpoint.size: b"" for checkpoint in checkpoints}
    judge, add = _Judge(path) if strict else None, ids.add
    with walking(path, {against.sequence: against.hash} if against.sequence else {}) as walk:
        for sequence, name, line in walk:
            if not add(name):
                raise segments.refused(path, sequence, Gate.SHAPE, "its id is not 32 hex digits")
            if judge:
                unknown += judge.is_unknown(line)
            if sequence in ends:
                ends[sequence] = leaf_hash(line)
    meet(path, checkpoints, ends)
    if walk.head.sequence < against.sequence:
        why = f"the log ends before it, but the head to compare with is line {against.sequence}"
        raise segments.refused(path, walk.head.sequence + 1, Gate.CHAIN, why)
    ids.check(path)
    with segments.Whole(path) as log:
        unfinished = log.length() - walk.offset
    return Verified(walk.head.sequence, walk.head, walk.offset, unknown, unfinished, len(segments.closed(path)) + 1)


class _Judge:
    """The four gates, one line after the other."""

    def __init__(self, log: Path) -> None:
        # Imported here: a plain audit does not pay for jsonschema.
        from feed.record.gates import gates

        self._gates, self._log, self._head = gates(), log, EMPTY

    def is_unknown(self, line: bytes) -> bool:
        at = self._head.sequence + 1
        try:
            event = self._gates.check(line, file=self._log.name, at=at, after=self._head)
        except LineRefused as bad:
            raise segments.refused(self._log, at, bad.gate, bad.why) from bad
        self._head = Head(event.position, digest(line))
        return isinstance(event.data, Unknown)


class _Ids:
    """Whether an id stands twice, in eight bytes a line: the first half of each, on a shelf by its first digits."""

    def __init__(self) -> None:
        self._shelves: dict[bytes, bytearray] = {b"%02x" % first: bytearray() for first in range(256)}

    def add(self, name: bytes) -> bool:
        """Take one more id, in hex; False for what is none."""
        try:
            self._shelves[name[:2]] += unhexlify(name[:16])
        except (KeyError, ValueError):
            return False
        return True

    def check(self, path: Path) -> None:
        """Raise LineRefused for the first line whose id an earlier one has."""
        crowded = (halves for halves in map(_halves, self._shelves.values()) if len(set(halves)) < len(halves))
        twice = {half for halves in crowded for half, times in Counter(halves).items() if times > 1}
        if not twice:
            return
        seen: dict[bytes, int] = {}
        with walking(path) as walk:
            for sequence, name, _ in walk:
                earlier = seen.setdefault(name, sequence) if int(name[:16], 16) in twice else sequence
                if earlier != sequence:
                    why = f"the id {name.decode()} is already that of line {earlier}"
                    raise segments.refused(path, sequence, Gate.MEANING, why)


def _halves(shelf: bytearray) -> array[int]:
    halves = array("Q")
    halves.frombytes(shelf)
    if sys.byteorder == "little":
        halves.byteswap()
    return halves
