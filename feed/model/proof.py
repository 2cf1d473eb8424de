"""The proof that one line stands in a log, as text: C2SP tlog-proof@v1. Pure."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from feed.model.checkpoint import Note
from feed.model.errors import CheckpointRefused
from feed.model.merkle import HASH, leaf_hash, root_of

FIRST = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Proof:
    """Leaf `index` (from 0: line index + 1) leads by `path` to the root of the note's checkpoint."""

    index: int
    path: tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        hashes = "".join(f"{base64.b64encode(each).decode()}\n" for each in self.path)
        return f"{FIRST}\nindex {self.index}\n{hashes}\n{self.note}"

    @classmethod
    def parse(cls, text: str) -> Proof:
        """Of a proof's text, with or without a line `extra`, which is ignored. Raises CheckpointRefused."""
        above, _, note = text.partition("\n\n")
        first, *lines = above.split("\n")
        if lines and lines[0].startswith("extra "):
            del lines[0]
        word, _, index = (lines or [""])[0].partition(" ")
        if (first, word) != (FIRST, "index") or not (index.isascii() and index.isdecimal()):
            raise CheckpointRefused(f"this is no proof: it does not begin with {FIRST} and an index")
        try:
            path = tuple(base64.b64decode(line, validate=True) for line in lines[1:])
        except (binascii.Error, ValueError):
            path = (b"",)
        if any(len(each) != HASH for each in path):
            raise CheckpointRefused("a line of the proof is no SHA-256 in base64")
        return cls(int(index), path, Note.parse(note))

    def holds_for(self, line: bytes) -> bool:
        """Whether this very line stands there under the checkpoint's root. Says nothing of who signed that."""
        checkpoint = self.note.checkpoint
        try:
            return root_of(leaf_hash(line), self.index, checkpoint.size, self.path) == checkpoint.root
        except ValueError:
            return False
