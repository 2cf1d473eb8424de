"""How the record as a whole is, at a glance: log, checkpoint, view, alerts, sources, deliveries, disk.

Looks, and changes nothing: no lock is taken, nothing is made anew. So it may be asked each minute.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from feed import __version__
from feed.app.checked import Checked, labels
from feed.app.home import Home
from feed.model.instant import instant
from feed.read.version import VERSION
from feed.record.glance import Glance, glance
from feed.view import seal
from feed.view.tables import Opened

LATE = timedelta(hours=1)  # behind the time at which a source was to be asked: nobody polls
UNSIGNED = timedelta(minutes=10)  # between the last line and the checkpoint that should cover it
LEAST = 64 << 20  # bytes of free disk: one file of the log


class Alerts(NamedTuple):
    """So many alerts on `record`, the last one recorded at `last`; so many things are `muted` now.

    `unknown`: so many events were written by a newer version, and all answers are without them.
    """

    record: int
    last: str | None
    muted: int
    unknown: int


class Sources(NamedTuple):
    """How many sources are switched on, how many of them ever answered, which are late, and what is wrong."""

    on: int
    answered: int
    last_success: str | None
    late: tuple[str, ...]
    wrong: tuple[str, ...]


class Deliveries(NamedTuple):
    """Letters by how they stand, alerts that are yet to be put into letters, and receivers that were given up."""

    waiting: int = 0
    parked: int = 0
    delivered: int = 0
    gathering: int = 0
    given_up: int = 0


class Status(NamedTuple):
    """All of it. `view` is up to that line, None when it is to be made anew, and then nothing is known of `alerts`."""

    log: Glance | None
    view: int | None
    alerts: Alerts | None
    sources: Sources
    deliveries: Deliveries
    topic: str
    reader: str
    version: str
    free: int

    def wrong(self, now: datetime) -> list[str]:
        """What somebody should look at, a sentence each. That the log is damaged is told by `log.damage`."""
        return [told for told in self._wrong(now) if told]

    def _wrong(self, now: datetime) -> Iterator[str]:
        log = self.log
        if log is not None and log.signed and log.recorded and log.signed.size < log.head.sequence:
            behind = log.head.sequence - log.signed.size
            yield f"no checkpoint covers the last {behind} events" if now - log.recorded > UNSIGNED else ""
        if self.sources.late:
            yield f"nobody polls: {', '.join(self.sources.late)} should have been asked"
        yield from self.sources.wrong
        yield f"{self.deliveries.parked} letters are parked" if self.deliveries.parked else ""
        yield f"{self.deliveries.given_up} receivers were given up" if self.deliveries.given_up else ""
        unknown = self.alerts.unknown if self.alerts else 0
        yield f"a newer version wrote {unknown} of the events, which are passed over" if unknown else ""
        yield f"the disk has {self.free >> 20} MiB left" if self.free < LEAST else ""


def status(home: Checked, now: datetime) -> Status:
    """How the record is at `now`. Raises PackRefused."""
    log, (view, alerts) = glance(home.log), _view(home, now)
    sources, deliveries = _ops(home, now)
    disk = os.statvfs(home.folder)
    topic = f"{home.topic} {labels(home).version}"
    free = disk.f_bavail * disk.f_frsize
    return Status(log, view, alerts, sources, deliveries, topic, f"reader {VERSION}", __version__, free)


def _view(home: Home, now: datetime) -> tuple[int | None, Alerts | None]:
    if home.view.is_file() and not seal.is_broken(home.view, most=seal.LOOKED_THROUGH):
        with suppress(sqlite3.DatabaseError), closing(Opened(home.view)) as view:
            if view.usable():
                return view.position().sequence, _alerts(view, now)
    return None, None


def _alerts(view: Opened, now: datetime) -> Alerts:
    from feed.view.queries import mutes, unknown

    number, last = view.db.execute("select count(*), max(recorded) from alerts").fetchone()
    held = mutes(view.db)
    latest = {(mute.scope, mute.name): mute for mute in held}
    muted = sum(mute.start <= now < mute.until for mute in latest.values())
    return Alerts(number, last, muted, sum(unknown(view.db).values()))


def _ops(home: Checked, now: datetime) -> tuple[Sources, Deliveries]:
    if not home.ops.is_file():
        return Sources(len(home.sources), 0, None, (), ()), Deliveries()
    try:
        with closing(sqlite3.connect(f"{home.ops.absolute().as_uri()}?mode=ro", uri=True)) as db:
            db.row_factory = sqlite3.Row
            tables = {row["name"] for row in db.execute("select name from sqlite_master where type = 'table'")}
            found: dict[str, list[Any]] = {
                name: db.execute(sql).fetchall() if name in tables else [] for name, sql in ASKED.items()
            }
    except sqlite3.DatabaseError as broken:
        wrong = f"what polling and delivery remember cannot be read: {broken} ({home.ops})"
        return Sources(len(home.sources), 0, None, (), (wrong,)), Deliveries()
    return _sources(home, found, now), _deliveries(found)


ASKED = {
    "sources": "select name, last_success, next_due from sources where disabled is null",
    "alarms": "select source, state, why from alarms where ended is null order by source",
    "letters": "select state, count(*) as number from letters group by state",
    "tellings": "select count(*) as number from tellings",
    "receivers": "select count(*) as number from receivers where gone is not null",
}


def _sources(home: Checked, found: dict[str, list[Any]], now: datetime) -> Sources:
    ours = [row for row in found["sources"] if row["name"] in home.sources]
    answered = [datetime.fromisoformat(row["last_success"]) for row in ours if row["last_success"]]
    due = {row["name"]: datetime.fromisoformat(row["next_due"]) for row in ours if row["next_due"]}
    return Sources(
        on=len(home.sources),
        answered=len(answered),
        last_success=instant(max(answered)) if answered else None,
        late=tuple(sorted(name for name, then in due.items() if now - then > LATE)),
        wrong=tuple(
            f"{row['source']} is {row['state']}: {row['why']}"
            for row in found["alarms"]
            if row["source"] in home.sources
        ),
    )


def _deliveries(found: dict[str, list[Any]]) -> Deliveries:
    letters = {row["state"]: row["number"] for row in found["letters"]}
    (gathering,), (gone,) = ([row["number"] for row in found[name]] or [0] for name in ("tellings", "receivers"))
    return Deliveries(letters.get("owed", 0), letters.get("parked", 0), letters.get("delivered", 0), gathering, gone)
