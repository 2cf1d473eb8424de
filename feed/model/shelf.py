"""Standings put away and brought back: which bytes lie on a shelf for them, and what is brought only when asked for.

What was put away before is not put away again: of standings that went on from others only what changed. Pure: whoever
keeps the bytes gives a `Stored`, and puts away what a `Parcel` says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from feed.model.event import Event
from feed.model.instant import instant, parse_instant
from feed.model.line import Line
from feed.model.node import EMPTY_LEAF, Away, Node
from feed.model.reign import Reign
from feed.model.report import TYPE_OF, TYPES
from feed.model.standing import Cut, Reported, State, reported, state
from feed.model.standings import Standings
from feed.model.tree import Tree

FACTS, NODES = 1_000, 2_000  # how many are kept in memory of those that were brought last
ROOTS = ("lines", "reigns", "times", "numbers", "failed", "withdrawn", "homes")
REIGN = ("states", "aside", "out")
LINE = ("steps", "periods", "others", "said")
VALUES = {  # what the leaves of each kind of tree hold
    "lines": "line",
    "reigns": "reign",
    "times": "plain",
    "numbers": "fact",
    "failed": "plain",
    "withdrawn": "plain",
    "homes": "fact",
    "steps": "facts",
    "periods": "facts",
    "others": "fact",
    "said": "fact",
    "states": "step",
    "aside": "fact",
    "out": "fact",
}


class Stored(Protocol):
    """The bytes on the shelf."""

    def node(self, at: int) -> bytes:
        """A node of a tree. Raises KeyError."""
        ...

    def fact(self, at: int) -> bytes:
        """A figure or state, by its place in the log. Raises KeyError."""
        ...


@dataclass(slots=True)
class Parcel:
    """What is to be put away, and which nodes need not be kept any more. `roots` is where to begin, as JSON."""

    first: int
    roots: str = ""
    nodes: list[tuple[int, bytes]] = field(default_factory=list)
    facts: dict[int, bytes] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)

    @property
    def following(self) -> int:
        """The first number that no node has yet."""
        return self.first + len(self.nodes)


class Shelf:
    """Brings what lies there when it is asked for, and keeps in memory what was asked for last.

    `brought` counts the nodes that were read; whoever puts standings away may set it back.
    """

    def __init__(self, stored: Stored, cut: Cut) -> None:
        self._cut, self._stored, self.brought = cut, stored, 0
        self._node = lru_cache(NODES)(self._read_node)
        self._fact = lru_cache(FACTS)(self._read_fact)
        self._brought: Mapping[str, Callable[[Any], Any]] = {
            "fact": self._fact,
            "facts": lambda at: tuple(None if each is None else self._fact(each) for each in at),
            "step": lambda at: (self._fact(at[0]), (self._fact(at[1]), at[2])),
            "line": self._line,
            "reign": self._reign,
        }

    def bring(self, kind: str, at: Any) -> Any:
        """As `tree.Shelf`: what was put away as that kind there."""
        made = self._brought.get(kind)
        return self._node(kind, at) if made is None else made(at)

    def standings(self, roots: str) -> Standings:
        """The standings that begin at these roots."""
        places = json.loads(roots)
        return Standings(**{name: self._tree(name, places[name]) for name in ROOTS})

    def _tree(self, kind: str, at: int | None) -> Tree[Any, Any]:
        return Tree(EMPTY_LEAF if at is None else Away(self, kind, at))

    def _read_node(self, kind: str, at: int) -> Node:
        self.brought += 1
        height, keys, held = json.loads(self._stored.node(at))
        keys = [tuple(key) if type(key) is list else key for key in keys]
        what = kind if height else VALUES[kind]
        if what != "plain":
            held = [Away(self, what, each) for each in held]
        return Node(keys, held, height, (at,))

    def _read_fact(self, at: int) -> Reported | State:
        head, _, data = self._stored.fact(at).partition(b"\n")
        kind, name, time, recorded = json.loads(head)
        said: dict[str, Any] = {
            "id": name,
            "time": parse_instant(time),
            "recordedtime": parse_instant(recorded),
            "sequence": f"{at:012d}",
            "data": TYPES[kind].model_validate_json(data),
        }
        event = Event.model_construct(**said)
        return state(event) or reported(event, self._cut)

    def _line(self, at: list[Any]) -> Line:
        *places, vague, undated, past = at
        steps, periods, others, said = map(self._tree, LINE, places)
        return Line(steps, periods, others, said, vague, undated, None if past is None else self._line(past))

    def _reign(self, at: list[Any]) -> Reign:
        *places, past = at
        steps, aside, out = map(self._tree, REIGN, places)
        return Reign(steps, aside, out, None if past is None else self._reign(past))


def put_away(standings: Standings, first: int, since: int) -> Parcel:
    """What must be put away for standings. `first` is a number from which on no node has one; of facts, those are put
    away that the log has behind place `since`.
    """
    parcel = Parcel(first)
    packing = _Packing(parcel, since)
    parcel.roots = json.dumps({name: packing.tree(name, getattr(standings, name)) for name in ROOTS})
    return parcel


_BODY = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_HEAD = json.JSONEncoder().encode


class _Packing:
    def __init__(self, parcel: Parcel, since: int) -> None:
        self._parcel, self._since = parcel, since

    def tree(self, kind: str, made: Tree[Any, Any]) -> int | None:
        root = made.settled()
        if isinstance(root, Away) or root.keys:
            return self._node(kind, root)
        self._parcel.gone += root.was
        return None

    def _node(self, kind: str, node: Node | Away) -> int:
        if isinstance(node, Away):
            return int(node.at)
        if node.height:
            held = [self._node(kind, child) for child in node.held]
        else:
            pack = _PACKED[VALUES[kind]]
            held = [each.at if type(each) is Away else pack(self, each) for each in node.held]
        at = self._parcel.following
        body = _BODY([node.height, node.keys, held])
        self._parcel.nodes.append((at, body.encode()))
        self._parcel.gone += node.was
        return at

    def fact(self, told: Reported | State) -> int:
        at = told.sequence
        if at > self._since and at not in self._parcel.facts:
            data = told.figure if isinstance(told, Reported) else told.data
            times = (None if each is None else instant(each) for each in (told.time, told.recorded))
            head = _HEAD([TYPE_OF[type(data)], told.id, *times])
            self._parcel.facts[at] = f"{head}\n{data.model_dump_json()}".encode()
        return at

    def line(self, made: Line) -> list[Any]:
        past = None if made.past is None else self.line(made.past)
        return [*(self.tree(name, getattr(made, name)) for name in LINE), made.vague, made.undated, past]

    def facts(self, told: Iterable[Reported | None]) -> list[int | None]:
        return [None if each is None else self.fact(each) for each in told]

    def step(self, told: tuple[State, tuple[State, int]]) -> list[int]:
        state, (stands, stage) = told
        return [self.fact(state), self.fact(stands), stage]

    def reign(self, made: Reign) -> list[Any]:
        past = None if made.past is None else self.reign(made.past)
        trees: tuple[Tree[Any, Any], ...] = made.steps, made.aside, made.out
        return [*map(self.tree, REIGN, trees), past]


# Apart from the one that packs, which would hold itself with them: all that it packed would wait for a full collection.
_PACKED: Mapping[str, Callable[[_Packing, Any], Any]] = {
    "plain": lambda _, value: value,
    "fact": _Packing.fact,
    "facts": _Packing.facts,
    "step": _Packing.step,
    "line": _Packing.line,
    "reign": _Packing.reign,
}
