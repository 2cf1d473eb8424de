"""The audit of a whole log, line by line, in memory that does not follow its length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from feed.model.chain import EMPTY, Head, digest
from feed.model.checkpoint import Checkpoint
from feed.model.errors import Gate, LineRefused, NotFound
from feed.model.merkle import leaf_hash
from feed.record import segments
from feed.record.doubles import Doubles, number_of
from feed.record.lines import Walk
from feed.record.meeting import meet, recount
from feed.record.places import seek
from feed.record.recovery import walking
from feed.record.side import Side

HEX = frozenset(b"0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Verified:
    """What held: so many `lines` up to `head`, `size` bytes of them in so many `files`.

    `strangers` has the schemas that lines name and this version does not know, each with the number of such lines: they
    were judged by their envelope alone (only a strict audit looks). `unfinished` is the
    length of an interrupted write behind the last line; the next writer sets it aside.
    """

    lines: int
    head: Head
    size: int
    unfinished: int
    files: int = 1
    strangers: Mapping[str, int] = field(default_factory=dict)

    @property
    def unknown(self) -> int:
        """How many events name a schema that is not known."""
        return sum(self.strangers.values())


def verify(
    path: Path, *, strict: bool = False, against: Head = EMPTY, checkpoints: Sequence[Checkpoint] = ()
) -> Verified:
    """Check every line of a log and name the first bad one by LineRefused; NotFound when there is no log.

    Always: sequence, chain, ids recorded once, and that the log still contains the head `against` and the lines of
    each checkpoint, kept from an earlier day or another machine: without one, a log that was cut at its end or chained
    anew throughout looks whole. HistoryChanged when a checkpoint is not met; who signed it is not asked here.
    Strict: all four gates for each line, by the schema that it names as that was released (SchemaChanged when it is
    not here as it was released). Needs no lock and changes nothing.
    """
    saved = Side(path).saved()
    if not segments.exists(path) and not saved:
        raise NotFound("there is no log", where=str(path), mend="Name the data directory with --dir")
    heads = {against.sequence: against.hash} if against.sequence else {}
    with closing(Doubles()) as ids:
        with walking(path, heads) as walk:
            try:
                strangers = (_strictly if strict else _plainly)(path, walk, ids)
            except LineRefused as refused:
                # All of the chain holds, and yet it ends otherwise: it was made anew. A checkpoint may know from where.
                if refused.gate is Gate.CHAIN and refused.at in (saved.head.sequence if saved else 0, *heads):
                    recount(path, checkpoints)
                raise
        ends = _leaves(path, [checkpoint.size for checkpoint in checkpoints], walk.head.sequence)
        doubtful = ids.found()
    meet(path, checkpoints, ends)
    if walk.head.sequence < against.sequence:
        why = f"the log ends before it, but the head to compare with is line {against.sequence}"
        raise segments.refused(path, walk.head.sequence + 1, Gate.CHAIN, why)
    if doubtful:
        _name_double(path, doubtful)
    with segments.Whole(path) as log:
        unfinished = log.length() - walk.offset
    files = len(segments.closed(path)) + 1
    return Verified(walk.head.sequence, walk.head, walk.offset, unfinished, files, strangers)


class _Judge:
    """The four gates, one line after the other. `unknown` counts what they judged by its envelope alone."""

    def __init__(self, log: Path) -> None:
        # Imported here: a plain audit does not pay for jsonschema.
        from feed.record.gates import released_gates

        self._gates, self._log, self._head = released_gates(), log, EMPTY
        self.unknown: Counter[str] = Counter()

    def pass_on(self, line: bytes) -> None:
        at = self._head.sequence + 1
        try:
            event = self._gates.check(line, file=self._log.name, at=at, after=self._head)
        except LineRefused as bad:
            raise segments.refused(self._log, at, bad.gate, bad.why) from bad
        self._head = Head(event.position, digest(line))
        if not self._gates.knows(event):
            self.unknown[event.dataschema] += 1


def _plainly(path: Path, walk: Walk, ids: Doubles) -> dict[str, int]:
    for names in walk.ids():
        _take(path, names, ids, walk.head.sequence)
    return {}


def _strictly(path: Path, walk: Walk, ids: Doubles) -> dict[str, int]:
    """The schemas that are not known, with how many lines name each."""
    judge = _Judge(path)
    for sequence, name, line in walk:
        _take(path, [name], ids, sequence)
        judge.pass_on(line)
    return dict(sorted(judge.unknown.items()))


def _take(path: Path, names: list[bytes], ids: Doubles, last: int) -> None:
    try:
        ids.add(names)
    except ValueError as error:
        bad = next(at for at, name in enumerate(names) if len(name) != 32 or set(name) - HEX)
        at = last - len(names) + 1 + bad
        raise segments.refused(path, at, Gate.SHAPE, "its id is not 32 hex digits") from error


def _leaves(path: Path, wanted: Iterable[int], last: int) -> dict[int, bytes]:
    """The leaf hash of each of these lines; empty for those that are not there."""
    ends = {}
    with segments.Whole(path) as log:
        for size in set(wanted):
            ends[size] = b""
            if 0 < size <= last:
                seek(log, size)
                ends[size] = leaf_hash(log.readline().removesuffix(b"\n"))
    return ends


def _name_double(path: Path, doubtful: set[int]) -> None:
    """Raise LineRefused for the first line whose id an earlier one has; half of an id may stand twice by chance."""
    seen: dict[bytes, int] = {}
    with walking(path) as walk:
        for sequence, name, _ in walk:
            earlier = seen.setdefault(name, sequence) if number_of(name) in doubtful else sequence
            if earlier != sequence:
                why = f"the id {name.decode()} is already that of line {earlier}"
                raise segments.refused(path, sequence, Gate.MEANING, why)
