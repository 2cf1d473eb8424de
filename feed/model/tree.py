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
WIDTH = 32  # what a node holds at most: wide enough to be shallow, narrow enough to be copied quickly


class _Node:
    """Keys in order; beside each its value, or in a branch the child that begins at it. Never changed once made.

    `height` is how many levels lie below: none for a leaf.
    """

    __slots__ = ("height", "held", "keys")

    def __init__(self, keys: list[Any], held: list[Any], height: int) -> None:
        self.keys, self.held, self.height = keys, held, height

    def child(self, key: Any) -> int:
        return (bisect_right(self.keys, key) or 1) - 1


EMPTY_LEAF = _Node([], [], 0)


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
        while node.height:
            node = node.held[(bisect_right(node.keys, key) or 1) - 1]
        at = bisect_left(node.keys, key)
        found: V | None = node.held[at] if at < len(node.keys) and node.keys[at] == key else None
        return found

    def below(self, key: K) -> tuple[K, V] | None:
        """The greatest key less than this one, with its value; None when there is none."""
        return _below(self.root, key)

    def last(self) -> tuple[K, V] | None:
        """The greatest key with its value; None when empty."""
        node = self.root
        while node.height:
            node = node.held[-1]
        return (node.keys[-1], node.held[-1]) if node.keys else None

    def since(self, key: K) -> Iterator[tuple[K, V]]:
        """Every key from this one on, in order, with its value."""
        return _since(self.root, key)

    def changed(self, other: Tree[K, V]) -> Iterator[K]:
        """The keys, in order, that only one of the two holds or that may have another value in the other.

        What both share is not looked at: of a map and one made from it by a few changes this takes a few steps.
        """
        return _changed(self.root, other.root)

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
    keys, held = node.keys, node.held.copy()
    if node.height:
        at = (bisect_right(keys, key) or 1) - 1
        children = _put(held[at], key, value)
        if len(children) == 1 and children[0].keys[0] is keys[at]:
            held[at] = children[0]
            return (_Node(keys, held, node.height),)
        keys = keys.copy()
        keys[at : at + 1] = [child.keys[0] for child in children]
        held[at : at + 1] = children
        return _fitting(keys, held, node.height)
    at = bisect_left(keys, key)
    if at < len(held) and keys[at] == key:
        held[at] = value
        return (_Node(keys, held, 0),)
    keys = keys.copy()
    keys.insert(at, key)
    held.insert(at, value)
    return _fitting(keys, held, 0)


def _fitting(keys: list[Any], held: list[Any], height: int) -> tuple[_Node, ...]:
    if len(keys) <= WIDTH:
        return (_Node(keys, held, height),)
    half = len(keys) // 2
    return _Node(keys[:half], held[:half], height), _Node(keys[half:], held[half:], height)


def _branch(children: tuple[_Node, ...]) -> _Node:
    return _Node([child.keys[0] for child in children], list(children), children[0].height + 1)


def _without(node: _Node, key: Any) -> _Node | None:
    """The node without the key, None when nothing is left of it. Nodes are not joined: what is taken out is little."""
    at = node.child(key) if node.height else bisect_left(node.keys, key)
    left = None
    if node.height:
        left = _without(node.held[at], key)
        if left is node.held[at]:
            return node
    elif at == len(node.keys) or node.keys[at] != key:
        return node
    keys, held = node.keys.copy(), node.held.copy()
    if left is None:
        del keys[at], held[at]
    else:
        keys[at], held[at] = left.keys[0], left
    return _Node(keys, held, node.height) if keys else None


def _below(node: _Node, key: Any) -> tuple[Any, Any] | None:
    at = bisect_left(node.keys, key) - 1
    if at < 0:
        return None
    return _below(node.held[at], key) if node.height else (node.keys[at], node.held[at])


def _since(node: _Node, key: Any) -> Iterator[tuple[Any, Any]]:
    if not node.height:
        at = bisect_left(node.keys, key)
        yield from zip(node.keys[at:], node.held[at:], strict=True)
        return
    at = node.child(key)
    yield from _since(node.held[at], key)
    for child in node.held[at + 1 :]:
        yield from _items(child)


def _items(node: _Node) -> Iterator[tuple[Any, Any]]:
    if not node.height:
        yield from zip(node.keys, node.held, strict=True)
        return
    for child in node.held:
        yield from _items(child)


# --- what two trees do not share

_Piece = tuple[int, Any, Any]  # height (ITEM for an item), its key, and the node or the item's value
ITEM = -1


def _changed(one: _Node, other: _Node) -> Iterator[Any]:
    """Both sides as stacks of pieces, the first on top; what lies on both is dropped unopened."""
    left, right = [_piece(one)], [_piece(other)]
    while left or right:
        a, b = left[-1] if left else None, right[-1] if right else None
        if a is not None and b is not None and a[2] is b[2] and a[1] == b[1]:
            left.pop()
            right.pop()
        elif a is not None and a[0] > ITEM and (b is None or a[0] >= b[0]):
            left += _opened(left.pop()[2])
        elif b is not None and b[0] > ITEM:
            right += _opened(right.pop()[2])
        else:
            yield _next(left, right)


def _piece(node: _Node) -> _Piece:
    return node.height, None, node


def _opened(node: _Node) -> list[_Piece]:
    if node.height:
        return [_piece(child) for child in reversed(node.held)]
    return [(ITEM, key, value) for key, value in zip(reversed(node.keys), reversed(node.held), strict=True)]


def _next(left: list[_Piece], right: list[_Piece]) -> Any:
    """The least key of two stacks with items on top, taken off."""
    key = min(side[-1][1] for side in (left, right) if side)
    for side in (left, right):
        if side and side[-1][1] == key:
            side.pop()
    return key
