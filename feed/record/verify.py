"""The audit of a whole log, line by line, in memory that does not follow its length."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from feed.model.chain import EMPTY, Head, digest
from feed.model.checkpoint import Checkpoint
from feed.model.errors import Gate, LineRefused, NotFound
from feed.model.merkle import leaf_hash
from feed.record.lines import Place
from feed.record.log import Unknown
from feed.record.meeting import meet
from feed.record.recovery import walking


@dataclass(frozen=True, slots=True)
class Verified:
    """What held: so many `lines` up to `head`, `size` bytes of them.

    `unknown` counts events of types that this version does not know (only a strict audit looks). `unfinished` is the
    length of an interrupted write behind the last line; the next writer sets it aside.
    """

    lines: int
    head: Head
    size: int
    unknown: int
    unfinished: int


def verify(
    path: Path, *, strict: bool = False, against: Head = EMPTY, checkpoints: Sequence[Checkpoint] = ()
) -> Verified:
    """Check every line of a log and name the first bad one by LineRefused; NotFound when there is no log.

    Always: sequence, chain, ids recorded once, and that the log still contains the head `against` and the lines of
    each checkpoint, kept from an earlier day or another machine: without one, a log that was cut at its end or chained
    anew throughout looks whole. HistoryChanged when a checkpoint is not met; who signed it is not asked here.
    Strict: all four gates for each line. Needs no lock and changes nothing.
    """
    if not path.exists():
        raise NotFound("there is no log", where=str(path), mend="Name the data directory with --dir")
    ids, unknown, ends = _Ids(), 0, {checkpoint.size: b"" for checkpoint in checkpoints}
    judge = _Judge(path.name) if strict else None
    with walking(path, {against.sequence: against.hash} if against.sequence else {}) as walk:
        for place, line in walk:
            ids.add(place)
            unknown += judge.is_unknown(line) if judge else 0
            if place.sequence in ends:
                ends[place.sequence] = leaf_hash(line)
    meet(path, checkpoints, ends)
    if walk.head.sequence < against.sequence:
        why = f"the log ends before it, but the head to compare with is line {against.sequence}"
        raise LineRefused(file=path.name, at=walk.head.sequence + 1, gate=Gate.CHAIN, why=why)
    ids.check(path)
    return Verified(walk.head.sequence, walk.head, walk.offset, unknown, path.stat().st_size - walk.offset)


class _Judge:
    """The four gates, one line after the other."""

    def __init__(self, name: str) -> None:
        # Imported here: a plain audit does not pay for jsonschema.
        from feed.record.gates import gates

        self._gates, self._name, self._head = gates(), name, EMPTY

    def is_unknown(self, line: bytes) -> bool:
        event = self._gates.check(line, file=self._name, at=self._head.sequence + 1, after=self._head)
        self._head = Head(event.position, digest(line))
        return isinstance(event.data, Unknown)


class _Ids:
    """Whether an id stands twice, in eight bytes a line: the first half of each, on a shelf by its first byte."""

    def __init__(self) -> None:
        self._shelves = [array("Q") for _ in range(256)]

    def add(self, place: Place) -> None:
        self._shelves[place.id[0]].append(_half(place))

    def check(self, path: Path) -> None:
        """Raise LineRefused for the first line whose id an earlier one has."""
        crowded = (shelf for shelf in self._shelves if len(set(shelf)) < len(shelf))
        twice = {half for shelf in crowded for half, times in Counter(shelf).items() if times > 1}
        if not twice:
            return
        seen: dict[bytes, int] = {}
        with walking(path) as walk:
            for place, _ in walk:
                earlier = seen.setdefault(place.id, place.sequence) if _half(place) in twice else place.sequence
                if earlier != place.sequence:
                    why = f"the id {place.id.hex()} is already that of line {earlier}"
                    raise LineRefused(file=path.name, at=place.sequence, gate=Gate.MEANING, why=why)


def _half(place: Place) -> int:
    return int.from_bytes(place.id[:8])
