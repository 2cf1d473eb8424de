"""What is owed to whom, in ops.db. A debt is written down before anything is sent, and struck out after.

So a crash between sending and striking out sends again, with the same id: at least once, never not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from feed.deliver.patience import GIVEN_UP, PATIENCE, REFUSALS, pause, whole
from feed.deliver.tables import (
    RECEIVER,
    Debt,
    Owed,
    letter_row,
    make,
    moment,
    owed,
    telling,
    telling_row,
)
from feed.model.errors import DeliveryFailed, NotFound
from feed.model.instant import instant
from feed.model.subscription import Kind, Letter, Medium, Telling

__all__ = ["Debt", "Outbox", "Owed"]

ANSWER = 500
LOG = "log"
HOUR = timedelta(hours=1)
Receiver = tuple[Medium, str]
JOINED = """
select l.*, r.next_try, (
  select p.sequence from letters p
  where p.channel = l.channel and p.receiver = l.receiver and p.rowid < l.rowid and p.sequence > 0
  order by p.rowid desc limit 1
) as previous
from letters l left join receivers r on r.channel = l.channel and r.receiver = l.receiver
"""
DUE = JOINED + "where l.state = 'owed' and (r.next_try is null or r.next_try <= ?) order by l.rowid"
PARK = "update letters set state = 'parked', last_answer = ? where state = 'owed' and channel = ? and receiver = ?"
PARK_GONE = """
update letters set state = 'parked', last_answer = (
  select gone from receivers r where r.channel = letters.channel and r.receiver = letters.receiver
) where state = 'owed' and (channel, receiver) in (select channel, receiver from receivers where gone is not null)"""


class Outbox:
    """The debts. What a call has acknowledged survives a crash (one SQLite transaction each); one writer at a time.

    A receiver's letters go out in the order in which they were owed: the first one knocks, the others wait for it.
    """

    def __init__(self, db: Database) -> None:
        """Over an open database, whose other tables it leaves alone. Makes its tables when they are not there."""
        self._db = db
        with db.atomic():
            make(db)
        self._letters, self._tellings, self._receivers, self._cursors, self._attempts = map(
            db.table, ("letters", "tellings", "receivers", "cursors", "attempts")
        )

    @classmethod
    def at(cls, path: Path) -> Outbox:
        """Over the database in this file, made when it is not there. For the thread that calls, and to be closed."""
        return cls(Database(path))

    def close(self) -> None:
        """Let the database go."""
        self._db.close()

    def begin(self, head: int) -> None:
        """Start at the end of the log, when nothing was ever owed: what is on record already is not news to anyone."""
        self._cursors.insert({"name": LOG, "place": head}, pk="name", ignore=True)

    def place(self, name: str = LOG) -> int | None:
        """Where we are with something: the sequence up to which the log was turned into debts, unless named."""
        rows = self._cursors.rows_where("name = ?", [name])
        return next((int(row["place"]) for row in rows), None)

    def cursor(self) -> int:
        """The sequence up to which the log was turned into debts; 0 before `begin`."""
        return self.place() or 0

    def mark(self, name: str, place: int) -> None:
        """Note where we are with something."""
        self._cursors.upsert({"name": name, "place": place}, pk="name")

    def owe(self, tellings: Iterable[Telling], upto: int) -> int:
        """Write down what is owed and that the log was read up to `upto`, all or nothing. Gives how much of it is new.

        What stands at or before the cursor was owed already, and is not owed again. The cursor never goes back.
        """
        with self._db.atomic():
            reached = self.cursor()
            rows = [telling_row(each) for each in tellings if each.sequence > reached]
            self._tellings.insert_all(rows, pk=(*RECEIVER, "alert"), ignore=True)
            self.mark(LOG, max(upto, reached))
        return len(rows)

    def pending(self, now: datetime, known: Collection[str]) -> tuple[Telling, ...]:
        """What is to be put into letters now, for those subscriptions that are known."""
        rows = self._tellings.rows_where("due <= ?", [instant(now)], order_by="sequence")
        return tuple(telling(row, known) for row in rows)

    def waiting(self) -> tuple[Telling, ...]:
        """What is owed but in no letter yet, whenever it is due."""
        return tuple(telling(row) for row in self._tellings.rows_where(order_by="due, sequence"))

    def write(
        self,
        letters: Iterable[Letter],
        now: datetime,
        *,
        put_off: Iterable[Telling] = (),
        marks: Mapping[str, int] | None = None,
    ) -> tuple[str, ...]:
        """Put what was pending into letters that are owed from now on, all or nothing. Gives the ids that are new.

        What is `put_off` stays, as it is given. A letter to a receiver that is gone is parked at once. `marks` are
        noted with them.
        """
        with self._db.atomic():
            new = [letter for letter in dict.fromkeys(letters) if not self._letters.count_where("id = ?", [letter.id])]
            self._letters.insert_all((letter_row(letter, now) for letter in new), pk="id")
            self._tellings.delete_where("due <= ?", [instant(now)])
            self._tellings.insert_all((telling_row(each) for each in put_off), pk=(*RECEIVER, "alert"), ignore=True)
            self._db.execute(PARK_GONE)
            for name, place in (marks or {}).items():
                self.mark(name, place)
        return tuple(letter.id for letter in new)

    def lately(self, now: datetime) -> Mapping[Receiver, Sequence[datetime]]:
        """When each receiver was told something at once in the hour before now, oldest first."""
        found: dict[Receiver, list[datetime]] = {}
        where = "kind = ? and owed_at > ?"
        for row in self._letters.rows_where(where, [Kind.ALERT.value, instant(now - HOUR)], order_by="owed_at"):
            found.setdefault((Medium(row["channel"]), row["receiver"]), []).append(moment(row["owed_at"]))
        return found

    def due(self, now: datetime) -> tuple[Owed, ...]:
        """What is to be sent now, in the order in which it was owed: nothing to a receiver whose next try is later."""
        return tuple(map(owed, self._db.query(DUE, [instant(now)])))

    def letters(self) -> tuple[Owed, ...]:
        """Every debt ever written down, in that order, however it stands."""
        return tuple(map(owed, self._db.query(JOINED + "order by l.rowid")))

    def counts(self) -> Mapping[Debt, int]:
        """How many letters there are in each state."""
        rows = self._db.query("select state, count(*) as count from letters group by state")
        return {Debt(row["state"]): row["count"] for row in rows}

    def knows(self, letter: str) -> bool:
        """Whether a letter was ever written down, by its whole id."""
        return bool(self._letters.count_where("id = ?", [letter]))

    def attempts(self, letter: str) -> tuple[tuple[datetime, str], ...]:
        """When a letter was tried, and what came of it, oldest first."""
        rows = self._attempts.rows_where("letter = ?", [letter], order_by="rowid")
        return tuple((moment(row["at"]), row["answer"]) for row in rows)

    def one(self, name: str) -> Owed:
        """The letter of that id, or of the one id that begins so. Raises NotFound."""
        rows = self._db.query(JOINED + "where l.id >= ? and l.id < ? || 'g' order by l.rowid limit 2", [name, name])
        found = [owed(row) for row in rows] if name else []
        if len(found) != 1:
            what = f"several letters begin with {name!r}" if found else f"no letter {name} was ever owed"
            raise NotFound(what, where="outbox", mend="`feed deliveries` lists them.")
        return found[0]

    def delivered(self, letter: str, now: datetime, answer: str) -> Owed:
        """Strike out a debt. `answer` is the receiver's. Gives how it stands then. Raises NotFound."""
        with self._db.atomic():
            held = self._tried(letter, now, answer)
            self._letters.update(letter, {"state": Debt.DELIVERED.value})
            self._receiver(held.letter, failures=0, failing_since=None, next_try=None)
        return self.one(letter)

    def failed(
        self, letter: str, now: datetime, failure: DeliveryFailed, jitter: Callable[[], float] = lambda: 1.0
    ) -> Owed:
        """Note a failed attempt and when its receiver is tried next, times `jitter`; gives how the debt stands then.

        Parked are: a letter that trying again cannot help, or that was refused three times; all letters whose
        time is over; and all of a receiver that is gone, now and later, until one of them is owed `again`. A webhook
        that took nothing for five days counts as gone. Raises NotFound.
        """
        with self._db.atomic():
            held = self._tried(letter, now, str(failure))
            if failure.gone:
                self._gone(held.letter, f"{instant(now)} {failure}")
            elif not failure.retry:
                self._letters.update(letter, {"state": Debt.PARKED.value})
            else:
                self._wait(held, now, failure, jitter())
        return self.one(letter)

    def again(self, letter: str, now: datetime) -> Owed:
        """Owe a parked letter from now on, its schedule from the start; its receiver counts as there again.

        A letter that isn't parked stays as it is. Raises NotFound.
        """
        parked = self.one(letter)
        if parked.state is Debt.PARKED:
            with self._db.atomic():
                self._letters.update(
                    parked.id, {"state": Debt.OWED.value, "attempts": 0, "refusals": 0, "since": instant(now)}
                )
                self._receiver(parked.letter, failures=0, failing_since=None, next_try=None, gone=None)
        return self.one(parked.id)

    def gone(self) -> Mapping[Receiver, str]:
        """The receivers that were given up, each with when and why."""
        rows = self._receivers.rows_where("gone is not null")
        return {(Medium(row["channel"]), row["receiver"]): row["gone"] for row in rows}

    def _tried(self, letter: str, now: datetime, answer: str) -> Owed:
        held = self.one(letter)
        said = answer[:ANSWER]
        self._attempts.insert({"letter": letter, "at": instant(now), "answer": said})
        self._letters.update(letter, {"attempts": held.attempts + 1, "last_answer": f"{instant(now)} {said}"})
        return held

    def _wait(self, held: Owed, now: datetime, failure: DeliveryFailed, jitter: float) -> None:
        letter = held.letter
        known = self._known(letter)
        since = str(known.get("failing_since") or instant(now))
        failures = int(known.get("failures") or 0) + 1
        if failure.refused and self._refused(held.id) >= REFUSALS:
            self._letters.update(held.id, {"state": Debt.PARKED.value})
            self._receiver(letter, failures=0, failing_since=since, next_try=None)
        else:
            then = whole(now + pause(failures, failure.after, jitter))
            self._receiver(letter, failures=failures, failing_since=since, next_try=instant(then))
        if letter.channel is Medium.WEBHOOK and now - moment(since) >= GIVEN_UP:
            self._gone(letter, f"{instant(now)} given up after five days without success: {failure}"[:ANSWER])
        self._db.execute(
            f"{PARK} and since <= ?",
            [f"{instant(now)} {failure}"[:ANSWER], letter.channel.value, letter.to, instant(now - PATIENCE)],
        )
        if not self._letters.count_where(
            "state = 'owed' and channel = ? and receiver = ?", [letter.channel.value, letter.to]
        ):
            # Nothing is left that could show whether it is there again: the next letter begins anew.
            self._receiver(letter, failures=0, failing_since=None, next_try=None)

    def _refused(self, letter: str) -> int:
        self._db.execute("update letters set refusals = refusals + 1 where id = ?", [letter])
        return int(self._letters.get(letter)["refusals"])

    def _gone(self, letter: Letter, why: str) -> None:
        self._receiver(letter, gone=why)
        self._db.execute(PARK, [why, letter.channel.value, letter.to])

    def _known(self, letter: Letter) -> Mapping[str, str | int | None]:
        rows = self._receivers.rows_where("channel = ? and receiver = ?", [letter.channel.value, letter.to])
        return next(iter(rows), {})

    def _receiver(self, letter: Letter, **changed: str | int | None) -> None:
        row = {"failures": 0, "failing_since": None, "next_try": None, "gone": None, **self._known(letter), **changed}
        self._receivers.upsert({**row, "channel": letter.channel.value, "receiver": letter.to}, pk=RECEIVER)
