"""Time goes by, jumps, and stands still: no poll is lost beyond one interval, none is doubled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from feed.app import schedule
from feed.app.schedule import every
from feed.model.source import Source
from feed.model.web import Request, Response
from feed.poll import Memory, is_due, poll

BEGAN = datetime(2025, 3, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STEP = HOUR / 3
TEN_YEARS = 3653 * DAY
SOURCE = Source(name="news", url="https://news.example/feed", every=3600)
LONDON = ZoneInfo("Europe/London")


def answer(request: Request, /) -> Response:
    return Response(request.url, 304, {}, b"")


@dataclass
class Desk:
    """A machine that polls one source: its clock is `off` from the true time."""

    memory: Memory
    true: datetime = BEGAN
    off: timedelta = timedelta()
    step: timedelta = STEP
    source: Source = field(default_factory=lambda: SOURCE)
    polls: list[datetime] = field(default_factory=list)

    def tick(self) -> None:
        now = (self.true + self.off).astimezone(LONDON)
        self.memory.mind_clock(now)
        known = self.memory.of(self.source)
        if is_due(self.source, known, now):
            self.memory.keep(poll(self.source, known, _listed if known.body_sha256 is None else answer, now))
            self.polls.append(self.true)

    def run(self, span: timedelta) -> None:
        end = self.true + span
        while self.true < end:
            self.tick()
            self.true += self.step

    def gaps(self, since: int = 0) -> list[timedelta]:
        polls = self.polls[since:]
        return [later - earlier for earlier, later in pairwise(polls)]


def _listed(request: Request, /) -> Response:
    return Response(request.url, 200, {}, b'{"version": "https://jsonfeed.org/version/1.1", "items": []}')


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Memory(":memory:") as memory:
        yield Desk(memory)


def test_four_hundred_days_with_every_change_of_the_clock(desk: Desk) -> None:
    desk.source = SOURCE.model_copy(update={"every": 6 * 3600})
    desk.step = HOUR
    desk.run(400 * DAY)
    assert set(desk.gaps()) == {6 * HOUR}, "both changes to and from summer time are among them"
    assert len(desk.polls) == 400 * 4


@pytest.mark.parametrize(
    "jump", [-HOUR, HOUR, -TEN_YEARS, TEN_YEARS, timedelta(seconds=-3), 5 * DAY], ids=lambda jump: f"{jump}"
)
def test_a_clock_that_jumps_costs_at_most_one_interval_and_one_poll(desk: Desk, jump: timedelta) -> None:
    desk.run(DAY + STEP)
    before = len(desk.polls)
    desk.off += jump
    desk.run(DAY)
    gaps = desk.gaps(before - 1)
    assert max(gaps) <= 2 * HOUR
    assert sum(gap < HOUR for gap in gaps) <= 1, "one that was due by the clock"
    assert gaps[2:] == [HOUR] * len(gaps[2:])


def test_a_clock_that_jumps_there_and_back(desk: Desk) -> None:
    desk.run(DAY)
    for jump in (TEN_YEARS, -TEN_YEARS, -HOUR, HOUR):
        desk.off += jump
        before = len(desk.polls)
        desk.run(12 * HOUR)
        assert 11 <= len(desk.polls) - before <= 13


def test_after_hours_of_sleep_there_is_one_poll_to_catch_up(desk: Desk) -> None:
    desk.run(DAY)
    desk.true += 5 * HOUR
    before = len(desk.polls)
    desk.run(3 * HOUR)
    assert len(desk.polls) - before == 3
    assert desk.gaps(before) == [HOUR, HOUR]


def test_a_restart_neither_loses_nor_doubles_a_poll(tmp_path: Path) -> None:
    polls: list[datetime] = []
    for half in range(30):
        with Memory(tmp_path / "ops.db") as memory:
            Desk(memory, BEGAN + half * HOUR / 2, polls=polls).run(HOUR / 2)
    assert {later - earlier for earlier, later in pairwise(polls)} == {HOUR}


def test_a_failing_source_comes_back_within_a_day_of_its_recovery() -> None:
    def failing(request: Request, /) -> Response:
        return Response(request.url, 503, {}, b"")

    with Memory(":memory:") as memory:
        now, waits = BEGAN, []
        for _ in range(12):
            known = memory.of(SOURCE)
            memory.keep(poll(SOURCE, known, failing, now, jitter=1.0))
            due = memory.of(SOURCE).next_due
            assert due
            waits.append(due - now)
            now = due
    assert waits == sorted(waits)
    assert waits[-1] == DAY


async def _ticks(seconds: float, disturb: Callable[[], None]) -> int:
    ticked, more = asyncio.Event(), 0

    async def tick() -> None:
        nonlocal more
        more += 1
        ticked.set()

    scheduler = every(seconds, tick, datetime.now(UTC))  # noqa: TID251 - the scheduler itself reads this clock
    scheduler.start()
    try:
        await asyncio.wait_for(ticked.wait(), 10)
        disturb()
        for _ in range(3):
            ticked.clear()
            await asyncio.wait_for(ticked.wait(), 10)
    finally:
        scheduler.shutdown(wait=False)
    return more


@pytest.mark.parametrize("jump", [-HOUR, HOUR, -TEN_YEARS])
def test_ticks_go_on_when_the_clock_is_set(monkeypatch: pytest.MonkeyPatch, jump: timedelta) -> None:
    monkeypatch.setattr(schedule, "JITTER", 0.001)
    with time_machine.travel(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), tick=True) as clock:
        assert asyncio.run(_ticks(0.02, lambda: clock.shift(jump))) >= 4


def test_ticks_never_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "JITTER", 0.001)
    running, most, done = 0, 0, asyncio.Event()

    async def slow() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.05)  # longer than the interval
        running -= 1
        done.set()

    async def run() -> None:
        scheduler = every(0.01, slow, datetime.now(UTC))  # noqa: TID251 - the scheduler itself reads this clock
        scheduler.start()
        for _ in range(3):
            done.clear()
            await asyncio.wait_for(done.wait(), 10)
        scheduler.shutdown(wait=False)

    asyncio.run(run())
    assert most == 1
