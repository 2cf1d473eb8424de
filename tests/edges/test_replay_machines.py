"""The same log gives the same bytes: on another Python, in another zone, locale or order of hashes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands import ROOT
from tests.nightly import NIGHTLY

SETTINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "Europe/London", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
)
NEWER = range(14 if sys.version_info < (3, 14) else 15, 10, -1)


def told(python: str | Path, home: Path, **machine: str) -> dict[str, Any]:
    """The digests of all that follows from a log, on a machine that is set up so."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **machine}  # noqa: TID251 - passed on
    env.pop("PYTHONWARNINGS", None)
    command = [str(python), "-m", "tests.edges.machine_bytes", str(home)]
    done = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("record")
    for name in ("events.jsonl", "feed.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="module")
def here(home: Path) -> dict[str, Any]:
    return told(sys.executable, home, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")


def others() -> Iterator[Path]:
    """Pythons of other versions on this machine, the newest first."""
    for minor in NEWER:
        if minor == sys.version_info.minor:
            continue
        found = [shutil.which(f"python3.{minor}")]
        found += map(str, Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python3.{minor}"))
        for each in found:
            if each and subprocess.run([each, "-c", ""], capture_output=True, check=False).returncode == 0:
                yield Path(each)
                break


@pytest.mark.parametrize("machine", SETTINGS, ids=lambda machine: machine["TZ"])
def test_neither_hash_seed_nor_zone_nor_locale_changes_a_byte(
    home: Path, here: dict[str, Any], machine: dict[str, str]
) -> None:
    assert len(here) > 40, "rows, alerts, exports, feeds and pages"
    assert told(sys.executable, home, **machine) == here


def test_another_python_gives_the_same_bytes(home: Path, here: dict[str, Any], tmp_path: Path) -> None:
    pythons = list(others())[: None if NIGHTLY else 1]
    if not pythons:
        pytest.skip("there is no other Python from 3.11 on here")
    uv = [sys.executable, "-m", "uv"]
    for python in pythons:
        there = tmp_path / python.name
        asked = ["pip", "sync", "--quiet", "--require-hashes", "--python", str(there / "bin" / "python")]
        try:
            subprocess.run([*uv, "venv", "--quiet", "--python", str(python), str(there)], check=True, timeout=60)
            subprocess.run([*uv, *asked, str(ROOT / "requirements.lock")], check=True, timeout=180)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failed:
            pytest.skip(f"the product's packages could not be installed for {python.name}: {failed}")
        answer = told(there / "bin" / "python", home)
        assert answer.pop("python").startswith(python.name.removeprefix("python"))
        assert answer == {name: digest for name, digest in here.items() if name != "python"}
