"""Who subscribed by command or on a page, and who asked to be left alone: beside feed.toml, in ops.db."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from feed.deliver.tables import moment
from feed.model.errors import UsageRefused
from feed.model.instant import instant
from feed.model.subscription import Subscription

MAC_BYTES = 16


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A subscription that is not in feed.toml. It counts once it is `confirmed`; None: its receiver was asked."""

    subscription: Subscription
    added: datetime
    confirmed: datetime | None


class Subscribers:
    """Subscriptions by name, and the names that their receivers stopped. Each call is one transaction.

    Several processes may use it at once, each with an own one.
    """

    def __init__(self, db: Database) -> None:
        """Over an open database, whose other tables it leaves alone. Makes its tables when they are not there."""
        self._db = db
        with db.atomic():
            text = {"name": str, "settings": str, "added": str, "confirmed": str}
            db.table("subscribers").create(text, pk="name", if_not_exists=True, strict=True)
            db.table("stopped").create({"name": str, "at": str}, pk="name", if_not_exists=True, strict=True)
            db.table("keys").create({"name": str, "value": str}, pk="name", if_not_exists=True, strict=True)
        self._subscribers, self._stopped, self._keys = map(db.table, ("subscribers", "stopped", "keys"))

    @classmethod
    def at(cls, path: Path) -> Subscribers:
        """Over the database in this file, made when it is not there. For the thread that calls, and to be closed."""
        return cls(Database(path))

    def close(self) -> None:
        """Let the database go."""
        self._db.close()

    def all(self) -> tuple[Subscriber, ...]:
        """Everyone who was added, in that order."""
        return tuple(
            Subscriber(
                Subscription.model_validate(json.loads(row["settings"])),
                moment(row["added"]),
                moment(row["confirmed"]) if row["confirmed"] else None,
            )
            for row in self._subscribers.rows_where(order_by="rowid")
        )

    def add(self, subscription: Subscription, now: datetime, *, confirmed: bool) -> None:
        """Add one, or put it in the place of the one of that name; it counts at once when it is `confirmed`."""
        settings = subscription.model_dump(mode="json", exclude_defaults=True)
        if subscription.secret:
            settings["secret"] = [secret.get_secret_value() for secret in subscription.secret]
        row = {"name": subscription.name, "settings": json.dumps(settings), "added": instant(now)}
        with self._db.atomic():
            self._stopped.delete_where("name = ?", [subscription.name])
            self._subscribers.upsert({**row, "confirmed": instant(now) if confirmed else None}, pk="name")

    def remove(self, name: str) -> bool:
        """Forget one; gives whether there was one of that name."""
        known = bool(self._subscribers.count_where("name = ?", [name]))
        self._subscribers.delete_where("name = ?", [name])
        return known

    def confirm(self, name: str, to: str, now: datetime) -> bool:
        """The receiver at that address wants it; gives whether somebody had asked for that."""
        with self._db.atomic():
            known = any(each.subscription.name == name and each.subscription.to == to for each in self.all())
            if known:
                self._subscribers.update(name, {"confirmed": instant(now)})
        return known

    def stop(self, names: Iterable[str], now: datetime) -> None:
        """Let these be told nothing more, wherever they are written down."""
        self._stopped.insert_all(({"name": name, "at": instant(now)} for name in names), pk="name", ignore=True)

    def resume(self, name: str) -> bool:
        """Let one be told again; gives whether it was stopped."""
        stopped = name in self.stopped()
        self._stopped.delete_where("name = ?", [name])
        return stopped

    def stopped(self) -> Mapping[str, datetime]:
        """Who asked to be told nothing more, and when."""
        return {row["name"]: moment(row["at"]) for row in self._stopped.rows}

    def key(self, fresh: Callable[[], bytes]) -> bytes:
        """The key that addresses in letters are signed with, always the same; made by `fresh` the first time."""
        with self._db.atomic():
            self._keys.insert({"name": "links", "value": fresh().hex()}, pk="name", ignore=True)
        return bytes.fromhex(str(self._keys.get("links")["value"]))


def current(written: Iterable[Subscription], subscribers: Subscribers) -> tuple[Subscription, ...]:
    """Who is told now: those of feed.toml and those who were added and confirmed, less who stopped."""
    stopped, named = subscribers.stopped(), {each.name: each for each in written}
    for each in subscribers.all():
        if each.confirmed is not None:
            named.setdefault(each.subscription.name, each.subscription)
    return tuple(each for each in named.values() if each.name not in stopped)


def free(name: str, written: Iterable[Subscription]) -> None:
    """Raises UsageRefused when feed.toml has a subscription of that name."""
    if any(each.name == name for each in written):
        raise UsageRefused(f"feed.toml has a subscription {name!r}", where="NAME", mend="Change it there.")


def mac(key: bytes, what: str, letter: str) -> str:
    """What makes the address of a letter one that nobody can guess: 128 bits, in hex."""
    return hmac.new(key, f"{what} {letter}".encode(), hashlib.sha256).digest()[:MAC_BYTES].hex()


def genuine(key: bytes, what: str, letter: str, given: str) -> bool:
    """Whether an address was made by us."""
    return hmac.compare_digest(mac(key, what, letter).encode(), given.encode("utf-8", "replace"))
