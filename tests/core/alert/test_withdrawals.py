"""What is taken back: told when it stood, and never when the article only says it in other words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from feed.alert.decision import Decision, Told
from feed.alert.rules import decide
from feed.model.alert import Severity
from feed.model.fact import Office
from feed.model.figure import Quote
from feed.model.quantity import Qualifier as Hedge
from feed.model.report import FactWithdrawn
from feed.model.rules import Rules, SeverityRow
from feed.model.standing import Reported, State, state
from feed.model.standings import EMPTY, Standings
from tests.core.alert.test_rules import RULES, Plain, outcomes, sentences
from tests.standings import with_told
from tests.told import day, draft, figure, since, told

NEARLY = told(figure("19,000", Hedge.NEARLY, since("2025-01-31")), "release", "Biscuit Office", "2025-02-10")
MORE = told(figure("24,000", Hedge.OVER, since("2025-03-31")), "crumb", "Crumb", "2025-03-31")
SOFAR = told(figure("24,000", Hedge.OVER, since("2025-03-31", start=None)), "crumb", "Crumb", "2025-03-31")
QUOTE = Quote(exact="q", start=0, end=1)


def record(*figures: Reported, states: Iterable[State] = ()) -> Standings:
    return with_told(EMPTY, figures, states, frozenset())


def edit(
    before: Standings, gone: tuple[Reported | State, ...], *figures: Reported, states: tuple[State, ...] = ()
) -> Decision:
    because = tuple((old, FactWithdrawn(fact=old.id, why="edited", by="Crumb", reason="no more.")) for old in gone)
    return decide(before, Told("crumb", figures, states, because), (), RULES, Plain())


def test_what_stood_and_is_gone_is_told_with_what_stands_again() -> None:
    decision = edit(record(NEARLY, MORE), (MORE,))
    assert sentences(decision) == [
        "withdrawn medium: Biscuits since 5 July 2024: more than 24,000 is withdrawn (Crumb); "
        "nearly 19,000 to 31 January stands"
    ]
    (alert,) = decision.alerts
    assert (alert.old, alert.new) == (MORE.id, NEARLY.id)
    assert alert.trace == (
        "Series biscuits/level/packets, frame since 2024-07-05.", "On record more than 24,000. It stood.",
        "Withdrawn by Crumb: no more.", "nearly 19,000 stands again.", "Class: withdrawn.",
    )  # fmt: skip


def test_nothing_may_be_left() -> None:
    decision = edit(record(MORE), (MORE,))
    assert decision.alerts[0].sentence.endswith("is withdrawn (Crumb); nothing stands in its place")
    assert "Nothing stands in its place." in decision.alerts[0].trace


def test_what_did_not_stand_is_taken_back_in_silence() -> None:
    assert edit(record(NEARLY, MORE), (NEARLY,)).alerts == ()


def test_one_number_told_of_two_times_is_one_alert() -> None:
    assert [alert.old for alert in edit(record(SOFAR, MORE), (SOFAR, MORE)).alerts] == [MORE.id]


def test_another_number_in_its_place_is_a_revision_of_it() -> None:
    instead = told(figure("25,000", Hedge.OVER, since("2025-03-31"), at=3), "crumb", "Crumb", "2025-03-31")
    decision = edit(record(NEARLY, MORE), (MORE,), instead)
    assert sentences(decision) == [
        "revised medium: Biscuits since 5 July 2024: more than 25,000, which revises more than 24,000 (Crumb)"
    ]
    assert "Withdrawn by Crumb: no more." in decision.alerts[0].trace


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("24,000", "repeated (the article was changed, and still says so)"),
        ("24,103", "refined (the article was changed, and still says so)"),
    ],
)
def test_the_same_in_another_place_or_finer_is_no_news(text: str, outcome: str) -> None:
    hedge = Hedge.OVER if text == "24,000" else Hedge.EXACT
    instead = told(figure(text, hedge, since("2025-03-31"), at=3), "crumb", "Crumb", "2025-03-31")
    decision = edit(record(NEARLY, MORE), (MORE,), instead)
    assert (decision.alerts, outcomes(decision)) == ((), [outcome])


def test_of_two_that_are_gone_only_the_one_without_another_in_its_place_is_withdrawn() -> None:
    tins = told(figure("310", period=since("2025-03-31"), metric="tins", at=7), "crumb", "Crumb", "2025-03-31")
    instead = told(figure("312", period=since("2025-03-31"), metric="tins", at=9), "crumb", "Crumb", "2025-03-31")
    decision = edit(record(MORE, tins), (MORE, tins), instead)
    assert [(alert.alert, alert.old) for alert in decision.alerts] == [("revised", tins.id), ("withdrawn", MORE.id)]


def test_a_new_fact_may_name_what_it_replaces() -> None:
    made = figure("25,000", Hedge.OVER, since("2025-04-05"), at=3)
    plain = told(made, "crumb", "Crumb", "2025-03-31")
    named = told(made, "crumb", "Crumb", "2025-03-31", replaces=MORE.id)
    other = told(made, "crumb", "Crumb", "2025-03-31", replaces=NEARLY.id)
    assert [a.alert for a in edit(record(NEARLY, MORE), (MORE,), named).alerts] == ["revised"]
    for new in (plain, other):
        assert {a.alert for a in edit(record(NEARLY, MORE), (MORE,), new).alerts} == {"superseded", "withdrawn"}


def holds(holder: str, as_of: str, article: str) -> State:
    office = Office(office="baker", country="GB", holder=holder, as_of=day(as_of), quote=QUOTE)
    made = state(draft(office, article, published=as_of))
    assert made is not None
    return made


def test_a_state_that_is_taken_back() -> None:
    ann, bea = holds("Ann", "2024-08-29", "a"), holds("Bea", "2025-10-24", "crumb")
    assert sentences(edit(record(states=[ann, bea]), (bea,))) == [
        "withdrawn medium: Baker: Bea is withdrawn (Crumb); Ann stands"
    ]
    assert sentences(edit(record(states=[bea]), (bea,))) == [
        "withdrawn medium: Baker: Bea is withdrawn (Crumb); nothing stands in its place"
    ]
    assert edit(record(states=[ann, bea]), (ann,)).alerts == ()
    assert [
        a.alert for a in edit(record(states=[ann, bea]), (bea,), states=(holds("Cyd", "2025-10-24", "x"),)).alerts
    ] == ["state_changed"]


def test_each_that_is_gone_keeps_its_own_reason() -> None:
    tins = told(figure("310", period=since("2025-03-31"), metric="tins", at=7), "crumb", "Crumb", "2025-03-31")
    instead = told(figure("312", period=since("2025-03-31"), metric="tins", at=9), "crumb", "Crumb", "2025-03-31")
    gone = tuple((old, FactWithdrawn(fact=old.id, why="reviewed", by="A. Reader", reason=reason)) for old, reason in
                 ((MORE, "a caption"), (tins, "miscounted")))  # fmt: skip
    decision = decide(record(MORE, tins), Told("crumb", (instead,), (), gone), (), RULES, Plain())
    assert [[step for step in alert.trace if "Withdrawn" in step] for alert in decision.alerts] == [
        ["Withdrawn by A. Reader: miscounted."], ["Withdrawn by A. Reader: a caption."]
    ]  # fmt: skip


def test_the_same_number_printed_less_finely_is_still_the_same() -> None:
    fine, coarse = (told(figure(text, period=since("2025-03-31"), at=at), "crumb", "Crumb", "2025-03-31")
                    for at, text in enumerate(("500.0", "500")))  # fmt: skip
    assert outcomes(edit(record(fine), (fine,), coarse)) == ["repeated (the article was changed, and still says so)"]


def test_what_tells_no_time_is_withdrawn_too_and_after_what_tells_one() -> None:
    untimed = told(figure("24,000", Hedge.OVER), "crumb", None, "2025-03-31")
    (alert,) = edit(record(untimed), (untimed,)).alerts
    assert alert.sentence == "Biscuits: more than 24,000 is withdrawn (crumb); nothing stands in its place"
    assert [alert.old for alert in edit(record(untimed, MORE), (untimed, MORE)).alerts] == [MORE.id]


def test_a_state_that_is_taken_back_is_as_loud_as_its_kind_and_names_what_stands_again() -> None:
    loud = Rules(severity=(SeverityRow(alert="withdrawn", metric="office", severity=Severity.HIGH),
                           SeverityRow(alert="state_changed", metric="office", severity=Severity.HIGH)))  # fmt: skip
    ann, bea = holds("Ann", "2024-08-29", "a"), holds("Bea", "2025-10-24", "crumb")
    nobody = replace(bea, data=bea.data.model_copy(update={"publisher": None}))
    gone = ((nobody, FactWithdrawn(fact=bea.id, why="edited", by="Crumb", reason="no more")),)
    (alert,) = decide(record(states=[ann, nobody]), Told("crumb", (), (), gone), (), loud, Plain()).alerts
    assert (alert.severity, alert.old, alert.new) == ("high", bea.id, ann.id)
    assert alert.sentence == "Baker: Bea is withdrawn (crumb); Ann stands"
    assert alert.trace == (
        "On record: Bea, as of 2025-10-24. It stood.", "Withdrawn by Crumb: no more.", "Class: withdrawn."
    )  # fmt: skip
    (changed,) = decide(record(states=[ann]), Told("crumb", (), (bea,)), (), loud, Plain()).alerts
    assert changed.severity == "high"


def test_figures_and_states_are_taken_back_together_each_as_loud_as_its_row() -> None:
    loud = Rules(severity=(SeverityRow(alert="withdrawn", measure="level", severity=Severity.HIGH),
                           SeverityRow(alert="withdrawn", measure="state", severity=Severity.LOW),
                           SeverityRow(alert="state_changed", measure="state", severity=Severity.LOW)))  # fmt: skip
    ann, bea = holds("Ann", "2024-08-29", "a"), holds("Bea", "2025-10-24", "crumb")
    gone = tuple((old, FactWithdrawn(fact=old.id, why="edited", by="Crumb", reason="no more")) for old in (MORE, bea))
    decision = decide(record(MORE, states=[bea]), Told("crumb", (), (), gone), (), loud, Plain())
    assert [(alert.old, str(alert.severity)) for alert in decision.alerts] == [(bea.id, "low"), (MORE.id, "high")]
    (changed,) = decide(record(states=[ann]), Told("crumb", (), (bea,)), (), loud, Plain()).alerts
    assert changed.severity == "low"


def test_what_tells_no_time_is_put_in_the_place_of_what_tells_one_only_by_name() -> None:
    untimed = told(figure("25,117"), "crumb", "Crumb", "2025-03-31", replaces=MORE.id)
    timed = told(figure("25,117", period=since("2025-03-31")), "crumb", "Crumb", "2025-03-31", replaces=SOFAR.id)
    bare = told(figure("24,000", Hedge.OVER), "crumb", "Crumb", "2025-03-31")
    back = told(figure("25,117", period=since("2025-03-31")), "crumb", "Crumb", "2025-03-31", replaces=bare.id)
    for old, new, dated in ((MORE, untimed, False), (bare, back, False), (SOFAR, timed, True)):
        alert = edit(record(old), (old,), new).alerts[0]
        assert alert.alert == "revised"
        assert any(step.startswith("On record to ") for step in alert.trace) is dated


def test_a_figure_of_another_article_and_a_state_are_nothing_to_put_it_in_the_place_of() -> None:
    bea = holds("Bea", "2025-10-24", "crumb")
    elsewhere = told(figure("30,117", period=since("2025-03-31"), at=3), "echo", "Echo", "2025-04-01")
    decision = edit(record(MORE, states=[bea]), (bea, MORE), elsewhere)
    assert {alert.alert for alert in decision.alerts} == {"withdrawn"}
    assert outcomes(decision) == ["first (nothing on record to compare it with)"]
