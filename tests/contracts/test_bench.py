"""The bench measures what it says: its tables can be made, and each program in them does its work."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pytest

from bench import growth, startup, trust


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


def test_weights_are_those_with_which_what_was_read_is_likeliest() -> None:
    """Of figures with a sign 20 in 40 are right, of those without it 72 in 80: the sign's odds are a ninth."""
    doubted, plain = frozenset({"doubt"}), frozenset[str]()
    counted = ((doubted, 5, 20), (doubted, 3, 20), (plain, 5, 72), (plain, 0, 8))
    seen = [trust.Seen("a", signs, depth) for signs, depth, times in counted for _ in range(200 * times)]
    base, weights = trust.fitted(seen, ["doubt"])
    assert weights["doubt"] == pytest.approx(math.log(1 / 9), abs=0.05)
    odds = [1 / (1 + math.exp(-base - sum(weights[sign] for sign in row.signs))) for row in seen]
    assert sum(odds) / len(odds) == pytest.approx(trust.UNSEEN)


def test_weights_are_written_where_the_reader_finds_them() -> None:
    text = trust.written(trust.TABLE.read_text(encoding="utf-8"), 1.5, {"told again": 0.25, '"and" between': -0.5})
    table = tomllib.loads(text)
    assert table["base"] == 1.5
    assert table["weights"] == {'"and" between': -0.5, "told again": 0.25}
    assert table["least"] == tomllib.loads(trust.TABLE.read_text(encoding="utf-8"))["least"]
