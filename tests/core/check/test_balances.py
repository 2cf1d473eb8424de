"""A metric that is the difference of two others, by definition."""

from __future__ import annotations

import pytest

from feed.check import Facts, checks
from feed.model.check import Check, Law
from feed.model.figure import Dims, Measure, Status
from feed.model.rules import Balance
from feed.model.standing import Reported
from tests.told import figure, told, window

BALANCE = Balance(metric="stock", plus="baked", minus="eaten")
YEAR, NEXT = window("2024-07-01", "2025-06-30"), window("2023-07-01", "2024-06-30")


def of(
    metric: str, text: str, period: object = YEAR, dims: Dims | None = None, unit: str = "packets", **more: object
) -> Reported:
    return told(figure(text, period=period, metric=metric, dims=dims, unit=unit, **more), "a")  # type: ignore[arg-type]


def made(*figures: Reported, known: tuple[Reported, ...] = ()) -> list[Check]:
    found = checks(Facts(figures, known=known, balances=(BALANCE,)))
    return [check for check in found if check.law is Law.SUM]


BAKED, EATEN = of("baked", "898,000"), of("eaten", "693,000")


@pytest.mark.parametrize(
    ("text", "verdict", "rounding"),
    [
        ("205,000", "holds", None),
        ("204,000", "loose", "only the rounding of its operands saves it"),
        ("203,000", "fails", None),
        ("304,000", "fails", None),
    ],
)
def test_a_balance_is_what_came_less_what_went(text: str, verdict: str, rounding: str | None) -> None:
    (check,) = made(of("stock", text), BAKED, EATEN)
    assert (str(check.verdict), check.rounding) == (verdict, rounding)
    assert check.formula == "898,000 - 693,000 = 205,000"
    assert check.results == ("205000",)
    assert [(operand.role, operand.printed) for operand in check.operands] == [
        ("plus", "898,000"), ("minus", "693,000"), ("claim", text)
    ]  # fmt: skip


def test_one_outlets_balance_is_not_held_against_anothers_sides() -> None:
    assert made(of("stock", "304,000"), known=(BAKED, EATEN)) == []
    assert [str(check.verdict) for check in made(of("stock", "304,000"), BAKED, known=(EATEN,))] == ["fails"]


def test_one_choice_that_holds_is_enough() -> None:
    other = of("eaten", "594,000", at=7)
    assert [str(check.verdict) for check in made(of("stock", "304,000"), BAKED, EATEN, other)] == ["holds"]


def test_only_like_is_held_against_like() -> None:
    stock = of("stock", "304,000")
    assert made(stock, BAKED) == []
    assert made(stock, of("baked", "898,000", NEXT), EATEN) == []
    assert made(stock, of("baked", "898,000", dims={"kind": "sweet"}), EATEN) == []
    assert made(stock, of("baked", "898,000", unit="tins"), EATEN) == []
    assert made(stock, of("baked", "898,000", status=Status.TARGET), EATEN) == []
    assert made(stock, of("baked", "898,000", measure=Measure.CHANGE), EATEN) == []
    assert made(of("stock", "5%", measure=Measure.CHANGE), BAKED, EATEN) == []
    assert made(of("stock", "304,000", status=Status.TARGET), BAKED, EATEN) == []
    assert checks(Facts((stock, BAKED, EATEN))) == ()
