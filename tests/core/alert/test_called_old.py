"""One article tells a new number and the old one that it replaces. Told of biscuits."""

from __future__ import annotations

from feed.alert.answer import Verdict, answer
from feed.alert.decision import Told
from feed.alert.rules import CALLED, OLD, QUOTED, THEN, decide
from feed.model.line import standing
from feed.model.period import Period
from feed.model.report import FactWithdrawn
from feed.model.standing import Reported
from feed.model.standings import EMPTY
from tests.core.alert.test_rules import RULES, Plain, news, on_record, outcomes, sentences
from tests.told import figure, since, told

JANUARY = since("2025-01-31")


def says(text: str, by: str, on: str, *, old: bool = False, at: int = 0, period: Period = JANUARY) -> Reported:
    return told(figure(text, period=period, superseded=old, at=at), f"{by} {on}", by, on)


FIRST = says("728,000", "Dough", "2025-02-10")
NEW = says("649,000", "Crumb", "2025-05-22")
OF_IT = says("728,000", "Crumb", "2025-05-22", old=True, at=20)
LATE = says("728,000", "Rusk", "2025-07-01")


def test_who_tells_of_a_revision_contradicts_nobody() -> None:
    decision = news(on_record(FIRST), NEW, OF_IT)
    assert sentences(decision) == ["revised medium: Biscuits since 5 July 2024: 649,000, which revises 728,000 (Dough)"]
    assert decision.alerts[0].trace[-2] == CALLED
    assert outcomes(decision) == ["revised", f"belated ({OLD})"]


def test_only_the_very_number_that_is_called_old_is_revised() -> None:
    other = says("731,000", "Dough", "2025-02-10")
    assert [alert.alert for alert in news(on_record(other), NEW, OF_IT).alerts] == ["contradicted"]
    elsewhen = says("728,000", "Crumb", "2025-05-22", old=True, at=20, period=since("2024-12-31"))
    assert [alert.alert for alert in news(on_record(FIRST), NEW, elsewhen).alerts] == ["contradicted"]
    tins = told(figure("728,000", period=JANUARY, metric="tins", superseded=True, at=20), "c", "Crumb", "2025-05-22")
    assert [alert.alert for alert in news(on_record(FIRST), NEW, tins).alerts] == ["contradicted"]
    assert [alert.alert for alert in news(on_record(FIRST), NEW).alerts] == ["contradicted"]
    both = says("728,000", "Crumb", "2025-05-22", at=20)  # told beside the other, and not as an old number
    assert [alert.alert for alert in news(on_record(FIRST), NEW, both).alerts] == ["contradicted"]


def test_inside_one_article_nothing_is_an_alert_and_no_number_of_old_is_the_first() -> None:
    assert outcomes(news(EMPTY, NEW, OF_IT)) == [
        "first (nothing on record to compare it with)", f"belated ({OLD})",
    ]  # fmt: skip
    assert outcomes(news(EMPTY, OF_IT)) == [f"belated ({OLD})"]
    assert news(on_record(NEW), OF_IT).alerts == ()


def test_who_prints_it_afterwards_quotes_an_old_figure() -> None:
    for held in ((NEW, OF_IT), (FIRST, NEW, OF_IT)):
        (alert,) = news(on_record(*held), LATE).alerts
        assert (alert.alert, alert.trace[-2]) == ("stale", QUOTED)
        assert on_record(*held, LATE).figure(NEW.group) == NEW
    # That nobody called old is another word against a word: the later one stands.
    assert on_record(FIRST, NEW, LATE).figure(NEW.group) == LATE
    # The office that counts may take it up again.
    own = says("728,000", "Biscuit Office", "2025-07-01")
    assert [alert.alert for alert in news(on_record(NEW, OF_IT), own).alerts] == ["contradicted"]


def test_it_counts_as_old_also_when_that_is_learned_late() -> None:
    """Also behind another figure that stands as it did before."""
    between = says("649,000", "Dough", "2025-06-01")
    for held in ((NEW, LATE, OF_IT), (NEW, OF_IT, LATE)):
        assert on_record(*held).figure(NEW.group) == standing(held) == NEW
    for more in ((NEW, between, LATE, OF_IT), (OF_IT, LATE, between, NEW)):
        assert on_record(*more).figure(NEW.group) == standing(more) == between


def test_who_printed_it_before_and_comes_late_is_no_news() -> None:
    assert outcomes(news(on_record(NEW, OF_IT), FIRST)) == [f"belated ({THEN})"]
    assert on_record(NEW, OF_IT, FIRST).line(NEW.group).on("2025-03-01") == FIRST


def test_who_tells_the_old_number_with_a_later_one_revises_nothing() -> None:
    later = says("731,000", "Crumb", "2025-05-22", period=since("2025-04-30"))
    assert [alert.alert for alert in news(on_record(FIRST), later, OF_IT).alerts] == ["superseded"]


def test_the_old_number_of_this_time_is_quoted_though_it_was_first_told_of_another() -> None:
    december = says("728,000", "Dough", "2025-01-10", period=since("2024-12-31"))
    (alert,) = news(on_record(december, NEW, OF_IT), LATE).alerts
    assert (alert.alert, alert.old) == ("stale", NEW.id)


def test_a_fall_is_one_also_where_somebody_calls_the_lower_number_old_later() -> None:
    """What took its place nobody told: January's number stands, and is higher. Nor was the lower one told before."""
    march = since("2025-03-31")
    old = says("649,000", "Crumb", "2025-05-22", old=True, period=march)
    fallen = says("649,000", "Rusk", "2025-04-02", period=march)
    assert [alert.alert for alert in news(on_record(FIRST, old), fallen).alerts] == ["contradicted"]


def test_of_another_time_the_same_number_is_another_number() -> None:
    march = says("728,000", "Rusk", "2025-07-01", period=since("2025-03-31"))
    assert [alert.alert for alert in news(on_record(NEW, OF_IT), march).alerts] == ["superseded"]


def test_it_is_no_operand_and_no_look_alike() -> None:
    known = on_record(OF_IT)
    assert list(known.about("biscuits", JANUARY.end, JANUARY.end)) == []
    assert list(on_record(NEW, OF_IT).about("biscuits", JANUARY.end, JANUARY.end)) == [NEW]
    again = on_record(NEW, OF_IT, LATE).without([LATE.id])
    assert list(again.about("biscuits", JANUARY.end, JANUARY.end)) == [NEW]
    tins = told(figure("728,000", period=JANUARY, metric="tins"), "z", "Zwieback", "2025-06-01")
    assert list(known.alike(tins)) == []
    assert known.without([OF_IT.id]).lines.get(OF_IT.group) is None
    assert on_record(NEW, OF_IT).without([NEW.id]).line(NEW.group).first_to_call_old(FIRST) == OF_IT


def test_an_article_that_now_calls_its_number_old_has_taken_it_back() -> None:
    gone = (FIRST, FactWithdrawn(fact=FIRST.id, why="edited", by="Dough", reason="no more."))
    article = FIRST.figure.article
    now = told(figure("728,000", period=JANUARY, superseded=True), article, "Dough", "2025-02-10")
    decision = decide(on_record(FIRST), Told(article, (now,), (), (gone,)), (), RULES, Plain())
    assert [alert.alert for alert in decision.alerts] == ["withdrawn"]


def test_who_claims_the_old_number_is_told_what_took_its_place() -> None:
    given = answer(on_record(NEW, OF_IT), says("728,000", "somebody", "2025-06-01"))
    assert (given.verdict, given.matches, given.stands) == (Verdict.STALE, OF_IT, NEW)
    given = answer(on_record(OF_IT), says("728,000", "somebody", "2025-06-01"))
    assert given.verdict is Verdict.UNKNOWN
