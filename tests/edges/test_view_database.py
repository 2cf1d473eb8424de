"""SQLite as the view uses it: whole transactions or none, whatever happens in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from feed.view.database import Database
from feed.view.store import View

COLUMNS = {"shop": str, "day": str, "sold": int}
KEY = ("shop", "day")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "shop.db")
    made.execute("pragma journal_mode=wal")
    made.create("sales", COLUMNS, KEY)
    made.create("sales", COLUMNS, KEY)
    made.index("sales", ("day",))
    made.index("sales", ("day",))
    yield made
    made.close()


def row(shop: str, sold: int | None, day: str = "2025-01-01") -> dict[str, object]:
    return {"sold": sold, "shop": shop, "day": day}


def rows(db: Database) -> list[dict[str, object]]:
    return list(db.query("select * from sales order by shop, day"))


def test_a_row_takes_the_place_of_the_one_with_its_key(db: Database) -> None:
    db.put("sales", COLUMNS, KEY, [row("corner", 3), row("market", None), row("corner", 5)])
    assert rows(db) == [row("corner", 5), row("market", None)]
    assert db.tables() == ["sales"]


def test_a_row_that_lacks_a_column_is_a_fault_and_nothing_is_put(db: Database) -> None:
    with pytest.raises(KeyError), db.atomic():
        db.put("sales", COLUMNS, KEY, [row("corner", 3), {"shop": "market", "day": "2025-01-01"}])
    assert rows(db) == []


def test_what_is_stopped_halfway_did_not_happen_and_the_next_goes_on(db: Database) -> None:
    def interrupted() -> None:
        with db.atomic():
            db.put("sales", COLUMNS, KEY, [row("corner", 3)])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with db.atomic():
        db.put("sales", COLUMNS, KEY, [row("market", 4)])
    assert rows(db) == [row("market", 4)]


def test_a_disk_that_is_full_takes_nothing_and_goes_on_when_there_is_room(db: Database) -> None:
    pages = db.execute("pragma page_count").fetchone()[0]
    db.execute(f"pragma max_page_count = {pages}")
    many = [row(f"shop {number} " + "x" * 500, number) for number in range(100)]
    with pytest.raises(sqlite3.OperationalError, match="full"), db.atomic():
        db.put("sales", COLUMNS, KEY, many)
    assert rows(db) == []
    db.execute(f"pragma max_page_count = {pages + 1000}")
    with db.atomic():
        db.put("sales", COLUMNS, KEY, many)
    assert len(rows(db)) == 100


def test_somebody_else_sees_all_of_a_transaction_or_nothing(db: Database, tmp_path: Path) -> None:
    other = Database(tmp_path / "shop.db")
    with db.atomic():
        db.put("sales", COLUMNS, KEY, [row("corner", 3)])
        assert rows(other) == []
    assert rows(other) == [row("corner", 3)]
    other.close()


def test_what_is_whole_within_another_happens_with_that_or_not_at_all(db: Database) -> None:
    def interrupted() -> None:
        with db.atomic():
            with db.atomic():
                db.put("sales", COLUMNS, KEY, [row("corner", 3)])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert rows(db) == []
    with db.atomic(), db.atomic():
        db.put("sales", COLUMNS, KEY, [row("corner", 3)])
    assert rows(db) == [row("corner", 3)]


def shape(view: View) -> set[tuple[str, str]]:
    """Every table and index, as SQLite has them."""
    return set(view.db.execute("select name, sql from sqlite_master"))


def test_a_view_that_is_filled_at_once_has_all_that_one_has_that_grew(tmp_path: Path) -> None:
    grown, filled = View(tmp_path / "grown.db"), View(tmp_path / "filled.db")
    grown.create()
    with filled.filling():
        assert not [name for name, _ in shape(filled) if name.startswith("idx_")], "indexes come last"
    assert shape(filled) == shape(grown)
    assert filled.usable()
    assert filled.db.execute("pragma journal_mode").fetchone() == ("wal",)
    grown.close()
    filled.close()


def test_a_filling_that_was_stopped_leaves_no_view(tmp_path: Path) -> None:
    view = View(tmp_path / "view.db")
    with pytest.raises(KeyboardInterrupt), view.filling():
        raise KeyboardInterrupt
    assert not view.usable()
    view.close()
