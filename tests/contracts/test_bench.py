"""The bench measures what it says: its tables can be made, and each program in them does its work."""

from __future__ import annotations

import json
import math
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from bench import classifier, growth, startup, trust
from feed.app import packs
from feed.model.classifier import Classifier


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


def test_a_table_is_looked_at_on_sets_that_it_was_not_learned_from() -> None:
    rows = [classifier.Example(f"dev{of}", frozenset({"in the"}), "none") for of in range(7) for _ in range(of + 1)]
    parts = list(classifier.folds(rows))
    assert sorted(row for part, _ in parts for row in part) == sorted(rows)
    assert all({row.of for row in part}.isdisjoint(row.of for row in rest) for part, rest in parts)
    assert all(sorted([*part, *rest]) == sorted(rows) for part, rest in parts)


def test_what_was_learned_is_written_as_the_pack_reads_it() -> None:
    learned = packs.load().classifier
    assert learned is not None
    assert Classifier.model_validate_json(classifier.written(learned)) == learned
    assert classifier.written(learned) == classifier.TABLE.read_text(encoding="utf-8")


def test_each_number_is_learned_with_what_the_annotation_says_of_it() -> None:
    """Of the first five articles: as many figures as are annotated, less those that the reader takes for none."""
    counted = Counter(row.metric for row in classifier.examples(["seeds"]))
    file = classifier.GOLD / "seeds.jsonl"
    told = Counter(
        one["metric"] for line in file.read_text(encoding="utf-8").splitlines() for one in json.loads(line)["figures"]
    )
    assert counted.total() - counted["none"] == told.total()
    assert counted["returns"] == told["returns"]
    assert counted["none"] > 0
