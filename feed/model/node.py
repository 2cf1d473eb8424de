"""The nodes of a sorted map: a B-tree of which nothing ever changes. What is put in or taken out makes other nodes on
the way to it, and shares the rest.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Protocol

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


def here(held: Any) -> Any:
    """What is held, brought from its shelf when it lies on one."""
    return held.shelf.bring(held.kind, held.at) if type(held) is Away else held


def found(root: Node | Away, key: Any) -> Any:
    """What is held at a key, where it is; None when nothing is."""
    node: Any = here(root) if type(root) is Away else root
    while node.height:
        node = node.held[bisect_right(node.keys, key) - 1]  # what is before all of them is in none
        if type(node) is Away:
            node = here(node)
    keys = node.keys
    at = bisect_left(keys, key)
    return node.held[at] if at < len(keys) and keys[at] == key else None


def last(root: Node | Away) -> tuple[Any, Any] | None:
    """The greatest key and what is held there; None when empty."""
    node = here(root)
    while node.height:
        node = here(node.held[-1])
    return (node.keys[-1], node.held[-1]) if node.keys else None


def below(node: Node, key: Any) -> tuple[Any, Any] | None:
    """The greatest key less than this one and what is held there; None when there is none."""
    at = bisect_left(node.keys, key) - 1
    if at < 0:
        return None
    return below(here(node.held[at]), key) if node.height else (node.keys[at], node.held[at])


def following(root: Node | Away, key: Any) -> Any:
    """The least key that is not less than this one, None when there is none."""
    node = here(root)
    if not node.height:
        at = bisect_left(node.keys, key)
        return node.keys[at] if at < len(node.keys) else None
    at = node.child(key)
    inside = following(node.held[at], key)
    return node.keys[at + 1] if inside is None and at + 1 < len(node.keys) else inside


def since(node: Node, key: Any) -> Iterator[tuple[Any, Any]]:
    """Every key from this one on, in order, and what is held there."""
    if not node.height:
        at = bisect_left(node.keys, key)
        yield from zip(node.keys[at:], node.held[at:], strict=True)
        return
    at = node.child(key)
    yield from since(here(node.held[at]), key)
    for child in node.held[at + 1 :]:
        yield from everything(here(child))


def within(root: Node | Away, key: Any, until: Any) -> list[tuple[Any, Any]]:
    """Every key from the one on and before the other, in order, and what is held there."""
    node = here(root)
    while node.height:
        keys, first = node.keys, node.child(key)
        if first + 1 < len(keys) and keys[first + 1] < until:
            below = node.held[first : bisect_left(keys, until, first)]
            return [each for child in below for each in within(child, key, until)]
        node = here(node.held[first])  # as nearly always: all of it lies below one child
    keys, first = node.keys, bisect_left(node.keys, key)
    if first == len(keys) or not keys[first] < until:
        return []
    end = bisect_left(keys, until, first)
    return list(zip(keys[first:end], node.held[first:end], strict=True))


def everything(node: Node) -> Iterator[tuple[Any, Any]]:
    """Every key, in order, and what is held there."""
    if not node.height:
        yield from zip(node.keys, node.held, strict=True)
        return
    for child in node.held:
        yield from everything(here(child))


def with_all(root: Node | Away, keys: list[Any], held: list[Any]) -> Node:
    """The root of the map with all of these put in: keys in order, at least one, each once."""
    made = _put(here(root), keys, held)
    while len(made) > 1:
        made = _cut([child.keys[0] for child in made], list(made), Node([], [], made[0].height + 1))
    return made[0]


def _put(node: Node, keys: list[Any], held: list[Any]) -> list[Node]:
    """The nodes that take the place of one: more than one when it grew too wide."""
    if not node.height:
        return _cut(*_in_leaf(node, keys, held), node)
    firsts, children, until = node.keys.copy(), node.held.copy(), len(keys)
    while until:  # from the right, so that the places to the left stay what they are
        at = node.child(keys[until - 1])
        begin = bisect_left(keys, node.keys[at], 0, until) if at else 0
        made = _put(here(children[at]), keys[begin:until], held[begin:until])
        firsts[at : at + 1] = [child.keys[0] for child in made]
        children[at : at + 1] = made
        until = begin
    return _cut(firsts, children, node)


def _in_leaf(leaf: Node, keys: list[Any], held: list[Any]) -> tuple[list[Any], list[Any]]:
    if not leaf.keys or leaf.keys[-1] < keys[0]:  # as what comes in order does
        return leaf.keys + keys, leaf.held + held
    names, values, at = leaf.keys.copy(), leaf.held.copy(), 0
    for key, value in zip(keys, held, strict=True):
        at = bisect_left(names, key, at)
        if at < len(names) and names[at] == key:
            values[at] = value
        else:
            names.insert(at, key)
            values.insert(at, value)
    return names, values


def _cut(keys: list[Any], held: list[Any], of: Node) -> list[Node]:
    """As few nodes as can hold that, about equally wide."""
    count = len(keys)
    if count <= WIDTH:
        return [Node(keys, held, of.height, of.was)]
    pieces = -(-count // WIDTH)
    ends = [count * piece // pieces for piece in range(pieces + 1)]
    made = [Node(keys[a:b], held[a:b], of.height) for a, b in pairwise(ends)]
    made[0].was = of.was
    return made


def without(node: Node, key: Any) -> Node:
    """The node without the key, a leaf when nothing is left of it; the same when the key is not there.

    Nodes are not joined: what is taken out is little.
    """
    at, was = node.child(key), node.was
    if not node.keys or not (node.height or node.keys[at] == key):
        return node
    keys, held = node.keys.copy(), node.held.copy()
    if node.height:
        child = here(node.held[at])
        left = without(child, key)
        if left is child:
            return node
        if left.keys:
            keys[at], held[at] = left.keys[0], left
            return Node(keys, held, node.height, was)
        was = *was, *left.was
    del keys[at], held[at]
    return Node(keys, held, node.height if keys else 0, was)


# --- what two trees do not share

_Piece = tuple[int, Any, Any]  # height (ITEM for an item), its key, and the node or the item's value
ITEM = -1


def changed(one: Node | Away, other: Node | Away) -> Iterator[Any]:
    """The keys, in order, of which only one holds something, or the other something else that it does not share.

    Both sides as stacks of pieces, the first on top; what lies on both is dropped unopened.
    """
    if same(one, other):
        return
    left, right = [_piece(here(one))], [_piece(here(other))]
    while left or right:
        a, b = left[-1] if left else None, right[-1] if right else None
        if a is not None and b is not None and a[1] == b[1] and same(a[2], b[2]):
            left.pop()
            right.pop()
        elif a is not None and a[0] > ITEM and (b is None or a[0] >= b[0]):
            left += _opened(left.pop()[2])
        elif b is not None and b[0] > ITEM:
            right += _opened(right.pop()[2])
        else:
            yield _next(left, right)


def same(a: Any, b: Any) -> bool:
    """Whether two places hold one thing, here or on a shelf."""
    return a is b or (type(a) is Away and type(b) is Away and (a.shelf, a.kind, a.at) == (b.shelf, b.kind, b.at))


def _piece(node: Node) -> _Piece:
    return node.height, None, node


def _opened(held: Node | Away) -> list[_Piece]:
    node = here(held)
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
