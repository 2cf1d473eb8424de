"""The list of stories and traps names tests that exist, and every story that is told."""

from __future__ import annotations

import ast
import re

from tests.commands import ROOT

NAMED = re.findall(r"`((?:tests|told)/[^`…]+)`", (ROOT / "docs" / "stories.md").read_text(encoding="utf-8"))


def test_every_story_names_a_test_that_exists() -> None:
    missing = [name for name in NAMED if not _exists(name)]
    assert NAMED
    assert missing == []


def _exists(name: str) -> bool:
    where, _, test = name.partition("::")
    file = ROOT / "tests" / "story" / where if where.startswith("told/") else ROOT / where
    if not file.is_file():
        return False
    tests = ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if test else ()
    return not test or any(isinstance(node, ast.FunctionDef) and node.name == test for node in tests)


def test_every_told_story_is_in_the_list() -> None:
    told = {f"told/{path.name}" for path in (ROOT / "tests" / "story" / "told").glob("*.toml")}
    assert told - {*NAMED} == set()


def test_all_twelve_stories_have_their_row() -> None:
    rows = re.findall(r"^\| (\d+)\. ", (ROOT / "docs" / "stories.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [str(number) for number in range(1, 13)]
