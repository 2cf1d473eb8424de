"""When an article's page is looked at again, in ops.db: often at first, then ever more rarely.

An edit is found at the next look. A page that suddenly gives much less text than before is held back: more often than
an article was cut down, its site has changed its pages and we read them no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import Table

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOOKS = (HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY)
AT_ONCE = 100  # pages of one source at one visit
THIN_TRIES = 10
COLUMNS = {
    "source": str,
    "entry": str,
    "raw": str,
    "text": str,
    "length": int,
    "figures": int,
    "etag": str,
    "modified": str,
    "begun": str,
    "looks": int,
    "due": str,
    "full": str,
    "thin": str,
    "tries": int,
    "why": str,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a page was when it was last read whole: digests of its bytes and text, the text's length, its validators.

    `figures` is how many figures were read in it, None when that is not known.
    """

    raw: str
    text: str
    length: int
    figures: int | None = None
    etag: str | None = None
    modified: str | None = None


class Looks:
    """The table `looks` of ops.db, for the thread that has the Memory."""

    def __init__(self, db: Database) -> None:
        self._table: Table = db.table("looks").create(COLUMNS, pk=("source", "entry"), if_not_exists=True)

    def begin(self, source: str, entry: str, known: Known, now: datetime) -> None:
        """Begin to look at an article that was just captured. Beginning again starts the schedule anew."""
        row = {"source": source, "entry": entry, "begun": _written(now), "looks": 0, "due": _written(now + LOOKS[0])}
        fresh = {"full": _written(now), "thin": None, "tries": 0, "why": None}
        self._table.upsert({**row, **asdict(known), **fresh}, pk=("source", "entry"))

    def due(self, source: str, now: datetime) -> list[tuple[str, Known]]:
        """The entries of a source that are to be looked at, the longest due first, and how each was."""
        asked = "source = ? and due <= ?"
        rows = self._table.rows_where(asked, [source, _written(now)], order_by="due", limit=AT_ONCE)
        return [(row["entry"], _known(row)) for row in rows]

    def looked(self, source: str, entry: str, known: Known, now: datetime, *, whole: bool = True) -> None:
        """Say that a look found the page as `known` says; `whole` when its text was read. The next is at its time."""
        row = self._table.get((source, entry))
        begun = datetime.fromisoformat(row["begun"])
        coming = [number for number, wait in enumerate(LOOKS) if begun + wait > now and number > row["looks"]]
        due = _written(begun + LOOKS[coming[0]]) if coming else None
        told = {"looks": coming[0] if coming else len(LOOKS), "due": due, "why": None, "tries": 0}
        seen = {"full": _written(now), "thin": None} if whole else {}
        self._table.update((source, entry), {**asdict(known), **told, **seen})

    def failed(self, source: str, entry: str, why: str, now: datetime) -> None:
        """Say that a look gave no page. It counts as one."""
        row = self._table.get((source, entry))
        self.looked(source, entry, _known(row), now, whole=False)
        self._table.update((source, entry), {"why": why})

    def thinned(self, source: str, entry: str, why: str, now: datetime) -> None:
        """Say that a page gives much less text than before. It is looked at every hour, ten times, before we stop."""
        row = self._table.get((source, entry))
        tries = row["tries"] + 1
        due = _written(now + HOUR) if tries < THIN_TRIES else None
        thin = {"thin": row["thin"] or _written(now), "tries": tries, "due": due, "why": why}
        self._table.update((source, entry), thin)

    def believed(self, source: str, entry: str, now: datetime) -> bool:
        """Whether a thin page may be taken as it is: it was thin an hour ago, and others were read whole since then."""
        row = self._table.get((source, entry))
        if row["thin"] is None or datetime.fromisoformat(row["thin"]) + HOUR > now:
            return False
        return bool(self._table.count_where("source = ? and full > ?", [source, row["thin"]]))

    def thin(self, source: str) -> list[str]:
        """Why pages of a source are held back, one sentence for each."""
        return [str(row["why"]) for row in self._table.rows_where("source = ? and thin is not null", [source])]

    def figures(self, source: str, last: int) -> list[int]:
        """How many figures were read in each of the last articles of a source, the latest first."""
        asked = "source = ? and figures is not null"
        rows = self._table.rows_where(asked, [source], order_by="begun desc", limit=last)
        return [int(row["figures"]) for row in rows]


def _known(row: Mapping[str, Any]) -> Known:
    return Known(**{name: row[name] for name in ("raw", "text", "length", "figures", "etag", "modified")})


def _written(time: datetime) -> str:
    """One spelling, so that text order is time order."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
