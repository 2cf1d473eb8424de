"""Every row of every topic pack keeps its word: it finds its examples and leaves its counter-examples alone.

Packs are those that come with the product and those that lie in `tests/packs`: put your own there, or a link to it, and
`pytest tests/contracts/test_packs.py -k NAME` tests it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from feed.app import home, packs
from feed.model.article import Article, Precision, Published, PublishedBasis
from feed.model.errors import PackRefused
from feed.model.fact import Incident
from feed.model.topic import Cue, DimValue, PlaceDim, Row, Topic
from feed.read.cast import stage
from feed.read.facts.mentions import mentions
from feed.read.patterns.lexicon import Line
from feed.read.reader import read
from feed.read.scene import Scene, scene
from feed.read.tables import Tables, tables
from feed.read.text.lexer import split
from feed.read.text.sentences import cut

ROOT = Path(__file__).parents[2]
HOMES = (home.TOPICS, ROOT / "tests" / "packs")
PACKS = sorted(folder for home in HOMES for folder in home.iterdir() if (folder / "pack.toml").is_file())
GIVEN = ("home", "place", "people", "nationals", "scheme", "somewhere")  # word classes that the engine makes
DAY = date(2026, 5, 1)
PUBLISHED = Published(datetime(2026, 5, 1, tzinfo=UTC), PublishedBasis.GIVEN, Precision.DAY)


@cache
def topic_in(folder: Path) -> Topic:
    """The pack in a folder."""
    return packs.load(folder)


@cache
def compiled(folder: Path) -> Tables:
    """The pack made ready for reading."""
    return tables(topic_in(folder), packs.english())


def scenes(folder: Path, text: str) -> list[Scene]:
    """The sentences of a text, set for reading."""
    table = compiled(folder)
    document = cut(Article("example", text), packs.english())
    return [scene(document, sentence, table, table.calendar(DAY), {}) for sentence in document.sentences]


def line(folder: Path, text: str) -> Line:
    """A text as bare words."""
    return Line(split(text), compiled(folder).classes)


# --- what it is for a row to be found in a text, by kind of row


def _cue(row: Cue, folder: Path, text: str) -> bool:
    return any(hit.value.cue is row for view in scenes(folder, text) for hit in view.metrics)


def _dim(row: Any, folder: Path, text: str) -> bool:
    hits = [hit.value for view in scenes(folder, text) for hit in view.narrowing]
    return any((hit.dim, hit.value) == (row.dim, row.value) for hit in hits)


def _placing(row: Any, folder: Path, text: str) -> bool:
    hits = [hit.value for view in scenes(folder, text) for hit in view.narrowing]
    return any(hit.placed and hit.dim == row.dim for hit in hits)


def _event(row: Any, folder: Path, text: str) -> bool:
    return any(time.event == row.id for view in scenes(folder, text) for time in view.times.values())


def _refusal(row: Any, folder: Path, text: str) -> bool:
    """Of a row without a `#`, that its words stand there at all."""
    return any(
        hit.value is row
        and (hit.counted < 0 or bool(row.money) is (view.quantities[hit.counted].unit in ("GBP", "EUR")))
        for view in scenes(folder, text)
        for hit in view.refusals
    )


def _reserve(row: Any, folder: Path, text: str) -> bool:
    return any(hit.value is row for hit in compiled(folder).reserved.find(line(folder, text)))


def _scheme(row: Any, folder: Path, text: str) -> bool:
    cast = stage(cut(Article("example", text, published=PUBLISHED), packs.english()), topic_in(folder), _telling())
    return any(row.id in mention.schemes for mention in mentions(cast))


def _incident(row: Any, folder: Path, text: str) -> bool:
    """In an article that named one of the pack's schemes before."""
    named = [scheme.examples[0] for scheme in topic_in(folder).actors.schemes.scheme if scheme.examples]
    return any(row.what in _happened(folder, f"{name}\n{text}") for name in named)


def _happened(folder: Path, text: str) -> set[str]:
    reading = read(Article("example", text, published=PUBLISHED), topic_in(folder), packs.english())
    return {found.fact.what for found in reading.facts if isinstance(found.fact, Incident)}


@cache
def _telling() -> Any:
    return packs.english().telling


# --- the rows

Found = Callable[[Any, Path, str], bool]


@dataclass(frozen=True)
class Case:
    """A row of a pack with its test."""

    folder: Path
    name: str
    row: Any
    found: Found

    def __str__(self) -> str:
        return f"{self.folder.name}: {self.name}"


def _rows(folder: Path) -> Iterator[tuple[str, Any, Found]]:
    topic = topic_in(folder)
    cues = [(f"metric {m.id}, cue {at}", cue) for m in topic.metrics for at, cue in enumerate(m.cue, start=1)]
    told: tuple[tuple[Found, list[tuple[str, Any]]], ...] = (
        (_cue, list(cues)),
        (_dim, [(f"dim {row.dim} {row.value}, {row.say[0]}", row) for row in topic.dims]),
        (_placing, [(f"placing {row.dim} of {row.metrics[0]}", row) for row in topic.placing]),
        (_event, [(f"event {row.id}", row) for row in topic.events]),
        (_refusal, [(f"refuse {row.why}", row) for row in topic.refusals]),
        (_reserve, [(f"reserve {row.say[0]}", row) for row in topic.reserved]),
        (_scheme, [(f"scheme {row.id}", row) for row in topic.actors.schemes.scheme]),
        (_incident, [(f"incident {row.what}", row) for row in topic.actors.schemes.incident]),
    )
    return ((name, row, found) for found, rows in told for name, row in rows)


CASES = [Case(folder, name, row, found) for folder in PACKS for name, row, found in _rows(folder)]
# Rows whose examples their own patterns do not find yet, and why.
OWED: dict[str, str] = {}


def _params() -> Iterator[Any]:
    for case in CASES:
        owed = OWED.get(str(case))
        marks = [pytest.mark.xfail(reason=owed, strict=False)] if owed else []
        yield pytest.param(case, marks=marks, id=str(case))


@pytest.mark.parametrize("case", list(_params()))
def test_a_row_finds_its_examples_and_nothing_else(case: Case) -> None:
    assert case.row.examples, "a row without an example says nothing that can be tested"
    assert [text for text in case.row.examples if not case.found(case.row, case.folder, text)] == []
    spoken = (text for text in case.row.counter if _in_context(case, text))
    assert [text for text in spoken if case.found(case.row, case.folder, text)] == []


def _in_context(case: Case, text: str) -> bool:
    """Whether a counter-example speaks of what the row must have heard of before it counts at all."""
    context = getattr(case.row, "context", None)
    if not isinstance(context, str):
        return True
    words = line(case.folder, text)
    return any(words.has(at, context) for at in range(len(words.forms)))


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_what_a_row_refers_to_is_in_the_pack(folder: Path) -> None:
    topic = topic_in(folder)
    metrics = {metric.id for metric in topic.metrics}
    assert {cue.context for metric in topic.metrics for cue in metric.cue} <= {*topic.classes, None}
    ruled = {parts.metric for parts in topic.rules.parts} | {gloss.metric for gloss in topic.rules.gloss}
    assert ruled | {*topic.rules.caps} <= metrics
    told = {(row.dim, row.value) for row in topic.dims}
    assert {(parts.dim, value) for parts in topic.rules.parts for value in parts.values} <= told


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_every_word_class_of_a_pattern_is_in_the_pack(folder: Path) -> None:
    topic = topic_in(folder)
    rows: list[Row | PlaceDim] = [cue for metric in topic.metrics for cue in metric.cue]
    rows += [*topic.dims, *topic.placing, *topic.refusals, *topic.reserved]
    says = [say for row in rows for say in row.say]
    narrowings: list[DimValue | PlaceDim] = [*topic.dims, *topic.placing]
    says += [say for narrowing in narrowings for say in topic.says(narrowing)]
    named = {word[1:] for say in says for word in say.split() if word.startswith("@")}
    assert named <= {*topic.classes, *topic.verbs, *packs.english().classes, *GIVEN}


def test_there_are_packs_to_test() -> None:
    assert len(PACKS) >= 2


def test_the_page_on_packs_shows_rows_that_are_tested() -> None:
    page = (ROOT / "docs" / "topic-packs.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```toml\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL)
    biscuits = "".join(file.read_text(encoding="utf-8") for file in (HOMES[1] / "biscuits").glob("*.toml"))
    assert [row for block in shown for row in block.split("\n\n") if row not in biscuits] == []
    assert len(shown) >= 8


@pytest.mark.parametrize("ending", ["(", "but", "–"])
def test_a_pattern_that_no_sentence_can_hold_is_refused_by_its_place(tmp_path: Path, ending: str) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(HOMES[1] / "biscuits", mine)
    words = mine / "words.toml"
    told = words.read_text(encoding="utf-8")
    words.write_text(told.replace('"ginger ~nut"', f'"ginger {ending} #"'), encoding="utf-8")
    with pytest.raises(PackRefused) as refused:
        packs.load(mine)
    assert "words.toml" in str(refused.value)
    assert f"'{ending}' ends a clause" in str(refused.value)
    assert "write | where a clause ends" in str(refused.value)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "not JSON"),
        ('{"base": {"none": 0, "sales": 0}, "weights": {"in shop": {"sales": "much"}}}', "valid integer"),
        ('{"base": {"none": 0, "umbrellas": 0}, "weights": {}}', "weighs 'umbrellas', which is not in metrics.toml"),
    ],
)
def test_what_was_learned_of_other_things_is_refused_by_its_place(tmp_path: Path, content: str, why: str) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(HOMES[1] / "biscuits", mine)
    (mine / packs.LEARNED).write_text(content, encoding="utf-8")
    with pytest.raises(PackRefused) as refused:
        packs.load(mine)
    assert why in str(refused.value)
    assert str(mine) in str(refused.value)
