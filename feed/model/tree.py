"""A sorted map that never changes: putting something in makes another one, which shares nearly all of the old.

A B-tree, and beside it a few keys that were put in last: they go into it together, at a fraction of what going in one
by one costs. Looking up, putting in and finding a neighbour take time that grows with the logarithm of the size;
putting in does so on the average, since one in `FRESH` takes the others along.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any, Generic, TypeVar

from feed.model import node
from feed.model.node import EMPTY_LEAF, Away, Node, here

K = TypeVar("K")
V = TypeVar("V")
Fresh = tuple[list[Any], list[Any]]  # keys in order, and what is held at each
Loose = tuple[Any, Any, Any]  # a key, what is held at it, and those that were put in before it, None for none
NOTHING: Fresh = [], []
FRESH = 32  # so many keys wait at most: few enough to be copied each time, enough to share their way into the tree


class Tree(Generic[K, V]):
    """A sorted map from keys that compare with each other to values. Equal when it holds the same. Never changes.

    What was put in last stands beside `root`, and goes before what that says.
    """

    __slots__ = ("_count", "_fresh", "_loose", "root")

    def __init__(
        self, root: Node | Away = EMPTY_LEAF, fresh: Fresh = NOTHING, loose: Loose | None = None, count: int = 0
    ) -> None:
        self.root, self._fresh, self._loose, self._count = root, fresh, loose, count

    def put(self, key: K, value: V) -> Tree[K, V]:
        """With this value at this key, whatever was there before."""
        count = self._count + 1
        made: Tree[K, V] = Tree(self.root, self._fresh, (key, value, self._loose), count)
        return made if count < FRESH else Tree(made.settled())

    def put_all(self, items: list[tuple[K, V]]) -> Tree[K, V]:
        """With all of these, which come in the order of their keys, each once."""
        if len(items) < FRESH:
            return reduce(lambda made, item: made.put(*item), items, self)
        return Tree(node.with_all(self.settled(), [key for key, _ in items], [value for _, value in items]))

    def without(self, key: K) -> Tree[K, V]:
        """Without this key; the same when it is not there."""
        root = node.without(here(self.root), key)
        keys, held = self._in_order()
        at = bisect_left(keys, key)
        if at < len(keys) and keys[at] == key:
            keys, held = keys[:at] + keys[at + 1 :], held[:at] + held[at + 1 :]
        return Tree(root, (keys, held), count=len(keys))

    def settled(self) -> Node | Away:
        """The root of a tree that holds all of it."""
        keys, held = self._in_order()
        return node.with_all(self.root, keys, held) if keys else self.root

    def _in_order(self) -> Fresh:
        """The keys that were put in last, in order, and what is held at them.

        They are sorted once somebody looks: into many maps much is put before anybody does. Whoever looks at the same
        time as another finds the same.
        """
        loose = self._loose  # looked at before the others, which are there before it goes
        if loose is None:
            return self._fresh
        waiting = []
        while loose is not None:
            waiting.append(loose)
            loose = loose[2]
        keys, held = self._fresh[0].copy(), self._fresh[1].copy()
        for key, value, _ in reversed(waiting):
            if not keys or keys[-1] < key:  # as what comes in order does
                keys.append(key)
                held.append(value)
                continue
            at = bisect_left(keys, key)
            if keys[at] == key:
                held[at] = value
            else:
                keys.insert(at, key)
                held.insert(at, value)
        self._fresh = keys, held
        self._loose, self._count = None, len(keys)
        return self._fresh

    def get(self, key: K) -> V | None:
        """The value at a key, None when there is none."""
        value = self._held(key)
        if type(value) is Away:
            value = here(value)
        found: V | None = value
        return found

    def _held(self, key: K) -> Any:
        keys, held = self._fresh if self._loose is None else self._in_order()
        if keys:
            at = bisect_left(keys, key)
            if at < len(keys) and keys[at] == key:
                return held[at]
        root = self.root
        return None if root is EMPTY_LEAF else node.found(root, key)

    def below(self, key: Any) -> tuple[K, V] | None:
        """The greatest key less than this one, with its value; None when there is none."""
        return self._later(node.below(here(self.root), key), bisect_left(self._in_order()[0], key))

    def last(self) -> tuple[K, V] | None:
        """The greatest key with its value; None when empty."""
        keys, _ = self._fresh if self._loose is None else self._in_order()
        return self._later(node.last(self.root), len(keys))

    def _later(self, found: tuple[K, Any] | None, until: int) -> tuple[K, V] | None:
        """Of what was found in the tree and the last of the fresh ones before a place the one with the greater key."""
        keys, held = self._fresh
        if until and (found is None or not keys[until - 1] < found[0]):
            found = keys[until - 1], held[until - 1]
        if found is None or type(found[1]) is not Away:
            return found
        return found[0], here(found[1])

    def next(self, key: Any) -> K | None:
        """The least key from this one on, which may be but the beginning of a key; None when there is none."""
        settled: K | None = node.following(self.root, key)
        keys, _ = self._in_order()
        at = bisect_left(keys, key)
        fresh: K | None = keys[at] if at < len(keys) else None
        return fresh if settled is None or (fresh is not None and fresh < settled) else settled  # type: ignore[operator]

    def since(self, key: K) -> Iterator[tuple[K, V]]:
        """Every key from this one on, in order, with its value."""
        keys, _ = self._in_order()
        places = self._places(node.since(here(self.root), key), bisect_left(keys, key), len(keys))
        return ((each, here(held)) for each, held in places)

    def within(self, key: Any, until: Any) -> list[tuple[K, V]]:
        """Every key from the one on and before the other, in order, with its value; both may be beginnings of keys."""
        keys, _ = self._fresh if self._loose is None else self._in_order()
        found = node.within(self.root, key, until)
        if keys and keys[0] < until and not keys[-1] < key:
            at, end = bisect_left(keys, key), bisect_left(keys, until)
            if at < end:
                found = list(self._places(iter(found), at, end))
        for each in found:
            if type(each[1]) is Away:
                return [(name, here(held)) for name, held in found]
        return found

    def _places(self, settled: Iterator[tuple[K, Any]], at: int, count: int) -> Iterator[tuple[K, Any]]:
        """What is in the tree together with the fresh ones between two places, and what is held there."""
        keys, held = self._fresh
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
        one, more = dict(zip(*self._in_order(), strict=True)), dict(zip(*other._in_order(), strict=True))
        touched = {key for key, held in one.items() if key not in more or more[key] is not held}
        touched.update(key for key in more if key not in one)
        touched.update(node.changed(self.root, other.root))
        return (key for key in sorted(touched) if not node.same(self._held(key), other._held(key)))

    def __iter__(self) -> Iterator[K]:
        """The keys, in order."""
        keys, _ = self._in_order()
        return (key for key, _ in self._places(node.everything(here(self.root)), 0, len(keys)))

    def items(self) -> Iterator[tuple[K, V]]:
        """Everything, in order."""
        keys, _ = self._in_order()
        return ((key, here(held)) for key, held in self._places(node.everything(here(self.root)), 0, len(keys)))

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
