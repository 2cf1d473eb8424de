"""By which texts an article may have been copied: sketches of what was captured lately, in ops.db."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.db import Table

from feed.capture.likeness import nominated, runs, sketch

LATELY = timedelta(days=30)
BATCH = 500


class Likenesses:
    """The tables `sketches` and `runs`: memory, not truth. Without them a copy counts as an article of its own."""

    def __init__(self, path: Path | str = ":memory:") -> None:
        self._db = Database(path)
        self._db.enable_wal()
        made: Table = self._db.table("sketches").create(
            {"article": str, "text": str, "size": int, "captured": str}, pk=("article", "text"), if_not_exists=True
        )
        self._sketches = made
        self._runs: Table = self._db.table("runs").create(
            {"run": int, "article": str, "text": str}, pk=("run", "article", "text"), if_not_exists=True
        )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def add(self, article: str, digest: str, text: str, now: datetime) -> None:
        """Remember a text under its article and the digest that it is kept under. Forgets what is a month old."""
        found = sketch(runs(text))
        row = {"article": article, "text": digest, "size": len(found), "captured": _written(now)}
        with self._db.atomic():
            self._sketches.upsert(row, pk=("article", "text"))
            rows = ({"run": run, "article": article, "text": digest} for run in found)
            self._runs.upsert_all(rows, pk=("run", "article", "text"))
            self._forget(now)

    def like(self, article: str, text: str) -> list[tuple[str, str]]:
        """Other articles that `text` may be a copy of, with the digests of their texts, the first captured first."""
        found = sorted(sketch(runs(text)))
        shared: dict[tuple[str, str], int] = {}
        for at in range(0, len(found), BATCH):
            part = found[at : at + BATCH]
            asked = f"run in ({','.join('?' * len(part))}) and article <> ?"
            for row in self._runs.rows_where(asked, [*part, article]):
                key = row["article"], row["text"]
                shared[key] = shared.get(key, 0) + 1
        rows = [(self._sketches.get(key), count) for key, count in shared.items()]
        near = [row for row, count in rows if nominated(count, len(found), row["size"])]
        return [
            (row["article"], row["text"]) for row in sorted(near, key=lambda row: (row["captured"], row["article"]))
        ]

    def _forget(self, now: datetime) -> None:
        old = _written(now - LATELY)
        gone = list(self._sketches.rows_where("captured < ?", [old]))
        for row in gone:
            self._runs.delete_where("article = ? and text = ?", [row["article"], row["text"]])
        self._sketches.delete_where("captured < ?", [old])


def _written(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
