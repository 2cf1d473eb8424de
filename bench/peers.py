"""What others would do with the same events: libraries that do such work, and the plain stack of well-known parts.

The libraries are the dependency group `bench`, in `peers` inside the virtual environment, where `./run bench` puts them
and the product never looks. Where they are not, their rows are left out.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from itertools import count, islice
from pathlib import Path
from typing import Any

import rfc8785
from jsonschema import Draft202012Validator
from sqlite_utils import Database

from bench.append import through_log
from bench.corpus import drafts, lines, write_log
from bench.harness import Case, Clock, Comparison, Work, steady
from feed.app import packs
from feed.app.settings import Settings
from feed.app.wiring import rebuild_view
from feed.model.schema import schemas
from feed.record.file import ReadOnlyLog

PEERS = Path(sys.prefix) / "peers"
SINGLE, BATCHED, BATCH = 200, 2_560, 64
REPLAYED, PLAIN = 4_000, 500  # the plain stack takes a millisecond and more for each
_names = count()

sys.path.append(str(PEERS))


def comparisons(folder: Path) -> Iterator[Comparison]:
    """Recording one by one and 64 at a time, and replay, each beside its floor and those peers that are here."""
    yield _appending("record one event", folder, SINGLE, 1)
    yield _appending(f"record {BATCH} events at a time", folder, BATCHED, BATCH)
    if find_spec("eventsourcing"):
        yield _working(folder)
    if find_spec("msgspec"):
        yield _replaying(folder)


def struct_decoder() -> Callable[[bytes], Any]:
    """What `msgspec` needs at least to decode a line: the fields that the view shows, and no others.

    Only for whoever has the peers.
    """
    msgspec = import_module("msgspec")
    value = msgspec.defstruct(
        "Value", [("low", str | None), ("high", str | None), ("low_open", bool), ("high_open", bool)], gc=False
    )
    period = msgspec.defstruct("Period", [("start", str | None), ("end", str | None)], gc=False)
    quote = msgspec.defstruct("Quote", [("exact", str)], gc=False)
    fields: list[tuple[Any, ...]] = [("article", str), ("publisher", str | None)]
    fields += [(name, str | None, None) for name in ("metric", "measure", "unit", "status", "text", "qualifier")]
    fields += [("value", value | None, None), ("period", period | None, None), ("quote", quote | None, None)]
    data = msgspec.defstruct("Data", [*fields, ("dims", dict[str, str] | None, None), ("published", Any, None)])
    names = ("id", "sequence", "type", "subject", "time", "recordedtime", "prevhash")
    event = msgspec.defstruct("Event", [*((name, str) for name in names), ("data", data)])
    decode: Callable[[bytes], Any] = msgspec.json.Decoder(event).decode
    return decode


def _appending(title: str, folder: Path, events: int, size: int) -> Comparison:
    made, written = drafts(events), lines(events)
    starts = range(0, events, size)
    blocks = [written[at : at + size] for at in starts]
    cases = [
        Case("FileLog.append", partial(through_log, folder, [made[at : at + size] for at in starts], events)),
        Case("SQLite, WAL, synchronous=full", partial(_sqlite, folder, blocks, events)),
    ]
    if find_spec("eventsourcing"):
        cases.append(Case("eventsourcing on SQLite", partial(_saving, folder, blocks, events)))
    floor = Case("write + fdatasync of the same bytes", partial(_raw, folder, blocks, events))
    return Comparison(title, "event", Clock.WALL, floor, tuple(cases))


def _working(folder: Path) -> Comparison:
    """The processor's part of recording in batches, which no busy disk blurs. Twice the peer's speed is aimed at."""
    made, written = drafts(BATCHED), lines(BATCHED)
    starts = range(0, BATCHED, BATCH)
    batches = [made[at : at + BATCH] for at in starts]
    blocks = [written[at : at + BATCH] for at in starts]
    floor = Case("eventsourcing on SQLite", partial(_saving, folder, blocks, BATCHED))
    cases = (Case("FileLog.append", partial(through_log, folder, batches, BATCHED)),)
    return Comparison(f"record {BATCH} events at a time, without the disk", "event", Clock.CPU, floor, cases)


@contextmanager
def _raw(folder: Path, blocks: list[tuple[bytes, ...]], events: int) -> Iterator[Work]:
    path = folder / f"peer-{next(_names)}"
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)

    def work() -> int:
        for block in blocks:
            os.write(file, b"".join(block))
            os.fdatasync(file)
        return events

    try:
        yield work
    finally:
        os.close(file)
        path.unlink()


@contextmanager
def _sqlite(folder: Path, blocks: list[tuple[bytes, ...]], events: int) -> Iterator[Work]:
    db = sqlite3.connect(folder / f"peer-{next(_names)}.db", isolation_level=None)
    db.execute("pragma journal_mode=wal")
    db.execute("pragma synchronous=full")
    db.execute("create table event (sequence integer primary key, id text unique, body blob)")

    def work() -> int:
        for block in blocks:
            db.execute("begin")
            db.executemany("insert into event (id, body) values (?, ?)", [(_id(line), line) for line in block])
            db.execute("commit")
        return events

    try:
        yield work
    finally:
        db.close()


def _id(line: bytes) -> str:
    at = line.rindex(b',"id":"') + 7
    return line[at : at + 32].decode()


@contextmanager
def _saving(folder: Path, blocks: list[tuple[bytes, ...]], events: int) -> Iterator[Work]:
    objects = [[json.loads(line) for line in block] for block in blocks]
    with _application(folder) as (app, opened):

        def work() -> int:
            record = opened()
            for block in objects:
                for one in block:
                    record.state(one)
                app.save(record)
            return events

        yield work


@cache
def _aggregate() -> Any:
    """What `eventsourcing` keeps events of: one class for the process, which it knows by its name."""
    domain = import_module("eventsourcing.domain")

    class Record(domain.Aggregate):  # type: ignore[name-defined, misc]  # not there for the type checker
        @domain.event("Opened")  # type: ignore[untyped-decorator]
        def __init__(self) -> None:
            self.told: int = 0
            self.last: dict[str, Any] = {}

        @domain.event("Stated")  # type: ignore[untyped-decorator]
        def state(self, event: dict[str, Any]) -> None:
            self.told, self.last = self.told + 1, event

    return Record


@contextmanager
def _application(folder: Path) -> Iterator[tuple[Any, Callable[[], Any]]]:
    """An application of `eventsourcing` on a SQLite file, and what opens an aggregate in it."""
    where = {
        "PERSISTENCE_MODULE": "eventsourcing.sqlite",
        "SQLITE_DBNAME": str(folder / f"peer-{next(_names)}.db"),
    }
    app = import_module("eventsourcing.application").Application(env=where)
    try:
        yield app, _aggregate()
    finally:
        app.close()


def _replaying(folder: Path) -> Comparison:
    home = folder / "peer-replay"
    home.mkdir()
    topic = packs.load()
    settings = Settings(folder=home, topic=topic.name)
    log = write_log(settings.log, REPLAYED)
    cases = [
        steady("rebuild", lambda: rebuild_view(settings, topic, ReadOnlyLog(log).read())),
        steady("plain stack: json, jsonschema, rfc8785, sqlite-utils", partial(_plainly, log, home / "plain.db")),
    ]
    if find_spec("eventsourcing"):
        cases.append(Case("eventsourcing reads and decodes, no more", partial(_notified, log, home)))
    floor = steady("msgspec Struct of what is shown, each line", partial(_decoding, log))
    return Comparison(f"replay of {REPLAYED:,} events", "event", Clock.CPU, floor, tuple(cases))


def _decoding(log: Path) -> int:
    decode, done = struct_decoder(), 0
    with log.open("rb") as file:
        for line in file:
            decode(line)
            done += 1
    return done


def _plainly(log: Path, path: Path) -> int:
    """Each line decoded, judged by its JSON Schema, hashed in canonical form, and put into a table."""
    judges = {name: Draft202012Validator(schema) for name, schema in schemas().items()}
    path.unlink(missing_ok=True)
    db, previous, done = Database(path), "0" * 64, 0
    table: Any = db["event"]
    with log.open("rb") as file:
        for line in islice(file, PLAIN):
            event = json.loads(line)
            assert judges[event["dataschema"]].is_valid(event["data"])
            assert event["prevhash"] == previous
            previous = sha256(rfc8785.dumps(event)).hexdigest()
            table.upsert({"id": event["id"], "metric": event["data"].get("metric"), "body": event["data"]}, pk="id")
            done += 1
    db.close()
    return done


@contextmanager
def _notified(log: Path, folder: Path) -> Iterator[Work]:
    with _application(folder) as (app, opened):
        record = opened()
        with log.open("rb") as file:
            for line in file:
                record.state(json.loads(line))
        app.save(record)
        yield partial(_reading, app)


def _reading(app: Any) -> int:
    done, start = 0, 1
    while told := app.recorder.select_notifications(start, 500):
        for each in told:
            app.mapper.to_domain_event(each)
        done, start = done + len(told), told[-1].id + 1
    return done
