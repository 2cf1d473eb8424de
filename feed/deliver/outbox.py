"""What is owed to whom, in ops.db. A debt is written down before anything is sent, and struck out after.

So a crash between sending and striking out sends again, with the same id: at least once, never not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from feed.model.errors import NotFound
from feed.model.report import SPELLING, instant
from feed.model.subscription import Cadence, Kind, Letter, Medium

# Standard Webhooks: how long after each failure the next attempt is made. The first attempt is made at once.
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
# A receiver may ask for more time, but not for ever.
LONGEST_WISH = timedelta(days=7)
ANSWER = 500
SECOND = timedelta(seconds=1)
GONE = "the receiver is gone (410)"

LETTERS = {
    "id": str,
    "channel": str,
    "receiver": str,
    "kind": str,
    "subscriptions": str,
    "alerts": str,
    "owed_at": str,
    "state": str,
    "attempts": int,
    "next_try": str,
    "last_answer": str,
    "gone": int,
}
PARK_GONE = """
update letters set state = 'parked', next_try = null, last_answer = ?
where state = 'owed' and (channel, receiver) in (select channel, receiver from letters where gone)"""
THERE_AGAIN = """
update letters set gone = 0 where (channel, receiver) = (select channel, receiver from letters where id = ?)"""


class Debt(StrEnum):
    """How a debt stands. Parked: given up for now, visible, to be owed `again` by hand."""

    OWED = "owed"
    DELIVERED = "delivered"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter with how its delivery stands. `answer` is the receiver's last one, or why there was none."""

    id: str
    letter: Letter
    owed: datetime
    state: Debt
    attempts: int
    next_try: datetime | None
    answer: str


class Outbox:
    """The debts. What a call has acknowledged survives a crash (one SQLite transaction each); one writer at a time."""

    def __init__(self, db: Database) -> None:
        """Over an open database, whose other tables it leaves alone. Makes its tables when they are not there."""
        self._db = db
        self._letters, self._cursors = db.table("letters"), db.table("cursors")
        with db.atomic():
            if not self._letters.exists():
                self._letters.create(
                    LETTERS, pk="id", not_null=set(LETTERS) - {"id", "next_try"}, defaults={"gone": 0}, strict=True
                )
                self._letters.create_index(["state", "next_try"])
            self._cursors.create({"cadence": str, "sequence": int}, pk="cadence", if_not_exists=True, strict=True)

    @classmethod
    def at(cls, path: Path) -> Outbox:
        """Over the database in this file, made when it is not there. For the thread that calls, and to be closed."""
        return cls(Database(path))

    def close(self) -> None:
        """Let the database go."""
        self._db.close()

    def begin(self, head: int) -> None:
        """Start at the end of the log, when nothing was ever owed: what is on record already is not news to anyone."""
        rows = ({"cadence": cadence.value, "sequence": head} for cadence in Cadence)
        self._cursors.insert_all(rows, pk="cadence", ignore=True)

    def cursor(self, cadence: Cadence = Cadence.IMMEDIATE) -> int:
        """The sequence up to which the log was turned into debts of this cadence; 0 before `begin`."""
        rows = self._cursors.rows_where("cadence = ?", [cadence.value])
        return next((int(row["sequence"]) for row in rows), 0)

    def owe(
        self, letters: Iterable[Letter], upto: int, now: datetime, cadence: Cadence = Cadence.IMMEDIATE
    ) -> tuple[str, ...]:
        """Write down letters and that the log was read up to `upto`, all or nothing. Gives the ids that are new.

        Owing a letter twice is owing it once. A letter to a receiver that is gone is parked at once. The cursor never
        goes back.
        """
        with self._db.atomic():
            new = [letter for letter in dict.fromkeys(letters) if not self._letters.count_where("id = ?", [letter.id])]
            self._letters.insert_all((_row(letter, now) for letter in new), pk="id")
            self._db.execute(PARK_GONE, [GONE])
            reached = max(upto, self.cursor(cadence))
            self._cursors.upsert({"cadence": cadence.value, "sequence": reached}, pk="cadence")
        return tuple(letter.id for letter in new)

    def due(self, now: datetime) -> tuple[Owed, ...]:
        """What is to be sent now, in the order in which it was owed."""
        return self._select("state = ? and next_try <= ?", Debt.OWED.value, instant(now))

    def letters(self) -> tuple[Owed, ...]:
        """Every debt ever written down, in that order, however it stands."""
        return self._select("1")

    def delivered(self, letter: str, now: datetime, answer: str) -> Owed:
        """Strike out a debt. `answer` is the receiver's. Gives how it stands then. Raises NotFound."""
        return self._note(
            letter, state=Debt.DELIVERED, attempts=1, next_try=None, last_answer=f"{instant(now)} {answer}"
        )

    def failed(
        self,
        letter: str,
        now: datetime,
        why: str,
        *,
        retry: bool = True,
        after: int | None = None,
        gone: bool = False,
        jitter: float = 1.0,
    ) -> Owed:
        """Note a failed attempt and when the next is due: by the schedule times `jitter`, not before `after` seconds.

        Gives how the debt stands then: parked when `retry` is False or the schedule is over. `gone` parks all that is
        owed to this receiver, now and later, until one of it is owed `again`. Raises NotFound.
        """
        wait = None if gone or not retry else _wait(self._one(letter).attempts, after, jitter)
        with self._db.atomic():
            failed = self._note(
                letter,
                state=Debt.PARKED if wait is None else Debt.OWED,
                attempts=1,
                next_try=None if wait is None else _not_before(now + wait),
                last_answer=f"{instant(now)} {why}",
                gone=int(gone),
            )
            self._db.execute(PARK_GONE, [GONE])
        return failed

    def again(self, letter: str, now: datetime) -> Owed:
        """Owe a parked letter from now on, its schedule from the start; its receiver counts as there again.

        A letter that isn't parked stays as it is. Raises NotFound.
        """
        parked = self._one(letter)
        if parked.state is not Debt.PARKED:
            return parked
        with self._db.atomic():
            self._db.execute(THERE_AGAIN, [letter])
            return self._note(letter, state=Debt.OWED, attempts=-parked.attempts, next_try=instant(now))

    def _note(self, letter: str, *, attempts: int, **changed: Any) -> Owed:
        values = {**changed, "attempts": self._one(letter).attempts + attempts}
        if "last_answer" in values:
            values["last_answer"] = values["last_answer"][:ANSWER]
        self._letters.update(letter, values)
        return self._one(letter)

    def _one(self, letter: str) -> Owed:
        found = self._select("id = ?", letter)
        if not found:
            raise NotFound(f"no letter {letter} was ever owed", where="outbox")
        return found[0]

    def _select(self, where: str, *values: str) -> tuple[Owed, ...]:
        return tuple(_owed(row) for row in self._letters.rows_where(where, values, order_by="rowid"))


def _wait(failures: int, after: int | None, jitter: float) -> timedelta | None:
    if failures >= len(WAITS):
        return None
    wished = timedelta(seconds=min(after or 0, LONGEST_WISH.total_seconds()))
    return max(WAITS[failures] * jitter, wished)


def _not_before(time: datetime) -> str:
    # Times are kept in whole seconds: rounded down, a receiver would hear from us before the time it asked for.
    return instant(time if time.microsecond == 0 else time.replace(microsecond=0) + SECOND)


def _row(letter: Letter, now: datetime) -> dict[str, str | int]:
    return {
        "id": letter.id,
        "channel": letter.channel.value,
        "receiver": letter.to,
        "kind": letter.kind.value,
        "subscriptions": json.dumps(letter.subscriptions),
        "alerts": json.dumps(letter.alerts),
        "owed_at": instant(now),
        "state": Debt.OWED.value,
        "attempts": 0,
        "next_try": instant(now),
        "last_answer": "",
    }


def _owed(row: Mapping[str, Any]) -> Owed:
    return Owed(
        id=row["id"],
        letter=Letter(
            channel=Medium(row["channel"]),
            to=row["receiver"],
            kind=Kind(row["kind"]),
            subscriptions=tuple(json.loads(row["subscriptions"])),
            alerts=tuple(json.loads(row["alerts"])),
        ),
        owed=_time(row["owed_at"]),
        state=Debt(row["state"]),
        attempts=row["attempts"],
        next_try=None if row["next_try"] is None else _time(row["next_try"]),
        answer=row["last_answer"],
    )


def _time(text: str) -> datetime:
    return datetime.strptime(text, SPELLING).replace(tzinfo=UTC)
