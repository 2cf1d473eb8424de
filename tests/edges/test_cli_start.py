"""A command loads what it needs and nothing else, so that it starts soon."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from feed import __version__
from feed.app.cli import main
from feed.app.cli.docs import first_page
from tests.commands import answer, feed, given, python, recorded, seeds

HOME = "seed-2-nearly-19000"
HEAVY = ("apscheduler", "feedparser", "httpx2", "jinja2", "jsonschema", "rich", "sqlite_utils", "trafilatura")
WORKING = (
    *(
        "feed.app.wiring",
        "feed.app.fold",
        "feed.record.file",
        "feed.record.notary",
        "feed.read.english",
        "feed.read.reader",
    ),
    "feed.check",
    *("apscheduler", "cryptography", "feedparser", "httpx2", "jinja2", "jsonschema", "rich", "sqlite_utils"),
    "trafilatura",
)
SLOW_TO_LOAD = (
    *(
        "typer",
        "pydantic",
        "dataclasses",
        "inspect",
        "tomllib",
        "shutil",
        "decimal",
        "asyncio",
        "logging",
        "importlib.metadata",
    ),
    *("feed.app.settings", "feed.app.packs", "feed.model.report", "feed.model.event", "feed.model.topic"),
)
OURS = ("feed.app.settings", "feed.app.wiring", "feed.model.event", "feed.read.reader")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("cli") / "record", HOME, "seed-1-return-hubs")


def first(record: Path, word: str) -> str:
    """The id of the first alert or figure there is, for a question that stands for one; any other word as it is."""
    ways = {"ALERT": ["alerts"], "FIGURE": ["history", "*"]}
    return str(answer(record, *ways[word], "--json")[0]["id"]) if word in ways else word


@pytest.mark.parametrize("words", [["--help"], ["totals", "--help"], ["--version"], ["nonsense"]], ids=" ".join)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    script = f"""
import sys
from feed.app.cli.run import run
run({words})
print([name for name in {HEAVY + OURS} if name in sys.modules], "pydantic" in sys.modules, file=sys.stderr)
"""
    # The command line's own library asks pydantic for help with options, so that only the first page is without it.
    assert python("-c", script).stderr.splitlines()[-1].startswith("[] False" if words == ["--help"] else "[]")


@pytest.mark.parametrize("words", [["--help"], ["-h"], []], ids=" ".join)
def test_the_first_page_of_help_loads_nothing_and_is_current(words: list[str]) -> None:
    script = f"import sys; sys.argv = ['feed', *{words}]; import feed.app.cli as cli, atexit\n"
    script += "atexit.register(lambda: print([n for n in ('typer', 'pydantic', 'sqlite3') if n in sys.modules]))\n"
    page, loaded = python("-c", script + "cli.main()").stdout.rsplit("\n", 2)[:2]
    assert f"{page}\n" == first_page(), "run `./run docs`"
    assert loaded == "[]"


def test_in_a_narrow_terminal_help_is_set_anew(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda _=1: os.terminal_size((60, 20)))
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(sys, "argv", ["feed", "--help"])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr().out.splitlines()
    assert not ended.value.code
    assert told[0] == "Usage: feed [OPTIONS] COMMAND [ARGS]..."
    assert max(map(len, told)) <= 60


def test_the_version_is_told_without_loading_anything() -> None:
    script = "import sys; sys.argv = ['feed', '--version']; import feed.app.cli as cli, atexit\n"
    script += "atexit.register(lambda: print([n for n in ('typer', 'pydantic', 'sqlite3') if n in sys.modules]))\n"
    assert python("-c", script + "cli.main()").stdout.splitlines() == [f"feed {__version__}", "[]"]


@pytest.mark.parametrize(
    "words",
    [
        ["totals"],
        ["history", "returns"],
        ["history", "returns", "--json"],
        ["alerts"],
        ["alerts", "--json"],
        ["why", "ALERT"],
        ["why", "ALERT", "--json"],
        ["why-not", "FIGURE"],
        ["asof", "2025-04-01"],
        ["asof", "--recorded", "2035-04-01"],
        ["checks"],
        ["status"],
        ["status", "--json"],
    ],
    ids=" ".join,
)
def test_a_plain_question_starts_within_ten_times_a_bare_interpreter(record: Path, words: list[str]) -> None:
    """Held by what is loaded, since times depend on the machine: each of these costs as much as a whole question."""
    asked = [first(record, word) for word in words]
    assert feed(*asked, "--dir", record).code == 0
    script = f"""
import sys
from feed.app.cli.run import run
code = run({asked} + ["--dir", {str(record)!r}])
print(code, [name for name in {SLOW_TO_LOAD + WORKING} if name in sys.modules], file=sys.stderr)
"""
    assert python("-c", script).stderr.splitlines()[-1] == "0 []"


@pytest.mark.parametrize(
    "words",
    [["totals"], ["alerts", "--severity", "high"], ["history", "--chart", "returns/level/people"]],
    ids=" ".join,
)
def test_a_question_loads_nothing_that_folds_reads_or_writes(record: Path, words: list[str]) -> None:
    assert feed("rebuild", "--dir", record).code == 0
    script = f"""
import sys
from feed.app.cli.run import run
code = run({words} + ["--dir", {str(record)!r}])
print(code, [name for name in {WORKING} if name in sys.modules], file=sys.stderr)
"""
    assert python("-c", script).stderr.splitlines()[-1] == "0 []"


def test_reading_loads_only_what_reads(tmp_path: Path) -> None:
    handed = given(tmp_path / "a.jsonl", seeds()[HOME])
    script = f"""
import sys
from feed.app.cli.run import run
run(["read", {str(handed)!r}])
others = ("feed.app.settings", "feed.capture.capture", "feed.model.event", "feed.record", "feed.view")
print([name for name in {HEAVY} + others if name in sys.modules], file=sys.stderr)
"""
    assert python("-c", script).stderr.splitlines()[-1] == "[]"
