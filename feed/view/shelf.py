"""The shelf on disk: what stands, in pieces that are read one by one. Made from the log; delete it any time."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Self

from feed.model.chain import EMPTY, Head
from feed.model.shelf import Parcel

TABLES = (
    "create table if not exists nodes (id integer primary key, body blob not null)",
    "create table if not exists facts (sequence integer primary key, body blob not null)",
    "create table if not exists meta (key text primary key, value text not null) without rowid",
)


class DiskShelf:
    """One file that holds one state of the standings, and where in the log that is. For the holder of the log's lock.

    A new state takes the place of the old one in one transaction: after a crash either is there, whole.
    """

    def __init__(self, path: Path, made_by: str) -> None:
        """Open or make the file. What another version made, or what is no such file, is thrown away."""
        self._path, self._made_by = path, made_by
        self._db = self._opened()

    @property
    def head(self) -> Head:
        """Up to where the log is in what lies here; EMPTY when nothing does."""
        return Head(int(self._meta("sequence")), self._meta("hash")) if self._meta("roots") else EMPTY

    @property
    def roots(self) -> str:
        """Where to begin, as `Parcel.roots`; "" when nothing lies here."""
        return self._meta("roots")

    @property
    def first(self) -> int:
        """A number from which on no node has one."""
        return int(self._meta("first") or 1)

    def node(self, at: int) -> bytes:
        """As `Stored.node`."""
        return self._one("select body from nodes where id = ?", at)

    def fact(self, at: int) -> bytes:
        """As `Stored.fact`."""
        return self._one("select body from facts where sequence = ?", at)

    def put(self, parcel: Parcel, head: Head) -> None:
        """Put a parcel away as the state of the standings at that head, all of it or nothing."""
        with self._db:
            self._db.executemany("insert into nodes values (?, ?)", parcel.nodes)
            self._db.executemany("insert or replace into facts values (?, ?)", sorted(parcel.facts.items()))
            self._db.executemany("delete from nodes where id = ?", ((at,) for at in parcel.gone))
            state = {"roots": parcel.roots, "sequence": head.sequence, "hash": head.hash, "first": parcel.following}
            self._db.executemany("insert or replace into meta values (?, ?)", ((k, str(v)) for k, v in state.items()))

    def clear(self) -> None:
        """Throw away what lies here."""
        self._db.close()
        self._remove()
        self._db = self._opened()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _opened(self) -> sqlite3.Connection:
        with suppress(sqlite3.DatabaseError):
            return self._connected()
        self._remove()
        return self._connected()

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path)
        try:
            db.execute("pragma journal_mode=wal")
            db.execute("pragma synchronous=normal")
            for table in TABLES:
                db.execute(table)
            made = db.execute("select value from meta where key = 'made'").fetchone()
            if made is not None and made[0] != self._made_by:
                for table in ("nodes", "facts", "meta"):
                    db.execute(f"delete from {table}")  # noqa: S608 - fixed names
            db.execute("insert or replace into meta values ('made', ?)", [self._made_by])
            db.commit()
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db

    def _remove(self) -> None:
        for side in ("", "-wal", "-shm"):
            Path(f"{self._path}{side}").unlink(missing_ok=True)

    def _meta(self, key: str) -> str:
        row = self._db.execute("select value from meta where key = ?", [key]).fetchone()
        return "" if row is None else str(row[0])

    def _one(self, query: str, at: int) -> bytes:
        row = self._db.execute(query, [at]).fetchone()
        if row is None:
            raise KeyError(at)
        return bytes(row[0])
