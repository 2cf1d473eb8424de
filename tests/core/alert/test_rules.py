"""Which news is an alert, and why the rest stays quiet. Told of biscuits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import pytest

from feed.alert.arithmetic import gap
from feed.alert.decision import Decision, Told, moved
from feed.alert.rules import decide
from feed.alert.severity import severity
from feed.model.alert import Severity
from feed.model.check import Check, Law, Verdict
from feed.model.fact import Office, Scheme
from feed.model.figure import Measure, Quote, Status
from feed.model.period import Basis, Period
from feed.model.quantity import Interval
from feed.model.quantity import Qualifier as Hedge
from feed.model.rules import Rules, SeverityRow
from feed.model.standing import Reported, State, state
from feed.model.standings import EMPTY, Standings
from tests.standings import with_told
from tests.told import day, draft, figure, since, told, window

RULES = Rules(
    severity=(
        SeverityRow(alert="superseded", moved_less=Decimal("0.05"), severity=Severity.LOW),
        SeverityRow(alert="superseded", metric="tins", severity=Severity.HIGH),
        SeverityRow(alert="inconsistent", moved_less=Decimal("0.01"), severity=Severity.LOW),
        SeverityRow(alert="revised", moved_more=Decimal("0.5"), severity=Severity.HIGH),
        SeverityRow(alert="contradicted", severity=Severity.HIGH),
    ),
    caps=("crumbs",),
)


@dataclass(frozen=True)
class Plain:
    def title(self, metric: str) -> str:
        return metric.capitalize()

    def wording(self, dim: str, value: str) -> str:
        return f"{dim} {value}"

    def subject(self, subject: str) -> str:
        return subject.rpartition("/")[2].rpartition(" ")[2].capitalize()


def on_record(*figures: Reported, states: Iterable[State] = ()) -> Standings:
    return with_told(EMPTY, figures, states, frozenset())


def news(
    before: Standings, *figures: Reported, states: tuple[State, ...] = (), checks: tuple[Check, ...] = ()
) -> Decision:
    return decide(before, Told("new", figures, states), checks, RULES, Plain())


def sentences(decision: Decision) -> list[str]:
    return [f"{a.alert} {a.severity.value}: {a.sentence}" for a in decision.alerts]


def outcomes(decision: Decision) -> list[str]:
    return [o.word + (f" ({o.held})" if o.held else "") for o in decision.outcomes]


NEARLY = told(figure("19,000", Hedge.NEARLY, since("2025-01-31")), "first", "Biscuit Office", "2025-02-10")
MORE = told(figure("24,000", Hedge.OVER, since("2025-03-31")), "second", "Crumb", "2025-03-31")


def test_a_later_period_supersedes_and_says_what_it_was() -> None:
    decision = news(on_record(NEARLY), MORE)
    assert sentences(decision) == [
        "superseded medium: Biscuits since 5 July 2024: more than 24,000 (was nearly 19,000 to 31 January)"
    ]
    (alert,) = decision.alerts
    assert (alert.old, alert.new) == (NEARLY.id, MORE.id)
    assert "The new figure supersedes the one on record: a later period, not a revision." in alert.trace


def test_what_arrives_late_is_belated_and_not_pushed() -> None:
    decision = news(on_record(MORE), NEARLY)
    assert (sentences(decision), outcomes(decision)) == ([], ["belated (a later figure is already on record)"])


def test_routine_progress_is_low() -> None:
    little = told(figure("19,100", period=since("2025-02-28")), published="2025-03-01")
    assert sentences(news(on_record(NEARLY), little))[0].startswith("superseded low: ")
    first, more = (told(figure(text, period=since(end)), text, "Crumb", end) for text, end in
                   (("20,117", "2025-01-31"), ("21,123", "2025-02-28")))  # fmt: skip
    # By a twentieth of what it was, though by less than that of what it is now.
    assert sentences(news(on_record(first), more))[0].startswith("superseded medium: ")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("18,200", "contradicted"),
        ("18,950", "refined (a finer figure within the one on record)"),
        ("about 18,900", "agreed (both can be true)"),
        ("about 19,000", "agreed (a coarser figure that holds the one on record)"),
    ],
)
def test_another_outlets_figure_for_the_same_period(text: str, outcome: str) -> None:
    about, _, number = text.rpartition(" ")
    hedge = Hedge.ABOUT if about else Hedge.EXACT
    same = told(figure(number, hedge, since("2025-01-31")), "b", "Crumb", "2025-05-01")
    assert outcomes(news(on_record(NEARLY), same)) == [outcome]
    # It is judged by the figure of its own period, even when a later one stands by now.
    assert outcomes(news(on_record(NEARLY, MORE), same)) == [outcome]


def test_several_figures_of_one_series_are_one_step_and_the_last_word_counts() -> None:
    first = told(figure("22,000", period=since("2025-02-28"), at=1), "new", published="2025-03-31")
    last = told(figure("24,000", period=since("2025-03-31"), at=2), "new", published="2025-03-31")
    decision = news(on_record(NEARLY), first, last)
    assert outcomes(decision) == ["step (a step inside one article: its last word counts)", "superseded"]
    assert len(decision.alerts) == 1


def test_who_quotes_the_old_number_as_current_is_stale() -> None:
    today = since("2025-05-02", basis=Basis.PUBLISHED)
    quoting = told(figure("19,000", Hedge.NEARLY, today), "d", published="2025-05-02")
    assert sentences(news(on_record(NEARLY, MORE), quoting)) == [
        "stale medium: Biscuits since 5 July 2024: nearly 19,000, an old figure: it has been more than 24,000 "
        "since 31 March (Crumb)"
    ]
    next_year = told(
        figure("19,000", Hedge.NEARLY, since("2026-01-02", basis=Basis.PUBLISHED)), "e", "Dough", "2026-01-02"
    )
    (alert,) = news(on_record(NEARLY, MORE), next_year).alerts
    assert alert.sentence.endswith("it has been more than 24,000 since 31 March 2025 (Crumb)")


def test_a_fall_is_told_with_the_day_up_to_which_the_higher_number_counted() -> None:
    fallen = told(figure("12,117", period=since("2025-03-31")), "b", "Crumb", "2025-03-31")
    assert sentences(news(on_record(NEARLY), fallen)) == [
        "contradicted high: Biscuits since 5 July 2024: 12,117, which contradicts nearly 19,000 to 31 January "
        "(Biscuit Office)"
    ]


def test_the_originator_itself_revises() -> None:
    again = told(figure("9,000", period=since("2025-01-31")), "b", "Biscuit Office", "2025-02-20")
    assert sentences(news(on_record(NEARLY), again)) == [
        "revised high: Biscuits since 5 July 2024: 9,000, which revises nearly 19,000 (Biscuit Office)"
    ]


def test_history_supersedes_nothing() -> None:
    old = told(figure("5bn", period=window("2021-04-01", "2022-03-31"), unit="GBP"), "a", published="2022-05-01")
    history = told(figure("6bn", period=window("2023-04-01", "2024-03-31"), unit="GBP"), "b", published="2026-01-01")
    assert outcomes(news(on_record(old), history)) == [
        "belated (told as history: its period was long over when it was published)"
    ]


def test_the_same_number_told_of_something_else_is_rescoped_but_small_numbers_coincide() -> None:
    whole = told(figure("19,000", period=since("2025-01-31")), "a")
    part = told(figure("19,000", period=since("2025-01-31"), dims={"kind": "sweet"}), "b")
    assert sentences(news(on_record(whole), part)) == [
        "rescoped medium: 19,000 is told of biscuits, kind sweet; on record it is of biscuits"
    ]
    few = [told(figure("42", period=since("2025-01-31"), metric=metric), "a") for metric in ("tins", "biscuits")]
    assert outcomes(news(on_record(few[0]), few[1])) == ["first (nothing on record to compare it with)"]


@pytest.mark.parametrize(
    ("metric", "text", "end", "expected"),
    [  # the target of crumbs is a limit, not an aim
        ("tins", "15,100", "2024-10-31", "target_met medium: Tins in 2024 to 31 October: 15,100, target of 14,500 met"),
        ("biscuits", "12,000", "2024-12-31", "target_missed medium: Biscuits in 2024: 12,000, target of 14,500 missed"),
        ("biscuits", "12,000", "2024-10-31", ""),
        ("crumbs", "15,100", "2024-12-31", "target_missed medium: Crumbs in 2024: 15,100, target of 14,500 missed"),
        ("crumbs", "12,000", "2024-12-31", "target_met medium: Crumbs in 2024: 12,000, target of 14,500 met"),
    ],
)
def test_an_outturn_against_its_target(metric: str, text: str, end: str, expected: str) -> None:
    aim = figure("14,500", period=window("2024-01-01", "2024-12-31"), metric=metric, status=Status.TARGET)
    running = Period(start=day("2024-01-01"), end=day(end), running=end != "2024-12-31")
    outturn = told(figure(text, period=running, metric=metric), "b", published="2025-01-15")
    assert sentences(news(on_record(told(aim, "a")), outturn)) == ([expected] if expected else [])


QUOTE = Quote(exact="q", start=0, end=1)


def holds(holder: str, as_of: str, article: str, *, until: str | None = None) -> State:
    office = Office(
        office="baker",
        country="GB",
        holder=holder,
        as_of=day(as_of),
        until=None if until is None else day(until),
        quote=QUOTE,
    )
    made = state(draft(office, article, published=as_of))
    assert made is not None
    return made


def scheme(status: str, as_of: str | None, article: str = "b", published: str = "") -> State:
    fact = Scheme.model_validate({"scheme": "oven", "status": status, "quote": QUOTE, "as_of": as_of and day(as_of)})
    made = state(draft(fact, article, published=published or as_of or "2025-01-01"))
    assert made is not None
    return made


def test_an_office_changes_hands_once() -> None:
    ann, bea = holds("Ann", "2024-08-29", "a"), holds("Bea", "2025-10-24", "b")
    assert sentences(news(on_record(states=[ann]), states=(bea,))) == ["state_changed medium: Baker: Bea (was Ann)"]
    assert outcomes(news(on_record(states=[bea]), states=(ann,))) == ["belated (a later state is already on record)"]
    assert outcomes(news(on_record(states=[ann]), states=(holds("Ann", "2025-01-01", "c"),))) == [
        "repeated (the same state again)"
    ]


def test_an_older_article_that_arrives_late_is_no_news_though_it_tells_a_later_state() -> None:
    ruled = scheme("ruled_unlawful", "2023-11-30", "history", published="2025-03-31")
    scrapped = scheme("scrapped", "2024-08-29", "older", published="2024-08-29")
    assert outcomes(news(on_record(states=[ruled]), states=(scrapped,))) == [
        "belated (told by an article older than the one on record)"
    ]


@pytest.mark.parametrize(
    ("stands", "told", "changes"),
    [
        ("considered", "agreed", True), ("agreed", "in_force", True), ("in_force", "blocked", True),
        ("blocked", "in_force", True), ("in_force", "scrapped", True), ("scrapped", "agreed", False),
        ("ended", "announced", False), ("in_force", "agreed", False), ("expanded", "in_force", False),
        ("scrapped", "ended", True),
    ],
)  # fmt: skip
def test_the_life_of_a_scheme_runs_one_way(stands: str, told: str, changes: bool) -> None:
    before = on_record(states=[scheme(stands, "2024-08-29", "a")])
    decision = news(before, states=(scheme(told, "2025-06-12", "b"),))
    assert bool(decision.alerts) is changes


def test_a_status_is_told_in_plain_words() -> None:
    before = on_record(states=[scheme("in_force", "2024-08-29", "a")])
    (alert,) = news(before, states=(scheme("ruled_unlawful", "2025-06-12", "b"),)).alerts
    assert alert.sentence == "Oven: ruled unlawful (was in force)"


def test_the_same_running_total_printed_again_of_a_part_of_the_people_is_rescoped() -> None:
    whole = told(figure("24,000", Hedge.OVER, since("2025-03-31")), "a", published="2025-03-31")
    today = since("2025-04-10", basis=Basis.PUBLISHED)
    part = told(figure("24,000", period=today, dims={"kind": "sweet"}), "b", published="2025-04-10")
    assert outcomes(news(on_record(whole), part)) == ["rescoped"]
    again = told(figure("24,000", period=today, dims={"kind": "sweet"}, at=99), "b", published="2025-04-10")
    assert [outcome.split(" ")[0] for outcome in outcomes(news(on_record(whole), part, again))] == ["step", "rescoped"]


def test_history_and_former_holders_change_no_state() -> None:
    before = on_record(states=[scheme("scrapped", "2024-08-29", "a"), holds("Ann", "2024-08-29", "a")])
    told_later = (
        scheme("blocked", None),
        scheme("ruled_unlawful", "2023-11-30"),
        holds("Old", "2025-01-01", "b", until="2025-01-01"),
    )
    assert news(before, states=told_later).alerts == ()


def failed(claimed: str, computed: str) -> Check:
    one, other = (Interval(low=Decimal(n), high=Decimal(n)) for n in (claimed, computed))
    return Check(law=Law.DIFFERENCE, verdict=Verdict.FAILS, what="biscuits on a day", formula="1 but 2", operands=(),
                 claimed=one, computed=other)  # fmt: skip


def test_arithmetic_that_cannot_hold_is_inconsistent_and_small_slips_are_low() -> None:
    assert sentences(news(EMPTY, checks=(failed("612", "613"),)))[0].startswith("inconsistent low: Biscuits on a day")
    assert sentences(news(EMPTY, checks=(failed("612", "900"),)))[0].startswith("inconsistent medium: ")
    assert gap(failed("612", "900")) == Decimal(288) / Decimal(900)


def test_changes_go_up_or_down() -> None:
    def change(text: str, end: str, article: str) -> Reported:
        percent = figure(text, period=since(end), unit="percent", measure=Measure.CHANGE)
        return told(percent, article, published=end)

    before = on_record(change("30 per cent", "2024-11-28", "a"))
    assert sentences(news(before, change("-24%", "2025-01-31", "b"))) == [
        "superseded medium: Biscuits, change since 5 July 2024: down 24% (was up 30 per cent to 28 November 2024)"
    ]


def test_the_first_row_of_the_packs_table_that_fits_decides() -> None:
    assert severity(RULES, "superseded", "tins", "level", Decimal("0.2")) is Severity.HIGH
    assert severity(RULES, "superseded", "tins", "level", Decimal("0.01")) is Severity.LOW
    assert severity(RULES, "superseded", "biscuits", "level", None) is Severity.MEDIUM
    assert severity(RULES, "revised", "biscuits", "level", Decimal("0.4")) is Severity.MEDIUM
    nothing = told(figure("0", period=since("2025-01-31")))
    assert moved(nothing, MORE) is None
