"""Why an alert was told, as a newspaper would print it: each kind of step that the log holds."""

from __future__ import annotations

import json

import pytest

from feed.model.notice import Notice, Shown
from feed.publish.reasons import BEARINGS, STEPS, reasons
from feed.publish.words import Ids
from tests.commands import ROOT
from tests.make import NEARLY_19000, OVER_24000, inconsistent, notice, state_changed

STOCK = NEARLY_19000._replace(frame="at", metric="tins", printed="42", period=None)
TIMES = "On record to 2025-01-31 (inherited); new to 2025-03-31 (published)."


def told(told_of: Notice, *trace: str) -> list[str]:
    return list(reasons(told_of._replace(trace=trace), Ids()))


def test_a_step_on_is_told_with_both_numbers_and_both_days() -> None:
    assert told(
        notice(),
        "Series returns/level/people, frame since 2024-07-05.",
        TIMES,
        "On record nearly 19,000; new more than 24,000.",
        "The new figure supersedes the one on record: a later period, not a revision.",
        "Class: superseded.",
    ) == [
        "Both figures measure the same: returns since 5 July 2024.",
        "The one on record is told up to 31 January 2025 (the time that its article is about), the new one up to "
        "31 March 2025 (the day on which it was published, for its text names no end).",
        "On record is nearly 19,000; the new article says more than 24,000.",
        "It is about a later time, so it takes the place of the one on record, which is not said to be wrong.",
    ]


def test_two_of_one_time_are_told_as_such() -> None:
    same = "On record to 2025-01-31 (stated); new to 2025-01-31 (stated)."
    assert told(notice(), same) == ["Both are told up to 31 January 2025 (as its text says)."]
    other = "On record to 2025-01-31 (stated); new to 2025-01-31 (named)."
    assert told(notice(), other)[0].endswith("the new one up to 31 January 2025 (a day known by its name).")


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ("at", "tins on a given day"),
        ("day", "tins on one day"),
        ("week", "tins in one week"),
        ("month", "tins in one month"),
        ("quarter", "tins in three months"),
        ("financial year", "tins in one financial year"),
        ("year ending June", "tins in a year to June"),
        ("calendar year 2024", "tins in 2024"),
        ("unknown", "tins"),
    ],
)
def test_what_is_measured_is_said_in_words(frame: str, said: str) -> None:
    one: Shown = STOCK._replace(frame=frame)
    assert told(notice(old=one, new=one), "Series tins, frame x.") == [f"Both figures measure the same: {said}."]


def test_why_two_cannot_both_hold_is_said_without_a_word_on_who_is_right() -> None:
    steps = [f"The new figure {bearing}." for bearing in BEARINGS]
    assert told(notice(), *steps) == list(BEARINGS.values())
    hedged = "The new figure contradicts the one on record: nobody who counts 8,000 prints “more than 1,000”."
    assert told(notice(), hedged) == ["Nobody who counts 8,000 prints “more than 1,000”."]
    assert told(notice(), "The new figure agrees.") == ["The new figure agrees."]


def test_a_number_told_of_something_else() -> None:
    narrower = OVER_24000._replace(dims={"type": "enforced"})
    step = "On record as returns/level/people, now told as returns{type=enforced}/level/people: the same number."
    assert told(notice(alert="rescoped", new=narrower), step) == [
        "The same number for the same time is on record of returns; now it is told of returns, type enforced."
    ]


def test_what_is_withdrawn_and_what_stands_again() -> None:
    gone = notice(alert="withdrawn", old=OVER_24000, new=None)
    assert told(
        gone,
        "Series returns/level/people, frame since 2024-07-05.",
        "On record more than 24,000. It stood.",
        "Withdrawn by A. Reader: the quote is a caption.",
        "nearly 19,000 stands again.",
    ) == [
        "Until now it stood: more than 24,000.",
        "Withdrawn by A. Reader: the quote is a caption.",
        "Nearly 19,000 stands again.",
    ]
    state = state_changed()._replace(alert="withdrawn")
    assert told(state, "On record: Ann, as of 2025-03-31. It stood.") == [
        "Until now it stood: Ann, from 31 March 2025 on."
    ]


def test_who_holds_an_office_from_when() -> None:
    assert told(state_changed(), "On record: Ann, as of 2025-03-31.", "New: Bea, as of None.") == [
        "On record: Ann, from 31 March 2025 on.",
        "New: Bea.",
    ]


def test_arithmetic_is_told_with_its_law_and_its_numbers() -> None:
    assert told(inconsistent(), "Law: share.", "Computed: 1 / 3 = 33%.", "No admissible choice of operands.") == [
        "A share must follow from the part and the whole.",
        "Worked out: 1 / 3 = 33%.",
        "Every figure on record that can be meant was tried; with none it comes out.",
    ]


def test_a_target_and_what_was_counted() -> None:
    aim = NEARLY_19000._replace(printed="14,500")
    assert told(notice(alert="target_met", old=aim), "Target 14,500, outturn more than 24,000, frame x.") == [
        "The target since 5 July 2024 is 14,500; more than 24,000 is what was counted."
    ]


@pytest.mark.parametrize("step", ["Told by a later version.", "On record to noon (stated); new to x (y).", "<b>"])
def test_a_step_that_nobody_knows_is_given_as_it_stands(step: str) -> None:
    assert told(notice(), step) == [step]


@pytest.mark.parametrize("step", ["Series a, frame b.", "On record 1; new 2.", "On record as a, now b.", "Target 1."])
def test_without_the_facts_a_step_says_what_the_log_says(step: str) -> None:
    assert told(notice(old=None, new=None), step) == [step]


def test_every_step_in_our_own_log_has_its_words() -> None:
    lines = map(json.loads, (ROOT / "events.jsonl").read_text(encoding="utf-8").splitlines())
    steps = {step for line in lines if line["type"] == "alert.raised.v1" for step in line["data"]["trace"]}
    known = (*(beginning for beginning, _ in STEPS), "It holds from a later day")
    assert steps
    assert [step for step in steps if not step.startswith(known)] == []
