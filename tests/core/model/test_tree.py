"""The sorted map that never changes, held against a plain dictionary."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model.node import WIDTH, Node
from feed.model.tree import FRESH, Tree, tree

KEYS = st.integers(0, 120)
STEPS = st.lists(st.tuples(st.booleans(), KEYS), max_size=200)


@settings(max_examples=60, deadline=None)
@given(STEPS, KEYS)
def test_it_holds_what_a_dictionary_would(steps: list[tuple[bool, int]], asked: int) -> None:
    made: Tree[int, int] = Tree()
    plain: dict[int, int] = {}
    for number, (puts, key) in enumerate(steps):
        made = made.put(key, number) if puts else made.without(key)
        plain = {**plain, key: number} if puts else {k: v for k, v in plain.items() if k != key}
    in_order = sorted(plain.items())
    assert list(made.items()) == in_order
    assert list(made) == [key for key, _ in in_order]
    assert made.get(asked) == plain.get(asked)
    assert made.below(asked) == max((item for item in in_order if item[0] < asked), default=None)
    assert list(made.since(asked)) == [item for item in in_order if item[0] >= asked]
    assert made.last() == (in_order[-1] if in_order else None)
    assert made == tree(reversed(in_order))


@settings(max_examples=60, deadline=None)
@given(STEPS, st.sets(KEYS))
def test_many_put_in_at_once_are_as_if_put_in_one_by_one(steps: list[tuple[bool, int]], keys: set[int]) -> None:
    made = _stepped(tree((key, key) for key in range(0, 240, 2)), steps)
    items = [(key, 1000 + key) for key in sorted(keys)]
    one_by_one = made
    for key, value in items:
        one_by_one = one_by_one.put(key, value)
    assert made.put_all(items) == one_by_one


def test_what_was_made_before_stays_as_it_was() -> None:
    before = tree((number, number) for number in range(5 * WIDTH))
    after = before.put(7, 700).without(8)
    assert (before.get(7), before.get(8)) == (7, 8)
    assert (after.get(7), after.get(8)) == (700, None)
    assert before != after
    assert tree([(7, 7)]) != {7: 7}


def test_what_waits_goes_in_together() -> None:
    """What makes it quicker: one in so many goes into the tree and takes the others along."""
    made = tree((number, number) for number in range(10 * FRESH))
    roots = [made.root]
    for number in range(2 * FRESH):
        made = made.put(7 * number % 100, number)
        roots.append(made.root)
    assert 1 <= sum(a is not b for a, b in pairwise(roots)) <= 2


@settings(max_examples=60, deadline=None)
@given(STEPS, KEYS, KEYS)
def test_what_lies_between_two_keys(steps: list[tuple[bool, int]], first: int, until: int) -> None:
    made = _stepped(tree((key, key) for key in range(0, 2400, 20)), steps)
    for at in (first, 10 * first):
        assert list(made.within(at, at + until)) == [item for item in made.items() if at <= item[0] < at + until]


def test_putting_in_copies_a_path_and_shares_the_rest() -> None:
    """What makes it quick: of a thousand nodes only those on the way to the key are new."""
    before = tree((number, number) for number in range(WIDTH * WIDTH)).settled()
    after = Tree[int, int](before).put(3, 0).settled()
    roots = [each for each in (before, after) if isinstance(each, Node)]
    old, new = (dict(zip(root.keys, root.held, strict=True)) for root in roots)
    assert len(old) > 2
    assert [key for key in old if old[key] is not new[key]] == [0]


@settings(max_examples=60, deadline=None)
@given(STEPS, STEPS)
def test_what_two_maps_do_not_share_is_found(first: list[tuple[bool, int]], then: list[tuple[bool, int]]) -> None:
    before = _stepped(tree((key, key) for key in range(0, 240, 2)), first)
    made = _stepped(before, then)
    plain, after = dict(before.items()), dict(made.items())
    differ = {key for key in {*plain, *after} if plain.get(key) != after.get(key)}
    for found in (list(before.changed(made)), list(made.changed(before))):
        assert differ <= set(found) <= {key for _, key in then}
        assert found == sorted(set(found))
    assert list(made.changed(made)) == []


def _stepped(made: Tree[int, int], steps: list[tuple[bool, int]]) -> Tree[int, int]:
    for number, (puts, key) in enumerate(steps):
        made = made.put(key, 1000 + number) if puts else made.without(key)
    return made


def test_of_two_maps_only_what_differs_is_looked_at() -> None:
    looked: list[int] = []

    class Number(int):
        def __eq__(self, other: object) -> bool:
            looked.append(1)
            return int(self) == other

        __hash__ = int.__hash__

    before = Tree[Number, int](tree((Number(number), number) for number in range(WIDTH * WIDTH)).settled())
    after = before.put(Number(7), 700)
    looked.clear()
    assert list(before.changed(after)) == [7]
    assert len(looked) < 4 * WIDTH
