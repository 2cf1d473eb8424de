"""The sorted map several levels deep, here and on a shelf: each question answered as a plain dictionary would.

Nodes are made so narrow here that a few keys do it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model import node
from feed.model import tree as trees
from feed.model.node import EMPTY_LEAF, Away, Node
from feed.model.tree import Tree, tree

Map = Tree[tuple[int, str], str]
Plain = dict[tuple[int, str], str]
LAST = 28
KEYS = st.tuples(st.integers(0, LAST), st.sampled_from("ab"))


@pytest.fixture(scope="module", autouse=True)
def _narrow() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(node, "WIDTH", 3)
        patched.setattr(trees, "FRESH", 3)
        yield


@dataclass
class Kept:
    """A shelf in memory, and which of its places somebody looked at."""

    lies: list[Any] = field(default_factory=list)
    looked: list[int] = field(default_factory=list)

    def bring(self, kind: str, at: Any) -> Any:
        assert kind == "thing"
        self.looked.append(at)
        lies = self.lies[at]
        if not isinstance(lies, Node):
            return lies
        return Node(lies.keys, [Away(self, "thing", each.at) for each in lies.held], lies.height, lies.was)

    def put(self, thing: Any) -> Away:
        """With all nodes below it, and what is held in them, unless it lies here already."""
        if isinstance(thing, Away):
            return thing
        place = len(self.lies)
        self.lies.append(None)
        if isinstance(thing, Node):
            thing = Node(thing.keys, [self.put(each) for each in thing.held], thing.height, (place,))
        self.lies[place] = thing
        return Away(self, "thing", place)

    def nodes(self, thing: Any) -> Iterator[int]:
        """The places of all nodes that lie here, from one on."""
        if isinstance(thing, Away):
            here = self.lies[thing.at]
            yield from [thing.at] if isinstance(here, Node) else []
            thing = here
        for each in thing.held if isinstance(thing, Node) else []:
            yield from self.nodes(each)


def numbered(count: int, by: int) -> Plain:
    """So many keys, in an order of their own."""
    return {(by * number % LAST, "ab"[number % 2]): f"{number}" for number in range(count)}


def answers_as(made: Map, plain: Plain) -> None:
    items = sorted(plain.items())
    keys = [key for key, _ in items]
    assert (list(made), list(made.items()), list(made.values())) == (keys, items, [value for _, value in items])
    assert made.last() == (items[-1] if items else None)
    for at in range(-1, LAST + 2):
        for key in ((at, "a"), (at, "b")):
            assert made.get(key) == plain.get(key)
            assert made.below(key) == max((item for item in items if item[0] < key), default=None)
            assert list(made.since(key)) == [item for item in items if item[0] >= key]
        assert made.next((at,)) == min((key for key in keys if key >= (at,)), default=None)
        for until in (at - 1, at, at + 1, at + 4, at + 20):
            assert made.within((at,), (until,)) == [item for item in items if (at,) <= item[0] < (until,)]


@pytest.mark.parametrize("by", [1, 5, LAST - 1])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 10, 27, 28])
def test_whatever_the_order_every_question_has_its_answer(count: int, by: int) -> None:
    plain, kept = numbered(count, by), Kept()
    here: Map = tree(plain.items())
    answers_as(here, plain)
    away: Map = Tree(kept.put(here.settled()))
    answers_as(away, plain)
    assert away == here
    for key in list(plain)[::3]:
        here, away = here.without(key), away.without(key)
        del plain[key]
    answers_as(here, plain)
    answers_as(away, plain)


Step = tuple[bool, tuple[int, str], str]
STEPS = st.lists(st.tuples(st.booleans(), KEYS, st.sampled_from("xyz")), max_size=25)


def stepped(made: Map, plain: Plain, steps: list[Step]) -> tuple[Map, Plain]:
    for puts, key, value in steps:
        made = made.put(key, value) if puts else made.without(key)
        plain = {**plain, key: value} if puts else {held: plain[held] for held in plain if held != key}
    return made, plain


def settled(plain: Plain) -> Map:
    made: Map = tree(plain.items())
    return Tree(made.settled())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, LAST), STEPS, STEPS, st.booleans())
def test_what_changes_a_map_changes_no_other_and_is_found(
    count: int, first: list[Step], then: list[Step], lies: bool
) -> None:
    kept, start = Kept(), numbered(count, 5)
    made = settled(start)
    before, was = stepped(Tree(kept.put(made.root)) if lies else made, start, first)
    after, becomes = stepped(before, was, then)
    assert list(before.items()) == sorted(was.items())
    assert list(after.items()) == sorted(becomes.items())
    assert (before == after) == (was == becomes)
    differ = {key for key in {*was, *becomes} if was.get(key) != becomes.get(key)}
    for found in (list(before.changed(after)), list(after.changed(before))):
        assert differ <= set(found) <= {key for _, key, _ in then}
        assert found == sorted(set(found))
    below = list(node.changed(before.settled(), after.settled()))
    assert differ <= set(below)
    assert below == sorted(set(below))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, LAST), STEPS)
def test_a_shelf_may_let_go_what_was_replaced_and_keeps_what_is_still_held(count: int, steps: list[Step]) -> None:
    kept = Kept()
    made: Map = Tree(kept.put(settled(numbered(count, 5)).root))
    lay = set(kept.nodes(made.root))
    root = stepped(made, numbered(count, 5), steps)[0].settled()
    held, replaced = list(kept.nodes(root)), list(gone(root))
    assert len(replaced) == len(set(replaced))
    assert not set(held) & set(replaced)
    assert {*held, *replaced} == lay


def gone(root: Any) -> Iterator[int]:
    """What the nodes in memory take the place of."""
    if isinstance(root, Node):
        yield from root.was
        for each in root.held:
            yield from gone(each)


@pytest.mark.parametrize("by", [1, LAST - 1])
def test_of_a_map_taken_out_key_by_key_nothing_stays_behind_on_the_shelf(by: int) -> None:
    kept, plain = Kept(), numbered(LAST, by)
    made: Map = Tree(kept.put(settled(plain).root))
    lay = set(kept.nodes(made.root))
    for key in plain:
        made = made.without(key)
        held, replaced = set(kept.nodes(made.root)), set(gone(made.root))
        assert (held | replaced, held & replaced) == (lay, set())
    answers_as(made, {})
    answers_as(made.put((3, "a"), "again"), {(3, "a"): "again"})


def test_a_value_that_moved_to_another_key_is_found_at_both() -> None:
    made = settled({(number, "a"): "same" for number in range(LAST)})
    for old, new in (((3, "a"), (3, "b")), ((0, "a"), (LAST, "a")), ((LAST - 1, "a"), (-1, "a"))):
        moved: Map = Tree(made.without(old).put(new, "same").settled())
        assert list(made.changed(moved)) == list(moved.changed(made)) == sorted([old, new])


def test_to_take_out_what_is_not_there_makes_nothing_new() -> None:
    made = settled(numbered(20, 5))
    for missing in ((-1, "a"), (0, "b"), (13, "z"), (LAST, "z")):
        assert made.get(missing) is None
        assert made.without(missing).settled() is made.root


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (lambda made: made.get((7, "b")), "new"),
        (lambda made: made.last(), ((9, "b"), "last")),
        (lambda made: made.below((8, "a")), ((7, "b"), "new")),
        (lambda made: made.next((7,)), (7, "b")),
        (lambda made: made.within((6,), (8,)), [((7, "b"), "new")]),
        (lambda made: list(made.since((7, "a"))), [((7, "b"), "new"), ((9, "b"), "last")]),
        (lambda made: list(made)[-2:], [(7, "b"), (9, "b")]),
        (lambda made: list(made.values())[-2:], ["new", "last"]),
        (lambda made: made.without((9, "b")).last(), ((7, "b"), "new")),
        (lambda made: list(made.changed(Tree(made.root))), [(7, "b"), (9, "b")]),
        (lambda made: list(Tree(made.root).changed(made)), [(7, "b"), (9, "b")]),
    ],
    ids=["get", "last", "below", "next", "within", "since", "keys", "values", "without", "changed", "changed by"],
)
def test_what_was_put_in_is_there_for_whoever_asks_first(asked: Callable[[Map], object], answer: object) -> None:
    made = settled({(number, "a"): "old" for number in range(5)})
    assert asked(made.put((7, "b"), "new").put((9, "b"), "last")) == answer


def test_many_at_once_go_in_beside_what_waits() -> None:
    plain = numbered(20, 5)
    made: Map = tree(plain.items())
    for count in (0, 1, 2, 3, 9, LAST):
        more = {(number, "b"): "new" for number in range(LAST - count, LAST)}
        answers_as(made.put_all(list(more.items())), {**plain, **more})


def test_what_two_maps_on_one_shelf_share_is_not_brought() -> None:
    kept = Kept()
    before: Map = Tree(kept.put(settled(numbered(28, 5)).root))
    after: Map = Tree(kept.put(before.put((3, "b"), "new").settled()))
    kept.looked.clear()
    assert list(before.changed(after)) == [(3, "b")]
    assert set(kept.looked) == {*kept.nodes(before.root)} ^ {*kept.nodes(after.root)}
    kept.looked.clear()
    assert list(before.changed(Tree(before.root))) == []
    assert kept.looked == []


def test_what_lies_between_two_keys_is_brought_without_the_rest() -> None:
    kept, items = Kept(), [((number, "a"), str(number)) for number in range(LAST)]
    made: Map = Tree(kept.put(settled(dict(items)).root))
    for at in range(LAST):
        kept.looked.clear()
        assert made.within((at, "a"), (at + 2, "a")) == items[at : at + 2]
        things = [kept.lies[place] for place in kept.looked]
        leaves = [thing for thing in things if isinstance(thing, Node) and not thing.height]
        assert all(any(at <= number < at + 2 for number, _ in leaf.keys) for leaf in leaves)


def test_what_waits_is_counted_on_after_something_was_taken_out() -> None:
    made = settled(numbered(20, 5))
    roots = []
    for number in range(4):
        made = made.without((LAST, "z")).put((LAST, "ab"[number % 2]), "new")
        roots.append(made.root)
    assert roots[3] is not roots[0]


def test_what_a_map_shares_with_one_that_grew_a_level_is_not_brought() -> None:
    kept = Kept()
    before: Map = Tree(kept.put(settled({(number, "a"): "old" for number in range(9)}).root))
    after: Map = Tree(kept.put(before.put((9, "a"), "new").settled()))
    heights = [kept.lies[made.root.at].height for made in (before, after) if isinstance(made.root, Away)]
    assert heights == [1, 2]
    for one, other in ((before.root, after.root), (after.root, before.root)):
        kept.looked.clear()
        assert list(node.changed(one, other)) == [(9, "a")]
        assert set(kept.looked) == {*kept.nodes(one)} ^ {*kept.nodes(other)}


def test_nodes_are_as_few_as_can_hold_them_and_none_is_too_wide() -> None:
    def widths(root: Any) -> Iterator[tuple[int, int]]:
        yield root.height, len(root.keys)
        for child in root.held if root.height else []:
            assert child.height == root.height - 1
            yield from widths(child)

    for count in range(1, 57):
        keys = [(number, "") for number in range(count)]
        root = node.with_all(EMPTY_LEAF, keys, ["value" for _ in keys])
        leaves = [width for height, width in widths(root) if not height]
        assert len(leaves) == -(-count // 3)
        assert max(leaves) - min(leaves) <= 1
        assert all(width <= 3 for _, width in widths(root))
