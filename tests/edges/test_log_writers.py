"""Several writers at once, and one that slept while another took its place: one log, whole, in one order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from feed.record.file import ReadOnlyLog
from feed.record.verify import verify
from tests.commands import ROOT
from tests.edges.log_writers import BUSY, MOVED, WON
from tests.nightly import NIGHTLY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.jsonl"


def writers(*words: str | int | Path) -> Any:
    command = [sys.executable, "-m", "tests.edges.log_writers", *map(str, words)]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=300).stdout)


@pytest.mark.parametrize(("count", "rounds"), [(2, 100 if NIGHTLY else 40), (8, 100 if NIGHTLY else 15)])
def test_of_writers_that_start_at_once_one_wins_each_time(path: Path, count: int, rounds: int) -> None:
    assert writers(path, "race", count, rounds) == {str([WON] + [BUSY] * (count - 1)): rounds}
    assert verify(path, strict=True).lines == rounds


def test_a_writer_that_was_frozen_while_another_took_over_writes_nothing_when_it_wakes(path: Path) -> None:
    told = writers(path, "frozen", "meets")
    assert "another process writes this log: its pid, since 20" in told["refused"]
    assert told["ended"] == MOVED
    assert [event.subject for event in ReadOnlyLog(path).read()] == ["article 1", "article 3"]


def test_a_writer_that_was_frozen_and_met_nobody_goes_on(path: Path) -> None:
    assert writers(path, "frozen", "alone")["ended"] == WON
    assert ReadOnlyLog(path).head().sequence == 2
