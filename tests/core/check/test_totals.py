"""Running totals: what is held against what, how it is told, and what is left alone. Of biscuits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from feed.check import Facts, checks
from feed.model.check import Check, Law
from feed.model.figure import Measure, Status
from feed.model.period import Basis, Period
from feed.model.quantity import Interval
from feed.model.standing import Reported
from tests.told import as_told, day, endless, figure, told, window

SWEET = {"kind": "sweet"}
TITLES = {"biscuits": "Biscuits Baked"}


def total(
    text: str, end: str, start: str = "2024-07-05", *, ends: Basis = Basis.STATED, **more: Any
) -> Reported:  # fmt: skip
    period = Period(start=day(start), end=day(end), end_basis=ends, running=True)
    return told(figure(text, period=period, **{"at": len(text) + int(end[-2:]), **more}))


def of_law(law: Law, *figures: Reported, known: tuple[Reported, ...] = ()) -> list[Check]:
    return [check for check in checks(Facts(figures, known, titles=TITLES)) if check.law is law]


SINCE = total("6,246", "2024-08-27"), total("6,858", "2024-08-28")
IN_YEAR = total("19,820", "2024-08-27", "2024-01-01"), total("20,433", "2024-08-28", "2024-01-01")


def test_what_grows_by_another_number_in_the_same_days_is_told_with_all_four() -> None:
    (check,) = of_law(Law.DIFFERENCE, *SINCE, *IN_YEAR)
    assert as_told(check) == (
        "fails", "biscuits baked on 2024-08-28 from two running totals",
        "20,433 - 19,820 = 613 but 6,858 - 6,246 = 612 for the same day", ("612", "613"),
        ["until 6,858", "before 6,246", "until 20,433", "before 19,820"],
    )  # fmt: skip
    assert (check.claimed, check.computed) == tuple(Interval(low=n, high=n) for n in (Decimal(612), Decimal(613)))
    assert of_law(Law.DIFFERENCE, *reversed(IN_YEAR), *reversed(SINCE))[0].verdict == "fails"


def test_several_days_are_told_as_such_and_what_agrees_holds() -> None:
    earlier = total("6,000", "2024-08-20"), total("19,574", "2024-08-20", "2024-01-01")
    (check,) = of_law(Law.DIFFERENCE, earlier[0], SINCE[0], earlier[1], IN_YEAR[0])
    assert as_told(check)[:3] == (
        "holds", "biscuits baked from 2024-08-21 to 2024-08-27 from two running totals",
        "19,820 - 19,574 = 246 and 6,246 - 6,000 = 246 for the same days",
    )  # fmt: skip


def test_each_stretch_between_neighbours_is_tried_by_itself() -> None:
    third = total("7,000", "2024-08-30"), total("20,575", "2024-08-30", "2024-01-01")
    found = of_law(Law.DIFFERENCE, *SINCE, third[0], *IN_YEAR, third[1])
    assert [(str(check.verdict), check.results) for check in found] == [
        ("fails", ("612", "613")), ("holds", ("142", "142"))
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        tuple(total(f.figure.text, str(f.end), "2024-01-01", metric="tins") for f in IN_YEAR),
        tuple(total(f.figure.text, str(f.end), "2024-01-01", dims=SWEET) for f in IN_YEAR),
        tuple(total(f.figure.text, str(f.end), "2024-01-01", status=Status.TARGET) for f in IN_YEAR),
        tuple(total(f.figure.text, str(f.end), "2024-01-01", measure=Measure.CHANGE) for f in IN_YEAR),
        tuple(total(f.figure.text, str(f.end), "2024-01-01", ends=Basis.PUBLISHED) for f in IN_YEAR),
        (total("19,820", "2024-08-26", "2024-01-01"), IN_YEAR[1]),
        (IN_YEAR[0], endless(IN_YEAR[1])),
        (endless(IN_YEAR[0]), IN_YEAR[1]),
        (IN_YEAR[0], total("20,433", "2024-08-27", "2024-01-01", at=99)),
        (total("6,247", "2024-08-27", at=98), IN_YEAR[0], total("20,433", "2024-08-27", "2024-01-01", at=99)),
    ],
    ids=[
        "metric", "dims", "targets", "changes", "vague ends", "other days", "endless", "endless before",
        "one day twice", "one day twice of both",
    ],
)  # fmt: skip
def test_only_totals_of_the_same_thing_between_the_same_known_days_are_compared(other: tuple[Reported, ...]) -> None:
    assert of_law(Law.DIFFERENCE, *SINCE, *other) == []
    assert of_law(Law.DIFFERENCE, *other, *SINCE) == []


COUNT = told(figure("9", at=70))  # beside what is no count


def test_two_targets_or_changes_or_windows_are_no_running_totals() -> None:
    for more in ({"status": Status.TARGET}, {"measure": Measure.CHANGE}):
        both = [total(f.figure.text, str(f.end), str(f.figure.period.start), **more)  # type: ignore[union-attr]
                for f in (*SINCE, *IN_YEAR)]  # fmt: skip
        assert of_law(Law.DIFFERENCE, *both) == []
        assert of_law(Law.DIFFERENCE, *both, COUNT) == []
    spans = [told(figure(text, period=window(start, end), at=at)) for at, (text, start, end) in enumerate(
        [("5", "2024-03-02", "2024-03-09"), ("9", "2024-03-02", "2024-03-12"),
         ("4", "2024-03-04", "2024-03-09"), ("9", "2024-03-04", "2024-03-12")]
    )]  # fmt: skip
    assert of_law(Law.DIFFERENCE, *spans) == []


def test_after_one_pair_that_cannot_be_compared_the_next_one_is() -> None:
    third = total("9,612", "2024-08-27", "2018-01-01"), endless(total("10,225", "2024-08-28", "2018-01-01"))
    assert [check.results for check in of_law(Law.DIFFERENCE, *third, *SINCE, *IN_YEAR)] == [("612", "613")]


YEAR = window("2024-01-01", "2024-12-31")
FINAL = told(figure("36,816", period=YEAR, at=50))
SO_FAR = IN_YEAR[1]


@pytest.mark.parametrize(
    ("text", "verdict", "what", "formula"),
    [
        ("36,816", "holds", "20,433 so far in 2024 is not more than 36,816 in all 2024", "20,433 <= 36,816"),
        ("12,345", "fails", "20,433 so far in 2024 is more than 12,345 in all 2024", "20,433 > 12,345"),
    ],
)
def test_a_count_so_far_is_told_against_the_count_of_the_whole_year(
    text: str, verdict: str, what: str, formula: str
) -> None:
    final = told(figure(text, period=YEAR, at=50))
    (check,) = of_law(Law.SO_FAR, final, SO_FAR)
    assert as_told(check) == (verdict, what, formula, (), ["so far 20,433", f"final {text}"])
    assert (check.claimed, check.computed) == (SO_FAR.figure.value, final.figure.value)


def test_the_last_count_so_far_is_the_one_that_is_held_against_the_final_count() -> None:
    (check,) = of_law(Law.SO_FAR, FINAL, *IN_YEAR)
    assert check.operands[0].printed == "20,433"
    (check,) = of_law(Law.SO_FAR, SO_FAR, told(figure("9", at=70)), FINAL)  # whatever stands between
    assert check.operands[1].printed == "36,816"


@pytest.mark.parametrize(
    "final",
    [
        told(figure("12,345", period=Period(start=YEAR.start, end=YEAR.end, running=True))),
        told(figure("12,345", period=window("2024-01-01", "2024-11-30"))),
        told(figure("12,345", period=window("2024-01-01", "2024-12-30"))),
        told(figure("12,345", period=window("2024-10-01", "2024-12-31"))),
        told(figure("12,345", period=YEAR, measure=Measure.CHANGE)),
        told(figure("12,345", period=YEAR, metric="tins")),
        told(figure("12,345", period=YEAR, dims=SWEET)),
        told(figure("12,345", period=window("2023-01-01", "2023-12-31"))),
        told(figure("12,345")),
    ],
    ids=[
        "so far", "to november", "a day less", "a quarter", "a change", "of tins", "sweet", "last year", "untimed",
    ],
)  # fmt: skip
def test_only_the_count_of_that_whole_year_is_final(final: Reported) -> None:
    assert of_law(Law.SO_FAR, final, SO_FAR) == []


def test_several_years_are_no_whole_year() -> None:
    so_far, final = (told(figure(text, period=window("2018-01-01", end), at=len(text))) for text, end in
                     (("999", "2023-12-31"), ("12", "2024-12-31")))  # fmt: skip
    assert so_far.frame == final.frame
    assert of_law(Law.SO_FAR, final, so_far) == []


def test_a_change_so_far_says_nothing_of_a_whole_years() -> None:
    changes = (told(figure("9%", period=SO_FAR.figure.period, unit="percent", measure=Measure.CHANGE)),
               told(figure("3%", period=YEAR, unit="percent", measure=Measure.CHANGE, at=9)))  # fmt: skip
    assert of_law(Law.SO_FAR, *changes, COUNT) == []


def test_an_earlier_years_count_so_far_says_nothing_of_this_years() -> None:
    earlier = total("40,112", "2023-08-28", "2023-01-01")
    assert of_law(Law.SO_FAR, FINAL, earlier) == []
    assert of_law(Law.SO_FAR, FINAL, known=(earlier,)) == []
    assert of_law(Law.SO_FAR, FINAL, total("40,112", "2024-08-28", "2024-01-01", status=Status.TARGET)) == []
