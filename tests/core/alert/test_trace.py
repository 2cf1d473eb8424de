"""The steps of a decision, as a person would retrace them: whole, for each class. Told of biscuits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feed.alert.answer import answer, explain
from feed.alert.rules import BACK, HISTORY, told_as_history
from feed.model.figure import Measure, Status
from feed.model.period import Basis
from feed.model.quantity import Qualifier as Hedge
from feed.model.standing import Reported
from tests.core.alert.test_rules import news, on_record, outcomes, sentences
from tests.told import figure, since, told, window

OFFICE, CRUMB, DOUGH = "Biscuit Office", "Crumb", "Dough"
JANUARY, MARCH = since("2025-01-31"), since("2025-03-31")
NEARLY = told(figure("19,000", Hedge.NEARLY, JANUARY), "first", OFFICE, "2025-02-10")
SERIES = "Series biscuits/level/packets, frame since 2024-07-05."
SAME_TIME = "On record to 2025-01-31 (stated); new to 2025-01-31 (stated)."
LATER = "On record to 2025-01-31 (stated); new to 2025-03-31 (stated)."


def later(text: str, publisher: str = CRUMB, hedge: Hedge = Hedge.EXACT) -> Reported:
    return told(figure(text, hedge, MARCH), "second", publisher, "2025-03-31")


def again(text: str, publisher: str = CRUMB) -> Reported:
    return told(figure(text, period=JANUARY), "again", publisher, "2025-02-20")


@pytest.mark.parametrize(
    ("new", "trace"),
    [
        (
            later("24,000", hedge=Hedge.OVER),
            (
                SERIES, LATER, "On record nearly 19,000; new more than 24,000.",
                "The new figure supersedes the one on record: a later period, not a revision.", "Class: superseded.",
            ),
        ),
        (
            again("25,117"),
            (
                SERIES, SAME_TIME, "On record nearly 19,000; new 25,117.",
                "The new figure contradicts the one on record: for the same period no value satisfies both.",
                "Class: contradicted.",
            ),
        ),
        (
            again("25,117", OFFICE),
            (
                SERIES, SAME_TIME, "On record nearly 19,000; new 25,117.",
                "The new figure revises the one on record: for the same period no value satisfies both.",
                "Class: revised.",
            ),
        ),
        (
            later("12,117"),
            (
                SERIES, LATER, "On record nearly 19,000; new 12,117.",
                "The new figure contradicts the one on record: a running total cannot fall.", "Class: contradicted.",
            ),
        ),
        (
            told(figure("19,000", Hedge.NEARLY, JANUARY, dims={"kind": "sweet"}), "b", CRUMB, "2025-02-12"),
            (
                "On record as biscuits/level/packets, now told as biscuits{kind=sweet}/level/packets: "
                "the same number, unit and period.",
                SAME_TIME, "On record nearly 19,000; new nearly 19,000.", "Class: rescoped.",
            ),
        ),
    ],
    ids=["superseded", "contradicted", "revised", "fallen", "rescoped"],
)  # fmt: skip
def test_the_steps_are_those_of_the_decision(new: Reported, trace: tuple[str, ...]) -> None:
    (alert,) = news(on_record(NEARLY), new).alerts
    assert alert.trace == trace


@pytest.mark.parametrize(
    ("said", "other", "because"),
    [
        (("1,000", Hedge.OVER), ("8,000", Hedge.EXACT), "nobody who counts 8,000 prints “more than 1,000”"),
        (("8,000", Hedge.NEARLY), ("1,000", Hedge.OVER), "nobody who counts nearly 8,000 prints “more than 1,000”"),
        (("19,000", Hedge.NEARLY), ("18,200", Hedge.EXACT), "nobody who counts 18,200 prints “nearly 19,000”"),
        (("18,200", Hedge.EXACT), ("19,000", Hedge.NEARLY), "nobody who counts 18,200 prints “nearly 19,000”"),
        (("1,000", Hedge.OVER), ("998", Hedge.EXACT), "for the same period no value satisfies both"),
    ],
)
def test_who_contradicts_by_what_he_would_have_said_is_told_so(
    said: tuple[str, Hedge], other: tuple[str, Hedge], because: str
) -> None:
    first, second = (told(figure(*each, JANUARY), each[0], publisher) for each, publisher in
                     ((said, CRUMB), (other, DOUGH)))  # fmt: skip
    (alert,) = news(on_record(first), second).alerts
    assert alert.trace[3] == f"The new figure contradicts the one on record: {because}."


def test_a_day_that_is_only_inferred_makes_no_fall() -> None:
    soon = told(figure("18,200", period=since("2025-02-02", basis=Basis.PUBLISHED)), "b", CRUMB, "2025-02-02")
    (alert,) = news(on_record(NEARLY), soon).alerts
    assert alert.trace[3].endswith("nobody who counts 18,200 prints “nearly 19,000”.")


def test_an_old_number_is_told_with_what_it_falls_behind() -> None:
    today = since("2025-05-02", basis=Basis.PUBLISHED)
    quoting = told(figure("19,000", Hedge.NEARLY, today), "d", DOUGH, "2025-05-02")
    (alert,) = news(on_record(NEARLY, later("24,000", hedge=Hedge.OVER)), quoting).alerts
    assert alert.trace == (
        SERIES, "On record to 2025-03-31 (stated); new to 2025-05-02 (published).",
        "On record more than 24,000; new nearly 19,000.",
        "The new figure contradicts the one on record: a running total cannot fall.",
        "The same number stood before the one on record: an old figure is told again.", "Class: stale.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "published", "history"),
    [
        ("2023-04-01", "2024-03-31", "2025-04-01", False),  # 366 days: a year that had a leap day in it
        ("2023-04-01", "2024-03-31", "2025-04-02", True),
        ("2024-10-01", "2024-10-31", "2025-01-01", False),
        ("2024-10-01", "2024-10-31", "2025-01-02", True),
        ("2024-07-01", "2024-09-30", "2025-04-02", False),
        ("2024-07-01", "2024-09-30", "2025-04-03", True),
    ],
)
def test_history_is_what_was_over_twelve_months_ago_or_two_shorter_windows(
    start: str, end: str, published: str, history: bool
) -> None:
    new = told(figure("9", period=window(start, end)), published=published)
    assert told_as_history(new) is history
    before = window(start, end)
    assert before.start is not None
    year_before = before.model_copy(update={
        "start": before.start.replace(year=before.start.year - 1), "end": before.end.replace(year=before.end.year - 1)
    })  # fmt: skip
    old = told(figure("7", period=year_before), "old", published="2024-06-01")
    assert outcomes(news(on_record(old), new)) == [f"belated ({HISTORY})" if history else "superseded"]


def test_without_a_time_or_a_day_of_publication_nothing_is_history() -> None:
    assert not told_as_history(told(figure("9"), published="2025-04-03"))
    assert not told_as_history(told(figure("9", period=window("2010-04-01", "2011-03-31")), published=None))


def tins(text: str, publisher: str | None, published: str | None, **more: str) -> Reported:
    june = window("2025-06-30", "2025-06-30")
    return told(figure(text, period=june, metric="tins", originator=more.get("originator")),
                f"{publisher} {published}", publisher, published)  # fmt: skip


def test_a_source_that_says_the_same_at_once_again_is_told_once() -> None:
    before = on_record(tins("32,059", OFFICE, "2025-08-21"), tins("32,041", OFFICE, "2025-08-25"))
    assert outcomes(news(before, tins("32,059", OFFICE, "2025-08-21T00:00:00"))) == [
        "belated (a later figure is already on record)"
    ]
    undated = on_record(tins("32,059", OFFICE, None), tins("32,041", OFFICE, "2025-08-25"))
    assert outcomes(news(undated, tins("32,059", OFFICE, "2025-08-26"))) == ["revised"]


def test_a_paper_that_repeats_its_own_contradiction_months_later_is_told_to_have_said_so() -> None:
    before = on_record(tins("32,059", OFFICE, "2025-08-21"), tins("30,117", CRUMB, "2025-09-01"))
    assert outcomes(news(before, tins("30,117", CRUMB, "2025-12-01"))) == [
        "repeated (the same contradiction is already on record)"
    ]


def test_the_same_word_in_another_article_of_the_moment_is_told_once() -> None:
    first = tins("30,117", CRUMB, "2025-09-01")
    other = told(figure("30,117", period=window("2025-06-30", "2025-06-30"), metric="tins"), "b", CRUMB, "2025-09-01")
    assert outcomes(news(on_record(tins("32,059", OFFICE, "2025-08-21"), first), other)) == [f"repeated ({BACK})"]


def test_who_contradicts_somebody_without_a_name_is_told_so_without_one() -> None:
    before = on_record(tins("32,059", None, "2025-08-21"))
    assert sentences(news(before, tins("30,117", CRUMB, "2025-09-01"))) == [
        "contradicted high: Tins at 30 June 2025: 30,117, which contradicts 32,059"
    ]


def test_a_change_on_another_baseline_is_the_first_of_its_kind_and_may_meet_its_target() -> None:
    def change(text: str, baseline: str, status: Status = Status.ACTUAL) -> Reported:
        made = figure(text, period=YEAR, unit="percent", measure=Measure.CHANGE, status=status,
                      baseline=window(f"{baseline}-01-01", f"{baseline}-12-31"))  # fmt: skip
        return told(made, f"{text} {baseline}", published="2025-01-15")

    before = on_record(change("31%", "2023"), change("5%", "2022", Status.TARGET))
    assert outcomes(news(before, change("9%", "2022"))) == ["target_met"]


def test_what_another_said_first_is_no_old_figure_of_the_one_who_counts() -> None:
    """Only who said the one and later the other replaced it; two who name no source are not one."""
    before = on_record(tins("30,117", CRUMB, "2025-07-01"), tins("32,041", OFFICE, "2025-08-25"))
    assert outcomes(news(before, tins("30,117", DOUGH, "2025-12-01"))) == [
        "repeated (the same contradiction is already on record)"
    ]
    unnamed = on_record(tins("30,117", None, "2025-07-01"), tins("32,041", None, "2025-08-25"))
    assert outcomes(news(unnamed, tins("30,117", DOUGH, "2025-12-01"))) == [
        "repeated (the same contradiction is already on record)"
    ]
    # The one who counts went back to its own first number: what stands is no replacement of it.
    back = on_record(tins("32,041", OFFICE, "2025-08-21"), tins("32,059", CRUMB, "2025-08-25", originator=OFFICE))
    assert outcomes(news(back, tins("32,059", DOUGH, "2025-12-01"))) == [
        "repeated (the same contradiction is already on record)"
    ]


def test_a_number_of_another_time_is_no_old_number_of_this_one() -> None:
    may = told(figure("30,117", period=window("2025-05-31", "2025-05-31"), metric="tins"), "may", OFFICE, "2025-06-21")
    before = on_record(may, tins("32,041", OFFICE, "2025-08-25"))
    assert outcomes(news(before, tins("30,117", CRUMB, "2025-12-01"))) == ["contradicted"]


def test_the_same_number_is_told_of_the_same_metric_first() -> None:
    tin = told(figure("19,117", period=JANUARY, metric="tins"), "a", CRUMB, "2025-02-01")
    whole = told(figure("19,117", period=JANUARY), "b", CRUMB, "2025-02-05")
    part = told(figure("19,117", period=JANUARY, dims={"kind": "sweet"}), "c", DOUGH, "2025-02-09")
    (alert,) = news(on_record(tin, whole), part).alerts
    assert (alert.alert, alert.old) == ("rescoped", whole.id)
    (alert,) = news(on_record(whole, part), tin).alerts
    assert alert.old == whole.id  # of others the one that was published first
    tin_part = told(figure("19,117", period=JANUARY, metric="tins", dims={"kind": "sweet"}), "d", DOUGH, "2025-02-09")
    (alert,) = news(on_record(tin, whole), tin_part).alerts
    assert alert.old == tin.id


def test_the_number_of_a_part_told_of_the_whole_is_another_scope_too() -> None:
    whole = told(figure("8,308", period=since("2024-11-28")), "a", CRUMB, "2024-11-28")
    part = told(figure("12,061", period=MARCH, dims={"kind": "sweet"}), "b", CRUMB, "2025-03-31")
    new = told(figure("12,061", period=MARCH), "c", DOUGH, "2025-04-02")
    assert outcomes(news(on_record(whole, part), new)) == ["rescoped"]


YEAR = window("2024-01-01", "2024-12-31")


def test_who_has_no_name_is_cited_by_the_article() -> None:
    known = on_record(
        told(figure("32,041", period=window("2025-06-30", "2025-06-30"), metric="tins"), "slip", None, None)
    )
    claim = tins("32,041", None, None)
    assert explain(answer(known, claim)) == "32,041 is current: 32,041 at 30 June 2025 (slip) stands."
    untimed = on_record(told(figure("32,041"), "slip", None, None))
    assert explain(answer(untimed, told(figure("32,041"), "said"))) == "32,041 is current: 32,041 (slip) stands."


def test_changes_and_shares_move_by_fractions_too() -> None:
    first = told(
        figure("30 per cent", period=JANUARY, unit="percent", measure=Measure.CHANGE), "a", published="2025-02-01"
    )
    new = told(figure("31 per cent", period=MARCH, unit="percent", measure=Measure.CHANGE), "b", published="2025-04-01")
    assert sentences(news(on_record(first), new))[0].startswith("superseded low: Biscuits, change")
    assert new.end - first.end == timedelta(days=59)
