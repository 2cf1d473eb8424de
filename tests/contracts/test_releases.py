"""What an earlier version wrote is read by this one, and what this one writes costs an earlier one nothing.

The earlier version is really there: its code is taken out of git, laid out as its wheel is, and run in processes of its
own. Nightly its wheel is built and installed with what it was locked to. A version is found by its tag, or else by the
commit that put its golden log in.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from feed.model.chain import canonical, digest
from feed.record.lines import parse
from tests.commands import ROOT, Ended, answer, feed, given, seeds
from tests.desks import NEARLY_19000, OVER_24000
from tests.nightly import NIGHTLY

VERSIONS = sorted(path.stem for path in (ROOT / "tests" / "golden").glob("*.jsonl"))
Program = Callable[..., Ended]


def git(*words: str) -> str:
    ended = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return ended.stdout.strip() if ended.returncode == 0 else ""


def commit_of(version: str) -> str:
    added = ("log", "--diff-filter=A", "--format=%H", "--", f"tests/golden/{version}.jsonl")
    found = git("rev-parse", "--verify", "--quiet", f"v{version}^{{commit}}") or git(*added).rpartition("\n")[2]
    return found if found and git("cat-file", "-t", f"{found}^") else ""  # a shallow copy has all of it in one commit


def run(*words: str | Path, cwd: Path, **more: str) -> Ended:
    env = {**os.environ, **more}  # noqa: TID251 - passed on
    ended = subprocess.run([*map(str, words)], cwd=cwd, capture_output=True, text=True, check=False, env=env)
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def laid_out(source: Path, home: Path) -> Program:
    """That version as its wheel lays it out, on what is installed here."""
    made = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    wheel = made["targets"]["wheel"]
    for package in wheel["packages"]:
        shutil.copytree(source / package, home / package)
    for what, at in wheel.get("force-include", {}).items():
        shutil.copytree(source / what, home / at)
    return lambda *words: run(sys.executable, "-P", "-m", "feed", *words, cwd=home, PYTHONPATH=str(home))


def installed(source: Path, home: Path) -> Program:
    """That version as it is installed: its wheel, and what its lock says."""
    uv = Path(sys.executable).with_name("uv")
    install = (uv, "pip", "install", "--quiet", "--python", home / "bin" / "python")
    for words in (
        (uv, "build", "--quiet", "--wheel", "--out-dir", source / "dist", source),
        (uv, "venv", "--quiet", "--python", sys.executable, home),
        (*install, "--require-hashes", "-r", source / "requirements.lock"),
    ):
        ended = run(*words, cwd=source)
        assert ended.code == 0, ended.err
    (wheel,) = (source / "dist").glob("*.whl")
    ended = run(*install, "--no-deps", wheel, cwd=source)
    assert ended.code == 0, ended.err
    return lambda *words: run(home / "bin" / "feed", *words, cwd=home, PYTHONPATH="")


@pytest.fixture(scope="module", params=VERSIONS)
def earlier(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The commands of an earlier version."""
    commit = commit_of(request.param)
    if not commit:
        pytest.skip(f"git does not have version {request.param} here")
    folder = tmp_path_factory.mktemp("earlier")
    (folder / "source").mkdir()
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "x", "-C", folder / "source"], input=packed, check=True)
    return (installed if NIGHTLY else laid_out)(folder / "source", folder / "home of it")


@pytest.fixture(scope="module")
def written(earlier: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that the earlier version made."""
    folder = tmp_path_factory.mktemp("written")
    known = seeds()
    articles = given(folder / "articles.jsonl", *(known[name] for name in (NEARLY_19000, OVER_24000)))
    for words in (("init", folder / "record"), ("ingest", articles, "--dir", folder / "record")):
        ended = earlier(*words)
        assert ended.code == 0, ended.err
    return folder / "record"


@pytest.fixture
def record(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "record")


def later_line(log: Path) -> bytes:
    """A line that a version after this one may write: of a type that nobody knows yet."""
    last = log.read_bytes().splitlines()[-1]
    told = {key: value for key, value in parse(last).items() if key not in ("causationid", "correlationid")}
    kind = "figure.guessed.v9"
    names = {"type": kind, "dataschema": f"urn:feed-of-record:schema:{kind}", "id": "9" * 32, "prevhash": digest(last)}
    place = {"sequence": f"{int(told['sequence']) + 1:012d}", "data": {"odds": "3/4"}}
    return canonical({**told, **names, **place}) + b"\n"


def test_what_it_wrote_is_verified_and_replayed_to_the_alerts_that_it_raised(record: Path) -> None:
    before = (record / "events.jsonl").read_bytes()
    told = answer(record, "verify", "--strict")
    assert (told["lines"], told["unknown"], told["missing"]) == (before.count(b"\n"), 0, 0)
    replayed = answer(record, "replay")
    assert replayed["same"], replayed["differences"]
    assert replayed["recorded"] == replayed["recomputed"] > 0
    assert (record / "events.jsonl").read_bytes() == before


def test_it_is_gone_on_with_and_read_by_the_version_that_began_it(
    earlier: Program, record: Path, tmp_path: Path
) -> None:
    before = (record / "events.jsonl").read_bytes()
    text = "More than 25,000 people have been returned since the election."
    article = given(tmp_path / "more.jsonl", {"id": "more", "text": text, "published": "2025-05-01"})
    ended = feed("ingest", article, "--dir", record)
    assert (ended.code, "more than 25,000 (was more than 24,000" in ended.out) == (0, True), ended.err
    after = (record / "events.jsonl").read_bytes()
    assert after.startswith(before)
    assert answer(record, "verify", "--strict")["unknown"] == 0
    for command in ("verify", "totals"):
        ended = earlier(command, "--dir", record)
        assert ended.code == 0, ended.err
    assert "more than 25,000" in ended.out


def test_a_line_of_a_later_version_is_kept_and_said_to_be_unknown_by_both(earlier: Program, record: Path) -> None:
    log = record / "events.jsonl"
    line = later_line(log)
    with log.open("ab") as file:
        file.write(line)
    lines = log.read_bytes().count(b"\n")
    strangers = {"urn:feed-of-record:schema:figure.guessed.v9": 1}
    for program in (earlier, feed):
        ended = program("verify", "--strict", "--json", "--dir", record)
        assert ended.code == 0, ended.err
        told = json.loads(ended.out)
        assert (told["lines"], told["unknown"]) == (lines, 1)
        assert told.get("strangers", strangers) == strangers
        ended = program("totals", "--dir", record)
        assert (ended.code, "more than 24,000" in ended.out) == (0, True), ended.err
    assert "and the answer is without it: 1 figure.guessed.v9" in feed("totals", "--dir", record).err
    assert "a newer version wrote 1 of the events, which are passed over" in feed("status", "--dir", record).out
    replayed = answer(record, "replay")
    assert (replayed["same"], replayed["unknown"]) == (True, 1)
    assert log.read_bytes().endswith(line)
