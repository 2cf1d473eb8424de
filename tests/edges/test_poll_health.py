"""The watchdog: nothing new can be told from nothing working, and is told once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feed.app.telling import open_ops, tell
from feed.app.watch import polled, watch
from feed.app.wiring import open_desk
from feed.model.source import Entry, Source
from feed.poll import Memory, Outcome, Polled
from feed.poll.due import Validators, fresh
from feed.poll.health import Seen, State, health, usual_gap
from feed.poll.looks import Known
from tests.desks import folder_with

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = Source(name="news", url="https://news.example/feed")


def known(**said: object) -> Validators:
    return replace(fresh(SOURCE), last_success=NOW, **said)  # type: ignore[arg-type]


def listed(*days: float) -> Sequence[datetime]:
    return [NOW - timedelta(days=back) for back in days]


EVERY_WEEK = listed(22, 29, 36, 43, 50)


@pytest.mark.parametrize(
    ("memory", "seen", "state", "why"),
    [
        (known(), Seen(), State.WELL, ""),
        (fresh(SOURCE), Seen(), State.NEW, "not asked yet"),
        (known(failures=3, why="no answer"), Seen(), State.WELL, ""),
        (known(failures=4, why="no answer"), Seen(), State.FAILING, "4 failures in a row: no answer"),
        (known(disabled="gone (410)"), Seen(), State.GONE, "410"),
        (known(), Seen(listed(3, 3.1, 3.2, 3.3, 3.4)), State.WELL, ""),
        (
            known(),
            Seen(listed(3.1, 3.2, 3.3, 3.4, 3.5)),
            State.SILENT,
            "nothing new since 2 January 2026; .* every day",
        ),
        (known(), Seen(EVERY_WEEK), State.SILENT, "every 7 days"),
        (known(), Seen(listed(20, 27, 34, 41, 48)), State.WELL, ""),
        (known(), Seen(listed(90, 91, 92, 93)), State.WELL, ""),
        (known(), Seen(thin=["a: 9 characters", "b: 7 characters"]), State.GUTTED, "a: 9 characters, and 1 more"),
        (known(), Seen(figures=[0] * 10 + [4] * 10), State.POOR, "0.0 figures an article where there were 4.0"),
        (known(), Seen(figures=[1] * 10 + [4] * 10), State.WELL, ""),
        (known(), Seen(figures=[0] * 19), State.WELL, ""),
        (known(failures=9, why="no answer"), Seen(EVERY_WEEK, thin=["a"]), State.FAILING, "no answer"),
    ],
)
def test_how_a_source_is_and_why(memory: Validators, seen: Seen, state: State, why: str) -> None:
    told = health(SOURCE, memory, seen, NOW)
    assert told.state is state
    assert re.search(why, told.why)


def test_a_source_that_is_off_raises_nothing() -> None:
    off = SOURCE.model_copy(update={"enabled": False})
    assert health(off, known(failures=9), Seen(EVERY_WEEK), NOW).state is State.OFF


def test_a_usual_gap_is_at_least_a_day_and_needs_five_listings() -> None:
    assert usual_gap(listed(1, 2, 3, 4)) is None
    assert usual_gap(listed(0.1, 0.2, 0.3, 0.4, 9)) == DAY
    assert usual_gap(EVERY_WEEK) == 7 * DAY


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory(tmp_path / "ops.db") as opened:
        yield opened


def visit(memory: Memory, at: datetime, *entries: str, failures: int = 0) -> None:
    outcome = Outcome.LISTED if entries else Outcome.FAILED if failures else Outcome.UNCHANGED
    after = replace(memory.of(SOURCE), last_polled=at, failures=failures, why="no answer" if failures else None)
    after = after if failures else replace(after, last_success=at)
    memory.keep(
        Polled(SOURCE, outcome, after, tuple(Entry(id=name, link=f"https://a.example/{name}") for name in entries))
    )


def test_an_alarm_is_told_once_when_it_begins_and_once_when_it_ends(memory: Memory) -> None:
    visit(memory, NOW, "a")
    assert watch(memory, [SOURCE], NOW) == []
    visit(memory, NOW + DAY, failures=4)
    (began,) = watch(memory, [SOURCE], NOW + DAY)
    assert began.told() == "news is failing: 4 failures in a row: no answer (2026-01-06T09:00:00Z)"
    visit(memory, NOW + 2 * DAY, failures=5)
    assert watch(memory, [SOURCE], NOW + 2 * DAY) == []
    visit(memory, NOW + 3 * DAY, "b")
    (ended,) = watch(memory, [SOURCE], NOW + 3 * DAY)
    assert ended.told() == "news is well again (failing since 2026-01-06T09:00:00Z)"
    assert watch(memory, [SOURCE], NOW + 3 * DAY) == []
    assert memory.alarms.lately(NOW + 4 * DAY) == [began, ended]
    assert memory.alarms.lately(NOW + 9 * DAY) == []


def test_silence_is_measured_on_what_was_listed(memory: Memory) -> None:
    for day in range(6):
        visit(memory, NOW + day * DAY, f"entry {day}")
    for day in range(6, 12):
        visit(memory, NOW + day * DAY)
        alarms = watch(memory, [SOURCE], NOW + day * DAY)
        assert [alarm.state for alarm in alarms] == (["silent"] if day == 9 else [])


def test_falling_figures_are_seen_in_what_was_captured(memory: Memory) -> None:
    for number in range(20):
        page = Known("0", "0", 9, figures=5 if number < 10 else 0)
        memory.looks.begin("news", f"entry {number}", page, NOW + number * DAY)
    visit(memory, NOW + 20 * DAY, "a")
    assert [alarm.state for alarm in watch(memory, [SOURCE], NOW + 20 * DAY)] == ["poor"]


def test_how_many_were_polled_is_one_line(memory: Memory) -> None:
    other = Source(name="other", url="https://other.example/feed")
    off = Source(name="off", url="https://off.example/feed", enabled=False)
    assert polled(memory, [SOURCE, other, off], NOW) == "0 of 2 sources polled"
    visit(memory, NOW + DAY, "a")
    assert polled(memory, [SOURCE, other, off], NOW) == "1 of 2 sources polled, last success 2026-01-06T09:00:00Z"


MAIL = (
    '[mail]\nhost = "127.0.0.1"\nport = 9\nsecurity = "none"\nsender = "record@example.org"\nowner = "op@example.org"\n'
)


def test_the_operator_gets_one_letter_for_each(tmp_path: Path) -> None:
    source = '[[source]]\nname = "news"\nurl = "https://news.example/feed"\n'
    settings = folder_with(tmp_path, MAIL, source)
    with open_desk(settings) as desk, open_ops(desk) as ops:
        visit(ops.memory, NOW, failures=4)
        watch(ops.memory, settings.sources, NOW)
        for _ in range(3):
            tell(desk, ops, NOW)
        letters = ops.outbox.letters()
        assert [letter.letter.note.partition(":")[0] for letter in letters] == ["news is failing"]
        visit(ops.memory, NOW + DAY)
        watch(ops.memory, settings.sources, NOW + DAY)
        tell(desk, ops, NOW + DAY)
        notes = [letter.letter.note for letter in ops.outbox.letters()]
    assert sorted(note.partition(" (")[0].partition(":")[0] for note in notes) == [
        "news is failing",
        "news is well again",
    ]
