"""The hashes of a log's Merkle tree, kept in flat files: any node, root or proof without reading the log.

File `l` holds, one after another, the hashes of the full subtrees of 256**l lines; so a tile of C2SP tlog-tiles is a
stretch of a file. All of it follows from the log and can be made again; nothing here is trusted but under a checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from feed.model.merkle import HASH, node_hash, root

HIGH = 8  # between two files: a tile is 256 hashes wide
WIDE = 1 << HIGH


class Tree:
    """The tree in one folder. `size` is how many leaves it holds; one process writes, any number read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return self._length(0)

    def node(self, height: int, index: int) -> bytes:
        """The hash of the full subtree over 2**height leaves, number `index`. As `merkle.Node`.

        Raises ValueError for one that is not there.
        """
        level, above = divmod(height, HIGH)
        return _folded(self.hashes(level, index << above, 1 << above))

    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        """So many hashes of one file. Raises ValueError when they are not all there."""
        raw = b""
        with suppress(FileNotFoundError), self._path(level).open("rb") as file:
            file.seek(first * HASH)
            raw = file.read(count * HASH)
        if len(raw) != count * HASH:
            message = f"the tree has no hashes {first} to {first + count} at level {level}"
            raise ValueError(message)
        return [raw[at : at + HASH] for at in range(0, len(raw), HASH)]

    def root(self, size: int) -> bytes:
        """The root over the first `size` leaves. Raises ValueError when there are fewer."""
        return root(size, self.node)

    def cut(self, size: int) -> None:
        """Forget what is behind the first `size` leaves."""
        level = 0
        while self._path(level).exists():
            with self._path(level).open("rb+") as file:
                file.truncate(min(self._length(level), size >> HIGH * level) * HASH)
            level += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Put leaf hashes at the end, and above them what they complete. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        level, fresh = 0, list(leaves)
        while fresh:
            with self._path(level).open("ab") as file:
                file.write(b"".join(fresh))
            level += 1
            done = self._length(level)
            below = self._length(level - 1) // WIDE
            fresh = [_folded(self.hashes(level - 1, at * WIDE, WIDE)) for at in range(done, below)]

    def _length(self, level: int) -> int:
        try:
            return self._path(level).stat().st_size // HASH
        except FileNotFoundError:
            return 0

    def _path(self, level: int) -> Path:
        return self._folder / str(level)


def _folded(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [node_hash(*pair) for pair in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]
