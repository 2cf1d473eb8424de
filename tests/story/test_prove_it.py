"""Story 12. A sceptic gets a folder, and later the log: what he can hold us to with nothing but Python."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import feed, recorded
from tests.desks import NEARLY_19000, OVER_24000


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("desk") / "record", NEARLY_19000, OVER_24000)


@pytest.fixture(scope="module")
def proof(desk: Path) -> Path:
    """The folder that a journalist sends him, of an alert that she printed."""
    told = feed("alerts", "--class", "superseded", "--dir", desk, "--json").json
    alert = next(one["id"] for one in told if "more than 24,000" in one["sentence"])
    folder = desk.parent / "proof"
    ended = feed("proof", alert, folder, "--dir", desk)
    assert ended.code == 0, ended.err
    return folder


def check(*words: str | Path, at: Path) -> subprocess.CompletedProcess[str]:
    """The one file that comes with the folder, run where nothing of ours is installed."""
    call = [sys.executable, "-I", "-S", *map(str, words)]
    return subprocess.run(call, capture_output=True, text=True, check=False, cwd=at)


def test_an_alert_is_proven_to_somebody_who_has_nothing_but_python(proof: Path, tmp_path: Path) -> None:
    told = check(proof / "check.py", proof, at=tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.count("its quote stands in the captured text, from character") == 2
    assert "What this shows: these lines stand in the log, unchanged since the checkpoint was signed." in told.stdout
    assert "What it does not show: that what the article says is true" in told.stdout
    assert told.stdout.endswith("HOLDS.\n")


def test_one_flipped_byte_fails_and_names_the_line(proof: Path, tmp_path: Path) -> None:
    bent = shutil.copytree(proof, tmp_path / "bent")
    line = max((bent / "lines").glob("*.json"))
    whole = line.read_bytes()
    at = whole.index(b"24,000")
    line.write_bytes(whole[:at] + b"3" + whole[at + 1 :])
    told = check(bent / "check.py", bent, at=tmp_path)
    assert told.returncode == 1
    assert f"line {int(line.stem)} " in told.stdout.splitlines()[-1]


def test_a_dropped_last_line_fails_against_a_head_that_was_saved(desk: Path, proof: Path, tmp_path: Path) -> None:
    saved, log = tmp_path / "kept", tmp_path / "events.jsonl"
    saved.write_text(feed("checkpoint", "--dir", desk).out)
    keys = desk / ".feed" / "log.vkeys"
    lines = (desk / "events.jsonl").read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines))
    assert check(proof / "check.py", log, saved, keys, at=tmp_path).returncode == 0
    log.write_bytes(b"".join(lines[:-1]))
    told = check(proof / "check.py", log, saved, keys, at=tmp_path)
    assert told.returncode == 1
    assert "lines were taken away" in told.stdout
