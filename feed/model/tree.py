"""A sorted map that never changes: putting something in makes another one, which shares nearly all of the old.

A B-tree. Looking up, putting in and finding a neighbour take time that grows with the logarithm of the size.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
WIDTH = 128  # what a node holds at most: wide enough to be shallow, narrow enough to be copied quickly


class _Node:
    """Keys in order; beside each its value, or in a branch the child that begins at it. Never changed once made."""

    __slots__ = ("held", "keys", "leaf")

    def __init__(self, keys: list[Any], held: list[Any], leaf: bool) -> None:
        self.keys, self.held, self.leaf = keys, held, leaf

    def child(self, key: Any) -> int:
        return (bisect_right(self.keys, key) or 1) - 1


EMPTY_LEAF = _Node([], [], leaf=True)


@dataclass(frozen=True, slots=True, eq=False)
class Tree(Generic[K, V]):
    """A sorted map from keys that compare with each other to values. Equal when it holds the same."""

    root: _Node = EMPTY_LEAF

    def put(self, key: K, value: V) -> Tree[K, V]:
        """With this value at this key, whatever was there before."""
        nodes = _put(self.root, key, value)
        return Tree(nodes[0] if len(nodes) == 1 else _branch(nodes))

    def without(self, key: K) -> Tree[K, V]:
        """Without this key; the same when it is not there."""
        return Tree(_without(self.root, key) or EMPTY_LEAF)

    def get(self, key: K) -> V | None:
        """The value at a key, None when there is none."""
        node = self.root
        while not node.leaf:
            node = node.held[node.child(key)]
        at = bisect_left(node.keys, key)
        found: V | None = node.held[at] if at < len(node.keys) and node.keys[at] == key else None
        return found

    def below(self, key: K) -> tuple[K, V] | None:
        """The greatest key less than this one, with its value; None when there is none."""
        return _below(self.root, key)

    def last(self) -> tuple[K, V] | None:
        """The greatest key with its value; None when empty."""
        node = self.root
        while not node.leaf:
            node = node.held[-1]
        return (node.keys[-1], node.held[-1]) if node.keys else None

    def since(self, key: K) -> Iterator[tuple[K, V]]:
        """Every key from this one on, in order, with its value."""
        return _since(self.root, key)

    def __iter__(self) -> Iterator[K]:
        """The keys, in order."""
        return (key for key, _ in self.items())

    def items(self) -> Iterator[tuple[K, V]]:
        """Everything, in order."""
        return _items(self.root)

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


def _put(node: _Node, key: Any, value: Any) -> tuple[_Node, ...]:
    """The node with the value in it; two when it grew too wide for one."""
    held = node.held.copy()
    if not node.leaf:
        keys = node.keys
        at = (bisect_right(keys, key) or 1) - 1
        children = _put(held[at], key, value)
        if len(children) == 1 and children[0].keys[0] is keys[at]:
            held[at] = children[0]
            return (_Node(keys, held, False),)
        keys = keys.copy()
        keys[at : at + 1] = [child.keys[0] for child in children]
        held[at : at + 1] = children
        return _fitting(keys, held, leaf=False)
    at = bisect_left(node.keys, key)
    if at < len(held) and node.keys[at] == key:
        held[at] = value
        return (_Node(node.keys, held, True),)
    keys = node.keys.copy()
    keys.insert(at, key)
    held.insert(at, value)
    return _fitting(keys, held, leaf=True)


def _fitting(keys: list[Any], held: list[Any], *, leaf: bool) -> tuple[_Node, ...]:
    if len(keys) <= WIDTH:
        return (_Node(keys, held, leaf),)
    half = len(keys) // 2
    return _Node(keys[:half], held[:half], leaf), _Node(keys[half:], held[half:], leaf)


def _branch(children: tuple[_Node, ...]) -> _Node:
    return _Node([child.keys[0] for child in children], list(children), leaf=False)


def _without(node: _Node, key: Any) -> _Node | None:
    """The node without the key, None when nothing is left of it. Nodes are not joined: what is taken out is little."""
    at = bisect_left(node.keys, key) if node.leaf else node.child(key)
    keys, held = node.keys.copy(), node.held.copy()
    if node.leaf:
        if at == len(keys) or keys[at] != key:
            return node
        left = None
    else:
        left = _without(held[at], key)
    if left is None:
        del keys[at], held[at]
    else:
        keys[at], held[at] = left.keys[0], left
    return _Node(keys, held, node.leaf) if keys else None


def _below(node: _Node, key: Any) -> tuple[Any, Any] | None:
    at = bisect_left(node.keys, key) - 1
    if at < 0:
        return None
    return (node.keys[at], node.held[at]) if node.leaf else _below(node.held[at], key)


def _since(node: _Node, key: Any) -> Iterator[tuple[Any, Any]]:
    if node.leaf:
        at = bisect_left(node.keys, key)
        yield from zip(node.keys[at:], node.held[at:], strict=True)
        return
    at = node.child(key)
    yield from _since(node.held[at], key)
    for child in node.held[at + 1 :]:
        yield from _items(child)


def _items(node: _Node) -> Iterator[tuple[Any, Any]]:
    if node.leaf:
        yield from zip(node.keys, node.held, strict=True)
        return
    for child in node.held:
        yield from _items(child)
