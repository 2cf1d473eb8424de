"""Changes, multiples and shares: what is held against what, how it is told, and what is left alone. Of biscuits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from feed.check import Facts, checks
from feed.model.check import Check, Law
from feed.model.figure import Measure, Status, Whole
from feed.model.period import Period
from feed.model.quantity import Interval
from feed.model.quantity import Qualifier as Hedge
from feed.model.standing import Reported
from tests.told import endless, figure, since, told, window

YEAR, BEFORE, LONG_AGO = (window(f"{year}-01-01", f"{year}-12-31") for year in (2024, 2023, 2021))
HALF, HALF_BEFORE = window("2024-01-01", "2024-06-30"), window("2023-01-01", "2023-06-30")
TINS = Whole(metric="tins", dims={})
SWEET = {"kind": "sweet"}
CLAIMS = (Law.CHANGE, Law.RATIO, Law.SHARE)
ROUNDED = "only the rounding of its operands saves it"
TO_ITS_STEP = "only rounding to its printed step saves it"
A_WORD = "a word such as this is said of anything within a tenth"


def level(text: str, period: Period | None = YEAR, hedge: Hedge = Hedge.EXACT, **more: Any) -> Reported:
    return told(figure(text, hedge, period, **more))


def change(text: str, period: Period | None = YEAR, baseline: Period | None = BEFORE, **more: Any) -> Reported:
    made: dict[str, Any] = {"unit": "percent", "measure": Measure.CHANGE, "at": 90, **more}
    return told(figure(text, period=period, baseline=baseline, **made))


def ratio(text: str, value: str, period: Period | None = None, baseline: Period | None = None, **more: Any) -> Reported:
    made: dict[str, Any] = {"unit": "times", "measure": Measure.RATIO, "at": 91, **more}
    return told(figure(text, value=value, period=period, baseline=baseline, **made))


def share(text: str, of: Whole | None = TINS, period: Period | None = YEAR, **more: Any) -> Reported:
    made: dict[str, Any] = {"unit": "percent", "measure": Measure.SHARE, "at": 92, **more}
    return told(figure(text, period=period, of=of, **made))


def made(*figures: Reported, known: tuple[Reported, ...] = ()) -> list[Check]:
    return [check for check in checks(Facts(figures, known)) if check.law in CLAIMS]


def verdicts(*figures: Reported, known: tuple[Reported, ...] = ()) -> list[str]:
    return [str(check.verdict) for check in made(*figures, known=known)]


def as_told(check: Check) -> tuple[object, ...]:
    roles = [f"{operand.role} {operand.printed}" for operand in check.operands]
    return check.law, str(check.verdict), check.what, check.formula, check.results, roles, check.rounding


def between(low: str, high: str) -> Interval:
    return Interval(low=Decimal(low), high=Decimal(high))


NEW, BASE = level("151"), level("112", BEFORE, at=5)  # + 34.82 %


def test_a_change_is_told_as_it_is_claimed_with_what_comes_out() -> None:
    (check,) = made(NEW, BASE, change("34%"))
    assert as_told(check) == (
        Law.CHANGE, "fails", "up 34% on 112", "151 / 112 - 1 = 34.82 %", ("34.82 %",),
        ["new 151", "base 112", "claim 34%"], None,
    )  # fmt: skip
    assert (check.claimed, check.computed) == (between("33.5", "34.5"), between("34.821429", "34.821429"))
    for text, said in (
        ("-34%", "down 34% on 112"), ("-0.5%", "down 0.5% on 112"), ("−34%", "up 34% on 112"), ("0%", "up 0% on 112"),
    ):  # fmt: skip
        assert made(NEW, BASE, change(text))[0].what == said


@pytest.mark.parametrize(
    ("text", "hedge", "verdict", "rounding"),
    [
        ("35%", Hedge.EXACT, "holds", None),
        ("34.8%", Hedge.EXACT, "holds", None),
        ("34.9%", Hedge.EXACT, "fails", None),
        ("35%", Hedge.NEARLY, "holds", None),
        ("34%", Hedge.NEARLY, "fails", None),
        # Nobody who says more than 34.5 per cent is held to its last place.
        ("34.5%", Hedge.OVER, "fails", None),
        ("34%", Hedge.OVER, "holds", None),
        ("-35%", Hedge.EXACT, "fails", None),
    ],
)
def test_a_change_holds_when_its_rounding_allows_it(
    text: str, hedge: Hedge, verdict: str, rounding: str | None
) -> None:
    claim = told(figure(text, hedge, YEAR, unit="percent", measure=Measure.CHANGE, baseline=BEFORE, at=90))
    (check,) = made(NEW, BASE, claim)
    assert (str(check.verdict), check.rounding) == (verdict, rounding)


def test_rounded_operands_may_save_a_claim_and_then_it_is_loose() -> None:
    new, base = level("1,500"), level("1,100", BEFORE, at=5)  # 36.36 %, from 26.1 to 47.6
    loose, holds, fails = (made(new, base, change(text))[0] for text in ("41%", "36%", "52%"))
    assert [(str(each.verdict), each.rounding) for each in (loose, holds, fails)] == [
        ("loose", ROUNDED), ("holds", None), ("fails", None)
    ]  # fmt: skip
    over = told(figure("41%", Hedge.OVER, YEAR, unit="percent", measure=Measure.CHANGE, baseline=BEFORE, at=90))
    assert [(str(each.verdict), each.rounding) for each in made(new, base, over)] == [("holds", None)]


@pytest.mark.parametrize(
    "other",
    [
        level("200", at=2, metric="tins"),
        level("200", at=2, dims=SWEET),
        level("200", at=2, status=Status.TARGET),
        level("200", HALF, at=2),
        level("200", None, at=2),
        level("200", since("2024-12-31"), at=2),
        level("9", at=2, unit="percent", measure=Measure.CHANGE, baseline=BEFORE),
    ],
    ids=lambda other: f"{other.series} {other.frame}",
)
def test_only_like_is_held_against_like(other: Reported) -> None:
    """Were the other one taken for the new figure, a change of 78.57 per cent would come out."""
    assert "holds" not in verdicts(NEW, other, BASE, change("79%"))
    assert "holds" not in verdicts(other, BASE, change("79%"))


@pytest.mark.parametrize(
    "base",
    [
        level("112", BEFORE, at=5, unit="tins"),
        level("112", BEFORE, at=5, metric="tins"),
        level("112", BEFORE, at=5, dims=SWEET),
        level("112", LONG_AGO, at=5),
        level("112", HALF_BEFORE, at=5),
        level("112", None, at=5),
        level("0", BEFORE, at=5),
        level("112", BEFORE, at=5, status=Status.TARGET),
        level("112", BEFORE, at=5, measure=Measure.CHANGE),
    ],
    ids=lambda base: f"{base.figure.text} {base.series} {base.figure.period}",
)
def test_only_the_same_thing_at_the_time_compared_with_is_a_base(base: Reported) -> None:
    assert not {"holds", "fails", "loose"} & set(verdicts(NEW, base, change("35%")))


def test_a_time_cut_otherwise_is_not_the_time_of_the_change() -> None:
    february, so_far = window("2024-02-01", "2024-02-29"), window("2024-02-01", "2024-02-28")
    base = level("112", window("2023-02-01", "2023-02-28"), at=5)
    claim = change("35%", february, window("2023-02-01", "2023-02-28"))
    assert verdicts(level("151", february), base, claim) == ["holds"]
    assert verdicts(level("151", so_far), base, claim) == []


def test_only_changes_in_per_cent_that_came_about_are_tried() -> None:
    assert verdicts(NEW, BASE, change("35%", status=Status.TARGET)) == []
    assert verdicts(NEW, BASE, change("35", unit="packets")) == []
    assert verdicts(NEW, BASE, level("35%", unit="percent", at=90)) == []
    assert verdicts(NEW, BASE, change("35%", baseline=None)) == ["open"]  # nobody says on what
    assert verdicts(NEW, BASE, change("35%"), share("25%")) == ["holds"]  # and a share is no change


def test_a_count_so_far_says_nothing_against_a_whole_years() -> None:
    claim = change("35%", HALF, BEFORE)
    assert verdicts(level("151", HALF), BASE, claim) == []
    leap = window("2024-01-01", "2024-03-03")
    assert verdicts(level("151", leap), level("112", window("2023-01-01", "2023-02-28"), at=5),
                    change("35%", leap, window("2023-01-01", "2023-02-28"))) == ["holds"]  # fmt: skip
    longer = window("2024-01-01", "2024-03-04")
    assert verdicts(level("151", longer), level("112", window("2023-01-01", "2023-02-28"), at=5),
                    change("35%", longer, window("2023-01-01", "2023-02-28"))) == []  # fmt: skip


def test_two_totals_whose_start_nobody_says_are_not_known_to_be_as_long() -> None:
    now, then = since("2024-12-31", start=None), since("2023-12-31", start=None)
    assert verdicts(level("151", now), level("112", then, at=5), change("35%", now, then)) == []
    assert verdicts(level("151", now), BASE, change("35%", now, BEFORE)) == []
    assert verdicts(NEW, level("112", then, at=5), change("35%", YEAR, then)) == []
    days_before = since("2024-12-28", start=None)
    assert verdicts(level("151", now), level("112", days_before, at=5), change("35%", now, days_before)) == []


def test_a_change_and_its_level_imply_a_base_that_nobody_printed() -> None:
    (check,) = made(level("151"), change("35%"))
    assert as_told(check) == (
        Law.CHANGE, "open", "up 35% to 151: the figure before it is not on record",
        "derived: 151 after up 35% implies a base of 111.44 to 112.27", ("111.44 to 112.27",),
        ["new 151", "claim 35%"], None,
    )  # fmt: skip
    assert (check.claimed, check.computed) == (between("34.5", "35.5"), between("111.439114", "112.267658"))
    assert made(level("151"), change("-100%")) == []  # of nothing, nothing can be derived
    assert made(change("35%")) == []
    fall = told(figure("35%", Hedge.OVER, YEAR, unit="percent", measure=Measure.CHANGE, baseline=BEFORE, value="-35"))
    assert verdicts(level("151"), fall) == ["open"]


def test_what_is_on_record_is_asked_where_the_article_says_nothing() -> None:
    assert verdicts(NEW, change("35%"), known=(BASE,)) == ["holds"]
    assert verdicts(change("35%"), known=(NEW, BASE)) == ["holds"]
    assert verdicts(NEW, change("35%"), known=(level("112", LONG_AGO, at=5), BASE)) == ["holds"]
    assert verdicts(NEW, change("35%"), known=(level("112", LONG_AGO, at=5),)) == ["open"]
    other = level("101", BEFORE, at=6)
    assert verdicts(NEW, other, change("35%"), known=(BASE,)) == ["fails"]  # the article's own comes first


FIRST, LAST = level("112", BEFORE), level("448", at=5)


def test_a_multiple_is_told_with_what_comes_out() -> None:
    (check,) = made(LAST, FIRST, ratio("tripled", "3"))
    assert as_told(check) == (
        Law.RATIO, "fails", "tripled", "448 / 112 = 4 times", ("4 times",),
        ["new 448", "base 112", "claim tripled"], None,
    )  # fmt: skip
    assert (check.claimed, check.computed) == (between("3", "3"), between("4", "4"))


@pytest.mark.parametrize(
    ("word", "value", "verdict", "rounding"),
    [
        ("quadrupled", "4", "holds", None),
        ("4.4 times", "4.4", "fails", None),
        ("4.0 times", "4.0", "holds", None),
        ("4.1 times", "4.1", "fails", None),
        ("quintupled", "5", "fails", None),
    ],
)
def test_a_multiple_in_figures_is_held_to_its_last_place(
    word: str, value: str, verdict: str, rounding: str | None
) -> None:
    (check,) = made(LAST, FIRST, ratio(word, value))
    assert (str(check.verdict), check.rounding) == (verdict, rounding)


@pytest.mark.parametrize(
    ("text", "word", "value", "verdict", "rounding"),
    [
        ("403.2", "quadrupled", "4", "loose", A_WORD),  # 3.6 times: just a tenth off
        ("492.8", "quadrupled", "4", "loose", A_WORD),
        ("403", "quadrupled", "4", "fails", None),
        ("493", "quadrupled", "4", "fails", None),
        ("403", "4 times", "4", "loose", TO_ITS_STEP),
        ("403.2", "four times", "4", "loose", A_WORD),
        ("30.8", "a quarter", "0.25", "loose", A_WORD),
        ("403", "3.6 times", "3.6", "loose", TO_ITS_STEP),
        ("397.6", "3.6 times", "3.6", "loose", TO_ITS_STEP),  # 3.55: the last that rounds to 3.6
        ("397.5", "3.6 times", "3.6", "fails", None),
    ],
)
def test_a_word_is_loose_by_a_tenth_and_a_number_by_its_last_place(
    text: str, word: str, value: str, verdict: str, rounding: str | None
) -> None:
    (check,) = made(level(text, at=5), FIRST, ratio(word, value))
    assert (str(check.verdict), check.rounding) == (verdict, rounding)


@pytest.mark.parametrize(
    "other",
    [
        level("448", at=5, metric="tins"),
        level("448", at=5, unit="tins"),
        level("448", at=5, dims=SWEET),
        level("448", None, at=5),
        level("448", window("2024-06-01", "2024-06-30"), at=5),
        level("448", at=5, status=Status.PLAN),
        level("0", at=5),
    ],
    ids=lambda other: f"{other.figure.text} {other.series} {other.frame}",
)
def test_a_multiple_is_of_the_same_thing_over_times_cut_alike(other: Reported) -> None:
    assert "holds" not in verdicts(other, FIRST, ratio("quadrupled", "4"))


def test_a_stated_time_of_a_multiple_is_the_time_of_what_it_compares() -> None:
    three = (FIRST, level("336", at=4), level("448", window("2025-01-01", "2025-12-31"), at=5))
    assert verdicts(*three, ratio("quadrupled", "4")) == ["holds"]
    assert verdicts(*three, ratio("quadrupled", "4", YEAR)) == ["fails"]
    assert verdicts(*three, ratio("quadrupled", "4", window("2025-01-01", "2025-12-31"), YEAR)) == ["fails"]
    assert verdicts(*three, ratio("quadrupled", "4", window("2025-01-01", "2025-12-31"), BEFORE)) == ["holds"]
    assert verdicts(*three, ratio("quadrupled", "4", YEAR, LONG_AGO)) == []
    assert verdicts(LAST, FIRST, ratio("quadrupled", "4", status=Status.TARGET)) == []
    assert verdicts(FIRST, level("0", LONG_AGO), ratio("quadrupled", "4")) == []  # of nothing there is no multiple
    assert verdicts(LAST, FIRST, level("4", unit="times")) == []
    assert verdicts(level("448", None, at=5), level("112", None), ratio("quadrupled", "4")) == []


def test_the_rounding_of_operands_saves_a_word_without_a_word() -> None:
    (check,) = made(level("2,000", at=5), level("400", BEFORE), ratio("quadrupled", "4"))
    assert (str(check.verdict), check.rounding) == ("holds", None)


@pytest.mark.parametrize(
    "figures",
    [
        (NEW, BASE, change("35%")),
        (LAST, FIRST, ratio("quadrupled", "4")),
        (level("37"), level("148", metric="tins", at=5), share("25%")),
    ],
    ids=["change", "ratio", "share"],
)
def test_nothing_is_made_of_a_number_that_has_no_end(figures: tuple[Reported, ...]) -> None:
    assert verdicts(*figures) == ["holds"]
    for at in range(3):
        assert verdicts(*figures[:at], endless(figures[at]), *figures[at + 1 :]) == []
    fallen = told(figure("6,000", Hedge.OVER, YEAR, value="-6,000", at=3))
    assert verdicts(fallen, *figures[1:]) == []  # nor of less than nothing


def test_nothing_is_derived_from_a_number_that_has_no_end() -> None:
    assert verdicts(endless(NEW), change("35%")) == []
    assert verdicts(NEW, endless(change("35%"))) == []
