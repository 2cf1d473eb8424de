"""What is counted, told in the many ways in which the beat is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.read.reading import reading

BEAT = (
    "Migration: Channel small boats, asylum, returns, visas, illegal working, detention, people smuggling and "
    "net migration"
)
LINES = (Path(__file__).parent / "wordings.txt").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize(("text", "told"), [line.split(" | ") for line in LINES])
def test_each_sentence_counts_what_its_line_says(text: str, told: str) -> None:
    figures = [found.figure for found in reading(text, title=BEAT).figures]
    rows = [(f.text, f.metric, *sorted(f"{dim}={value}" for dim, value in f.dims.items())) for f in figures]
    assert "; ".join(" ".join(row) for row in rows) == told
