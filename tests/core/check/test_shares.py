"""Shares: a part of its whole, as told, for the same time. Of biscuits."""

from __future__ import annotations

import pytest

from feed.model.check import Law
from feed.model.figure import Status, Whole
from feed.model.standing import Reported
from tests.core.check.test_claims import HALF, ROUNDED, SWEET, TINS, as_told, between, level, made, share, verdicts

PART, WHOLE = level("37"), level("148", metric="tins", at=5)  # 25 %


def test_a_share_is_told_with_its_part_and_its_whole() -> None:
    (check,) = made(PART, WHOLE, share("24%"))
    assert as_told(check) == (
        Law.SHARE, "fails", "24% of 148 is 37", "37 / 148 = 25 %", ("25 %",),
        ["part 37", "whole 148", "claim 24%"], None,
    )  # fmt: skip
    assert (check.claimed, check.computed) == (between("23.5", "24.5"), between("25", "25"))
    assert verdicts(PART, WHOLE, share("25%")) == ["holds"]
    twelfth = level("308", metric="tins", at=5)  # 12.01 %: a word that is no multiple is as strict as a number
    assert verdicts(PART, twelfth, share("eleven per cent", value="11")) == ["fails"]


@pytest.mark.parametrize(
    ("part", "whole", "claim"),
    [
        (level("37", HALF), WHOLE, share("25%")),
        (PART, level("148", HALF, metric="tins"), share("25%")),
        (PART, level("148", metric="ovens"), share("25%")),
        (PART, level("148", metric="tins", dims=SWEET), share("25%")),
        (PART, level("148", metric="tins", status=Status.PLAN), share("25%")),
        (level("37", dims=SWEET), WHOLE, share("25%")),
        (level("37", metric="tins", at=9), level("148", metric="ovens"), share("25%")),
        (PART, level("0", metric="tins"), share("25%")),
        (PART, WHOLE, share("25%", None)),
        (PART, WHOLE, level("25%", unit="percent", at=92, of=TINS)),
    ],
)  # fmt: skip
def test_a_share_of_another_thing_or_time_is_not_judged(part: Reported, whole: Reported, claim: Reported) -> None:
    assert made(part, whole, claim) == []
    assert made(part, whole, claim, share("5%", None, at=99)) == []  # whatever else is a share


def test_a_share_that_only_the_rounding_of_its_part_and_whole_saves_is_told_so() -> None:
    part, whole = level("2,000"), level("8,000", metric="tins", at=5)  # 25 %, from 17.6 to 33.3
    told_of = {text: made(part, whole, share(text))[0] for text in ("25%", "29%", "35%")}
    assert {text: (str(check.verdict), check.rounding) for text, check in told_of.items()} == {
        "25%": ("holds", None), "29%": ("loose", ROUNDED), "35%": ("fails", None)
    }  # fmt: skip


def test_a_share_of_a_part_is_of_the_part_told() -> None:
    sweet = Whole(metric="tins", dims=SWEET)
    assert verdicts(PART, WHOLE, level("111", metric="tins", dims=SWEET), share("33.3%", sweet)) == ["holds"]
