"""What other programs make of what we hand them: frictionless and csvw of our tables, datasette of the view.

They come from the package index into an environment of their own, once for each run, where an index can be had: the
product needs none of what they bring.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands import ROOT, answer, feed, recorded
from tests.desks import NEARLY_19000, OVER_24000

LOCK = ROOT / "tests" / "judges.lock"
CSVW = """
import json, sys, warnings
from csvw.metadata import CSVW
told = CSVW(sys.argv[1], validate=True)
table = told.tables[0].iterdicts() if told.is_valid else ()
rows = [{str(key): str(value) for key, value in row.items()} for row in table]
print(json.dumps({"valid": told.is_valid, "warnings": [str(each.message) for each in told.warnings], "rows": rows}))
"""


@pytest.fixture(scope="module")
def judges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of their programs."""
    home = tmp_path_factory.mktemp("judges") / "venv"
    uv = [sys.executable, "-m", "uv"]
    install = [*uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(home / "bin" / "python"), str(LOCK)]
    try:
        subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(home)], check=True, timeout=60)
        subprocess.run(install, check=True, timeout=120)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failed:
        pytest.skip(f"the judges could not be installed: {failed}")
    return home / "bin"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("desk") / "record", NEARLY_19000, OVER_24000)


@pytest.fixture
def out(desk: Path, tmp_path: Path) -> Path:
    assert feed("export", tmp_path / "out", "--dir", desk).code == 0
    return tmp_path / "out"


def judged(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def spoilt(table: Path) -> None:
    """The same table with a word where a day belongs."""
    head, first, rest = table.read_text().split("\n", 2)
    at = head.split(",").index("published")
    cells = first.split(",")
    cells[at - len(head.split(","))] = "someday"
    table.write_text("\n".join([head, ",".join(cells), rest]))


def test_frictionless_finds_the_table_to_be_what_its_description_says(judges: Path, out: Path) -> None:
    check = (judges / "frictionless", "validate", "datapackage.json", "--json")
    held = judged(out, *check)
    told = json.loads(held.stdout)
    assert (held.returncode, told["valid"], told["warnings"]) == (0, True, []), held.stdout
    assert [task["name"] for task in told["tasks"]] == ["figures"]
    assert told["stats"]["errors"] == 0
    spoilt(out / "figures.csv")
    assert judged(out, *check).returncode != 0, "a judge who lets everything pass is none"


def test_csvw_reads_every_row_by_the_description_beside_the_table(judges: Path, desk: Path, out: Path) -> None:
    check = (judges / "python", "-c", CSVW, "figures.csv-metadata.json")
    told: dict[str, Any] = json.loads(judged(out, *check).stdout)
    assert (told["valid"], told["warnings"]) == (True, [])
    assert {row["id"] for row in told["rows"]} == {figure["id"] for figure in answer(desk, "history", "*")}
    spoilt(out / "figures.csv")
    assert not json.loads(judged(out, *check).stdout)["valid"]


def test_datasette_opens_the_view_as_it_is(judges: Path, desk: Path) -> None:
    standing = answer(desk, "totals")
    asked = "/view/standing.json?_shape=array&_size=max"
    told = judged(desk, judges / "datasette", ".feed/view.db", "--get", asked)
    assert told.returncode == 0, told.stderr
    figures = {row["figure"] for row in json.loads(told.stdout)}
    assert figures == {row["id"] for row in standing if "metric" in row}
    page = judged(desk, judges / "datasette", ".feed/view.db", "--get", "/view/figures")
    assert (page.returncode, "<table" in page.stdout) == (0, True)
