from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from feed.deliver.outbox import LONGEST_WISH, Debt, Outbox
from feed.model.errors import NotFound
from feed.model.subscription import Cadence, Kind, Letter, Medium

NOW = datetime(2025, 4, 1, 6, 30, tzinfo=UTC)
DESK, HOOK = "desk@example.org", "https://example.org/hook"
SCHEDULE = [timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30)] + [
    timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)
]


def letter(*alerts: str, to: str = DESK) -> Letter:
    channel = Medium.MAIL if "@" in to else Medium.WEBHOOK
    return Letter(channel, to, Kind.ALERT, ("desk",), alerts)


ONE, TWO, HOOKED = letter("a1"), letter("a2", "a3"), letter("a1", to=HOOK)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ops.db"


@pytest.fixture
def outbox(path: Path) -> Iterator[Outbox]:
    outbox = Outbox.at(path)
    outbox.begin(0)
    yield outbox
    outbox.close()


def due(outbox: Outbox, now: datetime = NOW) -> list[str]:
    return [owed.id for owed in outbox.due(now)]


def test_a_debt_is_due_at_once_and_until_it_is_paid(outbox: Outbox) -> None:
    assert outbox.owe([ONE, TWO], 7, NOW) == (ONE.id, TWO.id)
    assert due(outbox) == [ONE.id, TWO.id]
    paid = outbox.delivered(ONE.id, NOW, "accepted")
    assert (paid.state, paid.attempts) == (Debt.DELIVERED, 1)
    assert paid.answer == "2025-04-01T06:30:00Z accepted"
    assert due(outbox) == [TWO.id]


def test_a_letter_comes_back_as_it_was_owed(outbox: Outbox) -> None:
    outbox.owe([HOOKED, TWO], 7, NOW)
    assert [owed.letter for owed in outbox.letters()] == [HOOKED, TWO]
    assert [owed.owed for owed in outbox.letters()] == [NOW, NOW]


def test_owing_twice_is_owing_once_even_after_paying(outbox: Outbox) -> None:
    outbox.owe([ONE, ONE], 7, NOW)
    outbox.delivered(ONE.id, NOW, "accepted")
    assert outbox.owe([ONE], 7, NOW + timedelta(days=1)) == ()
    assert due(outbox, NOW + timedelta(days=2)) == []


def test_debts_and_cursor_survive_a_restart(path: Path, outbox: Outbox) -> None:
    outbox.owe([ONE, TWO], 7, NOW)
    outbox.failed(TWO.id, NOW, "no answer")
    outbox.close()
    again = Outbox.at(path)
    again.begin(99)
    assert again.cursor() == 7
    assert due(again) == [ONE.id]
    assert due(again, NOW + timedelta(seconds=5)) == [ONE.id, TWO.id]
    again.close()


def test_a_fresh_outbox_beside_an_old_log_owes_nothing(outbox: Outbox, tmp_path: Path) -> None:
    fresh = Outbox.at(tmp_path / "other.db")
    fresh.begin(49)
    assert [fresh.cursor(cadence) for cadence in Cadence] == [49, 49]
    assert fresh.letters() == ()
    fresh.close()


def test_each_cadence_reads_the_log_at_its_own_pace_and_never_back(outbox: Outbox) -> None:
    outbox.owe([], 7, NOW)
    outbox.owe([], 3, NOW, Cadence.DIGEST)
    outbox.owe([], 5, NOW)
    assert (outbox.cursor(), outbox.cursor(Cadence.DIGEST)) == (7, 3)


def test_debts_and_cursor_are_written_together_or_not_at_all(path: Path, outbox: Outbox) -> None:
    with sqlite3.connect(path) as db:
        db.execute("create trigger full before update on cursors begin select raise(abort, 'disk full'); end")
    db.close()
    with pytest.raises(sqlite3.IntegrityError, match="disk full"):
        outbox.owe([ONE], 7, NOW)
    assert (outbox.letters(), outbox.cursor()) == ((), 0)


def test_the_waits_grow_as_standard_webhooks_says_and_then_it_is_parked(outbox: Outbox) -> None:
    outbox.owe([HOOKED], 1, NOW)
    now, waits = NOW, []
    while (owed := outbox.failed(HOOKED.id, now, "answered 500")).next_try is not None:
        waits.append(owed.next_try - now)
        assert due(outbox, owed.next_try - timedelta(seconds=1)) == []
        assert due(outbox, owed.next_try) == [HOOKED.id]
        now = owed.next_try
    assert waits == SCHEDULE
    assert (owed.state, owed.attempts) == (Debt.PARKED, 10)
    assert now - NOW == timedelta(hours=75, minutes=35, seconds=5)
    assert owed.answer.endswith("answered 500")


@pytest.mark.parametrize(
    ("after", "wait"),
    [(None, 5), (0, 5), (3, 5), (600, 600), (10**30, int(LONGEST_WISH.total_seconds()))],
)
def test_a_receiver_may_ask_for_more_time_but_not_for_ever(outbox: Outbox, after: int | None, wait: int) -> None:
    outbox.owe([HOOKED], 1, NOW)
    assert outbox.failed(HOOKED.id, NOW, "answered 429", after=after).next_try == NOW + timedelta(seconds=wait)


def test_jitter_stretches_the_wait_but_never_below_what_was_asked(outbox: Outbox) -> None:
    outbox.owe([HOOKED, ONE], 1, NOW)
    outbox.failed(HOOKED.id, NOW, "answered 500")
    assert outbox.failed(HOOKED.id, NOW, "again", jitter=1.1).next_try == NOW + timedelta(seconds=330)
    late = NOW + timedelta(microseconds=900_000)
    assert outbox.failed(ONE.id, late, "answered 503", after=60, jitter=0.9).next_try == NOW + timedelta(seconds=61)


def test_what_cannot_help_is_parked_and_can_be_owed_again(outbox: Outbox) -> None:
    outbox.owe([ONE, TWO], 1, NOW)
    parked = outbox.failed(ONE.id, NOW, "550 no such user", retry=False)
    assert (parked.state, parked.next_try) == (Debt.PARKED, None)
    assert due(outbox, NOW + timedelta(days=9)) == [TWO.id]
    again = outbox.again(ONE.id, NOW)
    assert (again.state, again.attempts) == (Debt.OWED, 0)
    assert due(outbox) == [ONE.id, TWO.id]
    assert outbox.again(TWO.id, NOW + timedelta(days=1)).next_try == NOW


def test_a_receiver_that_is_gone_is_owed_nothing_more_until_it_is_there_again(outbox: Outbox) -> None:
    second, third = letter("a2", to=HOOK), letter("a3", to=HOOK)
    outbox.owe([HOOKED, second, ONE], 1, NOW)
    gone = outbox.failed(HOOKED.id, NOW, "answered 410", gone=True)
    assert gone.answer.endswith("answered 410")
    outbox.owe([third], 2, NOW)
    assert due(outbox, NOW + timedelta(days=9)) == [ONE.id]
    outbox.again(HOOKED.id, NOW)
    outbox.again(third.id, NOW)
    assert due(outbox) == [HOOKED.id, ONE.id, third.id]


def test_a_letter_nobody_owes_is_refused_by_name(outbox: Outbox) -> None:
    with pytest.raises(NotFound, match="none"):
        outbox.delivered("none", NOW, "")
    with pytest.raises(NotFound, match="none"):
        outbox.failed("none", NOW, "")
    with pytest.raises(NotFound, match="none"):
        outbox.again("none", NOW)


def test_other_tables_of_the_file_are_left_alone(path: Path) -> None:
    db = Database(path)
    db.table("validators").insert({"source": "x", "etag": "y"})
    outbox = Outbox(db)
    outbox.owe([ONE], 1, NOW)
    assert list(db.table("validators").rows) == [{"source": "x", "etag": "y"}]
    outbox.close()
