"""What a printed number admits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.model.quantity import Interval, Qualifier, interval, is_rounded, plain, printed, step_of

D = Decimal
Q = Qualifier
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=2).map(lambda n: D(plain(n)))
STEPS = st.sampled_from([D("0.1"), D(1), D(10), D(100), D(1000)])


@pytest.mark.parametrize(
    ("digits", "scale", "step"),
    [("1,000,000", 1, 10**6),
     ("19,000", 1, 1000), ("6,600", 1, 100), ("5.38", 10**9, 10**7), ("3,788", 1, 1), ("3", 1, 1), ("0", 1, 1),
     ("14,500", 1, 100), ("15", 10**6, 10**6), ("2.60", 1, D("0.01"))],
)  # fmt: skip
def test_the_step_is_the_last_significant_place_as_printed(digits: str, scale: int, step: int) -> None:
    assert step_of(digits, D(scale)) == D(step)
    assert step_of(digits) * scale == D(step)


@pytest.mark.parametrize(
    ("n", "step", "rounded", "qualifier", "written"),
    [
        (19000, 1000, True, Q.NEARLY, "[18050, 19000)"),
        (24000, 1000, True, Q.OVER, "(24000, inf)"),
        (6600, 100, True, Q.ABOUT, "[6500, 6700]"),
        (3788, 1, False, Q.EXACT, "[3788, 3788]"),
        (19000, 1000, True, Q.EXACT, "[18500, 19500)"),
        (21, 1, True, Q.EXACT, "[20.5, 21.5)"),
        (-21, 1, True, Q.EXACT, "(-21.5, -20.5]"),
        (100, 100, True, Q.UNDER, "[0, 100)"),
        (10, 10, True, Q.AT_MOST, "[0, 10]"),
        (0, 1, False, Q.UNDER, "[0, 0]"),
        (0, 1, False, Q.AT_MOST, "[0, 0]"),
        (1, 1, False, Q.UNDER, "[0, 1)"),
        (10, 10, True, Q.AT_LEAST, "[10, inf)"),
        (-6000, 1000, True, Q.OVER, "(-inf, -6000)"),
    ],
)
def test_each_qualifier_has_its_interval(n: int, step: int, rounded: bool, qualifier: Q, written: str) -> None:
    assert write(interval((D(n),), step=D(step), rounded=rounded, qualifier=qualifier)) == written


def test_two_numbers_are_a_range_in_either_order() -> None:
    assert write(interval((D(20), D(10)), step=D(10), rounded=False, qualifier=Q.BETWEEN)) == "[10, 20]"


def test_one_zero_at_the_end_is_no_rounding() -> None:
    assert not is_rounded("19,820", scaled=False, percent=False)
    assert not is_rounded("2.00", scaled=False, percent=False)
    assert is_rounded("2.00", scaled=True, percent=False)
    assert is_rounded("1,0,0", scaled=False, percent=False)
    assert is_rounded("19,000", scaled=False, percent=False)
    assert is_rounded("3", scaled=False, percent=True)


def test_an_infinite_end_is_one_step_away_when_softened() -> None:
    soft = interval((D(24000),), step=D(1000), rounded=True, qualifier=Q.OVER).softened()
    assert write(soft) == "(24000, 25000]"
    fewer = interval((D(100),), step=D(10), rounded=True, qualifier=Q.UNDER)
    assert fewer.soft_low == interval((D(100),), step=D(10), rounded=True, qualifier=Q.AT_MOST).soft_low == D(90)
    assert write(fewer.softened()) == "[0, 100)"
    down = interval((D(-6000),), step=D(1000), rounded=True, qualifier=Q.OVER).softened()
    assert write(down) == "[-7000, -6000)"
    less = interval((D(-6000),), step=D(1000), rounded=True, qualifier=Q.UNDER)
    assert (write(less), less.soft_high) == ("(-6000, 0]", D(-5000))


def test_an_open_end_excludes_its_number_and_a_drawn_in_one_does_not() -> None:
    """An end that is written as open although it is infinite does not become one when it is drawn in."""
    odd = Interval(low=None, high=None, low_open=True, high_open=True, soft_low=D(1), soft_high=D(2))
    assert write(odd.softened()) == "[1, 2]"
    assert write(Interval(low=D(1), high=D(2)).softened()) == "[1, 2]"
    assert write(Interval(low=D(1), high=D(2), low_open=True, high_open=True).softened()) == "(1, 2)"


def test_ends_that_touch_meet_only_when_both_include_the_number() -> None:
    upto, below = Interval(low=D(0), high=D(5)), Interval(low=D(0), high=D(5), high_open=True)
    since, above = Interval(low=D(5), high=D(9)), Interval(low=D(5), high=D(9), low_open=True)
    assert upto.meets(since)
    assert below.below(since)
    assert upto.below(above)
    assert below.below(above)


def test_an_interval_lies_within_one_that_has_all_of_its_values() -> None:
    five = Interval(low=D(2), high=D(5))
    for outer, inside in (
        (Interval(low=D(1), high=D(6)), True),
        (Interval(low=D(1), high=D(6), low_open=True, high_open=True), True),
        (Interval(low=D(2), high=D(6), low_open=True), False),
        (Interval(low=D(1), high=D(5), high_open=True), False),
        (Interval(low=D(3), high=D(6)), False),
        (Interval(low=D(1), high=D(4)), False),
        (Interval(low=None, high=None), True),
    ):
        assert five.within(outer) is inside
    assert Interval(low=D(2), high=D(5), low_open=True, high_open=True).within(five)
    assert not Interval(low=None, high=D(5)).within(five)
    assert not Interval(low=D(2), high=None).within(five)


def test_what_is_below_has_nothing_in_common() -> None:
    low, high = Interval(low=D(1), high=D(2)), Interval(low=D(5), high=D(9))
    assert low.below(high)
    assert not high.below(low)
    assert not low.meets(high)
    assert not Interval(low=D(1), high=None).below(high)
    assert not low.below(Interval(low=None, high=D(9)))


def test_a_number_without_a_fraction_keeps_its_zeros() -> None:
    assert [plain(D(n)) for n in ("0", "-0", "0.0", "-0.00", "10", "100.10", "1E+3")] == [
        "0", "0", "0", "0", "10", "100.1", "1000",
    ]  # fmt: skip


def test_a_figure_is_printed_with_its_canonical_qualifier() -> None:
    assert [printed("19,000", q) for q in (Q.NEARLY, Q.OVER, Q.EXACT)] == [
        "nearly 19,000",
        "more than 19,000",
        "19,000",
    ]


def test_an_interval_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="runs backwards"):
        Interval(low=D(2), high=D(1))


@pytest.mark.parametrize(
    "text", ["1..5", "1.2.3", "--1", "1.0", "+1", "1e3", "01", "", " 1", "-0", ".5", "NaN", "1,000", "\u0661", "²"]
)
def test_a_number_has_one_spelling(text: str) -> None:
    with pytest.raises(ValueError, match="plain decimal"):
        Interval.model_validate_json(f'{{"low": "{text}", "high": null}}')


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    return interval((draw(NUMBERS),), step=draw(STEPS), rounded=draw(st.booleans()),
                    qualifier=draw(st.sampled_from([q for q in Q if q is not Q.BETWEEN])))  # fmt: skip


@given(intervals(), intervals())
def test_two_intervals_meet_or_one_is_below_the_other(a: Interval, b: Interval) -> None:
    assert [a.meets(b), a.below(b), b.below(a)].count(True) == 1
    assert a.meets(b) == b.meets(a)


@given(intervals(), intervals())
def test_what_lies_within_meets_and_within_both_ways_is_the_same(a: Interval, b: Interval) -> None:
    if a.within(b):
        assert a.meets(b)
    if a.within(b) and b.within(a):
        ends = [(x.low, x.high) for x in (a, b)]
        assert ends[0] == ends[1]


@given(intervals())
def test_every_interval_meets_and_lies_within_itself(a: Interval) -> None:
    assert a.meets(a)
    assert a.within(a)


@given(intervals())
def test_softening_only_draws_ends_in(a: Interval) -> None:
    assert a.softened().within(a)
    assert a.softened().low is not None
    assert a.softened().high is not None


@given(NUMBERS, STEPS, st.booleans(), st.sampled_from([q for q in Q if q is not Q.BETWEEN]))
def test_a_fall_is_the_mirror_of_a_rise(n: Decimal, step: Decimal, rounded: bool, q: Q) -> None:
    if n == 0:
        return
    up = interval((abs(n),), step=step, rounded=rounded, qualifier=q)
    down = interval((-abs(n),), step=step, rounded=rounded, qualifier=q)
    assert (down.low, down.high) == (
        up.high and -up.high if up.high else up.high,
        -up.low if up.low is not None else None,
    )


@given(intervals())
def test_an_interval_survives_its_line(a: Interval) -> None:
    assert Interval.model_validate_json(a.model_dump_json()) == a


def write(i: Interval) -> str:
    low = "(-inf" if i.low is None else f"{'(' if i.low_open else '['}{plain(i.low)}"
    high = "inf)" if i.high is None else f"{plain(i.high)}{')' if i.high_open else ']'}"
    return f"{low}, {high}"
