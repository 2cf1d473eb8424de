"""What somebody asked for while another process had the log: it is taken up by that process, in ops.db till then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database


class Orders:
    """Orders as JSON texts, oldest first. One is gone when it was `done`; several processes may leave some."""

    def __init__(self, db: Database) -> None:
        """Over an open database, whose other tables it leaves alone. Makes its table when it is not there."""
        self._orders = db.table("orders")
        self._orders.create({"number": int, "order": str}, pk="number", if_not_exists=True, strict=True)
        self._db = db

    @classmethod
    def at(cls, path: Path) -> Orders:
        """Over the database in this file, made when it is not there. For the thread that calls, and to be closed."""
        return cls(Database(path))

    def close(self) -> None:
        """Let the database go."""
        self._db.close()

    def leave(self, order: str) -> None:
        """Ask for something."""
        self._orders.insert({"order": order})

    def left(self) -> Iterator[tuple[int, str]]:
        """What was asked for and is not done, by number."""
        for row in list(self._orders.rows_where(order_by="number")):
            yield row["number"], row["order"]

    def done(self, number: int) -> None:
        """Strike one out."""
        self._orders.delete(number)
