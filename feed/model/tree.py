"""A sorted map that never changes: putting something in makes another one, which shares nearly all of the old.

A B-tree, and beside it a few keys that were put in last: they go into it together, at a fraction of what going in one
by one costs. Looking up, putting in and finding a neighbour take time that grows with the logarithm of the size;
putting in does so on the average, since one in `FRESH` takes the others along.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

from feed.model import node
from feed.model.node import EMPTY_LEAF, Away, Node, here

K = TypeVar("K")
V = TypeVar("V")
FRESH = 32  # so many keys wait at most: few enough to be copied each time, enough to share their way into the tree


class Tree(Generic[K, V]):
    """A sorted map from keys that compare with each other to values. Equal when it holds the same. Never changes.

    `keys` and `held` are what was put in last, in the order of the keys; what they say goes before what `root` says.
    """

    __slots__ = ("held", "keys", "root")

    def __init__(
        self, root: Node | Away = EMPTY_LEAF, keys: list[Any] | None = None, held: list[Any] | None = None
    ) -> None:
        self.root = root
        self.keys: list[Any] = [] if keys is None else keys
        self.held: list[Any] = [] if held is None else held

    def put(self, key: K, value: V) -> Tree[K, V]:
        """With this value at this key, whatever was there before."""
        keys, held = self.keys, self.held.copy()
        at = bisect_left(keys, key)
        if at < len(keys) and keys[at] == key:
            held[at] = value
            return Tree(self.root, keys, held)
        keys = keys.copy()
        keys.insert(at, key)
        held.insert(at, value)
        return Tree(self.root, keys, held) if len(keys) < FRESH else Tree(node.with_all(self.root, keys, held))

    def without(self, key: K) -> Tree[K, V]:
        """Without this key; the same when it is not there."""
        root = node.without(here(self.root), key) or EMPTY_LEAF
        at = self._fresh(key)
        if at is None:
            return Tree(root, self.keys, self.held)
        return Tree(root, self.keys[:at] + self.keys[at + 1 :], self.held[:at] + self.held[at + 1 :])

    def settled(self) -> Node | Away:
        """The root of a tree that holds all of it."""
        return node.with_all(self.root, self.keys, self.held) if self.keys else self.root

    def get(self, key: K) -> V | None:
        """The value at a key, None when there is none."""
        value: V | None = here(self._held(key))
        return value

    def _held(self, key: K) -> Any:
        keys = self.keys
        at = bisect_left(keys, key)
        return self.held[at] if at < len(keys) and keys[at] == key else node.found(self.root, key)

    def _fresh(self, key: K) -> int | None:
        at = bisect_left(self.keys, key)
        return at if at < len(self.keys) and self.keys[at] == key else None

    def below(self, key: Any) -> tuple[K, V] | None:
        """The greatest key less than this one, with its value; None when there is none."""
        at = bisect_left(self.keys, key)
        return self._later(node.below(here(self.root), key), at)

    def last(self) -> tuple[K, V] | None:
        """The greatest key with its value; None when empty."""
        return self._later(node.last(self.root), len(self.keys))

    def _later(self, found: tuple[K, Any] | None, until: int) -> tuple[K, V] | None:
        """Of what was found in the tree and the last of the fresh ones before a place the one with the greater key."""
        if until and (found is None or not self.keys[until - 1] < found[0]):
            found = self.keys[until - 1], self.held[until - 1]
        return None if found is None else (found[0], here(found[1]))

    def next(self, key: Any) -> K | None:
        """The least key from this one on, which may be but the beginning of a key; None when there is none."""
        settled: K | None = node.following(self.root, key)
        at = bisect_left(self.keys, key)
        fresh: K | None = self.keys[at] if at < len(self.keys) else None
        return fresh if settled is None or (fresh is not None and fresh < settled) else settled  # type: ignore[operator]

    def since(self, key: K) -> Iterator[tuple[K, V]]:
        """Every key from this one on, in order, with its value."""
        places = self._places(node.since(here(self.root), key), bisect_left(self.keys, key), len(self.keys))
        return ((each, here(held)) for each, held in places)

    def within(self, key: Any, until: Any) -> Iterator[tuple[K, V]]:
        """Every key from the one on and before the other, in order, with its value; both may be beginnings of keys."""
        settled, keys = node.within(self.root, key, until), self.keys
        at, end = bisect_left(keys, key), bisect_left(keys, until)
        if at == end:
            return ((each, here(held)) for each, held in settled)
        return ((each, here(held)) for each, held in self._places(iter(settled), at, end))

    def _places(self, settled: Iterator[tuple[K, Any]], at: int, count: int) -> Iterator[tuple[K, Any]]:
        """What is in the tree together with the fresh ones between two places, and what is held there."""
        keys, held = self.keys, self.held
        for key, value in settled:
            while at < count and keys[at] < key:
                yield keys[at], held[at]
                at += 1
            if at < count and keys[at] == key:
                yield key, held[at]
                at += 1
            else:
                yield key, value
        yield from zip(keys[at:count], held[at:count], strict=True)

    def changed(self, other: Tree[K, V]) -> Iterator[K]:
        """The keys, in order, that only one of the two holds or that may have another value in the other.

        What both share is not looked at: of a map and one made from it by a few changes this takes a few steps.
        """
        touched = {*node.changed(self.root, other.root), *self.keys, *other.keys}
        return (key for key in sorted(touched) if not node.same(self._held(key), other._held(key)))

    def __iter__(self) -> Iterator[K]:
        """The keys, in order."""
        return (key for key, _ in self._places(node.everything(here(self.root)), 0, len(self.keys)))

    def items(self) -> Iterator[tuple[K, V]]:
        """Everything, in order."""
        return ((key, here(held)) for key, held in self._places(node.everything(here(self.root)), 0, len(self.keys)))

    def values(self) -> Iterator[V]:
        """The values, in the order of their keys."""
        return (value for _, value in self.items())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tree) and (self is other or list(self.items()) == list(other.items()))

    __hash__ = None  # type: ignore[assignment]  # what it holds need not have a hash


def tree(items: Iterable[tuple[K, V]]) -> Tree[K, V]:
    """A map of these; of one key twice the last."""
    made: Tree[K, V] = Tree()
    for key, value in items:
        made = made.put(key, value)
    return made
