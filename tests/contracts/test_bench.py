"""The bench measures what it says: its tables can be made, and each program in them does its work."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import growth, startup


def test_a_log_of_any_length_is_one_that_the_product_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "SIZES", (90,))
    wanted = ("verify", "open for writing, again")
    monkeypatch.setattr(growth, "PACES", tuple(pace for pace in growth.PACES if pace.name in wanted))
    head, *rows = growth.table(tmp_path, 1)
    assert head == growth.HEADS
    assert [tuple(cell.strip() for cell in row.split("|")[1:3]) for row in rows] == [(name, "90") for name in wanted]
    assert all("**" in row for row in rows)


def test_only_commands_that_work_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "COMMANDS", (("--version",), ("no-such-command",)))
    _, *rows = startup.table(tmp_path, 1)
    assert [row.split("|")[1].strip() for row in rows] == ["`feed --version`"]
