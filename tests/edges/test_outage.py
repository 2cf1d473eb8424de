"""Receivers that are down for a day, for days, or for good: on a simulated clock, with the real outbox and hooks."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random  # noqa: TID251 - seeded, so that each run sees the same

import pytest
import time_machine
from standardwebhooks.webhooks import Webhook

from feed.deliver.outbox import Debt, Outbox, Owed
from feed.deliver.patience import PATIENCE, SCHEDULE
from feed.deliver.rounds import deliver
from feed.deliver.webhook import Hook
from feed.model.errors import SourceFailed
from feed.model.subscription import Kind, Letter, Medium
from feed.model.web import Request, Response

BEGAN = datetime(2026, 3, 28, 12, tzinfo=UTC)  # over a change of the clocks
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
ENDPOINTS, ALERTS = (10, 200) if os.environ.get("FEED_NIGHTLY") else (10, 40)  # noqa: TID251 - a switch of the tests
TICK = timedelta(minutes=10)
EVERY = timedelta(minutes=1)


class Killed(BaseException):
    """What kill -9 does to the next line of code."""


@dataclass
class World:
    """Endpoints that answer as told, and what reached them: (time, webhook-id), each with a signature that verifies."""

    answer: int | None = 204
    headers: dict[str, str] = field(default_factory=dict)
    now: datetime = BEGAN
    reached: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)
    asked: dict[str, list[datetime]] = field(default_factory=dict)
    kill_at: int = -1

    def __call__(self, request: Request, /) -> Response:
        self.asked.setdefault(request.url, []).append(self.now)
        assert request.limits.redirects == 0
        if self.answer is None:
            raise SourceFailed("no answer", where=request.url)
        if self.answer == 204:
            with time_machine.travel(self.now, tick=False):
                Webhook(SECRET).verify(request.content, dict(request.headers))
            self.reached.setdefault(request.url, []).append((self.now, request.headers["webhook-id"]))
            self.kill_at -= 1
            if self.kill_at == 0:
                raise Killed
        return Response(request.url, self.answer, self.headers, b"")


def url(endpoint: int) -> str:
    return f"https://receiver-{endpoint}.example/hook"


def letter(endpoint: int, alert: int) -> Letter:
    return Letter(Medium.WEBHOOK, url(endpoint), Kind.ALERT, ("desk",), (f"alert-{alert:04d}",), sequence=alert)


def compose(owed: Owed) -> bytes:
    return b'{"id":"%b"}' % owed.letter.alerts[0].encode()


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    outbox = Outbox.at(tmp_path / "ops.db")
    # What fsync promises is tried elsewhere; here there are thousands of small steps.
    outbox._db.conn.execute("pragma synchronous=off")
    yield outbox
    outbox.close()


def until(end: datetime, outbox: Outbox, world: World, *, step: timedelta = TICK) -> None:
    """Let time pass, tick by tick; the clock jumps over stretches in which nothing is due."""
    dice = Random(1)
    channels = {Medium.WEBHOOK: Hook(world, {"desk": (SECRET,)})}
    while world.now < end:
        deliver(outbox, channels, compose, world.now, lambda: dice.uniform(0.9, 1.1))
        tries = [row["next_try"] for row in outbox._db.query("select min(next_try) as next_try from receivers")]
        following = datetime.fromisoformat(tries[0]) if tries[0] else end
        world.now = max(world.now + timedelta(seconds=1), min(following, world.now + step, end))


def test_a_day_without_an_answer_loses_nothing_and_keeps_the_order(outbox: Outbox) -> None:
    world = World(answer=None)
    for alert in range(ALERTS):
        outbox.write([letter(endpoint, alert) for endpoint in range(ENDPOINTS)], BEGAN)
    until(BEGAN + timedelta(hours=24), outbox, world)
    assert not world.reached
    for tries in world.asked.values():
        waits = [later - earlier for earlier, later in pairwise(tries)]
        for wait, planned in zip(waits, SCHEDULE[:3], strict=False):
            assert 0.9 * planned <= wait <= 1.1 * planned + timedelta(seconds=2)
        assert max(waits) <= timedelta(hours=1.1, seconds=2)
        assert len(tries) < 40
    world.answer = 204
    back = world.now
    until(back + timedelta(hours=2), outbox, world)
    for endpoint in range(ENDPOINTS):
        times, ids = zip(*world.reached[url(endpoint)], strict=True)
        assert ids == tuple(f"alert-{n:04d}" for n in range(ALERTS))
        assert max(times) - back <= timedelta(hours=1.1)
    assert outbox.counts() == {Debt.DELIVERED: ENDPOINTS * ALERTS}


def test_76_hours_without_an_answer_park_everything_and_nothing_is_lost(outbox: Outbox) -> None:
    world = World(answer=None)
    letters = [letter(endpoint, alert) for alert in range(10) for endpoint in range(3)]
    outbox.write(letters, BEGAN)
    until(BEGAN + PATIENCE - timedelta(hours=2), outbox, world)
    assert outbox.counts() == {Debt.OWED: 30}
    until(BEGAN + timedelta(hours=77), outbox, world)
    assert outbox.counts() == {Debt.PARKED: 30}
    asked = {to: len(times) for to, times in world.asked.items()}
    until(BEGAN + timedelta(hours=200), outbox, world, step=timedelta(hours=5))
    assert {to: len(times) for to, times in world.asked.items()} == asked
    world.answer = 204
    for owed in outbox.letters():
        outbox.again(owed.id, world.now)
    until(world.now + timedelta(minutes=30), outbox, world)
    for endpoint in range(3):
        assert [name for _, name in world.reached[url(endpoint)]] == [f"alert-{n:04d}" for n in range(10)]


@pytest.mark.parametrize(
    ("status", "headers", "requests"),
    [(410, {}, 1), (429, {"retry-after": "7200"}, 12), (302, {"location": "https://elsewhere.example/"}, 27)],
    ids=str,
)
def test_how_often_it_knocks_in_a_day(outbox: Outbox, status: int, headers: dict[str, str], requests: int) -> None:
    world = World(answer=status, headers=headers)
    outbox.write([letter(0, 1), letter(0, 2)], BEGAN)
    until(BEGAN + timedelta(hours=24), outbox, world)
    assert set(world.asked) == {url(0)}
    assert abs(len(world.asked[url(0)]) - requests) <= (0 if status == 410 else 2)


def test_news_keeps_coming_while_a_receiver_refuses_one_letter(outbox: Outbox) -> None:
    world = World(answer=422)
    outbox.write([letter(0, 1)], BEGAN)
    until(BEGAN + timedelta(minutes=6), outbox, world)
    assert outbox.counts() == {Debt.PARKED: 1}
    world.answer = 204
    outbox.write([letter(0, 2)], world.now)
    until(world.now + EVERY, outbox, world)
    assert [name for _, name in world.reached[url(0)]] == ["alert-0002"]


def test_killed_anywhere_a_letter_comes_at_most_once_more_and_under_the_same_id(tmp_path: Path) -> None:
    count = 200 if os.environ.get("FEED_NIGHTLY") else 25  # noqa: TID251 - a switch of the tests
    world = World()
    outbox = Outbox.at(tmp_path / "ops.db")
    outbox.write([letter(0, alert) for alert in range(count * 2)], BEGAN)
    dice = Random(2)
    kills = 0
    for _ in range(count):
        world.kill_at = dice.randint(1, 3)
        try:
            deliver(outbox, {Medium.WEBHOOK: Hook(world, {"desk": (SECRET,)})}, compose, world.now)
        except Killed:
            kills += 1
        outbox.close()
        outbox = Outbox.at(tmp_path / "ops.db")
        world.now += EVERY
    world.kill_at = -1
    until(world.now + EVERY, outbox, world)
    ids = [name for _, name in world.reached[url(0)]]
    assert kills == count
    assert len(ids) - len(set(ids)) <= kills
    assert list(dict.fromkeys(ids)) == [f"alert-{n:04d}" for n in range(count * 2)]
    assert outbox.counts() == {Debt.DELIVERED: count * 2}
    outbox.close()
