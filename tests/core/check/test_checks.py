"""Arithmetic between figures, read kindly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from feed.check import Facts, checks
from feed.check.sums import Ends, added, closed, minus, over, scaled, shown
from feed.model.check import Check, Law, Verdict
from feed.model.fact import Scheme
from feed.model.figure import Measure, Quote, Whole
from feed.model.period import Basis, Period
from feed.model.quantity import Qualifier as Hedge
from feed.model.report import SchemeReported
from feed.model.rules import Parts
from feed.model.standing import Reported
from tests.told import day, draft, figure, since, told, window

YEAR = Period(start=day("2024-01-01"), end=day("2024-08-28"), running=True)
TWO_BEFORE = window("2022-01-01", "2022-08-28")
ALL_SINCE = Period(start=day("2018-01-01"), end=day("2024-08-29"), running=True)


def of_law(law: Law, *figures: Reported, **more: object) -> list[Check]:
    return [check for check in checks(Facts(figures, **more)) if check.law is law]  # type: ignore[arg-type]


def verdicts(law: Law, *figures: Reported, **more: object) -> list[str]:
    return [str(check.verdict) for check in of_law(law, *figures, **more)]


def total(text: str, end: str, start: str = "2024-07-05", at: int = 0, basis: Basis = Basis.STATED) -> Reported:
    return told(figure(text, period=Period(start=day(start), end=day(end), end_basis=basis, running=True), at=at))


def test_two_running_totals_must_grow_alike() -> None:
    figures = (total("6,246", "2024-08-27", at=1), total("19,820", "2024-08-27", "2024-01-01", at=2),
               total("6,858", "2024-08-28", at=3), total("20,433", "2024-08-28", "2024-01-01", at=4))  # fmt: skip
    (check,) = of_law(Law.DIFFERENCE, *figures)
    assert check.verdict is Verdict.FAILS
    assert check.results == ("612", "613")
    assert check.formula == "20,433 - 19,820 = 613 but 6,858 - 6,246 = 612 for the same day"
    assert [o.printed for o in check.operands] == ["6,858", "6,246", "20,433", "19,820"]
    mended = (*figures[:2], total("6,859", "2024-08-28", at=3), figures[3])
    assert verdicts(Law.DIFFERENCE, *mended) == ["holds"]


def test_a_total_that_ends_only_where_the_article_was_printed_takes_no_part_in_differences() -> None:
    vague = total("6,000", "2024-08-29", basis=Basis.PUBLISHED)
    assert verdicts(Law.DIFFERENCE, vague, total("6,246", "2024-08-27"), total("20,433", "2024-08-29", "2024-01-01"),
                    total("19,820", "2024-08-27", "2024-01-01")) == []  # fmt: skip


def change(text: str, value: str, baseline: Period | None) -> Reported:
    return told(figure(text, period=YEAR, unit="percent", measure=Measure.CHANGE, baseline=baseline, value=value, at=9))


def test_down_21_per_cent_on_25065_holds_with_the_one_total_that_makes_it_true() -> None:
    figures = (total("19,820", "2024-08-27", "2024-01-01"), total("20,433", "2024-08-28", "2024-01-01", at=1),
               told(figure("25,065", period=TWO_BEFORE, at=2)), change("21 per cent", "-21", TWO_BEFORE))  # fmt: skip
    (check,) = of_law(Law.CHANGE, *figures)
    assert (check.verdict, check.results) == (Verdict.HOLDS, ("-20.93 %",))
    wrong = (*figures[:3], change("41 per cent", "-41", TWO_BEFORE))
    assert verdicts(Law.CHANGE, *wrong) == ["fails"]


def test_a_change_and_its_level_imply_a_base_that_nobody_printed() -> None:
    (check,) = of_law(
        Law.CHANGE, told(figure("£5.38bn", period=YEAR, unit="GBP")), change("36 per cent", "36", TWO_BEFORE)
    )
    assert check.verdict is Verdict.OPEN
    assert check.results == ("3,937,728,938 to 3,974,169,742",)


@pytest.mark.parametrize(("part", "verdict"), [("3,788", "holds"), ("5,788", "fails")])
def test_three_per_cent_of_127834(part: str, verdict: str) -> None:
    tins = Whole(metric="tins", dims={})
    claim = told(figure("three per cent", value="3", period=ALL_SINCE, unit="percent", measure=Measure.SHARE, of=tins))
    whole = told(figure("127,834", period=ALL_SINCE, metric="tins"))
    assert verdicts(Law.SHARE, told(figure(part, period=ALL_SINCE)), whole, claim) == [verdict]


def ratio(text: str, value: str, period: Period | None = None, baseline: Period | None = None) -> Reported:
    return told(figure(text, value=value, period=period, unit="times", measure=Measure.RATIO, baseline=baseline))


@pytest.mark.parametrize(
    ("word", "value", "verdict"),
    [("quadrupled", "4", "loose"), ("tripled", "3", "fails"), ("3.8 times", "3.8", "holds")],
)
def test_25300_against_about_6600_is_loosely_quadrupled(word: str, value: str, verdict: str) -> None:
    new = told(figure("25,300", Hedge.OVER, window("2023-07-01", "2024-06-30")))
    base = told(figure("6,600", Hedge.ABOUT, window("2022-07-01", "2023-06-30"), at=9))
    (check,) = of_law(Law.RATIO, new, base, ratio(word, value))
    assert (check.verdict, check.results) == (verdict, ("3.83 times",))


def test_a_multiple_without_its_operands_is_not_judged() -> None:
    assert verdicts(Law.RATIO, told(figure("76,176", period=YEAR)), ratio("triple", "3", YEAR, TWO_BEFORE)) == []


@pytest.mark.parametrize(("part", "verdict"), [("850", "holds"), ("20,500", "fails")])
def test_a_part_is_not_more_than_its_whole(part: str, verdict: str) -> None:
    whole = told(figure("19,000", Hedge.NEARLY, since("2025-01-31")))
    narrowed = told(figure(part, Hedge.OVER, since("2025-01-31"), dims={"shop": "leeds"}))
    assert verdicts(Law.PART, whole, narrowed) == [verdict]


def test_without_a_period_a_larger_part_is_left_open() -> None:
    whole, part = told(figure("£500,000", unit="GBP")), told(figure("£700,000", unit="GBP", dims={"shop": "leeds"}))
    assert verdicts(Law.PART, whole, part) == ["open"]


@pytest.mark.parametrize(("whole", "verdict"), [("8,308", "holds"), ("9,557", "fails")])
def test_only_parts_that_the_pack_calls_complete_are_added(whole: str, verdict: str) -> None:
    rows = (Parts(metric="biscuits", dim="type", values=("sweet", "salty")),)
    figures = [told(figure(text, period=YEAR, dims={"type": kind})) for text, kind in
               (("2,061", "sweet"), ("6,247", "salty"))]  # fmt: skip
    figures += [told(figure("1,249", period=YEAR, dims={"group": "broken"})), told(figure(whole, period=YEAR))]
    assert verdicts(Law.SUM, *figures, parts=rows) == [verdict]
    assert verdicts(Law.SUM, *figures[1:], parts=rows) == []
    # One outlet's whole is not held against another's parts.
    assert verdicts(Law.SUM, figures[-1], known=tuple(figures[:-1]), parts=rows) == []
    assert verdicts(Law.SUM, figures[0], figures[-1], known=tuple(figures[1:-1]), parts=rows) == [verdict]


@pytest.mark.parametrize(("final", "verdict"), [("36,816", "holds"), ("12,345", "fails")])
def test_a_count_so_far_is_not_more_than_the_final_count(final: str, verdict: str) -> None:
    whole = told(figure(final, period=window("2024-01-01", "2024-12-31")))
    assert verdicts(Law.SO_FAR, whole, known=(total("20,433", "2024-08-28", "2024-01-01"),)) == [verdict]


@pytest.mark.parametrize(("stated", "verdict"), [("3", "holds"), ("4", "fails")])
def test_a_stated_number_of_things_is_the_length_of_their_list(stated: str, verdict: str) -> None:
    scheme = Scheme(
        scheme="oven", term="countries", value=("AL", "IQ", "VN"), quote=Quote(exact="q", start=0, end=1), as_of=None
    )
    listed = draft(scheme)
    assert isinstance(listed.data, SchemeReported)
    number = told(figure(stated, period=window("2024-08-29", "2024-08-29"), unit="countries", dims={"scheme": "oven"}))
    assert verdicts(Law.LIST, number, lists=((listed.id, listed.data),)) == [verdict]


def ends(low: int, high: int) -> Ends:
    return Decimal(low), Decimal(high)


def test_interval_arithmetic_keeps_every_possible_value() -> None:
    a, b = ends(8, 10), ends(2, 4)
    assert minus(a, b) == ends(4, 8)
    assert over(a, b) == ends(2, 5)
    assert over(a, ends(0, 4)) is None
    assert scaled(a, Decimal(10), Decimal(1)) == ends(81, 101)
    assert added([a, b]) == ends(10, 14)
    assert closed((Decimal("1.23456789"), Decimal(2))).low == Decimal("1.234568")
    assert [shown(Decimal(text)) for text in ("612", "-20.928", "3937728937.729")] == ["612", "-20.93", "3,937,728,938"]
