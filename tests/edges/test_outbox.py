from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from feed.deliver.outbox import Debt, Outbox
from feed.deliver.patience import LONGEST_WISH, PATIENCE, SCHEDULE
from feed.model.errors import DeliveryFailed, NotFound
from feed.model.subscription import Kind, Letter, Medium, Telling

NOW = datetime(2025, 4, 1, 6, 30, tzinfo=UTC)
DESK, HOOK = "desk@example.org", "https://example.org/hook"
DOWN, GONE = DeliveryFailed("answered 500"), DeliveryFailed("answered 410", retry=False, gone=True)
REFUSED = DeliveryFailed("answered 422", refused=True)


def letter(*alerts: str, to: str = DESK) -> Letter:
    channel = Medium.MAIL if "@" in to else Medium.WEBHOOK
    return Letter(channel, to, Kind.ALERT, ("desk",), alerts)


def telling(sequence: int, due: datetime = NOW, to: str = DESK, names: tuple[str, ...] = ("desk",)) -> Telling:
    return Telling(Medium.MAIL, to, f"a{sequence}", sequence, Kind.ALERT, names, due)


ONE, TWO, HOOKED = letter("a1"), letter("a2", "a3"), letter("a1", to=HOOK)
SECOND, THIRD = letter("a2", to=HOOK), letter("a3", to=HOOK)


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
    assert outbox.write([ONE, TWO], NOW) == (ONE.id, TWO.id)
    assert due(outbox) == [ONE.id, TWO.id]
    paid = outbox.delivered(ONE.id, NOW, "accepted")
    assert (paid.state, paid.attempts) == (Debt.DELIVERED, 1)
    assert paid.answer == "2025-04-01T06:30:00Z accepted"
    assert due(outbox) == [TWO.id]
    assert outbox.counts() == {Debt.DELIVERED: 1, Debt.OWED: 1}


def test_a_letter_comes_back_as_it_was_owed(outbox: Outbox) -> None:
    outbox.write([HOOKED, TWO, replace(TWO, alerts=(), kind=Kind.NOTHING, note="3 of 4")], NOW)
    assert [owed.letter for owed in outbox.letters()][:2] == [HOOKED, TWO]
    assert outbox.letters()[2].letter.note == "3 of 4"
    assert {owed.owed for owed in outbox.letters()} == {NOW}


def test_writing_twice_is_owing_once_even_after_paying(outbox: Outbox) -> None:
    outbox.write([ONE, ONE], NOW)
    outbox.delivered(ONE.id, NOW, "accepted")
    assert outbox.write([ONE], NOW + timedelta(days=1)) == ()
    assert due(outbox, NOW + timedelta(days=2)) == []


def test_what_is_owed_waits_until_it_is_due_and_survives_a_restart(path: Path, outbox: Outbox) -> None:
    later = telling(2, NOW + timedelta(hours=1))
    assert outbox.owe([telling(1), later], 7) == 2
    outbox.close()
    again = Outbox.at(path)
    again.begin(99)
    assert again.cursor() == 7
    assert again.pending(NOW, {"desk"}) == (telling(1),)
    assert again.waiting() == (telling(1), later)
    again.write([ONE], NOW)
    assert again.waiting() == (later,)
    assert due(again) == [ONE.id]
    again.close()


def test_what_was_owed_already_is_not_owed_again(outbox: Outbox) -> None:
    outbox.owe([telling(1)], 7)
    outbox.write([ONE], NOW)
    assert outbox.owe([telling(1), telling(7)], 7) == 0
    assert outbox.owe([telling(8)], 5) == 1
    assert outbox.cursor() == 7


def test_who_is_no_longer_subscribed_is_not_asked_for(outbox: Outbox) -> None:
    outbox.owe([telling(1, names=("desk", "former"))], 1)
    assert outbox.pending(NOW, {"desk"})[0].subscriptions == ("desk",)
    assert outbox.pending(NOW, set())[0].subscriptions == ()


def test_what_is_put_off_stays_with_its_new_time(outbox: Outbox) -> None:
    outbox.owe([telling(1), telling(2)], 2)
    put_off = replace(telling(2), due=NOW + timedelta(hours=1), kind=Kind.DIGEST)
    outbox.write([ONE], NOW, put_off=[put_off])
    assert outbox.waiting() == (put_off,)


def test_a_fresh_outbox_beside_an_old_log_owes_nothing(tmp_path: Path) -> None:
    fresh = Outbox.at(tmp_path / "other.db")
    fresh.begin(49)
    assert (fresh.cursor(), fresh.letters(), fresh.waiting()) == (49, (), ())
    fresh.close()


def test_debts_and_cursor_are_written_together_or_not_at_all(path: Path, outbox: Outbox) -> None:
    with sqlite3.connect(path) as db:
        db.execute("create trigger full before update on cursors begin select raise(abort, 'disk full'); end")
    db.close()
    with pytest.raises(sqlite3.IntegrityError, match="disk full"):
        outbox.owe([telling(1)], 7)
    assert (outbox.waiting(), outbox.cursor()) == ((), 0)


def test_letters_and_what_they_are_made_of_change_together_or_not_at_all(path: Path, outbox: Outbox) -> None:
    outbox.owe([telling(1)], 1)
    with sqlite3.connect(path) as db:
        db.execute("create trigger full before delete on tellings begin select raise(abort, 'disk full'); end")
    db.close()
    with pytest.raises(sqlite3.IntegrityError, match="disk full"):
        outbox.write([ONE], NOW)
    assert (outbox.letters(), outbox.waiting()) == ((), (telling(1),))


def test_the_waits_grow_as_standard_webhooks_says_but_it_knocks_hourly_and_then_it_is_parked(outbox: Outbox) -> None:
    outbox.write([HOOKED], NOW)
    now, waits = NOW, []
    while (owed := outbox.failed(HOOKED.id, now, DOWN)).next_try is not None:
        waits.append(owed.next_try - now)
        assert due(outbox, owed.next_try - timedelta(seconds=1)) == []
        assert due(outbox, owed.next_try) == [HOOKED.id]
        now = owed.next_try
    assert waits[:3] == list(SCHEDULE[:3])
    assert set(waits[3:]) == {timedelta(hours=1)}
    assert owed.state is Debt.PARKED
    assert timedelta() <= now - NOW - PATIENCE < timedelta(hours=1)
    assert timedelta(hours=75, minutes=35, seconds=5) == PATIENCE
    assert owed.answer.endswith("answered 500")
    tries = outbox.attempts(HOOKED.id)
    assert len(tries) == owed.attempts == len(waits) + 1
    assert {answer for _, answer in tries} == {"answered 500"}


def test_while_the_first_letter_knocks_the_others_wait_for_it(outbox: Outbox) -> None:
    outbox.write([HOOKED, SECOND, ONE], NOW)
    outbox.failed(HOOKED.id, NOW, DOWN)
    assert due(outbox) == [ONE.id]
    assert due(outbox, NOW + timedelta(seconds=5)) == [HOOKED.id, SECOND.id, ONE.id]
    outbox.delivered(HOOKED.id, NOW + timedelta(seconds=5), "answered 204")
    assert due(outbox, NOW + timedelta(seconds=5)) == [SECOND.id, ONE.id]


def test_when_the_first_is_given_up_so_is_all_that_waited_as_long(outbox: Outbox) -> None:
    outbox.write([HOOKED, SECOND], NOW)
    outbox.write([THIRD], NOW + timedelta(hours=1))
    outbox.failed(HOOKED.id, NOW + PATIENCE, DOWN)
    assert [owed.state for owed in outbox.letters()] == [Debt.PARKED, Debt.PARKED, Debt.OWED]


def test_who_refuses_a_letter_three_times_gets_the_next_one(outbox: Outbox) -> None:
    outbox.write([HOOKED, SECOND], NOW)
    now = NOW
    for _ in range(3):
        assert due(outbox, now) == [HOOKED.id, SECOND.id]
        now = outbox.failed(HOOKED.id, now, REFUSED).next_try or now
    assert outbox.one(HOOKED.id).state is Debt.PARKED
    assert due(outbox, now) == [SECOND.id]


@pytest.mark.parametrize(
    ("after", "wait"),
    [(None, 5), (0, 5), (3, 5), (600, 600), (10**30, int(LONGEST_WISH.total_seconds()))],
)
def test_a_receiver_may_ask_for_more_time_but_not_for_ever(outbox: Outbox, after: int | None, wait: int) -> None:
    outbox.write([HOOKED], NOW)
    busy = DeliveryFailed("answered 429", after=after)
    assert outbox.failed(HOOKED.id, NOW, busy).next_try == NOW + timedelta(seconds=wait)


def test_jitter_stretches_the_wait_but_never_below_what_was_asked(outbox: Outbox) -> None:
    outbox.write([HOOKED, ONE], NOW)
    outbox.failed(HOOKED.id, NOW, DOWN)
    assert outbox.failed(HOOKED.id, NOW, DOWN, lambda: 1.1).next_try == NOW + timedelta(seconds=330)
    late = NOW + timedelta(microseconds=900_000)
    busy = DeliveryFailed("answered 503", after=60)
    assert outbox.failed(ONE.id, late, busy, lambda: 0.9).next_try == NOW + timedelta(seconds=61)


def test_what_cannot_help_is_parked_and_can_be_owed_again(outbox: Outbox) -> None:
    outbox.write([ONE, TWO], NOW)
    parked = outbox.failed(ONE.id, NOW, DeliveryFailed("550 no such user", retry=False))
    assert (parked.state, parked.next_try) == (Debt.PARKED, None)
    assert due(outbox, NOW + timedelta(days=9)) == [TWO.id]
    again = outbox.again(ONE.id, NOW)
    assert (again.state, again.attempts) == (Debt.OWED, 0)
    assert due(outbox) == [ONE.id, TWO.id]
    assert outbox.again(TWO.id, NOW + timedelta(days=1)).state is Debt.OWED


def test_a_receiver_that_is_gone_is_owed_nothing_more_until_it_is_there_again(outbox: Outbox) -> None:
    outbox.write([HOOKED, SECOND, ONE], NOW)
    gone = outbox.failed(HOOKED.id, NOW, GONE)
    assert gone.answer.endswith("answered 410")
    outbox.write([THIRD], NOW)
    assert due(outbox, NOW + timedelta(days=9)) == [ONE.id]
    assert list(outbox.gone()) == [(Medium.WEBHOOK, HOOK)]
    outbox.again(HOOKED.id, NOW)
    outbox.again(THIRD.id[:12], NOW)
    assert due(outbox) == [HOOKED.id, ONE.id, THIRD.id]
    assert not outbox.gone()


@pytest.mark.parametrize(("to", "given_up"), [(HOOK, True), (DESK, False)])
def test_a_webhook_that_took_nothing_for_five_days_is_switched_off_a_mail_address_is_not(
    to: str, given_up: bool, outbox: Outbox
) -> None:
    for day in range(6):
        now = NOW + timedelta(days=day)
        outbox.write([letter(f"day {day}", to=to)], now)
        first = outbox.due(now)[0]
        outbox.failed(first.id, now, DOWN)
    assert bool(outbox.gone()) is given_up
    assert all("five days" in why for why in outbox.gone().values())
    assert bool(outbox.due(NOW + timedelta(days=7))) is not given_up


def test_five_days_without_letters_are_no_five_days_of_failure(outbox: Outbox) -> None:
    outbox.write([HOOKED], NOW)
    outbox.failed(HOOKED.id, NOW, DOWN)
    outbox.failed(HOOKED.id, NOW + PATIENCE, DOWN)
    later = NOW + timedelta(days=30)
    outbox.write([SECOND], later)
    assert outbox.failed(SECOND.id, later, DOWN).next_try == later + timedelta(seconds=5)


def test_a_letter_nobody_owes_is_refused_by_name(outbox: Outbox) -> None:
    with pytest.raises(NotFound, match="no letter"):
        outbox.delivered("none", NOW, "")
    with pytest.raises(NotFound, match="no letter"):
        outbox.failed("none", NOW, DOWN)
    for name in ("none", ""):
        with pytest.raises(NotFound, match="no letter"):
            outbox.again(name, NOW)
    outbox.write([letter(f"a{n}") for n in range(20)], NOW)
    shared = next(c for c in "0123456789abcdef" if sum(owed.id.startswith(c) for owed in outbox.letters()) > 1)
    with pytest.raises(NotFound, match="several"):
        outbox.one(shared)


def test_other_tables_of_the_file_are_left_alone_and_older_ones_of_ours_are_filled_up(path: Path) -> None:
    db = Database(path)
    db.table("validators").insert({"source": "x", "etag": "y"})
    db.table("letters").create({"id": str, "channel": str, "receiver": str, "owed_at": str, "state": str}, pk="id")
    outbox = Outbox(db)
    outbox.write([ONE], NOW)
    assert due(outbox) == [ONE.id]
    assert list(db.table("validators").rows) == [{"source": "x", "etag": "y"}]
    outbox.close()
