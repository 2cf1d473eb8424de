"""The five articles, through the real commands: what must stand, what must be told, what was known when.

`seeds.expected.json` says it. The order of arrival changes what is told on the way, never what stands.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feed.app.drafts import capture_draft, fact_draft, fact_drafts
from feed.app.judge import cut_of, judge
from feed.app.packs import english, load
from feed.app.pipeline import captured_event
from feed.app.review import load as reviewed
from feed.capture.capture import given as captured
from feed.capture.captures import Captures
from feed.capture.handed import articles
from feed.model.event import Draft
from feed.model.figure import ReadBy
from feed.model.report import AlertRaised, FigureReported
from feed.model.standing import reported, state
from feed.model.standings import EMPTY, Standings
from feed.model.topic import Topic
from feed.project import rows
from feed.read.reader import read
from feed.view import queries
from feed.view.store import View
from tests.commands import GOLD, SEEDS, answer, feed, recorded
from tests.standings import with_told

Row = dict[str, Any]
EXPECTED: Row = json.loads((GOLD / "seeds.expected.json").read_text(encoding="utf-8"))
TIME_ORDER, FILE_ORDER = EXPECTED["time_order"], EXPECTED["file_order"]
ASSERTED_OTHERWISE = ("target", "plan", "forecast")
OTHER_ORDERS = [list(reversed(TIME_ORDER)), [TIME_ORDER[i] for i in (3, 0, 4, 2, 1)]]


@pytest.fixture(scope="module")
def in_time(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that got the articles as they came out."""
    return recorded(tmp_path_factory.mktemp("in-time") / "record", *TIME_ORDER)


@pytest.fixture(scope="module")
def as_filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that got them in the order of their file names."""
    return recorded(tmp_path_factory.mktemp("as-filed") / "record", *FILE_ORDER)


def like(expected: Row, alert: Row) -> Row:
    """An alert, told with the keys of the expected one; figures by what is printed."""
    told = {key: alert.get(key) for key in expected}
    return told | {side: alert[side]["printed"] for side in ("old", "new") if isinstance(alert.get(side), dict)}


def late(pushed: list[Row]) -> list[Row]:
    """Of the alerts in time order those that are pushed in file order too."""
    kept = ("inconsistent", "state_changed")
    return [row for row in pushed if row["class"] in kept or row.get("metric") == "small_boat_arrivals"]


@pytest.mark.parametrize(
    ("order", "pushed"), [("in_time", lambda told: told), ("as_filed", late)], ids=["time", "file"]
)
def test_exactly_the_expected_alerts_are_raised(order: str, pushed: Any, request: pytest.FixtureRequest) -> None:
    expected = pushed(EXPECTED["pushed_in_time_order"])
    alerts = answer(request.getfixturevalue(order), "alerts")
    assert [like(row, alert) for row, alert in zip(expected, alerts, strict=True)] == expected


def test_what_must_stand_stands_once_in_its_series_and_frame(in_time: Path) -> None:
    totals = answer(in_time, "totals")
    for expected in EXPECTED["standing_at_the_end"]:
        wanted = {
            key: value for key, value in expected.items() if key not in ("printed", "period_end", "holder", "status")
        }
        found = [row for row in totals if wanted.items() <= row.items() and row.get("status") not in ASSERTED_OTHERWISE]
        said = [like(expected, row | {"period_end": (row.get("period") or {}).get("end")}) for row in found]
        assert said == [expected]
    frames = [(row["series"], row["frame"]) for row in totals if "series" in row]
    assert len(frames) == len(set(frames))


def test_the_arithmetic_comes_out_and_nothing_else_fails(in_time: Path) -> None:
    checks = answer(in_time, "checks")
    for expected in EXPECTED["checks"]:
        assert sum(_is(expected, check) for check in checks) == 1, expected
    assert sum(check["verdict"] == "fails" for check in checks) == 1


def _is(expected: Row, check: Row) -> bool:
    if check["verdict"] != expected["verdict"]:
        return False
    if "operands" not in expected:
        return bool(check["what"] == expected["what"])
    told, wanted = (each.get("results", [each.get("result")]) for each in (check, expected))
    return set(check["operands"]) == set(expected["operands"]) and sorted(map(str, told)) == sorted(map(str, wanted))


@pytest.mark.parametrize("question", EXPECTED["as_of"], ids=lambda question: question["on"])
def test_what_was_known_when(question: Row, in_time: Path, as_filed: Path) -> None:
    series = {key: value for key, value in question.items() if key not in ("on", "printed")}
    for record in (in_time, as_filed):
        found = [row for row in answer(record, "asof", question["on"]) if series.items() <= row.items()]
        assert [row["printed"] for row in found] == ([question["printed"]] if question["printed"] else [])


def test_what_our_log_held_is_another_question(in_time: Path) -> None:
    assert answer(in_time, "asof", "2025-12-31", "--recorded") == []
    assert answer(in_time, "asof", "2026-01-01", "--recorded") == answer(in_time, "totals")


@pytest.mark.parametrize("order", OTHER_ORDERS, ids=["backwards", "mixed"])
def test_any_order_of_arrival_answers_the_same(order: list[str], in_time: Path, tmp_path: Path) -> None:
    record = recorded(tmp_path / "record", *order)
    for question in (["totals"], ["asof", "2024-12-01"], ["asof", "2025-02-15"], ["asof", "2025-04-01"]):
        assert answer(record, *question) == answer(in_time, *question)


def test_recording_them_again_changes_nothing(in_time: Path, tmp_path: Path) -> None:
    record = shutil.copytree(in_time, tmp_path / "record")
    before = (record / "events.jsonl").read_bytes()
    ended = feed("ingest", SEEDS, "--dir", record)
    assert ended.out.count("already on record") == len(TIME_ORDER)
    assert (record / "events.jsonl").read_bytes() == before


def test_the_view_made_anew_has_the_same_rows(in_time: Path, tmp_path: Path) -> None:
    record = shutil.copytree(in_time, tmp_path / "record")

    def dump() -> list[str]:
        view = View(record / ".feed" / "view.db")
        try:
            return queries.dump(view.db)
        finally:
            view.close()

    before = dump()
    assert feed("rebuild", "--dir", record).code == 0
    assert dump() == before


# --- all 120 orders, purely


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Draft, ...]]:
    """Each article's events, read once, with what a person read in it."""
    topic, words, kept = load(), english(), Captures(tmp_path_factory.mktemp("captures"))
    by_hand = reviewed(SEEDS / "reviewed.toml") if (SEEDS / "reviewed.toml").is_file() else ()
    made = {}
    for article in articles(SEEDS):
        capture = capture_draft(captured_event(captured(article, kept), None))
        day = article.published.time.date() if article.published else None
        told = [row for row in by_hand if row.article == article.name]
        made[article.name] = (
            *fact_drafts(capture, read(article, topic, words), day),
            *(
                fact_draft(capture, r.fact(article.text, day), day, ReadBy(reviewer=r.by, reason=r.reason))
                for r in told
            ),
        )
    return made


def endings(
    left: dict[str, tuple[Draft, ...]], before: Standings, alerts: tuple[AlertRaised, ...], topic: Topic
) -> Iterator[tuple[Standings, tuple[AlertRaised, ...]]]:
    """Every way in which the articles left can arrive: the standings at its end, and the alerts on the way."""
    if not left:
        yield before, alerts
    for name, said in left.items():
        raised = judge(before, said, topic).decision.alerts
        figures = [reported(one, cut_of(topic)) for one in said if isinstance(one.data, FigureReported)]
        states = [told for one in said if (told := state(one)) is not None]
        after = with_told(before, figures, states, frozenset())
        rest = {other: drafts for other, drafts in left.items() if other != name}
        yield from endings(rest, after, (*alerts, *raised), topic)


@pytest.fixture(scope="module")
def ends(drafts: dict[str, tuple[Draft, ...]]) -> list[tuple[Standings, tuple[AlertRaised, ...]]]:
    """How each of the 120 orders ends."""
    return list(endings(drafts, EMPTY, (), load()))


def test_all_120_orders_end_in_the_same_standing_figures(ends: list[tuple[Standings, Any]]) -> None:
    assert len(ends) == 120
    assert all(rows(after) == rows(ends[0][0]) for after, _ in ends)


def test_no_order_makes_anybody_contradict_anybody(ends: list[tuple[Any, tuple[AlertRaised, ...]]]) -> None:
    for _, alerts in ends:
        told = Counter(alert.alert for alert in alerts)
        assert set(told) <= {"superseded", "inconsistent", "state_changed"}
        assert told["inconsistent"] == 1
        assert told["state_changed"] <= 1
