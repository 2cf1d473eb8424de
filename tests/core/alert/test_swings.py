"""Once is enough: swings, copies and old numbers that are printed again. Told of biscuits."""

from __future__ import annotations

import pytest

from feed.alert.arithmetic import explained
from feed.alert.rules import BACK, THEN, UNMOVED
from feed.model.check import Check, Law, Operand, Verdict
from feed.model.period import Basis
from feed.model.quantity import Qualifier as Hedge
from feed.model.standing import Reported
from feed.model.standings import EMPTY
from tests.core.alert.test_rules import news, on_record, outcomes, sentences
from tests.told import figure, since, told, window

OFFICE, CRUMB, DOUGH = "Biscuit Office", "Crumb", "Dough"
JUNE = window("2025-06-30", "2025-06-30")


def tins(text: str, publisher: str, published: str | None, *, originator: str | None = None) -> Reported:
    made = figure(text, period=JUNE, metric="tins", originator=originator)
    return told(made, f"{publisher} {published}", publisher, published)


FIRST, REVISED = tins("32,059", OFFICE, "2025-08-21"), tins("32,041", OFFICE, "2025-08-25")


def test_a_source_that_goes_back_to_its_word_within_30_days_is_told_once() -> None:
    before = on_record(FIRST, REVISED)
    assert outcomes(news(before, tins("32,059", OFFICE, "2025-09-20"))) == [f"repeated ({BACK})"]
    assert outcomes(news(before, tins("32,059", OFFICE, "2025-09-21"))) == ["revised"]
    # An article of the day before it, or of no day, did not go back to anything.
    assert outcomes(news(before, tins("32,059", OFFICE, "2025-08-20"))) == [
        "belated (a later figure is already on record)"
    ]
    assert outcomes(news(before, tins("32,059", OFFICE, None))) == ["contradicted"]


def test_who_prints_what_its_own_source_replaced_quotes_an_old_figure() -> None:
    before = on_record(FIRST, REVISED)
    quoting = tins("32,059", CRUMB, "2025-12-01")
    assert sentences(news(before, quoting)) == [
        "stale medium: Tins at 30 June 2025: 32,059, an old figure: it was revised to 32,041 (Biscuit Office)"
    ]
    attributed = tins("32,059", CRUMB, "2025-12-01", originator=OFFICE)
    assert outcomes(news(before, attributed)) == ["stale"]
    again = tins("32,059", CRUMB, "2025-12-04")
    assert outcomes(news(on_record(FIRST, REVISED, quoting), again)) == [f"repeated ({BACK})"]


def test_who_printed_it_before_its_source_replaced_it_comes_late_and_quotes_nothing_old() -> None:
    before = on_record(FIRST, REVISED)
    for published in ("2025-08-20", "2025-08-24"):
        assert outcomes(news(before, tins("32,059", CRUMB, published))) == [f"belated ({THEN})"]
    assert outcomes(news(before, tins("32,059", CRUMB, "2025-08-26"))) == ["stale"]


def test_the_same_contradiction_by_another_paper_is_no_second_one() -> None:
    other = tins("30,117", CRUMB, "2025-09-01")
    assert outcomes(news(on_record(FIRST), other)) == ["contradicted"]
    third = tins("30,117", DOUGH, "2025-12-02")
    assert outcomes(news(on_record(FIRST, other), third)) == ["repeated (the same contradiction is already on record)"]
    assert outcomes(news(on_record(FIRST, other), tins("31,118", DOUGH, "2025-12-02"))) == ["contradicted"]


def test_a_revision_that_papers_carried_first_is_told_once_and_one_that_they_only_claimed_is_confirmed() -> None:
    carried = tins("32,041", CRUMB, "2025-08-25", originator=OFFICE)
    assert outcomes(news(on_record(FIRST), carried)) == ["revised"]
    for again in (REVISED, tins("32,041", DOUGH, "2025-08-26", originator=OFFICE)):
        assert outcomes(news(on_record(FIRST, carried), again)) == ["repeated (the same revision is already on record)"]
    claimed = tins("32,041", CRUMB, "2025-08-25")
    assert outcomes(news(on_record(FIRST), claimed)) == ["contradicted"]
    assert outcomes(news(on_record(FIRST, claimed), REVISED)) == ["revised"]


def test_a_later_time_with_the_same_number_moved_nothing() -> None:
    first = told(figure("20,433", period=since("2025-01-28")), "a", published="2025-01-29")
    later = told(figure("20,433", period=since("2025-01-29")), "b", published="2025-01-30")
    assert outcomes(news(on_record(first), later)) == [f"repeated ({UNMOVED})"]
    more = told(figure("20,434", period=since("2025-01-29")), "b", published="2025-01-30")
    assert outcomes(news(on_record(first), more)) == ["superseded"]


def test_the_whole_told_of_a_part_is_another_scope_also_where_the_part_has_a_number() -> None:
    whole = told(figure("24,000", Hedge.OVER, since("2025-03-31")), "a", CRUMB, "2025-03-31")
    part = told(figure("2,061", period=since("2024-11-28"), dims={"kind": "sweet"}), "b", CRUMB, "2024-11-28")
    today = since("2025-04-02", basis=Basis.PUBLISHED)
    new = told(figure("24,000", period=today, dims={"kind": "sweet"}), "c", DOUGH, "2025-04-02")
    assert sentences(news(on_record(whole, part), new)) == [
        "rescoped medium: 24,000 is told of biscuits, kind sweet; on record it is of biscuits"
    ]
    # Another kind, or another metric, may well have the same number.
    sour = told(figure("24,000", Hedge.OVER, since("2025-03-31"), dims={"kind": "sour"}), "a", CRUMB, "2025-03-31")
    tin = told(figure("24,000", Hedge.OVER, since("2025-03-31"), metric="tins"), "a", CRUMB, "2025-03-31")
    assert outcomes(news(on_record(sour, tin, part), new)) == ["superseded"]


OPERANDS = (
    Operand(id="a" * 32, printed="3,788", role="part"),
    Operand(id="b" * 32, printed="127,834", role="whole"),
    Operand(id="c" * 32, printed="three per cent", role="claim"),
)


def failed(law: Law, what: str = "the sum of the parts of 11,095", operands: tuple[Operand, ...] = OPERANDS) -> Check:
    return Check(law=law, verdict=Verdict.FAILS, what=what, formula="1 / 2 = 50 %", operands=operands)


@pytest.mark.parametrize(
    ("law", "sentence"),
    [
        (Law.DIFFERENCE, "The sum of the parts of 11,095 do not agree: 1 / 2 = 50 %"),
        (Law.CHANGE, "Biscuits: the sum of the parts of 11,095 does not follow: 1 / 2 = 50 %"),
        (Law.SHARE, "Biscuits: “three per cent” does not follow: 1 / 2 = 50 %"),
        (Law.RATIO, "Biscuits: “three per cent” does not follow: 1 / 2 = 50 %"),
        (Law.SUM, "Biscuits: the sum of the parts of 11,095 does not come out: 1 / 2 = 50 %"),
        (Law.PART, "Biscuits: a part is more than its whole: 1 / 2 = 50 %"),
        (Law.SO_FAR, "Biscuits: the sum of the parts of 11,095"),
        (Law.LIST, "The sum of the parts of 11,095: 1 / 2 = 50 %"),
    ],
)
def test_what_does_not_come_out_is_said_in_one_sentence_with_its_numbers(law: Law, sentence: str) -> None:
    assert explained(failed(law), "Biscuits") == sentence


def test_every_law_has_its_sentence_and_none_needs_a_title() -> None:
    for law in Law:
        assert explained(failed(law), "")[0] not in ": "


def test_arithmetic_that_people_were_told_of_is_not_told_again_of_a_copy() -> None:
    share = told(figure("three per cent", period=since("2025-01-31"), unit="percent", value="3"), "a")
    check = failed(Law.SHARE, operands=(*OPERANDS[:2], Operand(id=share.id, printed="three per cent", role="claim")))
    (alert,) = news(EMPTY, share, checks=(check,)).alerts
    assert (alert.alert, alert.check) == ("inconsistent", check)
    assert alert.sentence.startswith("Biscuits: “three per cent”")
    told_before = EMPTY.with_failed(check.numbers, "x")
    assert news(told_before, share, checks=(check,)).alerts == ()
    other = failed(Law.SHARE, operands=OPERANDS[:2])
    assert len(news(told_before, share, checks=(other,)).alerts) == 1


def test_the_number_of_a_check_is_the_same_for_a_copy_that_came_out_on_another_day() -> None:
    moved = failed(Law.SHARE, "another what", tuple(reversed(OPERANDS)))
    assert moved.numbers == failed(Law.SHARE).numbers
    assert failed(Law.RATIO).numbers != failed(Law.SHARE).numbers
