"""Whether a log whose chain holds still begins with the lines of a checkpoint, and which line was changed if not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from feed.model.checkpoint import Checkpoint
from feed.model.errors import HistoryChanged
from feed.model.merkle import EMPTY_ROOT, Growing, inclusion, leaf_hash, root_of
from feed.record.evidence import Evidence
from feed.record.segments import Whole
from feed.record.tree import Tree

RESTORE = "Nothing was changed. Restore the file from a copy that meets this checkpoint"


def meet(log: Path, checkpoints: Sequence[Checkpoint], ends: Mapping[int, bytes]) -> None:
    """Raise HistoryChanged unless the log begins with the lines of each checkpoint. The chain must hold already.

    `ends` has the leaf hash of the line that each covers last, empty for a line that is not there.
    """
    tree = Evidence(log).tree
    missing = [one for one in checkpoints if one.size and not ends[one.size]]
    if missing:
        short = max(missing, key=lambda one: one.size)
        why = f"the log ends before line {short.size}, which the checkpoint of {short.origin} covers"
        raise HistoryChanged(why, where=log.name, mend=RESTORE)
    doubtful = [one for one in checkpoints if not _ends_as(one, ends, tree)]
    if doubtful:
        _recount(log, checkpoints, tree)


def recount(log: Path, checkpoints: Sequence[Checkpoint]) -> None:
    """Hash each line, whatever its chain says, and raise HistoryChanged when a checkpoint was signed for others.

    For a log that is known to be changed: it names the line where that can be known. Checkpoints over more lines than
    there are are passed over.
    """
    with Whole(log) as file:
        lines = sum(1 for _ in file)
    _recount(log, [one for one in checkpoints if one.size <= lines], Evidence(log).tree)


def _ends_as(checkpoint: Checkpoint, ends: Mapping[int, bytes], tree: Tree) -> bool:
    """Whether the last line covered is the one that was. The chain then says that all before it are.

    False also when the hashes kept here do not reach so far, or are not those of the checkpoint.
    """
    size = checkpoint.size
    if not size:
        return checkpoint.root == EMPTY_ROOT
    try:
        path = inclusion(size - 1, size, tree.node)
    except ValueError:
        return False
    return root_of(ends[size], size - 1, size, path) == checkpoint.root


def _recount(log: Path, checkpoints: Sequence[Checkpoint], tree: Tree) -> None:
    """The same by hashing every line."""
    growing, roots = Growing(), dict[int, bytes]()
    wanted = {one.size for one in checkpoints}
    for leaf in _leaves(log, max(wanted, default=0)):
        growing.add(leaf)
        if growing.size in wanted:
            roots[growing.size] = growing.root()
    roots[0] = EMPTY_ROOT
    for one in sorted(checkpoints, key=lambda one: one.size):
        if roots[one.size] != one.root:
            first = _first_changed(log, one, tree)
            met = [two.size for two in checkpoints if two.size < one.size and roots[two.size] == two.root]
            named = "" if first else f"some line from {max(met, default=0) + 1} to {one.size} was "
            since = f"since {one.origin} signed for {one.size} lines; all lines behind it were chained anew"
            why = f"{named}changed {since}"
            raise HistoryChanged(why, where=f"{log.name}, line {first}" if first else log.name, mend=RESTORE)


def _first_changed(log: Path, checkpoint: Checkpoint, tree: Tree) -> int:
    """The first line that is not the one signed for, by the hashes kept beside the log; 0 when those do not know."""
    growing, first = Growing(), 0
    try:
        kept = tree.hashes(0, 0, checkpoint.size)
    except ValueError:
        return 0
    for at, (was, now) in enumerate(zip(kept, _leaves(log, checkpoint.size), strict=True), start=1):
        growing.add(was)
        first = first or (at if was != now else 0)
    return first if growing.root() == checkpoint.root else 0


def _leaves(log: Path, count: int) -> Iterator[bytes]:
    with Whole(log) as file:
        for line in islice(file, count):
            yield leaf_hash(line.removesuffix(b"\n"))
