"""What polling remembers between runs, in ops.db: how each source was last, and which entries still wait.

Operational memory, not truth: without it every source is asked anew and the log refuses what it has already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import sqlite_utils
from sqlite_utils.db import Table

from feed.model.article import Precision, Published, PublishedBasis
from feed.model.source import Entry, Source
from feed.poll.alarms import Alarms
from feed.poll.due import DAY, Validators, fresh
from feed.poll.looks import Looks
from feed.poll.robots import Robots, robots
from feed.poll.visit import Polled

ATTEMPTS = 8
RETRY = 300
TIMES = ("last_polled", "last_success", "next_due")
SOURCES = {
    "name": str,
    "configured": str,
    "url": str,
    "etag": str,
    "last_modified": str,
    "body_sha256": str,
    "last_polled": str,
    "last_success": str,
    "next_due": str,
    "failures": int,
    "disabled": str,
    "why": str,
}
ENTRIES = {
    "source": str,
    "entry": str,
    "version": str,
    "link": str,
    "title": str,
    "published": str,
    "precision": str,
    "updated": str,
    "author": str,
    "publisher": str,
    "summary": str,
    "place": int,
    "listed": str,
    "due": str,
    "attempts": int,
    "done": str,
    "why": str,
    "old": int,
}
ROBOTS = {"origin": str, "text": str, "asked": str}
ROBOTS_HOLD = timedelta(days=1)
ROBOTS_RETRY = timedelta(minutes=10)
NOTHING = Robots((("/", False),), why="the site's robots.txt cannot be had, so nothing is asked there for now")


class Memory:
    """The tables `sources`, `entries` and `robots` of ops.db, `looks` and `alarms`. One thread uses one Memory."""

    def __init__(self, path: Path | str) -> None:
        self._db = sqlite_utils.Database(path)
        self._db.enable_wal()
        self._sources = self._made("sources", SOURCES, "name")
        self._entries = self._made("entries", ENTRIES, ("source", "entry"))
        self.looks, self.alarms = Looks(self._db), Alarms(self._db)
        self._robots = self._made("robots", ROBOTS, "origin")
        self._rules: dict[str, tuple[datetime, Robots]] = {}
        self._known = {
            row["name"]: Validators(**{**row, **{name: _time(row[name]) for name in TIMES}})
            for row in self._sources.rows
        }

    @classmethod
    def looked_up(cls, path: Path) -> Self:
        """The memory for questions: an empty one, that is not kept, where there is none yet."""
        return cls(path if path.exists() else ":memory:")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def of(self, source: Source) -> Validators:
        """What is remembered of a source; nothing when it was never asked or the operator changed its address."""
        known = self._known.get(source.name)
        return fresh(source) if known is None or known.configured != source.url else known

    def mind_clock(self, now: datetime) -> None:
        """Put right what a clock that was set back left in the future: each such source waits anew, from `now`."""
        for known in [each for each in self._known.values() if each.last_polled and each.last_polled > now]:
            wait = (known.next_due or now) - (known.last_polled or now)
            success = known.last_success and min(known.last_success, now)
            mended = replace(known, last_polled=now, last_success=success, next_due=now + max(wait, timedelta()))
            self._sources.upsert(_source_row(mended), pk="name")
            self._known[known.name] = mended

    def keep(self, polled: Polled) -> int:
        """Remember a visit and the entries that it listed, all or nothing. Gives how many entries are new or changed.

        From here on no entry is lost, though the feed may answer "unchanged" for ever: it waits until `done`.
        """
        row = _source_row(polled.memory)
        now = _written(polled.memory.last_polled)
        before = self._known.get(polled.source.name)
        old = {"old": int(before is None or before.body_sha256 is None)}
        new = [
            {**_row(polled.source.name, entry, place, now), **old} for place, entry in enumerate(self.unknown(polled))
        ]
        with self._db.atomic():
            self._sources.upsert(row, pk="name")
            self._entries.upsert_all(new, pk=("source", "entry"))
        self._known[polled.source.name] = polled.memory
        return len(new)

    def unknown(self, polled: Polled) -> list[Entry]:
        """The entries of a visit that are new or have changed since they were listed before."""
        if not polled.entries:
            return []
        rows = self._entries.rows_where("source = ?", [polled.source.name], select="entry, version")
        known = {row["entry"]: row["version"] for row in rows}
        return [entry for entry in polled.entries if known.get(entry.id) != entry.version]

    def waiting(self, source: str, now: datetime) -> tuple[Entry, ...]:
        """The entries that were listed, are not done and are due, in the order of their listing, oldest first."""
        rows = self._entries.rows_where(
            "source = ? and done is null and attempts < ? and due <= ?",
            [source, ATTEMPTS, _written(now)],
            order_by="listed, place",
        )
        return tuple(_entry(row) for row in rows)

    def entry(self, source: str, entry: str) -> Entry:
        """An entry as it was listed last. Raises NotFoundError of sqlite_utils when it never was."""
        return _entry(self._entries.get((source, entry)))

    def is_old(self, source: str, entry: str) -> bool:
        """Whether an entry was listed already when its source was new."""
        return bool(self._entries.get((source, entry))["old"])

    def done(self, source: str, entry: str, now: datetime) -> None:
        """Say that an entry's article is on record (or is known to hold nothing new). Call it only after that."""
        self._entries.update((source, entry), {"done": _written(now), "why": None})

    def failed(self, source: str, entry: str, why: str, now: datetime) -> None:
        """Say that an entry's article could not be had. It waits again later: 8 times, twice as long each time."""
        attempts = int(self._entries.get((source, entry))["attempts"]) + 1
        due = now + timedelta(seconds=min(RETRY * 2**attempts, DAY))
        self._entries.update((source, entry), {"attempts": attempts, "due": _written(due), "why": why})

    def robots(self, origin: str, now: datetime) -> Robots | None:
        """What a site allows as it said within a day, nothing while its robots.txt cannot be had; None: ask it."""
        if origin not in self._rules:
            row = next(iter(self._robots.rows_where("origin = ?", [origin])), None)
            if row is None:
                return None
            asked = datetime.fromisoformat(row["asked"])
            self._rules[origin] = (asked, NOTHING if row["text"] is None else robots(row["text"]))
        asked, rules = self._rules[origin]
        holds = ROBOTS_RETRY if rules is NOTHING else ROBOTS_HOLD
        return rules if asked <= now < asked + holds else None

    def keep_robots(self, origin: str, text: str | None, now: datetime) -> Robots:
        """Remember what `ask_robots` brought, and give what it allows."""
        self._robots.upsert({"origin": origin, "text": text, "asked": _written(now)}, pk="origin")
        rules = NOTHING if text is None else robots(text)
        self._rules[origin] = (now, rules)
        return rules

    def delay(self, host: str) -> float:
        """The seconds between two requests that a host's robots.txt asks for, as far as it was looked at."""
        return max((rules.delay for at, (_, rules) in self._rules.items() if urlsplit(at).hostname == host), default=0)

    def listings(self, source: str, last: int) -> list[datetime]:
        """When a source last listed something new, so many times, the latest first."""
        rows = self._entries.rows_where(
            "source = ?", [source], select="distinct listed", order_by="listed desc", limit=last
        )
        return [datetime.fromisoformat(row["listed"]) for row in rows]

    def given_up(self, source: str) -> tuple[tuple[str, str], ...]:
        """The addresses that are not tried any more, with the last reason of each."""
        rows = self._entries.rows_where("source = ? and done is null and attempts >= ?", [source, ATTEMPTS])
        return tuple((row["link"], row["why"] or "") for row in rows)

    def _made(self, name: str, columns: Mapping[str, type], pk: str | tuple[str, ...]) -> Table:
        return self._db.table(name).create(
            dict(columns), pk=pk, transform=True
        )  # tables of an earlier version gain columns


def _source_row(memory: Validators) -> dict[str, Any]:
    told = asdict(memory)
    return {**told, **{name: _written(told[name]) for name in TIMES}}


def _row(source: str, entry: Entry, place: int, now: str | None) -> dict[str, Any]:
    return {
        "source": source,
        "entry": entry.id,
        "version": entry.version,
        "link": entry.link,
        "title": entry.title,
        "published": _written(entry.published.time) if entry.published else None,
        "precision": entry.published.precision.value if entry.published else None,
        "updated": entry.updated,
        "author": entry.author,
        "publisher": entry.publisher,
        "summary": entry.summary,
        "place": place,
        "listed": now,
        "due": now,
        "attempts": 0,
        "done": None,
        "why": None,
    }


def _entry(row: Mapping[str, Any]) -> Entry:
    time = _time(row["published"])
    return Entry(
        id=row["entry"],
        link=row["link"],
        title=row["title"],
        published=Published(time, PublishedBasis.FEED, Precision(row["precision"])) if time else None,
        updated=row["updated"],
        author=row["author"],
        publisher=row["publisher"],
        summary=row["summary"],
    )


def _written(time: datetime | None) -> str | None:
    """One spelling, so that text order is time order."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if time else None


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
