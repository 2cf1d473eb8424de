"""The view's one writer. Position and rows change in one transaction, so the view is never half true."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from feed.model.chain import Head
from feed.model.report import AlertRaised, ArticleCaptured, FigureReported, MuteSet
from feed.model.stood import Stood
from feed.view.rows import (
    Change,
    Row,
    alert_row,
    article_row,
    check_row,
    fact_row,
    figure_row,
    mute_row,
    state_row,
    stood_rows,
    unknown_row,
)
from feed.view.tables import INDEXES, MADE_BY, TABLES, Opened

NOTHING = ("first", None, None, None)


class View(Opened):
    """A view that is filled: `apply` is the only way in."""

    def create(self) -> None:
        """Make the tables of an empty file."""
        with self.db.atomic():
            self._tables()
            self._indexes()

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Make the tables of an empty file, for all that is applied until this ends: indexes last, no journal on disk.

        For a file that nobody else opens before and that is thrown away when something is raised.
        """
        self.db.execute("pragma journal_mode=memory")
        self.db.execute("pragma synchronous=off")
        with self.db.atomic():
            self._tables()
            yield
            self._indexes()
        self.journalled()

    def _tables(self) -> None:
        for name, (columns, key) in TABLES.items():
            self.db.create(name, columns, _key(key))
        self._set("shape", MADE_BY)

    def _indexes(self) -> None:
        for name, indexes in INDEXES.items():
            for columns_of in indexes:
                self.db.index(name, columns_of)

    def apply(self, change: Change, lines: Mapping[str, Mapping[str, Any]], position: Head) -> None:
        """Bring one batch in, with the position it ends at, in one transaction.

        `lines` has the object of each alert's line by id. Applying the same batch again changes nothing.
        """
        with self.db.atomic():
            for table, rows in _rows(change, lines).items():
                columns, key = TABLES[table]
                self.db.put(table, columns, _key(key), rows)
            for fact in change.withdrawn:
                self.db.execute("update figures set withdrawn = 1 where id = ?", [fact])
                self.db.execute("update states set withdrawn = 1 where id = ?", [fact])
            self._stand(change)
            self._set("sequence", str(position.sequence))
            self._set("hash", position.hash)

    def _stand(self, change: Change) -> None:
        gone = [one for one in change.stood if one.gone]
        self._forget("stood", [one for one in gone if len(one.name) > 1])
        self._forget("reigned", [one for one in gone if len(one.name) == 1])
        stand = [(series, frame, told and told.id) for (series, frame), told in change.standing.items()]
        self.db.many("insert or replace into standing values (?, ?, ?)", stand)
        states = [(subject, state and state.id) for subject, state in change.state_of.items()]
        self.db.many("insert or replace into state_now values (?, ?)", states)

    def _forget(self, table: str, gone: Sequence[Stood]) -> None:
        where = " and ".join(f"{name} = ?" for name in _key(TABLES[table][1]))
        told = [(*one.name, one.clock.value, one.day) for one in gone]
        self.db.many(f"delete from {table} where {where}", told)  # noqa: S608 - our names

    def _set(self, key: str, value: str) -> None:
        self.db.execute("insert or replace into meta values (?, ?)", [key, value])


def _rows(change: Change, lines: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Row]]:
    events = change.events
    article = next((getattr(e.data, "article", "") for e in events), "")
    start = events[0].position if events else 0
    figures_stood, states_stood = stood_rows(change.stood)
    states = [
        {**state_row(s), "outcome": (o := change.outcomes.get(s.id, NOTHING))[0], "held": o[3]} for s in change.states
    ]
    return {
        "articles": [article_row(e) for e in events if isinstance(e.data, ArticleCaptured)],
        "figures": [figure_row(f, change.outcomes.get(f.id, NOTHING)) for f in change.figures],
        "states": states,
        "facts": [fact_row(e) for e in events if _is_fact(e.data)],
        "unknown": [unknown_row(e) for e in events if not isinstance(e.data, BaseModel)],
        "mutes": [mute_row(e) for e in events if isinstance(e.data, MuteSet)],
        "alerts": [alert_row(e, lines[e.id], change.beside) for e in events if isinstance(e.data, AlertRaised)],
        "checks": [check_row(c, article, i, start) for i, c in enumerate(change.checks)],
        "stood": figures_stood,
        "reigned": states_stood,
    }


def _key(key: str | tuple[str, ...]) -> tuple[str, ...]:
    return (key,) if isinstance(key, str) else key


def _is_fact(data: object) -> bool:
    return not isinstance(data, FigureReported) and hasattr(data, "quote")


def replace_with(fresh: Path, path: Path) -> None:
    """Put a rebuilt file in the place of the old one in one step; readers see the old rows or the new, never a mix."""
    with fresh.open("rb") as file:
        os.fsync(file.fileno())  # else a power cut may leave the new name without its rows
    for side in ("-wal", "-shm"):
        Path(f"{path}{side}").unlink(missing_ok=True)
    os.replace(fresh, path)  # noqa: PTH105 - atomic on every platform, and says so
