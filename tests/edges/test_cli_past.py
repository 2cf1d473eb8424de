"""Questions on the past: what stood on a day, what changed between two, and how a series went."""

from __future__ import annotations

from tests.commands import ROOT, answer, feed

TOTAL = ("returns/level/people", "since 2024-07-05")


def test_asof_can_be_asked_for_one_series() -> None:
    told = answer(ROOT, "asof", "2025-02-15", "--series", "returns/level")
    assert {row["series"] for row in told} == {"returns/level/people", "returns/level/people/target"}


def test_diff_tells_what_stood_otherwise_and_how() -> None:
    told = answer(ROOT, "diff", "2025-02-15", "2025-04-01")
    (total,) = [row for row in told if (row.get("series"), row.get("frame")) == TOTAL]
    assert (total["how"], total["before"]["printed"], total["now"]["printed"]) == (
        "supersedes", "nearly 19,000", "more than 24,000"
    )  # fmt: skip
    assert all(row["before"] != row["now"] for row in told)
    secretary = {"office": "home_secretary", "before": "Yvette Cooper", "now": "Shabana Mahmood"}
    assert secretary in answer(ROOT, "diff", "2025-02-15", "2025-12-31")
    one = answer(ROOT, "diff", "2024-12-01", "2025-04-01", "--series", "returns{type=enforced}/change")
    assert [row["how"] for row in one] == ["supersedes"]
    printed = feed("diff", "2025-02-15", "2025-12-31", "--dir", ROOT).out
    assert "supersedes" in printed
    assert "Shabana Mahmood" in printed


def test_diff_of_a_day_with_itself_is_nothing_and_backwards_is_refused() -> None:
    assert answer(ROOT, "diff", "2025-02-15", "2025-02-15") == []
    assert "Nothing changed" in feed("diff", "2025-02-15", "2025-02-15", "--dir", ROOT).out
    assert feed("diff", "2025-04-01", "2025-02-15", "--dir", ROOT).code == 2


def test_history_draws_the_steps_when_asked() -> None:
    drawn = feed("history", "returns/level/people", "--chart", "--dir", ROOT).out
    assert "24,000 ┤" in drawn
    assert "┤" not in feed("history", "returns/level/people", "--dir", ROOT).out
