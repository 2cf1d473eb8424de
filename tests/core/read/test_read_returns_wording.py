"""How this beat words what it counts: sentences in every register, and what must be read of each.

`returns_wording.txt` holds a sentence a line, then ` | ` and its figures: number, metric, dimensions; nothing where
nothing may be read.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from feed.model.article import Article, Precision, Published, PublishedBasis
from feed.read.reader import read
from tests.core.read.reading import english, rules_alone

TABLE = Path(__file__).parent / "returns_wording.txt"
DAY = Published(datetime(2025, 9, 15, tzinfo=UTC), PublishedBasis.GIVEN, Precision.DAY)


def told(text: str) -> list[str]:
    """Each figure of a sentence in a line."""
    rows = []
    for found in read(Article("example", text, published=DAY), rules_alone(), english(), doubtful=True).figures:
        figure = found.figure
        dims = ",".join(f"{dim}={value}" for dim, value in sorted(figure.dims.items()))
        rows.append(" ".join([figure.text, figure.metric, *([dims] if dims else [])]))
    return sorted(rows)


def wanted(line: str) -> tuple[str, list[str]]:
    """A line of the table: its sentence and its figures."""
    text, _, figures = line.partition(" |")
    return text, sorted(figure.strip() for figure in figures.split(";") if figure.strip())


def test_what_each_sentence_of_the_beat_counts() -> None:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [wanted(line) for line in lines]
    assert len(rows) > 100
    assert [(text, figures, got) for text, figures in rows if (got := told(text)) != figures] == []
