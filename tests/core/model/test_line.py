"""A line brings each figure in on its own; it must end where the plain fold over all of them ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model import line as lines
from feed.model.line import Line, line, refolded, same_bounds, standing
from feed.model.period import Basis, Period
from feed.model.quantity import Qualifier as Hedge
from feed.model.relate import comparable, same_period
from feed.model.standing import Reported
from feed.model.standings import EMPTY
from tests.standings import with_told
from tests.told import START, figure, since, told, window

DAYS = st.dates(date(2024, 12, 20), date(2025, 1, 15))
BASELINES = st.sampled_from([None, window("2023-07-05", "2024-01-10"), window("2010-01-01", "2010-12-31")])


@st.composite
def figures(draw: st.DrawFn) -> Reported:
    end = draw(DAYS)
    period = Period(start=START, end=end, end_basis=draw(st.sampled_from(Basis)), running=True)
    text = draw(st.sampled_from(["18,200", "18,950", "19,000", "20,000", "24,103"]))
    hedge = draw(st.sampled_from([q for q in Hedge if q is not Hedge.BETWEEN]))
    publisher = draw(st.sampled_from(["Biscuit Office", "Crumb", None]))
    published = draw(st.none() | DAYS)
    old = draw(st.sampled_from([False, False, True]))
    made = figure(text, hedge, period, baseline=draw(BASELINES), at=draw(st.integers(0, 99)), superseded=old)
    return told(made, f"{publisher}-{published}", publisher, None if published is None else published.isoformat())


SEVERAL = st.lists(figures(), max_size=9, unique_by=lambda each: each.id)


@settings(max_examples=150, deadline=None)
@given(SEVERAL, st.randoms(use_true_random=False))
def test_one_by_one_in_any_order_is_the_fold_over_all(held: list[Reported], shuffle: Any) -> None:
    shuffled = list(held)
    shuffle.shuffle(shuffled)
    made = line(shuffled)
    assert made.standing == standing(held)
    assert made == line(held)
    in_order = sorted(held, key=lambda each: each.order)
    assert [after for _, after in made.steps.values()] == [standing(in_order[: at + 1]) for at in range(len(in_order))]


@settings(max_examples=60, deadline=None)
@given(SEVERAL, st.integers(0, 8))
def test_what_is_withdrawn_might_never_have_been(held: list[Reported], at: int) -> None:
    gone = frozenset(each.id for each in held[at : at + 2])
    rest = [each for each in held if each.id not in gone]
    everything = with_told(EMPTY, held, [], frozenset())
    # Withdrawn after it came, and before.
    assert everything.without(gone) == with_told(EMPTY, rest, [], gone) == with_told(EMPTY, held, [], gone)


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(8)), st.integers(0, 8))
def test_of_one_period_what_is_left_counts_whatever_went_before(order: list[int], gone: int) -> None:
    texts = ["18,200", "18,300", "18,400", "18,500", "18,600", "18,700", "18,200", "18,300"]
    held = [told(figure(text, at=at), f"a{at}", "Crumb", f"2025-02-{10 + at}") for at, text in enumerate(texts)]
    held = [replace(each, bounds=(739282, 738707, "")) for each in held]
    made = line(held)
    for at in order[:gone]:
        made = made.without(held[at])
    assert made == line(held[at] for at in sorted(order[gone:]))


def test_a_withdrawal_looks_at_what_stood_by_it_and_at_no_more() -> None:
    """What makes it cheap: all other steps of a long line stay the very same."""
    held = [
        told(figure(f"{n},000", period=since((START + timedelta(n)).isoformat())), "a", published=f"{2025 + n}-02-01")
        for n in range(10, 400)
    ]
    made = line(held)
    for old in (held[100], held[-1]):
        left = made.without(old)
        assert list(made.steps.changed(left.steps)) == [old.order]
        assert list(made.said.changed(left.said)) == [(old.said, "Crumb", *old.order)]
        assert left == line(each for each in held if each is not old)


@settings(max_examples=100, deadline=None)
@given(SEVERAL, figures())
def test_the_peer_of_a_figure_is_about_its_time(held: list[Reported], new: Reported) -> None:
    found = line(held).peer(new)
    held = [each for each in held if not each.superseded]
    about = [each for each in held if same_period(each, new)]
    if found is None:
        best = {each.bounds: each for each in sorted(held, key=lambda each: each.rank)}
        assert not any(same_period(each, new) for each in best.values())
    else:
        assert found in about
        if any(comparable(each, new) and not _outranked(each, held) for each in about):
            assert comparable(found, new)


def _outranked(one: Reported, held: list[Reported]) -> bool:
    return any(each.bounds == one.bounds and each.rank > one.rank for each in held)


@settings(max_examples=60, deadline=None)
@given(SEVERAL)
def test_of_each_period_the_best_that_print_something_else_are_kept(held: list[Reported]) -> None:
    made = line(held)
    for bounds, best in made.periods.items():
        same = [each for each in held if each.bounds == bounds and not each.superseded]
        assert best[0] == max(same, key=lambda each: each.rank)
        assert len({each.said for each in best}) == len(best) <= lines.KEPT
        assert all(a.rank > b.rank for a, b in pairwise(best))


def test_who_said_it_first_and_who_said_it_last() -> None:
    first = told(figure("18,200", period=since("2025-01-31")), "a", "Crumb", "2025-02-10")
    other = told(figure("18,200", period=since("2025-01-31")), "b", "Dough", "2025-02-11")
    again = told(figure("18,200", period=since("2025-01-31")), "c", "Crumb", "2025-02-12")
    made = line([again, other, first])
    assert made.first_to_say(other) == first
    assert made.last_time(first) == again
    assert made.last_time(told(figure("18,200"), "d", "Rusk")) is None
    assert made.first_to_say(told(figure("18,201"), "d", "Crumb")) is None


def test_what_its_own_text_calls_superseded_never_stands() -> None:
    old = told(figure("728,000", period=since("2024-09-30"), superseded=True), "a", "Crumb", "2025-05-22")
    now = told(figure("649,000", period=since("2024-09-30"), at=20), "a", "Crumb", "2025-05-22")
    first = told(figure("728,000", period=since("2024-09-30")), "b", "Dough", "2024-11-28")
    again = told(figure("728,000", period=since("2024-09-30")), "c", "Rusk", "2025-06-01")
    own = told(figure("728,000", period=since("2024-09-30")), "d", "Biscuit Office", "2025-06-02")
    later = told(figure("728,000", period=since("2024-10-31")), "e", "Rusk", "2025-08-02")
    assert line([old]).standing is None
    assert line([again, old]).standing == again  # nothing else is known
    assert line([old, now]).standing == line([now, old, again, first]).standing == now
    assert line([now, old, again, first]).on("2025-01-01") == first
    assert line([now, old, own]).standing == own  # the originator takes it up again
    assert line([now, old, later]).standing == later  # of another time it is another number
    assert line([now, old]).first_to_call_old(again) == old
    assert line([now, old]).first_to_call_old(later) is None
    assert line([now, old]).without(now).standing is None


def test_an_empty_line_has_nothing() -> None:
    new = told(figure("18,200", period=since("2025-01-31")))
    timeless = told(figure("18,200"))
    assert (Line().standing, Line().peer(new), Line().before(date(2025, 1, 1))) == (None, None, None)
    assert line([timeless]).peer(timeless) is None
    assert line([timeless]).standing == timeless
    assert not same_bounds(timeless, timeless)


def test_a_figure_that_settles_at_once_changes_only_its_own_step() -> None:
    """What makes a late figure cheap: the fold stops where it says again what it said."""
    held = [
        told(figure(f"{n},000", period=since(f"2025-01-{n:02d}")), "a", published=f"2025-02-{n:02d}")
        for n in range(10, 29)
    ]
    late = told(figure("9,000", period=since("2025-01-09")), "late", published="2025-02-09")
    looked: list[Reported] = []

    def after(now: Reported | None, new: Reported) -> Reported:
        looked.append(new)
        return new

    steps = line(held).steps.put(late.order, (late, late))
    refolded(steps, late.order, after)
    assert looked == [late, held[0]]
