"""The tables of ops.db that hold what is owed, how they are made, and what one row of them means."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from feed.model.instant import SPELLING, instant
from feed.model.subscription import Kind, Letter, Medium, Telling

TELLINGS = {
    "channel": str,
    "receiver": str,
    "alert": str,
    "sequence": int,
    "kind": str,
    "subscriptions": str,
    "due": str,
}
LETTERS = {
    "id": str,
    "channel": str,
    "receiver": str,
    "kind": str,
    "subscriptions": str,
    "alerts": str,
    "note": str,
    "sequence": int,
    "owed_at": str,
    "since": str,
    "state": str,
    "attempts": int,
    "refusals": int,
    "last_answer": str,
}
RECEIVERS = {
    "channel": str,
    "receiver": str,
    "failures": int,
    "failing_since": str,
    "next_try": str,
    "gone": str,
}
ATTEMPTS = {"letter": str, "at": str, "answer": str}
NULLABLE = {"failing_since", "next_try", "gone"}
PLAIN = {str: "", int: 0}
RECEIVER = ("channel", "receiver")


class Debt(StrEnum):
    """How a debt stands. Parked: given up for now, visible, to be owed `again` by hand."""

    OWED = "owed"
    DELIVERED = "delivered"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter with how its delivery stands. `answer` is the receiver's last one, or why there was none.

    `next_try`: when its receiver is tried again, None for at once and for what is not owed.
    """

    id: str
    letter: Letter
    owed: datetime
    state: Debt
    attempts: int
    next_try: datetime | None
    answer: str


def make(db: Database) -> None:
    """Make the tables that are not there, and the columns that an earlier version did not have."""
    for name, columns, pk in (
        ("tellings", TELLINGS, (*RECEIVER, "alert")),
        ("letters", LETTERS, "id"),
        ("receivers", RECEIVERS, RECEIVER),
        ("attempts", ATTEMPTS, None),
        ("cursors", {"name": str, "place": int}, "name"),
    ):
        table = db.table(name)
        if not table.exists():
            table.create(columns, pk=pk, not_null=set(columns) - NULLABLE, strict=True)
        for column in columns.keys() - table.columns_dict.keys():
            table.add_column(column, columns[column], not_null_default=PLAIN[columns[column]])
    for name, columns_of in (
        ("letters", ("state",)),
        ("letters", RECEIVER),
        ("tellings", ("due",)),
        ("attempts", ("letter",)),
    ):
        db.table(name).create_index(columns_of, if_not_exists=True)


def letter_row(letter: Letter, now: datetime) -> dict[str, str | int]:
    """A letter that is owed from now on."""
    return {
        "id": letter.id,
        "channel": letter.channel.value,
        "receiver": letter.to,
        "kind": letter.kind.value,
        "subscriptions": json.dumps(letter.subscriptions),
        "alerts": json.dumps(letter.alerts),
        "note": letter.note,
        "sequence": letter.sequence,
        "owed_at": instant(now),
        "since": instant(now),
        "state": Debt.OWED.value,
        "attempts": 0,
        "refusals": 0,
        "last_answer": "",
    }


def owed(row: Mapping[str, Any]) -> Owed:
    """A letter from its row, joined with `next_try` of its receiver and `previous`, the sequence told before."""
    return Owed(
        id=row["id"],
        letter=Letter(
            channel=Medium(row["channel"]),
            to=row["receiver"],
            kind=Kind(row["kind"]),
            subscriptions=tuple(json.loads(row["subscriptions"])),
            alerts=tuple(json.loads(row["alerts"])),
            note=row["note"],
            sequence=row["sequence"],
            previous=row["previous"],
        ),
        owed=moment(row["owed_at"]),
        state=Debt(row["state"]),
        attempts=row["attempts"],
        next_try=moment(row["next_try"]) if row["next_try"] and row["state"] == Debt.OWED.value else None,
        answer=row["last_answer"],
    )


def telling_row(telling: Telling) -> dict[str, str | int]:
    """One alert that one receiver is owed."""
    return {
        "channel": telling.channel.value,
        "receiver": telling.to,
        "alert": telling.alert,
        "sequence": telling.sequence,
        "kind": telling.kind.value,
        "subscriptions": json.dumps(telling.subscriptions),
        "due": instant(telling.due),
    }


def telling(row: Mapping[str, Any], known: Iterable[str] | None = None) -> Telling:
    """One alert that one receiver is owed, by those of its subscriptions that are still `known`."""
    names = tuple(json.loads(row["subscriptions"]))
    return Telling(
        channel=Medium(row["channel"]),
        to=row["receiver"],
        alert=row["alert"],
        sequence=row["sequence"],
        kind=Kind(row["kind"]),
        subscriptions=names if known is None else tuple(name for name in names if name in known),
        due=moment(row["due"]),
    )


def moment(text: str) -> datetime:
    """A time as it is kept."""
    return datetime.strptime(text, SPELLING).replace(tzinfo=UTC)
