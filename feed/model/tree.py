"""A sorted map that never changes: putting something in makes another one, which shares nearly all of the old.

A B-tree. Looking up, putting in and finding a neighbour take time that grows with the logarithm of the size.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar

K = TypeVar("K")
V = TypeVar("V")
WIDTH = 32  # what a node holds at most: wide enough to be shallow, narrow enough to be copied quickly


class Shelf(Protocol):
    """Where what is not in memory lies."""

    def bring(self, kind: str, at: Any) -> Any:
        """What was put away as that kind there: a `Node`, or a value."""
        ...


class Away:
    """A node or a value that lies on a shelf. It is brought when somebody looks at it, and not kept here."""

    __slots__ = ("at", "kind", "shelf")

    def __init__(self, shelf: Shelf, kind: str, at: Any) -> None:
        self.shelf, self.kind, self.at = shelf, kind, at


class Node:
    """Keys in order; beside each its value, or in a branch the child that begins at it. Never changed once made.

    `height` is how many levels lie below: none for a leaf. `was` names the places on the shelf of what it replaces.
    """

    __slots__ = ("height", "held", "keys", "was")

    def __init__(self, keys: list[Any], held: list[Any], height: int, was: tuple[int, ...] = ()) -> None:
        self.keys, self.held, self.height, self.was = keys, held, height, was

    def child(self, key: Any) -> int:
        """Which child a key belongs to."""
        return (bisect_right(self.keys, key) or 1) - 1


EMPTY_LEAF = Node([], [], 0)


class Tree(Generic[K, V]):
    """A sorted map from keys that compare with each other to values. Equal when it holds the same. Never changes."""

    __slots__ = ("root",)

    def __init__(self, root: Node | Away = EMPTY_LEAF) -> None:
        self.root = root

    def put(self, key: K, value: V) -> Tree[K, V]:
        """With this value at this key, whatever was there before."""
        return Tree(_put(_here(self.root), key, value))

    def without(self, key: K) -> Tree[K, V]:
        """Without this key; the same when it is not there."""
        return Tree(_without(_here(self.root), key) or EMPTY_LEAF)

    def get(self, key: K) -> V | None:
        """The value at a key, None when there is none."""
        node = _here(self.root)
        while node.height:
            node = _here(node.held[(bisect_right(node.keys, key) or 1) - 1])
        at = bisect_left(node.keys, key)
        found: V | None = _here(node.held[at]) if at < len(node.keys) and node.keys[at] == key else None
        return found

    def below(self, key: K) -> tuple[K, V] | None:
        """The greatest key less than this one, with its value; None when there is none."""
        return _below(_here(self.root), key)

    def last(self) -> tuple[K, V] | None:
        """The greatest key with its value; None when empty."""
        node = _here(self.root)
        while node.height:
            node = _here(node.held[-1])
        return (node.keys[-1], _here(node.held[-1])) if node.keys else None

    def since(self, key: K) -> Iterator[tuple[K, V]]:
        """Every key from this one on, in order, with its value."""
        return _since(_here(self.root), key)

    def changed(self, other: Tree[K, V]) -> Iterator[K]:
        """The keys, in order, that only one of the two holds or that may have another value in the other.

        What both share is not looked at: of a map and one made from it by a few changes this takes a few steps.
        """
        return _changed(self.root, other.root)

    def __iter__(self) -> Iterator[K]:
        """The keys, in order."""
        return _keys(_here(self.root))

    def items(self) -> Iterator[tuple[K, V]]:
        """Everything, in order."""
        return _items(_here(self.root))

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


def _here(held: Any) -> Any:
    """What is held, brought from its shelf when it lies on one."""
    return held.shelf.bring(held.kind, held.at) if type(held) is Away else held


def _put(node: Node, key: Any, value: Any) -> Node:
    """The root of the map with the value in it. No recursion: nothing is done as often as this."""
    path: list[tuple[Node, int]] = []
    below: Any = node
    while below.height:
        at = (bisect_right(below.keys, key) or 1) - 1
        path.append((below, at))
        below = _here(below.held[at])
    made = _in_leaf(below, key, value)
    while path:
        node, at = path.pop()
        keys, held = node.keys, node.held.copy()
        if len(made) == 1 and made[0].keys[0] is keys[at]:
            held[at] = made[0]
            made = (Node(keys, held, node.height, node.was),)
        else:
            keys = keys.copy()
            keys[at : at + 1] = [child.keys[0] for child in made]
            held[at : at + 1] = made
            made = _fitting(keys, held, node)
    return made[0] if len(made) == 1 else _branch(made)


def _in_leaf(leaf: Node, key: Any, value: Any) -> tuple[Node, ...]:
    """The leaf with the value in it; two when it grew too wide for one."""
    keys, held = leaf.keys, leaf.held.copy()
    at = bisect_left(keys, key)
    if at < len(held) and keys[at] == key:
        held[at] = value
        return (Node(keys, held, 0, leaf.was),)
    keys = keys.copy()
    keys.insert(at, key)
    held.insert(at, value)
    return _fitting(keys, held, leaf)


def _fitting(keys: list[Any], held: list[Any], of: Node) -> tuple[Node, ...]:
    if len(keys) <= WIDTH:
        return (Node(keys, held, of.height, of.was),)
    half = len(keys) // 2
    return Node(keys[:half], held[:half], of.height, of.was), Node(keys[half:], held[half:], of.height)


def _branch(children: tuple[Node, ...]) -> Node:
    return Node([child.keys[0] for child in children], list(children), children[0].height + 1)


def _without(node: Node, key: Any) -> Node | None:
    """The node without the key, None when nothing is left of it. Nodes are not joined: what is taken out is little."""
    at = node.child(key) if node.height else bisect_left(node.keys, key)
    left, was = None, node.was
    if node.height:
        child = _here(node.held[at])
        left = _without(child, key)
        if left is child:
            return node
        was = was if left else (*was, *child.was)
    elif at == len(node.keys) or node.keys[at] != key:
        return node
    keys, held = node.keys.copy(), node.held.copy()
    if left is None:
        del keys[at], held[at]
    else:
        keys[at], held[at] = left.keys[0], left
    return Node(keys, held, node.height, was) if keys else None


def _below(node: Node, key: Any) -> tuple[Any, Any] | None:
    at = bisect_left(node.keys, key) - 1
    if at < 0:
        return None
    held = _here(node.held[at])
    return _below(held, key) if node.height else (node.keys[at], held)


def _since(node: Node, key: Any) -> Iterator[tuple[Any, Any]]:
    if not node.height:
        at = bisect_left(node.keys, key)
        yield from zip(node.keys[at:], map(_here, node.held[at:]), strict=True)
        return
    at = node.child(key)
    yield from _since(_here(node.held[at]), key)
    for child in node.held[at + 1 :]:
        yield from _items(_here(child))


def _items(node: Node) -> Iterator[tuple[Any, Any]]:
    if not node.height:
        yield from zip(node.keys, map(_here, node.held), strict=True)
        return
    for child in node.held:
        yield from _items(_here(child))


def _keys(node: Node) -> Iterator[Any]:
    if not node.height:
        yield from node.keys
        return
    for child in node.held:
        yield from _keys(_here(child))


# --- what two trees do not share

_Piece = tuple[int, Any, Any]  # height (ITEM for an item), its key, and the node or the item's value
ITEM = -1


def _changed(one: Node | Away, other: Node | Away) -> Iterator[Any]:
    """Both sides as stacks of pieces, the first on top; what lies on both is dropped unopened."""
    if _same(one, other):
        return
    left, right = [_piece(_here(one))], [_piece(_here(other))]
    while left or right:
        a, b = left[-1] if left else None, right[-1] if right else None
        if a is not None and b is not None and a[1] == b[1] and _same(a[2], b[2]):
            left.pop()
            right.pop()
        elif a is not None and a[0] > ITEM and (b is None or a[0] >= b[0]):
            left += _opened(left.pop()[2])
        elif b is not None and b[0] > ITEM:
            right += _opened(right.pop()[2])
        else:
            yield _next(left, right)


def _same(a: Any, b: Any) -> bool:
    return a is b or (type(a) is Away and type(b) is Away and (a.shelf, a.kind, a.at) == (b.shelf, b.kind, b.at))


def _piece(node: Node) -> _Piece:
    return node.height, None, node


def _opened(held: Node | Away) -> list[_Piece]:
    node = _here(held)
    if node.height:
        return [(node.height - 1, None, child) for child in reversed(node.held)]
    return [(ITEM, key, value) for key, value in zip(reversed(node.keys), reversed(node.held), strict=True)]


def _next(left: list[_Piece], right: list[_Piece]) -> Any:
    """The least key of two stacks with items on top, taken off."""
    key = min(side[-1][1] for side in (left, right) if side)
    for side in (left, right):
        if side and side[-1][1] == key:
            side.pop()
    return key
