"""Standings that were put away and brought back are what they were, and go on as if they never had been away."""

from __future__ import annotations

import gc
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model.node import WIDTH
from feed.model.shelf import Parcel, Shelf, put_away
from feed.model.standing import Reported, State, state
from feed.model.standings import EMPTY, Standings
from tests.core.model.test_line import figures
from tests.core.project.test_standing import holds
from tests.told import CUT, draft, figure
from tests.told import told as reported_in

RECORDED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Kept:
    """A shelf in memory."""

    nodes: dict[int, bytes] = field(default_factory=dict)
    facts: dict[int, bytes] = field(default_factory=dict)
    first: int = 1
    since: int = 0

    def node(self, at: int) -> bytes:
        return self.nodes[at]

    def fact(self, at: int) -> bytes:
        return self.facts[at]

    def put(self, parcel: Parcel, since: int) -> Standings:
        self.nodes.update(parcel.nodes)
        self.facts.update(parcel.facts)
        for at in parcel.gone:
            del self.nodes[at]
        self.first, self.since = parcel.following, since
        return Shelf(self, CUT).standings(parcel.roots)


def states(draw: st.DrawFn) -> State:
    day = f"2025-01-{draw(st.integers(10, 20))}"
    made = state(
        draft(holds(draw(st.sampled_from(["Ann", "Bea"])), day), day, published=draw(st.none() | st.just(day)))
    )
    assert made is not None
    return made


@st.composite
def arrivals(draw: st.DrawFn) -> list[Reported | State | str | None]:
    """Facts in the order of the log, withdrawals of some (by id), and moments at which all is put away (None)."""
    facts: list[Reported | State] = draw(st.lists(figures(), max_size=9, unique_by=lambda each: each.id))
    facts += [states(draw) for _ in range(draw(st.integers(0, 3)))]
    told = {each.id: each for each in facts}
    unique = {name: replace(each, sequence=at, recorded=RECORDED) for at, (name, each) in enumerate(told.items(), 1)}
    events: list[Reported | State | str | None] = list(unique.values())
    for _ in range(draw(st.integers(0, 2)) if unique else 0):
        events.insert(draw(st.integers(0, len(events))), draw(st.sampled_from(sorted(unique))))
    for _ in range(draw(st.integers(1, 4))):
        events.insert(draw(st.integers(0, len(events))), None)
    return [*events, None]


def brought_in(before: Standings, one: Reported | State | str) -> Standings:
    if isinstance(one, str):
        return before.without([one])
    return before.with_figure(one) if isinstance(one, Reported) else before.with_state(one)


@settings(max_examples=80, deadline=None)
@given(arrivals())
def test_what_was_put_away_any_number_of_times_is_what_never_was(events: list[Reported | State | str | None]) -> None:
    kept, away, never, last = Kept(), EMPTY, EMPTY, 0
    for one in events:
        if one is None:
            away = kept.put(put_away(away, kept.first, kept.since), last)
            assert away == never
        else:
            away, never = brought_in(away, one), brought_in(never, one)
            last = last if isinstance(one, str) else max(last, one.sequence)
    for group in never.lines:
        assert away.figure(group) == never.figure(group)


def test_only_what_changed_is_put_away_and_what_it_replaced_let_go() -> None:
    many = [
        replace(reported_in(figure(f"{1000 + number}", metric=f"m{number % 40}"), f"a{number}"), sequence=number + 1)
        for number in range(WIDTH * WIDTH)
    ]
    kept, before = Kept(), EMPTY
    for one in many:
        before = before.with_figure(replace(one, recorded=RECORDED))
    before = kept.put(put_away(before, 1, 0), len(many))
    whole = len(kept.nodes)
    one = replace(reported_in(figure("77"), "late"), sequence=len(many) + 1, recorded=RECORDED)
    parcel = put_away(before.with_figure(one), kept.first, kept.since)
    assert list(parcel.facts) == [one.sequence]
    assert 0 < len(parcel.nodes) < 20 < whole
    assert 0 < len(parcel.gone) < 20
    after = kept.put(parcel, one.sequence)
    assert after.figure(one.group) == one


def test_maps_of_which_nothing_is_left_are_let_go() -> None:
    kept = Kept()
    one = replace(reported_in(figure("77,000")), sequence=1, recorded=RECORDED)
    first = put_away(EMPTY.with_figure(one), 1, 0)
    left = kept.put(first, 1).without([one.id])
    roots = json.loads(first.roots)
    then = put_away(left, kept.first, kept.since)
    assert sorted(then.gone) == sorted(at for at in roots.values() if at is not None)
    assert [name for name, at in json.loads(then.roots).items() if at is not None] == ["withdrawn"]
    assert kept.put(then, 1) == left


def test_standings_without_anything_are_put_away_as_nothing() -> None:
    kept = Kept()
    assert kept.put(put_away(EMPTY, 1, 0), 0) == EMPTY
    assert kept.nodes == {}


def test_what_was_packed_is_let_go_of_at_once() -> None:
    """Some ten megabytes at a time while all is made anew: nothing of it holds itself, and waits for a collection."""
    stood = EMPTY.with_figure(replace(reported_in(figure("77,000")), sequence=1, recorded=RECORDED))
    gc.collect()
    gc.disable()
    try:
        assert put_away(stood, 1, 0).facts
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_shelf_counts_the_nodes_that_are_read_from_it() -> None:
    kept = Kept()
    one = replace(reported_in(figure("77,000")), sequence=1, recorded=RECORDED)
    parcel = put_away(EMPTY.with_figure(one), 1, 0)
    kept.put(parcel, 1)
    shelf = Shelf(kept, CUT)
    stood = shelf.standings(parcel.roots)
    assert shelf.brought == 0
    assert stood.figure(one.group) == one
    assert shelf.brought == 2  # of all lines, and of the steps of this one
    assert stood.figure(one.group) == one
    assert shelf.brought == 2  # they are in memory now
