"""How loud an alert is, what a failed check misses by, and who speaks of it. Told of biscuits."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from feed.alert.arithmetic import gap
from feed.alert.condition import at_least, at_most, less
from feed.alert.severity import severity
from feed.model.alert import Severity
from feed.model.check import Check, Law, Operand, Verdict
from feed.model.condition import Surety
from feed.model.fact import Office
from feed.model.quantity import Interval
from feed.model.rules import Rules, SeverityRow
from feed.model.standing import state
from feed.model.standings import EMPTY
from tests.core.alert.test_rules import QUOTE, holds, news, on_record, outcomes, scheme
from tests.told import day, draft, figure, told

TABLE = Rules(
    severity=(
        SeverityRow(alert="superseded", measure="change", severity=Severity.HIGH),
        SeverityRow(alert="superseded", moved_less=Decimal("0.05"), severity=Severity.LOW),
        SeverityRow(alert="superseded", moved_more=Decimal("0.5"), severity=Severity.HIGH),
        SeverityRow(alert="state_changed", metric="scheme", severity=Severity.HIGH),
    )
)


@pytest.mark.parametrize(
    ("alert", "measure", "moved", "loud"),
    [
        ("superseded", "level", "0.0499", "low"),
        ("superseded", "level", "0.05", "medium"),
        ("superseded", "level", "0.4999", "medium"),
        ("superseded", "level", "0.5", "high"),
        ("superseded", "level", None, "medium"),
        ("superseded", "change", "0.01", "high"),
        ("revised", "change", "0.01", "medium"),
    ],
)
def test_a_row_fits_from_its_mark_on(alert: str, measure: str, moved: str | None, loud: str) -> None:
    by = None if moved is None else Decimal(moved)
    assert severity(TABLE, alert, "biscuits", measure, by) == loud


def span(low: str | None, high: str | None, *, low_open: bool = False, high_open: bool = False) -> Interval:
    ends = (None if end is None else Decimal(end) for end in (low, high))
    return Interval(low=next(ends), high=next(ends), low_open=low_open, high_open=high_open)


def failed(claimed: Interval | None, computed: Interval | None, *operands: Operand) -> Check:
    return Check(law=Law.SHARE, verdict=Verdict.FAILS, what="w", formula="1 / 2", operands=operands,
                 claimed=claimed, computed=computed)  # fmt: skip


@pytest.mark.parametrize(
    ("claimed", "computed", "misses"),
    [
        (span("1", "2"), span("4", "5"), "0.5"),
        (span("4", "5"), span("1", "2"), "0.5"),
        (None, span("4", "5"), None),
        (span("4", "5"), None, None),
        (span("1", "2"), span("1", None), None),  # they meet, and one has no end
        (span(None, None), span(None, None), None),
        (span(None, "5"), span("1", "2"), None),
        (span("-2", "-1"), span("0", "5"), None),
        (span("0.5", "0.5"), span("1", "2"), "0.5"),
    ],
)
def test_a_check_misses_by_a_fraction_of_the_larger_side(
    claimed: Interval | None, computed: Interval | None, misses: str | None
) -> None:
    assert gap(failed(claimed, computed)) == (None if misses is None else Decimal(misses))


def test_only_what_fails_is_told_and_of_what_the_claim_counts() -> None:
    claim = told(figure("three per cent", value="3", unit="percent", metric="crumbs", at=7), "a")
    part = told(figure("3,788", metric="biscuits"), "a")
    roles = [
        Operand(id=each.id, printed=each.figure.printed, role=role) for each, role in ((part, "part"), (claim, "claim"))
    ]
    check = failed(span("1", "2"), span("4", "5"), *roles)
    (alert,) = news(EMPTY, part, claim, checks=(check,)).alerts
    assert alert.sentence == "Crumbs: “three per cent” does not follow: 1 / 2"
    assert alert.trace == (
        "Law: share.", "Computed: 1 / 2.", "No admissible choice of operands makes it hold.", "Class: inconsistent."
    )  # fmt: skip
    for verdict in (Verdict.HOLDS, Verdict.LOOSE, Verdict.OPEN):
        assert news(EMPTY, part, claim, checks=(check.model_copy(update={"verdict": verdict}),)).alerts == ()
    (nameless,) = news(EMPTY, checks=(check,)).alerts
    assert nameless.sentence == "“three per cent” does not follow: 1 / 2"


def test_a_state_is_told_first_and_by_each_subject_for_itself() -> None:
    ann = holds("Ann", "2024-08-29", "a")
    assert outcomes(news(EMPTY, states=(ann,))) == ["first (nothing on record to compare it with)"]
    agreed = scheme("agreed", "2025-01-01")
    bea = holds("Bea", "2025-10-24", "b")
    decision = news(on_record(states=[ann]), states=(bea, agreed))
    assert [outcome.fact for outcome in decision.outcomes] == [bea.id, agreed.id]
    assert outcomes(decision) == ["state_changed", "first (nothing on record to compare it with)"]
    (alert,) = decision.alerts
    assert alert.trace == (
        "On record: Ann, as of 2024-08-29.", "New: Bea, as of 2025-10-24.",
        "It holds from a later day and says something else.", "Class: state_changed.",
    )  # fmt: skip


def test_two_states_of_one_article_are_one_change() -> None:
    ann = holds("Ann", "2024-08-29", "a")
    both = (holds("Bea", "2025-10-24", "b"), holds("Cyd", "2025-10-25", "b"))
    assert [alert.sentence for alert in news(on_record(states=[ann]), states=both).alerts] == ["Baker: Cyd (was Ann)"]


def test_a_state_told_the_same_moment_or_at_no_known_time_is_news() -> None:
    ann = holds("Ann", "2024-08-29", "a")
    made = state(draft(Office(office="baker", country="GB", holder="Bea", as_of=day("2024-08-30"), quote=QUOTE),
                       "b", published="2024-08-29"))  # fmt: skip
    undated = state(draft(Office(office="baker", country="GB", holder="Bea", as_of=day("2024-08-30"), quote=QUOTE),
                          "b", published=None))  # fmt: skip
    assert made is not None
    assert undated is not None
    assert isinstance(made.time, datetime)
    for new in (made, undated):
        assert outcomes(news(on_record(states=[ann]), states=(new,))) == ["state_changed"]
    old = state(draft(Office(office="baker", country="GB", holder="Ann", as_of=day("2024-08-29"), quote=QUOTE),
                      "a", published=None))  # fmt: skip
    assert old is not None
    assert outcomes(news(on_record(states=[old]), states=(made,))) == ["state_changed"]


@pytest.mark.parametrize(
    ("value", "mark", "most", "least"),
    [
        (span("5", "9"), "9", "certain", "possible"),
        (span("5", "9"), "5", "possible", "certain"),
        (span("5", "9", low_open=True), "5", "no", "certain"),
        (span("5", "9", high_open=True), "9", "certain", "no"),
        (span("5", "9"), "4", "no", "certain"),
        (span(None, "9"), "4", "possible", "possible"),
        (span("5", None), "7", "possible", "possible"),
    ],
)  # fmt: skip
def test_a_mark_is_reached_where_the_end_itself_is_included(value: Interval, mark: str, most: str, least: str) -> None:
    assert (at_most(value, Decimal(mark)), at_least(value, Decimal(mark))) == (Surety(most), Surety(least))


def test_a_difference_is_open_where_one_of_its_ends_is() -> None:
    a, b = span("10", "20", low_open=True), span("1", "3", high_open=True)
    assert less(a, b, Decimal(1)) == span("7", "19", low_open=True)
    assert less(b, a, Decimal(1)) == span("-19", "-7", high_open=True)
    closed = span("10", "20")
    assert less(closed, b, Decimal(1)) == span("7", "19", low_open=True)
    assert less(b, closed, Decimal(2)) == span("-39", "-17", high_open=True)
    assert less(closed, b, Decimal(-1)) == span("11", "23", high_open=True)
    assert less(closed, b, Decimal("0.5")) == span("8.5", "19.5", low_open=True)
    assert less(a, closed, Decimal(1)) == span("-10", "10", low_open=True)
    assert less(span("10", None), b, Decimal(1)) == span("7", None, low_open=True)
    assert less(closed, span(None, None), Decimal(0)) == closed
