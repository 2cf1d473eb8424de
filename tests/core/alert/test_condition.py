"""Conditions that know intervals: what was printed decides whether a subscriber hears of it."""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from feed.alert.condition import at_least, at_most, less, met, tells
from feed.alert.route import route
from feed.model.condition import Condition, Surety
from feed.model.notice import Notice, Shown, shown
from feed.model.quantity import Interval, Qualifier, plain
from feed.model.subscription import Subscription
from tests.make import NEARLY_19000, OVER_24000, inconsistent, notice, state_changed
from tests.told import figure, since, told

CERTAIN, POSSIBLE, NO = Surety.CERTAIN, Surety.POSSIBLE, Surety.NO
EXACT, ABOUT, OVER, NEARLY = Qualifier.EXACT, Qualifier.ABOUT, Qualifier.OVER, Qualifier.NEARLY


def said(text: str, qualifier: Qualifier = EXACT) -> Shown:
    return shown(told(figure(text, qualifier, since("2025-01-31"))), None)


def moved(old: Shown, new: Shown, **more: Any) -> Notice:
    return notice(old=old, new=new, **more)


def when(**asked: Any) -> Condition:
    return Condition.model_validate(asked)


NEWS = moved(said("19,000", NEARLY), said("24,000", OVER))


@pytest.mark.parametrize(
    ("asked", "sure"),
    [
        ({"at_least": 20000}, CERTAIN),
        ({"at_least": 24000}, CERTAIN),
        ({"at_least": 24500}, POSSIBLE),
        ({"at_least": 18000}, NO),  # it was so before
        ({"at_least": 19000}, CERTAIN),  # nearly 19,000 is less
        ({"at_most": 30000}, NO),
        ({"moved_by": 5000}, CERTAIN),
        ({"moved_by": 5000, "direction": "up"}, CERTAIN),
        ({"moved_by": 5000, "direction": "down"}, NO),
        ({"moved_by": 6000}, POSSIBLE),
        ({"moved_part": 0.05}, CERTAIN),
        ({"moved_part": "0.5"}, POSSIBLE),
        ({"direction": "up"}, CERTAIN),
        ({"direction": "down"}, NO),
        ({"base_at_least": 18050}, CERTAIN),
        ({"base_at_least": 18500}, POSSIBLE),
        ({"base_at_least": 19000}, NO),
        ({"at_least": 20000, "base_at_least": 18500}, POSSIBLE),
        ({"at_least": 20000, "direction": "down"}, NO),
    ],
)
def test_nearly_19000_became_more_than_24000(asked: dict[str, Any], sure: Surety) -> None:
    assert met(when(**asked), NEWS) is sure


def test_what_is_possible_is_told_only_to_who_allows_it() -> None:
    assert not tells(when(at_least=24500), NEWS)
    assert tells(when(at_least=24500, possible=True), NEWS)
    assert not tells(when(at_most=18000, possible=True), NEWS)


def test_a_mark_is_passed_once_and_again_when_the_possible_becomes_certain() -> None:
    series = [said("19,000", NEARLY), said("24,000", OVER), said("24,103"), said("26,000"), said("31,000")]
    steps = [moved(old, new) for old, new in pairwise(series)]
    asked = when(at_least=24500, possible=True)
    assert [met(asked, step) for step in steps] == [POSSIBLE, NO, CERTAIN, NO]
    assert [met(when(at_least=20000), step) for step in steps] == [CERTAIN, NO, NO, NO]


def test_a_mark_can_be_passed_downwards() -> None:
    fall = moved(said("112"), said("98"))
    assert met(when(at_most=100), fall) is CERTAIN
    assert met(when(at_most=98), fall) is CERTAIN
    assert met(when(at_most=97), fall) is NO
    assert met(when(at_most=100), moved(said("98"), said("90"))) is NO


def test_a_minimum_base_keeps_small_numbers_quiet() -> None:
    fall = moved(said("42"), said("23"))
    assert met(when(moved_part=0.25), fall) is CERTAIN
    assert met(when(moved_part=0.25, base_at_least=100), fall) is NO


def test_of_nothing_there_is_no_fraction() -> None:
    assert met(when(moved_part=0.25), moved(said("0"), said("23"))) is NO
    below = said("100", Qualifier.UNDER)._replace(low=None)
    assert met(when(moved_part=0.25), moved(below, said("23"))) is NO


def test_a_fall_by_all_of_it_ends_at_nothing() -> None:
    gone, left = moved(said("204"), said("0")), moved(said("204"), said("1"))
    assert met(when(moved_part=1, direction="down"), gone) is CERTAIN
    assert met(when(moved_part=1, direction="down"), left) is NO


def test_a_side_that_is_missing_meets_no_mark() -> None:
    assert met(when(at_least=1), NEWS._replace(old=None)) is NO
    assert met(when(at_least=1), NEWS._replace(new=None)) is NO


def test_a_fall_by_part_is_a_fall() -> None:
    fall = moved(said("204"), said("153"))
    assert met(when(moved_part=0.25, direction="down"), fall) is CERTAIN
    assert met(when(moved_part=0.26, direction="down"), fall) is NO
    assert met(when(moved_part=0.25, direction="up"), fall) is NO
    assert met(when(moved_by=51, direction="down"), fall) is CERTAIN
    assert met(when(moved_by=52), fall) is NO
    assert met(when(moved_part=1), moved(said("1"), said("2"))) is CERTAIN


def test_rounding_leaves_the_direction_open() -> None:
    assert met(when(direction="up"), moved(said("6,600", ABOUT), said("6,650"))) is POSSIBLE
    assert met(when(direction="up"), moved(said("6,600"), said("6,600"))) is POSSIBLE
    assert met(when(direction="up"), moved(said("6,612"), said("6,612"))) is NO


def test_a_move_the_other_way_is_no_move_that_was_asked_for() -> None:
    little = moved(said("6,600", ABOUT), said("6,520"))  # up by 20 at most, or down by 180
    assert met(when(moved_by=100), little) is POSSIBLE
    assert met(when(moved_by=100, direction="up"), little) is NO
    assert met(when(moved_by=100, direction="down"), little) is POSSIBLE


def test_where_an_end_is_open_the_direction_is() -> None:
    assert met(when(direction="up"), moved(said("25,117"), said("24,000", OVER))) is POSSIBLE
    endless = moved(said("24,000", OVER), said("23,117"))
    assert met(when(direction="up"), endless) is NO
    bottomless = moved(said("100", Qualifier.UNDER)._replace(low=None), said("23"))
    assert met(when(direction="up"), bottomless) is POSSIBLE


@pytest.mark.parametrize("alert", ["stale", "rescoped", "target_met"])
def test_an_old_number_quoted_again_passes_no_mark(alert: Any) -> None:
    assert met(when(at_least=20000), NEWS._replace(alert=alert)) is NO


def test_an_alert_without_figures_meets_no_mark() -> None:
    assert met(when(at_least=1), state_changed()) is NO
    assert met(when(at_least=1), inconsistent()) is NO


def test_what_i_cited() -> None:
    cited = when(cites=[NEARLY_19000.id[:8]])
    assert met(cited, notice()) is CERTAIN
    assert met(cited, notice(alert="withdrawn", new=None)) is CERTAIN
    assert met(cited, notice(old=NEARLY_19000._replace(id="0" * 32))) is NO
    assert met(when(cites=[OVER_24000.id]), notice(alert="stale")) is CERTAIN
    state = state_changed()
    assert state.old_state is not None
    assert met(when(cites=[state.old_state.id]), state) is CERTAIN
    check = {"operands": [{"id": "ab" * 16}]}
    failed = inconsistent()
    failed = failed._replace(event={**failed.event, "data": {**failed.event["data"], "check": check}})
    assert met(when(cites=["ab" * 4]), failed) is CERTAIN
    assert met(when(cites=["cd" * 4]), failed) is NO


def test_a_subscription_hears_only_of_what_meets_its_condition() -> None:
    desk = {"name": "desk", "channel": "mail", "to": "desk@example.org"}
    asks = [Subscription.model_validate({**desk, "when": {"at_least": mark}}) for mark in (20000, 24500)]
    assert [len(route((NEWS,), [each], NEWS.recorded, UTC)) for each in asks] == [1, 0]


@pytest.mark.parametrize(
    "asked", [{}, {"possible": True}, {"moved_by": 0}, {"moved_part": -1}, {"at_least": "1e3"}, {"at_least": True},
              {"at_least": float("inf")}, {"direction": "sideways"}, {"cites": ["short"]}, {"above": 3}]
)  # fmt: skip
def test_a_condition_that_asks_nothing_or_nonsense_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        when(**asked)


# --- laws

numbers = st.integers(-40, 40).map(Decimal)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(numbers), draw(numbers)))
    opened = st.booleans() if low < high else st.just(False)
    return Interval(
        low=draw(st.sampled_from((low, low, None))),
        high=draw(st.sampled_from((high, high, None))),
        low_open=draw(opened),
        high_open=draw(opened),
    )


def holds(interval: Interval, value: Decimal) -> bool:
    return Interval(low=value, high=value).within(interval)


quarters = st.integers(-180, 180).map(lambda n: Decimal(n) / 4)


@settings(max_examples=150, deadline=None)
@given(intervals(), numbers, quarters)
def test_certain_is_said_of_every_value_and_no_of_none(value: Interval, mark: Decimal, some: Decimal) -> None:
    if holds(value, some):
        assert at_least(value, mark) is not (NO if some >= mark else CERTAIN)
        assert at_most(value, mark) is not (NO if some <= mark else CERTAIN)


@settings(max_examples=150, deadline=None)
@given(intervals(), intervals(), st.sampled_from(["-2", "-1", "0", "0.5", "1", "2"]).map(Decimal), quarters, quarters)
def test_every_difference_lies_in_the_difference(
    a: Interval, b: Interval, times: Decimal, x: Decimal, y: Decimal
) -> None:
    if holds(a, x) and holds(b, y):
        assert holds(less(a, b, times), x - times * y)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 200), st.integers(1, 200), st.integers(1, 300))
def test_of_plain_numbers_nothing_is_only_possible(old: int, new: int, mark: int) -> None:
    """Two exact counts leave nothing open: `possible` and `certain` ask the same of them."""
    news = moved(_count(old), _count(new))
    for asked in (
        {"at_least": mark},
        {"at_most": mark},
        {"moved_by": mark},
        {"moved_part": plain(Decimal(mark) / 100)},
    ):
        assert met(when(**asked), news) is not POSSIBLE


def _count(number: int) -> Shown:
    return NEARLY_19000._replace(low=str(number), high=str(number), low_open=False, high_open=False)
