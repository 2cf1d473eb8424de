"""SQLite as the view uses it: rows by name, one transaction at a time. Of the standard library, which starts soon."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Told = Sequence[Any] | Mapping[str, Any]
KINDS = {str: "TEXT", int: "INTEGER"}


class Database:
    """One file, or `:memory:`. What is executed outside `atomic` counts at once. Raises sqlite3.Error."""

    def __init__(self, path: Path | str) -> None:
        """Open or make the file; whether it is a database shows at the first question."""
        self._connection = sqlite3.connect(path, isolation_level=None)

    def execute(self, sql: str, told: Told = ()) -> sqlite3.Cursor:
        """Do one statement."""
        return self._connection.execute(sql, told)

    def query(self, sql: str, told: Told = ()) -> Iterator[Row]:
        """The rows of an answer, by the names of their columns."""
        cursor = self.execute(sql, told)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)

    def tables(self) -> list[str]:
        """The names of all tables."""
        return [row[0] for row in self.execute("select name from sqlite_master where type = 'table'")]

    def create(self, table: str, columns: Mapping[str, type], key: Sequence[str]) -> None:
        """Make a table, unless it is there, whose rows differ in `key`."""
        made = [f'"{name}" {KINDS[kind]}' for name, kind in columns.items()]
        self.execute(f'create table if not exists "{table}" ({", ".join(made)}, primary key ({_names(key)}))')

    def index(self, table: str, columns: Sequence[str]) -> None:
        """Make an index, unless it is there."""
        name = "_".join(("idx", table, *columns))
        self.execute(f'create index if not exists "{name}" on "{table}" ({_names(columns)})')

    def put(self, table: str, columns: Iterable[str], key: Sequence[str], rows: Iterable[Row]) -> None:
        """Put rows in, each with all of these columns; a row takes the place of one with its key. KeyError for less."""
        names = tuple(columns)
        new = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in key)
        sql = f'insert into "{table}" ({_names(names)}) values ({", ".join("?" * len(names))}) '  # noqa: S608 - our names
        sql += f"on conflict ({_names(key)}) do update set {new}"
        self.many(sql, ([row[name] for name in names] for row in rows))

    def many(self, sql: str, told: Iterable[Sequence[Any]]) -> None:
        """Do one statement with each of these, in order."""
        self._connection.executemany(sql, told)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """What is executed within happens whole or, when something is raised, not at all. Within another: with that."""
        if self._connection.in_transaction:
            yield
            return
        self.execute("begin immediate")
        try:
            yield
            self.execute("commit")
        except BaseException:
            if self._connection.in_transaction:  # SQLite itself takes back what a full disk has stopped
                self.execute("rollback")
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
