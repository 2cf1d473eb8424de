"""The RFC 6962 Merkle tree over the lines of a log: its root, short proofs, and how to check them. Pure.

A leaf is a line without its line feed. A tree of a million lines has proofs of twenty hashes. Whoever holds the root of
an earlier day can check that the log of today begins with the very same lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

Node = Callable[[int, int], bytes]
"""`node(height, index)` is the hash of the full subtree over the 2**height leaves from index * 2**height on."""

HASH = 32  # bytes
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf. Not that of its line in the chain: a leaf begins with a zero byte, so that no node is one."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees beside each other."""
    return sha256(b"\1" + left + right).digest()


class Growing:
    """A tree that grows by leaves at its right and knows its root, in memory of log n."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Put the hash of one more leaf at the end."""
        at = self.size
        while at & 1:
            leaf = sha256(b"\1" + self._peaks.pop() + leaf).digest()
            at >>= 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        return _bagged(self._peaks)


def root(size: int, node: Node) -> bytes:
    """The root over the first `size` leaves of a tree."""
    return _over(0, size, node)


def inclusion(index: int, size: int, node: Node) -> tuple[bytes, ...]:
    """The proof that leaf `index` (from 0) stands in the tree of `size`, from its sibling up to the root's child.

    Raises ValueError for a leaf that the tree does not have.
    """
    if not 0 <= index < size:
        message = f"a tree of {size} has no leaf {index}"
        raise ValueError(message)
    path, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_over(middle, high, node))
            high = middle
        else:
            path.append(_over(low, middle, node))
            low = middle
    return tuple(reversed(path))


def consistency(old: int, new: int, node: Node) -> tuple[bytes, ...]:
    """The proof that the tree of `new` leaves begins with those of the tree of `old`. Raises ValueError if not."""
    if not 0 <= old <= new:
        message = f"a tree of {new} does not begin with {old} leaves"
        raise ValueError(message)
    path, low, high, whole = [], 0, new, True
    while old not in (0, high):
        middle = low + _split(high - low)
        if old <= middle:
            path.append(_over(middle, high, node))
            high = middle
        else:
            path.append(_over(low, middle, node))
            low, whole = middle, False
    if old and not whole:
        path.append(_over(low, high, node))
    return tuple(reversed(path))


def root_of(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that an inclusion proof leads to from a leaf's hash: compare it with one that is trusted.

    Raises ValueError for a proof that cannot belong to that place in a tree of that size.
    """
    if not 0 <= index < size:
        message = f"a tree of {size} has no leaf {index}"
        raise ValueError(message)
    steps = list(_turns(index, size))
    if len(path) != len(steps):
        message = f"the proof has {len(path)} hashes where {len(steps)} belong"
        raise ValueError(message)
    for sibling, is_left in zip(path, steps, strict=True):
        leaf = node_hash(sibling, leaf) if is_left else node_hash(leaf, sibling)
    return leaf


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether a consistency proof shows that the tree under `new_root` begins with the tree under `old_root`."""
    if not 0 < old < new:
        return not path and ((old == new and old_root == new_root) or (0 == old < new and old_root == EMPTY_ROOT))
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    return _grown(at, last, path if at else (old_root, *path)) == (old_root, new_root)


def _grown(at: int, last: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The two roots that a consistency proof leads to; None for one of another length."""
    first = second = path[0] if path else b""
    for sibling in path[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            zeros = (at & -at).bit_length() - 1 if at else 0
            at, last = at >> zeros, last >> zeros
        else:
            second = node_hash(second, sibling)
        at, last = at >> 1, last >> 1
    return (first, second) if last == 0 else None


def peaks(low: int, high: int) -> Iterator[tuple[int, int]]:
    """The full subtrees, as (height, index), that leaves [low, high) are made of, when low is where such one begins."""
    while low < high:
        height = (high - low).bit_length() - 1
        yield height, low >> height
        low += 1 << height


def _over(low: int, high: int, node: Node) -> bytes:
    return _bagged([node(height, index) for height, index in peaks(low, high)])


def _bagged(hashes: Iterable[bytes]) -> bytes:
    *lower, top = hashes or (EMPTY_ROOT,)
    for left in reversed(lower):
        top = node_hash(left, top)
    return top


def _split(size: int) -> int:
    """The greatest power of two below a size over one."""
    return 1 << (size - 1).bit_length() - 1


def _turns(index: int, size: int) -> Iterator[bool]:
    """For each step from a leaf to the root whether its sibling stands at its left."""
    last = size - 1
    while last:
        if index & 1:
            yield True
        elif index != last:
            yield False
        index, last = index >> 1, last >> 1
