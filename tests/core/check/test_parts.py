"""Parts and wholes, sums and lists: what is held against what, how it is told, and what is left alone. Of biscuits."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from feed.check import Facts, checks
from feed.check.facts import near
from feed.check.sums import closed, ends, meet, minus, over, shown
from feed.model.check import Check, Law
from feed.model.fact import Scheme
from feed.model.figure import Measure, Quote, Status
from feed.model.period import Period
from feed.model.quantity import Interval
from feed.model.quantity import Qualifier as Hedge
from feed.model.report import SchemeReported
from feed.model.rules import Balance, Parts
from feed.model.standing import Reported
from tests.told import as_told, day, draft, endless, figure, told, window

YEAR, BEFORE = window("2024-01-01", "2024-12-31"), window("2023-01-01", "2023-12-31")
PACK = {
    "parts": (Parts(metric="biscuits", dim="kind", values=("sweet", "sour")),),
    "balances": (Balance(metric="stock", plus="baked", minus="eaten"),),
}


def count(
    text: str, kind: str | None = None, period: Period | None = YEAR, hedge: Hedge = Hedge.EXACT, **more: Any
) -> Reported:
    dims = {"dims": {"kind": kind}} if kind else {}
    return told(figure(text, hedge, period, **{**dims, **more}))


def of_law(law: Law, *figures: Reported, **more: Any) -> list[Check]:
    return [check for check in checks(Facts(figures, **{**PACK, **more})) if check.law is law]


def verdicts(law: Law, *figures: Reported, **more: Any) -> list[str]:
    return [str(check.verdict) for check in of_law(law, *figures, **more)]


WHOLE, SWEET, SOUR = count("8,308"), count("2,061", "sweet", at=3), count("6,247", "sour", at=9)


@pytest.mark.parametrize(
    ("part", "hedge", "verdict", "formula"),
    [
        ("2,061", Hedge.EXACT, "holds", "2,061 <= 8,308"),
        ("8,308", Hedge.EXACT, "holds", "8,308 <= 8,308"),
        ("8,307", Hedge.OVER, "holds", "more than 8,307 <= 8,308"),
        ("8,309", Hedge.EXACT, "fails", "8,309 > 8,308"),
        ("8,308", Hedge.OVER, "fails", "more than 8,308 > 8,308"),
    ],
)
def test_a_part_is_told_against_its_whole(part: str, hedge: Hedge, verdict: str, formula: str) -> None:
    narrowed = count(part, "sweet", hedge=hedge)
    (check,) = of_law(Law.PART, WHOLE, narrowed)
    printed = narrowed.figure.printed
    assert as_told(check) == (
        verdict, f"{printed} is part of 8,308", formula, (), [f"part {printed}", "whole 8,308"]
    )  # fmt: skip
    assert (check.claimed, check.computed) == (narrowed.figure.value, WHOLE.figure.value)


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        (WHOLE, count("9,999", "sweet", BEFORE)),
        (WHOLE, count("9,999", "sweet", window("2024-01-01", "2024-12-30"))),
        (WHOLE, count("9,999", "sweet", metric="tins")),
        (WHOLE, count("9,999", "sweet", unit="tins")),
        (WHOLE, count("9,999", "sweet", status=Status.TARGET)),
        (WHOLE, count("9,999", "sweet", measure=Measure.CHANGE)),
        (count("8", measure=Measure.CHANGE), count("9", "sweet", measure=Measure.CHANGE)),
        (WHOLE, count("9,999", at=9)),
        (SOUR, count("9,999", "sweet")),
        (SOUR, count("9,999", dims={"shop": "leeds"})),
        (WHOLE, count("9,999", "sweet", None)),
    ],
)
def test_only_what_is_narrower_and_otherwise_alike_is_a_part(whole: Reported, part: Reported) -> None:
    assert of_law(Law.PART, whole, part) == []
    assert of_law(Law.PART, whole, part, count("7", metric="ovens")) == []  # whatever else is counted


def test_one_time_is_one_however_it_is_told() -> None:
    running = count("8,308", period=Period(start=YEAR.start, end=YEAR.end, running=True))
    assert verdicts(Law.PART, running, count("9,999", "sweet")) == ["fails"]


def test_a_part_of_a_part_is_part_of_both() -> None:
    both = count("2,000", dims={"kind": "sweet", "shop": "leeds"}, at=20)
    assert [check.operands[1].printed for check in of_law(Law.PART, WHOLE, SWEET, both)] == ["8,308", "8,308", "2,061"]


def test_without_a_time_a_larger_part_is_open_and_a_smaller_one_holds() -> None:
    whole = count("£511", period=None, unit="GBP")
    for text, verdict in (("£712", "open"), ("£310", "holds")):
        assert verdicts(Law.PART, whole, count(text, "sweet", None, unit="GBP")) == [verdict]


def test_a_sum_is_told_with_its_parts() -> None:
    (check,) = of_law(Law.SUM, WHOLE, SWEET, SOUR)
    assert as_told(check) == (
        "holds", "the sum of the parts of 8,308", "2,061 + 6,247 = 8,308", ("8308",),
        ["part 2,061", "part 6,247", "whole 8,308"],
    )  # fmt: skip
    assert (check.claimed, check.computed) == (Interval(low=Decimal(8308), high=Decimal(8308)),) * 2
    assert verdicts(Law.SUM, count("8,309"), SWEET, SOUR) == ["fails"]
    assert verdicts(Law.SUM, count("8,000", hedge=Hedge.NEARLY), SWEET, SOUR) == ["fails"]
    assert verdicts(Law.SUM, count("8,000", hedge=Hedge.OVER), SWEET, SOUR) == ["holds"]


@pytest.mark.parametrize(
    "figures",
    [
        (WHOLE, SWEET),
        (WHOLE, SWEET, count("7,000", "sour", BEFORE)),
        (WHOLE, SWEET, count("7,000", "sour", window("2024-01-01", "2024-12-30"))),
        (WHOLE, SWEET, count("7,000", "sour", metric="tins")),
        (WHOLE, SWEET, count("7,000", "bitter")),
        (WHOLE, SWEET, count("7,000", "sour", status=Status.TARGET)),
        (count("9", metric="tins"), SWEET, SOUR),
        (count("9", metric="tins"), *(count("5", kind, metric="tins") for kind in ("sweet", "sour"))),
        (count("9", "sweet", at=30), SOUR),
        (count("9", measure=Measure.CHANGE), SWEET, SOUR),
        (endless(count("9")), SWEET, SOUR),
        (WHOLE, endless(SWEET), SOUR),
        (WHOLE, SWEET, endless(SOUR)),
    ],
)
def test_a_sum_is_of_all_parts_of_the_same_time_and_of_nothing_else(figures: tuple[Reported, ...]) -> None:
    assert of_law(Law.SUM, *figures) == []


def test_the_whole_and_a_part_are_told_by_the_article_itself() -> None:
    assert verdicts(Law.SUM, count("9"), known=(SWEET, SOUR)) == []
    assert verdicts(Law.SUM, count("9"), SOUR, known=(SWEET,)) == ["fails"]
    assert verdicts(Law.SUM, SWEET, SOUR, known=(count("9"),)) == []


def test_one_of_several_parts_that_makes_it_come_out_is_enough_but_not_the_fourth_copy() -> None:
    others = [count(text, "sour", at=40 + at) for at, text in enumerate(("1", "2", "6,247"))]
    assert verdicts(Law.SUM, WHOLE, SWEET, *others) == ["holds"]
    assert verdicts(Law.SUM, WHOLE, SWEET, count("3", "sour", at=39), *others) == ["fails"]


STOCK, BAKED, EATEN = (count(text, metric=metric) for text, metric in
                       (("205", "stock"), ("898", "baked"), ("693", "eaten")))  # fmt: skip


def test_a_balance_is_told_with_its_sides() -> None:
    (check,) = of_law(Law.SUM, STOCK, BAKED, EATEN)
    assert as_told(check) == (
        "holds", "the balance of 205", "898 - 693 = 205", ("205",), ["plus 898", "minus 693", "claim 205"]
    )  # fmt: skip
    assert (check.claimed, check.computed) == (Interval(low=Decimal(205), high=Decimal(205)),) * 2
    assert verdicts(Law.SUM, STOCK, EATEN, known=(BAKED,)) == ["holds"]
    for at in range(3):
        three = [STOCK, BAKED, EATEN]
        three[at] = endless(three[at])
        assert of_law(Law.SUM, *three) == []


def test_one_of_several_sides_that_makes_it_come_out_is_enough_but_not_the_fourth_copy() -> None:
    others = [count(text, metric="eaten", at=40 + at) for at, text in enumerate(("1", "2", "693"))]
    assert verdicts(Law.SUM, STOCK, BAKED, *others) == ["holds"]
    assert verdicts(Law.SUM, STOCK, BAKED, count("3", metric="eaten", at=39), *others) == ["fails"]


def listed(
    scheme: str = "oven", term: Any = "countries", value: Any = ("AL", "IQ", "VN")
) -> tuple[str, SchemeReported]:
    fact = Scheme(scheme=scheme, term=term, value=value, quote=Quote(exact="q", start=0, end=1), as_of=None)
    made = draft(fact)
    assert isinstance(made.data, SchemeReported)
    return made.id, made.data


def stated(text: str, hedge: Hedge = Hedge.EXACT, unit: str = "countries", scheme: str = "oven") -> Reported:
    return told(figure(text, hedge, unit=unit, dims={"scheme": scheme}))


@pytest.mark.parametrize(
    ("text", "hedge", "verdict", "formula"),
    [
        ("3", Hedge.EXACT, "holds", "3 = 3: AL, IQ, VN"),
        ("4", Hedge.EXACT, "fails", "4 but 3: AL, IQ, VN"),
        ("2", Hedge.EXACT, "fails", "2 but 3: AL, IQ, VN"),
        ("2", Hedge.OVER, "holds", "more than 2 and 3: AL, IQ, VN"),
        ("3", Hedge.OVER, "open", "more than 3 but 3: AL, IQ, VN"),  # the names told need not be all
        ("3", Hedge.UNDER, "fails", "fewer than 3 but 3: AL, IQ, VN"),
    ],
)
def test_a_stated_number_is_told_against_the_list(text: str, hedge: Hedge, verdict: str, formula: str) -> None:
    (check,) = of_law(Law.LIST, stated(text, hedge), lists=(listed(),))
    printed = stated(text, hedge).figure.printed
    assert as_told(check) == (
        verdict, f"{printed} countries, 3 names", formula, ("3",), [f"stated {printed}", "list AL, IQ, VN"]
    )  # fmt: skip
    assert check.operands[1].id == listed()[0]


def test_a_list_is_counted_only_against_the_number_of_its_own_things() -> None:
    other = [listed(scheme="stove"), listed(term="provides"), listed(value="AL"), listed()]
    assert verdicts(Law.LIST, stated("3"), lists=tuple(other)) == ["holds"]
    for each in other[:3]:
        assert verdicts(Law.LIST, stated("3"), lists=(each,)) == []


def test_a_claim_without_laws_of_the_pack_is_left_alone() -> None:
    assert checks(Facts((WHOLE, SOUR))) == tuple(of_law(Law.PART, WHOLE, SOUR))


@pytest.mark.parametrize(
    ("start", "end", "is_near"),
    [
        ("2024-01-01", "2024-12-31", True),
        ("2024-01-04", "2024-12-28", True),
        ("2024-01-05", "2024-12-31", False),
        ("2024-01-01", "2024-12-27", False),
        (None, "2024-12-31", False),
    ],
)
def test_two_times_are_one_give_or_take_three_days(start: str | None, end: str, is_near: bool) -> None:
    other = Period(start=None if start is None else day(start), end=day(end))
    assert near(YEAR, other) is near(other, YEAR) is is_near
    assert near(YEAR, other, timedelta()) is (start == "2024-01-01" and end == "2024-12-31")


def test_no_time_is_near_none_and_two_that_say_no_start_are_near_by_their_ends() -> None:
    assert not near(None, YEAR)
    assert not near(YEAR, None)
    assert not near(None, None)
    unsaid = Period(start=None, end=day("2024-12-31"))
    assert near(unsaid, Period(start=None, end=day("2024-12-28")))
    assert not near(unsaid, Period(start=None, end=day("2024-12-27")))


def test_infinite_ends_are_drawn_in_and_what_has_none_has_no_ends() -> None:
    five, nine = Decimal(5), Decimal(9)
    assert ends(Interval(low=five, high=None, soft_high=nine)) == (five, nine)
    assert ends(Interval(low=None, high=nine, soft_low=five)) == (five, nine)
    assert ends(Interval(low=five, high=None)) is None
    assert ends(Interval(low=None, high=nine)) is None


def test_interval_arithmetic_where_it_ends() -> None:
    one, two = (Decimal(1), Decimal(1)), (Decimal(0), Decimal(2))
    assert over(two, one) == (Decimal(0), Decimal(2))
    assert over(one, two) is None
    assert over((Decimal("0.5"), Decimal(1)), (Decimal("0.5"), Decimal(1))) == (Decimal("0.5"), Decimal(2))
    assert over((Decimal(-1), Decimal(1)), one) is None
    assert (over(None, one), over(one, None), minus(None, one), minus(one, None)) == (None,) * 4
    assert meet(one, (Decimal(1), Decimal(5)))
    assert not meet(one, (Decimal("1.1"), Decimal(5)))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("999.994", "999.99"), ("1000.4", "1,000"), ("1000", "1,000"), ("-1000.6", "-1,001"),
        ("3.005", "3"), ("3.1", "3.10"), ("1234567.8", "1,234,568"), ("0", "0"),
    ],
)  # fmt: skip
def test_a_computed_value_is_written_as_people_write_it(value: str, said: str) -> None:
    assert shown(Decimal(value)) == said


def test_ends_are_cut_so_that_every_machine_prints_the_same() -> None:
    assert closed((Decimal("0.12345649"), Decimal("0.5000000"))) == Interval(
        low=Decimal("0.123456"), high=Decimal("0.5")
    )
