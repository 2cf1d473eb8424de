"""The borders hold: layers, purity, and no word of a topic in the engine."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from importlinter.cli import lint_imports
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "feed").rglob("*.py"))
TOPICS = sorted((ROOT / "feed" / "topics").glob("*/*.toml"))

TOPIC_WORDS = re.compile(
    r"(?<![a-z])(?:asylum|migrant|migration|immigra|refugee|returnee|enforced return|deport|small[ _]boat|smuggl"
    r"|visas?(?![a-z])|foreign national|home office|home secretary|rwanda|albania|calais|starmer|cooper|mahmood"
    r"|labour(?![a-z])|tory|tories)"
)
"""Words by which anyone would know the first pack's topic, as they begin, in lower case."""

NAMED = ("metric", "scheme", "office", "event")
"""Tables of a pack whose rows have an `id` that belongs to the topic."""


def test_import_contracts_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True, no_logo=True) == 0, capsys.readouterr().out


def test_the_model_needs_only_python_and_pydantic() -> None:
    allowed = {"feed", "pydantic", *sys.stdlib_module_names}
    model = [file for file in SOURCES if file.is_relative_to(ROOT / "feed" / "model")]
    assert {name for file in model for name in imported(file)} <= allowed


def test_what_the_product_imports_it_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    owners = packages_distributions()
    foreign = {name for file in SOURCES for name in imported(file)} - {"feed", *sys.stdlib_module_names}
    unasked = {name for name in foreign if not asked & {canonicalize_name(owner) for owner in owners.get(name, [])}}
    assert not unasked, "add these to the dependencies in pyproject.toml, and make the lock anew"


def test_no_topic_word_stands_in_the_engine() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{at}: {word}"
        for file in SOURCES
        for at, line in enumerate(file.read_text(encoding="utf-8").lower().splitlines(), start=1)
        for word in TOPIC_WORDS.findall(line)
    ]
    assert not found, "\n".join(["these belong into a topic pack:", *found])


def test_no_name_of_a_pack_stands_in_the_engine() -> None:
    names = set(pack_names())
    assert names, "no pack was found"
    found = [f"{file.relative_to(ROOT)}: {name}" for file in SOURCES for name in sorted(names & spoken(file))]
    assert not found, "\n".join(["these belong into a topic pack:", *found])


def imported(file: Path) -> Iterator[str]:
    """The top-level packages that a source file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def pack_names() -> Iterator[str]:
    """The ids that the topic packs give to their metrics, schemes, offices and calendar events."""
    for file in TOPICS:
        pack = tomllib.loads(file.read_text(encoding="utf-8"))
        for table in NAMED:
            yield from (row["id"] for row in pack.get(table, []) if "id" in row)


def spoken(file: Path) -> set[str]:
    """What a source file could mean by a pack's name: its whole strings, and its words that are joined by _ or -.

    A single word inside a sentence or a name of code ("returns") is English, not the metric.
    """
    text = file.read_text(encoding="utf-8")
    strings = {node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)}
    return {text for text in strings if isinstance(text, str)} | set(re.findall(r"\w+(?:[-_]\w+)+", text))
