"""The view's tables and its one writer. Position and rows change in one transaction, so the view is never half true."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from feed import __version__
from feed.model.chain import EMPTY, Head, content_id
from feed.model.ledger import RULES
from feed.model.report import AlertRaised, ArticleCaptured, FigureReported, MuteSet
from feed.model.stood import Stood
from feed.view.database import Database
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
)

TABLES: dict[str, tuple[dict[str, type], str | tuple[str, ...]]] = {
    "meta": ({"key": str, "value": str}, "key"),
    "articles": (
        {
            "capture": str,
            "article": str,
            "url": str,
            "publisher": str,
            "title": str,
            "time": str,
            "basis": str,
            "raw": str,
            "text": str,
            "feed": str,
            "copies": str,
            "sequence": int,
            "recorded": str,
        },
        "capture",
    ),
    "figures": (
        {
            "id": str,
            "series": str,
            "slug": str,
            "source": str,
            "frame": str,
            "metric": str,
            "dims": str,
            "measure": str,
            "unit": str,
            "status": str,
            "printed": str,
            "number": str,
            "qualifier": str,
            "low": str,
            "high": str,
            "low_open": int,
            "high_open": int,
            "period_start": str,
            "period_end": str,
            "article": str,
            "publisher": str,
            "capture": str,
            "time": str,
            "published": str,
            "recorded": str,
            "sequence": int,
            "place": int,
            "quote": str,
            "attribution": str,
            "outcome": str,
            "relation": str,
            "against": str,
            "held": str,
            "withdrawn": int,
        },
        "id",
    ),
    "states": (
        {
            "id": str,
            "subject": str,
            "value": str,
            "over": int,
            "as_of": str,
            "article": str,
            "capture": str,
            "publisher": str,
            "time": str,
            "quote": str,
            "sequence": int,
            "outcome": str,
            "held": str,
            "withdrawn": int,
        },
        "id",
    ),
    "facts": (
        {
            "id": str,
            "type": str,
            "subject": str,
            "article": str,
            "quote": str,
            "as_of": str,
            "says": str,
            "sequence": int,
        },
        "id",
    ),
    "standing": ({"series": str, "frame": str, "figure": str}, ("series", "frame")),
    "state_now": ({"subject": str, "state": str}, "subject"),
    "stood": (
        {"series": str, "frame": str, "clock": str, "day": str, "figure": str},
        ("series", "frame", "clock", "day"),
    ),
    "reigned": ({"subject": str, "clock": str, "day": str, "state": str}, ("subject", "clock", "day")),
    "alerts": (
        {
            "id": str,
            "sequence": int,
            "alert": str,
            "severity": str,
            "sentence": str,
            "article": str,
            "capture": str,
            "time": str,
            "recorded": str,
            "subject": str,
            "old": str,
            "new": str,
            "why": str,
            "check": str,
            "trace": str,
            "beside": str,
            "event": str,
        },
        "id",
    ),
    "mutes": (
        {
            "id": str,
            "sequence": int,
            "scope": str,
            "name": str,
            "start": str,
            "until": str,
            "by": str,
            "reason": str,
        },
        "id",
    ),
    "checks": (
        {
            "id": str,
            "article": str,
            "law": str,
            "verdict": str,
            "what": str,
            "formula": str,
            "operands": str,
            "results": str,
            "rounding": str,
        },
        "id",
    ),
}
INDEXES = {
    "figures": (("series", "frame"), ("article",)),
    "states": (("subject",),),
    "articles": (("article",),),
    "alerts": (("sequence",),),
}
# Anything else on disk means: rebuild.
MADE_BY = f"tables {content_id(repr(TABLES), repr(INDEXES))[:8]}, rules {RULES}, version {__version__}"
NOTHING = ("first", None, None, None)


class View:
    """The tables of one `view.db`. `apply` is the only way in; queries read `db`."""

    def __init__(self, path: Path | str) -> None:
        """Open or make the file. A file made by another version is refused by `usable`, not mended."""
        self.path = path
        self.db = Database(path)
        self.db.execute("pragma journal_mode=wal")
        self.db.execute("pragma synchronous=normal")

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def create(self) -> None:
        """Make the tables of an empty file."""
        with self.db.atomic():
            for name, (columns, key) in TABLES.items():
                self.db.create(name, columns, _key(key))
            for name, indexes in INDEXES.items():
                for columns_of in indexes:
                    self.db.index(name, columns_of)
            self._set("shape", MADE_BY)

    def usable(self) -> bool:
        """Whether the file holds these tables, as this version fills them."""
        return "meta" in self.db.tables() and self._meta("shape") == MADE_BY

    def position(self) -> Head:
        """How far the log is in the view; EMPTY for a fresh one."""
        sequence, digest = self._meta("sequence"), self._meta("hash")
        return EMPTY if sequence is None or digest is None else Head(int(sequence), digest)

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
        for gone in (one for one in change.stood if one.gone):
            self._forget(gone)
        for (series, frame), told in change.standing.items():
            self.db.execute("insert or replace into standing values (?, ?, ?)", [series, frame, told and told.id])
        for subject, state in change.state_of.items():
            self.db.execute("insert or replace into state_now values (?, ?)", [subject, state and state.id])

    def _forget(self, gone: Stood) -> None:
        table = "stood" if len(gone.name) > 1 else "reigned"
        key = TABLES[table][1]
        where = " and ".join(f"{name} = ?" for name in key)
        self.db.execute(f"delete from {table} where {where}", [*gone.name, gone.clock.value, gone.day])  # noqa: S608 - our names

    def _meta(self, key: str) -> str | None:
        row = self.db.execute("select value from meta where key = ?", [key]).fetchone()
        return None if row is None else str(row[0])

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
    for side in ("-wal", "-shm"):
        Path(f"{path}{side}").unlink(missing_ok=True)
    os.replace(fresh, path)  # noqa: PTH105 - atomic on every platform, and says so
