"""Story 1: is 19,000 still the number? A fact-checker asks, with a sentence and a day."""

from __future__ import annotations

import pytest

from tests.commands import ROOT, answer, feed

SENTENCE = "19,000 people have been returned since the election"


@pytest.mark.parametrize(
    ("day", "verdict", "stands"),
    [
        ("2025-02-15", "current", "nearly 19,000"),
        ("2025-03-31", "stale", "more than 24,000"),
        ("2024-12-01", "unknown", None),
    ],
)
def test_it_depends_on_the_day(day: str, verdict: str, stands: str | None) -> None:
    (told,) = answer(ROOT, "check", SENTENCE, "--on", day)
    assert told["verdict"] == verdict
    assert (told["stands"] or {}).get("printed") == stands
    if verdict == "stale":
        assert [told[side]["publisher"] for side in ("matches", "stands")] == ["Home Office", "Daily Express"]
        assert all(told[side]["quote"] for side in ("matches", "stands"))


def test_a_sentence_without_a_figure_of_the_topic_is_said_to_have_none() -> None:
    done = feed("check", "Twelve bakers ate 40 biscuits.", "--dir", ROOT)
    assert (done.code, done.out) == (1, "")
    assert "no figure of the topic" in done.err


def test_asking_records_nothing() -> None:
    before = (ROOT / "events.jsonl").read_bytes()
    feed("check", SENTENCE, "--dir", ROOT)
    assert (ROOT / "events.jsonl").read_bytes() == before


def test_what_raised_no_alert_says_which_rule_held_it_back() -> None:
    past = answer(ROOT, "history", "returns/level/people")
    first = next(each for each in past if each["printed"] == "nearly 19,000")
    last = next(each for each in past if each["printed"] == "more than 24,000" and each["frame"] == "since 2024-07-05")
    assert answer(ROOT, "why-not", first["id"])["held"] == "nothing on record to compare it with"
    raised = answer(ROOT, "why-not", last["id"])
    assert (raised["says"], raised["outcome"], raised["held"]) == ("more than 24,000", "superseded", None)
    assert "an alert was raised" in feed("why-not", last["id"], "--dir", ROOT).out
