"""`./run` hands over to the product without getting in its way."""

import ast
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = ROOT / "run"

LOCK = """\
typer==2 \\
    --hash=sha256:22
uv==1 \\
    --hash=sha256:00 \\
    --hash=sha256:11
    # via us
zope==3 \\
    --hash=sha256:33
"""

COMMAND = """
import os, sys
print(os.getcwd(), *sys.argv[1:], sep="|")
sys.exit(4)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that is set up already, whose product only tells where and how it was called."""
    home = tmp_path / "checkout"
    for folder in (home / ".venv" / "bin", home / "feed"):
        folder.mkdir(parents=True)
    python = home / ".venv" / "bin" / "python"
    python.symlink_to(os.path.realpath(sys.executable))
    (home / "requirements.lock").write_text(LOCK, encoding="utf-8")
    (home / ".venv" / "made-from").write_text(f"{python.resolve()}\n{LOCK}", encoding="utf-8")
    (home / "run").write_text(RUN.read_text(encoding="utf-8"), encoding="utf-8")
    (home / "feed" / "__main__.py").write_text(COMMAND, encoding="utf-8")
    (home / "feed" / "__init__.py").touch()
    return home


def start(checkout: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Start the checkout's `run` as a person would."""
    return subprocess.run(
        [sys.executable, checkout / "run", *words], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_the_command_runs_in_the_callers_folder_and_its_exit_code_comes_back(checkout: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "feed.py").write_text("raise SystemExit('the wrong feed')", encoding="utf-8")
    ended = start(checkout, "totals", "--json", "a b", cwd=elsewhere)
    assert (ended.returncode, ended.stdout, ended.stderr) == (4, f"{elsewhere}|totals|--json|a b\n", "")


def test_without_a_word_it_is_the_demo(checkout: Path) -> None:
    assert start(checkout, cwd=checkout).stdout == f"{checkout}|demo\n"


def test_an_old_python_can_read_it_and_is_told_what_is_needed() -> None:
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_uv_itself_is_taken_by_its_digest_from_the_lock(checkout: Path) -> None:
    alone = Path(runpy.run_path(str(checkout / "run"))["uv_alone"]())
    assert alone.read_text(encoding="utf-8") == "uv==1 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n"


def test_the_bench_runs_in_the_callers_folder_once_its_peers_are_there(checkout: Path, tmp_path: Path) -> None:
    for folder in (checkout / "bench", checkout / ".venv" / "peers", tmp_path / "elsewhere"):
        folder.mkdir()
    (checkout / "bench" / "__init__.py").touch()
    (checkout / "bench" / "__main__.py").write_text(COMMAND, encoding="utf-8")
    (checkout / "bench" / "peers.lock").write_text("peer==1\n", encoding="utf-8")
    (checkout / ".venv" / "peers" / "made-from").write_text("peer==1\n", encoding="utf-8")
    ended = start(checkout, "bench", "verify", cwd=tmp_path / "elsewhere")
    assert (ended.returncode, ended.stdout, ended.stderr) == (4, f"{tmp_path / 'elsewhere'}|verify\n", "")


def test_without_its_peers_the_bench_says_so_and_measures_the_rest(checkout: Path) -> None:
    (checkout / "bench").mkdir()
    (checkout / "bench" / "__init__.py").touch()
    (checkout / "bench" / "__main__.py").write_text(COMMAND, encoding="utf-8")
    (checkout / "bench" / "peers.lock").write_text("peer==1\n", encoding="utf-8")
    uv = checkout / ".venv" / "bin" / "uv"
    uv.write_text("#!/bin/sh\necho no index >&2\nexit 1\n", encoding="utf-8")
    uv.chmod(0o755)
    ended = start(checkout, "bench", cwd=checkout)
    assert (ended.returncode, ended.stdout) == (4, f"{checkout}\n")
    assert "no index" in ended.stderr
    assert "its rows are left out" in ended.stderr
