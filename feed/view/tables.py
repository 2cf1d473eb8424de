"""The view's tables, and the view as it is opened for questions: without what fills it."""

from __future__ import annotations

from pathlib import Path

from feed import __version__
from feed.model.chain import EMPTY, Head, content_id
from feed.model.ledger import RULES
from feed.view.database import Database

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
    "unknown": ({"id": str, "type": str, "subject": str, "sequence": int}, "id"),
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


class Opened:
    """The tables of one `view.db`. Queries read `db`."""

    def __init__(self, path: Path | str) -> None:
        """Open or make the file. A file made by another version is refused by `usable`, not mended."""
        self.path = path
        self.db = Database(path)
        self.journalled()

    def journalled(self) -> None:
        """Let readers read while one writes, and a change that a crash cuts short not have been."""
        self.db.execute("pragma journal_mode=wal")
        self.db.execute("pragma synchronous=normal")

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def usable(self) -> bool:
        """Whether the file holds these tables, as this version fills them."""
        return "meta" in self.db.tables() and self._meta("shape") == MADE_BY

    def position(self) -> Head:
        """How far the log is in the view; EMPTY for a fresh one."""
        sequence, digest = self._meta("sequence"), self._meta("hash")
        return EMPTY if sequence is None or digest is None else Head(int(sequence), digest)

    def _meta(self, key: str) -> str | None:
        row = self.db.execute("select value from meta where key = ?", [key]).fetchone()
        return None if row is None else str(row[0])
