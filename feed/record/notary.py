"""Signs how far the log has come, and never anything that contradicts what it signed before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from feed.model.chain import Head
from feed.model.checkpoint import Checkpoint, Note, Verifier, signed
from feed.model.errors import CheckpointRefused, EvidenceDamaged, HistoryChanged
from feed.model.merkle import consistency, is_consistent, leaf_hash
from feed.record import disk
from feed.record.evidence import MEND, Evidence, Kept
from feed.record.lines import LINE_LIMIT
from feed.record.segments import Whole

if TYPE_CHECKING:
    from feed.record.keys import Signer

WITHIN = timedelta(seconds=10)  # from an append to the checkpoint that covers it, while the writer is at work
AT_ONCE = 4096  # lines


class Notary:
    """Makes the checkpoints of one log, for the holder of its lock.

    What it signs always extends what it signed last: before each signature the tree's root there is looked up, the
    last line covered must be the very one that was, and a consistency proof must lead from the old root to the new.
    With the chain that means that no line before it was changed.
    """

    def __init__(self, log: Path, name: str, seed: Callable[[], bytes]) -> None:
        """`name` is what a new log calls itself, "" for a name made from its key; its first name is kept for ever.

        `seed` gives 32 secret bytes for a key where there is none. Touches nothing before the first `check`.
        """
        self._log, self._name, self._seed = log, name, seed
        self._kept = Evidence(log)

    @cached_property
    def _last(self) -> Kept | None:
        return self._kept.last()

    @cached_property
    def _signers(self) -> tuple[Signer, ...]:
        # Made by the first signature: whoever signs nothing does not pay for cryptography.
        from feed.record.keys import signers

        return signers(self._kept, self._name, self._seed)

    @property
    def covered(self) -> int:
        """How many lines the last checkpoint covers."""
        return self._last.size if self._last else 0

    def check(self, head: Head) -> None:
        """Raise HistoryChanged unless the log, which comes to `head`, still begins with what was signed last."""
        if head.sequence < self.covered:
            raise HistoryChanged(
                f"the log ends at line {head.sequence}, but a checkpoint was signed for {self.covered}",
                where=self._log.name,
                mend="Restore the log from a copy that has them",
            )
        try:
            self._resume()
        except OSError as error:
            raise disk.unwritable(error, self._kept.folder, "the tree's hashes cannot be kept") from error

    def is_due(self, head: Head, now: datetime) -> bool:
        """Whether lines have waited for a checkpoint for so long that it must not wait longer."""
        waited = self._last is None or not timedelta(0) <= now - self._last.time < WITHIN
        return head.sequence > self.covered and waited

    def attest(self, head: Head, now: datetime) -> Note | None:
        """Sign that the log comes to `head`, durably kept when this returns; None when that is signed already.

        Raises HistoryChanged when what was signed before is no longer there (nothing is signed then), LogUnwritable.
        """
        if head.sequence <= self.covered:
            return None
        try:
            size, offset = self._resume()
            offset = self._grow(size, head.sequence, offset)
            checkpoint = Checkpoint(self._signers[0].verifier.name, head.sequence, self._kept.tree.root(head.sequence))
            self._extends(checkpoint)
            note = signed(checkpoint, *((one.verifier, one.sign) for one in self._signers))
            self._last = self._kept.keep(Kept(head.sequence, offset, now, note))
        except OSError as error:
            raise disk.unwritable(error, self._kept.folder, "a checkpoint cannot be kept") from error
        return note

    def _extends(self, new: Checkpoint) -> None:
        """Raise HistoryChanged unless a consistency proof leads from what was signed last to what is to be signed."""
        if self._last is None:
            return
        old = self._last.note.checkpoint
        proof = consistency(old.size, new.size, self._kept.tree.node)
        if not is_consistent(old.size, old.root, new.size, new.root, proof):
            raise HistoryChanged(
                f"{new.size} lines do not begin with the {old.size} that were signed for",
                where=self._log.name,
                mend="Nothing is signed. Remove .feed/tree, which is made anew, and run feed verify",
            )

    def begin_rotation(self, seed: Callable[[], bytes]) -> tuple[Verifier, Verifier]:
        """Let a new key sign beside the one that signs now; both, old and new. Raises LogUnwritable."""
        from feed.record.keys import Signer

        old = self._signers[0]
        new = Signer(old.verifier.name, seed())
        self._sign_with(new, old)
        return old.verifier, new.verifier

    def end_rotation(self) -> None:
        """Let only the newest key sign from here on. Raises LogUnwritable."""
        self._sign_with(self._signers[0])

    def _sign_with(self, *signers: Signer) -> None:
        from feed.record.keys import keep

        try:
            keep(self._kept, signers)
        except OSError as error:
            raise disk.unwritable(error, self._kept.folder, "the key that signs cannot be kept") from error
        self._signers = signers

    def _resume(self) -> tuple[int, int]:
        """Lines and bytes up to the last checkpoint, after making sure that it still holds."""
        if self._last is None:
            self._kept.tree.cut(0)
            return 0, 0
        last = self._last
        if self._kept.tree_root(last.size) != last.note.checkpoint.root:
            self._kept.tree.cut(0)
            self._grow(0, last.size, 0)
        self._kept.tree.cut(last.size)
        if self._kept.tree_root(last.size) != last.note.checkpoint.root or not self._ends_there(last):
            self._was_signed(last.note)
            raise HistoryChanged(
                f"the first {last.size} lines are not those of the checkpoint that was signed for them",
                where=self._log.name,
                mend="Nothing is signed. `feed verify` names the line; restore the log from a copy",
            )
        return last.size, last.offset

    def _was_signed(self, note: Note) -> None:
        """Raise EvidenceDamaged for a note that is kept here and that no key of ours signed so."""
        from feed.record.keys import checks

        ours = self._kept.verifiers()
        try:
            signer = note.signed_by(ours, checks)
        except CheckpointRefused:
            signer = None
        if ours and signer is None:
            what = f"the newest checkpoint, over {note.checkpoint.size} lines, is not one that this log signed"
            raise EvidenceDamaged(what, where=".feed/checkpoints.jsonl", mend=MEND)

    def _ends_there(self, last: Kept) -> bool:
        with Whole(self._log) as file:
            file.seek(max(0, last.offset - LINE_LIMIT - 2))
            line = file.read(last.offset - file.tell()).removesuffix(b"\n").rpartition(b"\n")[2]
        return last.size == 0 or leaf_hash(line) == self._kept.tree.node(0, last.size - 1)

    def _grow(self, size: int, to: int, offset: int) -> int:
        """Put the lines after `size` up to `to`, which begin at `offset`, into the tree; where they end."""
        with Whole(self._log) as file:
            file.seek(offset)
            lines = islice(file, to - size)
            while some := list(islice(lines, AT_ONCE)):
                self._kept.tree.extend(leaf_hash(line.removesuffix(b"\n")) for line in some)
            return file.tell()
