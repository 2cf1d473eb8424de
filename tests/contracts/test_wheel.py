"""The product as people install it: away from the checkout, with its schemas, packs, pages and templates inside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.commands import ROOT
from tests.nightly import NIGHTLY

SEEDS = str(ROOT / "seeds")
WORK = f"""
import sys
from feed.app.cli.run import run
for words in (["init", "desk"], ["ingest", {SEEDS!r}, "--dir", "desk"], ["verify", "--strict", "--dir", "desk"],
              ["totals", "--dir", "desk"], ["read", {SEEDS!r}]):
    print(words[0], run(words), file=sys.stderr)
import feed
print(feed.__file__, file=sys.stderr)
"""


def called(folder: Path, *words: str | Path, **environment: str) -> str:
    """What a program says that ends well."""
    env = {**os.environ, **environment}  # noqa: TID251 - passed on
    ended = subprocess.run([*map(str, words)], cwd=folder, capture_output=True, text=True, check=False, env=env)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout + ended.stderr


def done(told: str, where: Path) -> None:
    """Whether each command ended well, and the product was the one that lies there."""
    expected = [f"{name} 0" for name in ("init", "ingest", "verify", "totals", "read")]
    expected.append(str(where / "feed" / "__init__.py"))
    assert [line for line in told.splitlines() if line in expected] == expected, told


def test_laid_out_as_the_wheel_lays_it_out_it_needs_nothing_of_the_checkout(tmp_path: Path) -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    site = tmp_path / "site"
    for package in wheel["wheel"]["packages"]:
        shutil.copytree(ROOT / package, site / package)
    for what, at in wheel["wheel"]["force-include"].items():
        shutil.copytree(ROOT / what, site / at)
    done(called(tmp_path, sys.executable, "-P", "-c", WORK, PYTHONPATH=str(site)), site)


@pytest.mark.skipif(not NIGHTLY, reason="nightly: a registry is asked for what builds and what is needed")
def test_the_wheel_in_an_environment_of_its_own_does_the_same(tmp_path: Path) -> None:
    uv, home = Path(sys.executable).with_name("uv"), tmp_path / "home of it"
    called(tmp_path, uv, "build", "--quiet", "--wheel", "--out-dir", tmp_path / "dist", ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    called(tmp_path, uv, "venv", "--quiet", "--python", sys.executable, home)
    install = (uv, "pip", "install", "--quiet", "--python", home / "bin" / "python")
    called(tmp_path, *install, "--require-hashes", "-r", ROOT / "requirements.lock")
    called(tmp_path, *install, "--no-deps", wheel)
    assert called(tmp_path, home / "bin" / "feed", "--help").startswith("Usage: feed ")
    (site,) = (home / "lib").glob("python*/site-packages")
    done(called(tmp_path, home / "bin" / "python", "-P", "-c", WORK, PYTHONPATH=""), site)
