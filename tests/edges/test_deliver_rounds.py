from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Lock

import pytest

from feed.app.schedule import OwnThread
from feed.deliver.outbox import Debt, Outbox, Owed
from feed.deliver.rounds import Delivered, deliver
from feed.model.errors import DeliveryFailed, NotFound
from feed.model.subscription import Kind, Letter, Medium

NOW = datetime(2025, 4, 1, 6, 30, tzinfo=UTC)


def owe(outbox: Outbox, *letters: Letter) -> None:
    outbox.write(letters, NOW)


def mail(to: str, alert: str) -> Letter:
    return Letter(Medium.MAIL, f"{to}@example.org", Kind.ALERT, (to,), (alert,))


def hook(to: str, alert: str) -> Letter:
    return Letter(Medium.WEBHOOK, f"https://{to}.example/hook", Kind.ALERT, (to,), (alert,))


@dataclass
class Postbox:
    """Takes letters, save for those receivers that fail as told."""

    fails: dict[str, DeliveryFailed] = field(default_factory=dict)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __call__(self, letter: Letter, body: bytes, now: datetime, /) -> str:
        self.asked.append(letter.to)
        if letter.subscriptions[0] in self.fails:
            raise self.fails[letter.subscriptions[0]]
        self.taken.append((letter.id, body))
        return "taken"


class Killed(BaseException):
    """What a power cut does to the next line of code."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ops.db"


@pytest.fixture
def outbox(path: Path) -> Iterator[Outbox]:
    outbox = Outbox.at(path)
    yield outbox
    outbox.close()


def compose(owed: Owed) -> bytes:
    return f"{owed.letter.alerts}".encode()


def both(box: Postbox) -> dict[Medium, Postbox]:
    return {Medium.MAIL: box, Medium.WEBHOOK: box}


def test_what_is_due_is_sent_once(outbox: Outbox) -> None:
    letters = (mail("a", "1"), hook("b", "1"))
    owe(outbox, *letters)
    box = Postbox()
    assert deliver(outbox, both(box), compose, NOW) == Delivered(sent=tuple(each.id for each in letters))
    assert deliver(outbox, both(box), compose, NOW) == Delivered()
    assert box.taken == [(each.id, b"('1',)") for each in letters]


def test_one_bad_receiver_stops_no_other_and_is_asked_once_a_round(outbox: Outbox) -> None:
    bad, worse, good = hook("bad", "1"), hook("bad", "2"), hook("good", "1")
    owe(outbox, bad, worse, good)
    box = Postbox(fails={"bad": DeliveryFailed("answered 500", where="https://bad.example/hook")})
    assert deliver(outbox, both(box), compose, NOW) == Delivered((good.id,), (bad.id,), (worse.id,))
    assert [owed.attempts for owed in outbox.letters()] == [1, 0, 1]
    box.fails.clear()
    assert deliver(outbox, both(box), compose, NOW + timedelta(seconds=5)).sent == (bad.id, worse.id)


def test_a_letter_that_is_refused_for_good_does_not_hold_up_the_next(outbox: Outbox) -> None:
    first, second = mail("desk", "1"), mail("desk", "2")
    owe(outbox, first, second)
    box = Postbox(fails={"desk": DeliveryFailed("554 no", retry=False)})
    assert deliver(outbox, both(box), compose, NOW).failed == (first.id, second.id)
    assert {owed.state for owed in outbox.letters()} == {Debt.PARKED}


def test_the_receivers_wish_and_the_jitter_reach_the_outbox(outbox: Outbox) -> None:
    wishes, plain = hook("wishes", "1"), hook("plain", "1")
    owe(outbox, wishes, plain)
    box = Postbox(fails={"wishes": DeliveryFailed("answered 429", after=600), "plain": DeliveryFailed("no answer")})
    deliver(outbox, both(box), compose, NOW, jitter=lambda: 2.0)
    assert [owed.next_try for owed in outbox.letters()] == [
        NOW + timedelta(seconds=600),
        NOW + timedelta(seconds=10),
    ]


def test_gone_is_gone(outbox: Outbox) -> None:
    owe(outbox, hook("gone", "1"), hook("gone", "2"))
    box = Postbox(fails={"gone": DeliveryFailed("answered 410", retry=False, gone=True)})
    deliver(outbox, both(box), compose, NOW)
    deliver(outbox, both(box), compose, NOW + timedelta(days=30))
    assert len(box.asked) == 1
    assert {owed.state for owed in outbox.letters()} == {Debt.PARKED}


def test_a_letter_that_is_too_long_is_parked_as_its_writer_says(outbox: Outbox) -> None:
    owe(outbox, hook("a", "1"))

    def refusing(owed: Owed) -> bytes:
        raise DeliveryFailed("the alert takes 30000 bytes", where=owed.id, retry=False)

    deliver(outbox, both(Postbox()), refusing, NOW)
    assert outbox.letters()[0].state is Debt.PARKED


def test_a_letter_that_cannot_be_written_is_parked_with_the_reason(outbox: Outbox) -> None:
    broken, fine = mail("a", "broken"), mail("a", "fine")
    owe(outbox, broken, fine)

    def refusing(owed: Owed) -> bytes:
        if "broken" in owed.letter.alerts:
            raise NotFound("no alert broken is on record")
        return compose(owed)

    outcome = deliver(outbox, both(Postbox()), refusing, NOW)
    assert (outcome.sent, outcome.failed) == ((fine.id,), (broken.id,))
    parked = outbox.letters()[0]
    assert parked.state is Debt.PARKED
    assert "no alert broken is on record" in parked.answer


def test_a_channel_that_is_not_set_up_leaves_the_debt(outbox: Outbox) -> None:
    owe(outbox, mail("a", "1"))
    deliver(outbox, {}, compose, NOW)
    (owed,) = outbox.letters()
    assert owed.state is Debt.OWED
    assert "no mail is set up" in owed.answer


def test_a_crash_between_sending_and_striking_out_sends_again_with_the_same_id(path: Path, outbox: Outbox) -> None:
    letter = mail("desk", "1")
    owe(outbox, letter)
    box = Postbox()

    def dying(letter: Letter, body: bytes, now: datetime, /) -> str:
        box(letter, body, now)
        raise Killed

    with pytest.raises(Killed):
        deliver(outbox, {Medium.MAIL: dying}, compose, NOW)
    outbox.close()
    restarted = Outbox.at(path)
    restarted.begin(1)
    assert deliver(restarted, both(box), compose, NOW + timedelta(minutes=1)).sent == (letter.id,)
    assert box.taken[0] == box.taken[1]
    restarted.close()


def test_several_receivers_are_served_side_by_side_and_each_in_its_order(outbox: Outbox) -> None:
    owe(outbox, *(hook(to, f"{n}") for n in range(5) for to in ("slow", "quick")))
    other, lock = Event(), Lock()
    taken: list[str] = []

    def meeting(letter: Letter, body: bytes, now: datetime, /) -> str:
        if "slow" in letter.to and not taken:
            assert other.wait(20), "nobody else was served meanwhile"
        with lock:
            taken.append(f"{letter.subscriptions[0]} {letter.alerts[0]}")
        other.set()
        return "taken"

    done = deliver(outbox, {Medium.WEBHOOK: meeting}, compose, NOW, crew=OwnThread("sending", 2))
    assert len(done.sent) == 10
    for to in ("slow", "quick"):
        assert [each for each in taken if to in each] == [f"{to} {n}" for n in range(5)]


def test_each_letter_knows_what_its_receiver_was_told_before(outbox: Outbox) -> None:
    owe(outbox, *(replace(hook(to, f"{n}"), sequence=n) for n in (3, 7, 9) for to in ("a", "b")))
    told: list[tuple[int | None, int]] = []

    def noting(letter: Letter, body: bytes, now: datetime, /) -> str:
        told.append((letter.previous, letter.sequence))
        return "taken"

    deliver(outbox, {Medium.WEBHOOK: noting}, compose, NOW)
    assert sorted(told, key=lambda each: each[1])[::2] == [(None, 3), (3, 7), (7, 9)]
