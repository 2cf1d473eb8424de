"""What time each number of a sentence is about, what it is compared with, how it is asserted and hedged.

`periods_wording.txt` holds a text a line, read on 22 August 2025, then ` | ` and its figures: number, period ("-" for
none), and where they are not the plain ones its baseline (b), measure (m), status (s) and qualifier (q).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from feed.model.figure import Figure
from feed.model.period import Period
from tests.core.read.reading import figures

TABLE = Path(__file__).parent / "periods_wording.txt"
BEAT = "Migration: Channel small boats, asylum, returns, visas, illegal working, detention and net migration"
LINES = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def days(period: Period | None) -> str:
    """A period as the table writes it."""
    return "-" if period is None else f"{period.start}..{period.end}"


def shown(one: Figure, asked: set[str]) -> str:
    """A figure as the table writes it, with those of its particulars that the table tells or that are not plain."""
    rest = {"b": days(one.baseline), "m": str(one.measure), "s": str(one.status), "q": str(one.qualifier)}
    plain = {"b": "-", "m": "level", "s": "actual"}
    told = [f"{key}={value}" for key, value in rest.items() if key in asked or value != plain.get(key, value)]
    return " ".join([f"{one.text}: {days(one.period)}", *told])


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_what_time_each_number_is_about(line: str) -> None:
    text, _, told = line.partition(" | ")
    wanted = [row.strip() for row in told.split(";")]
    asked = [{part.partition("=")[0] for part in row.split()[1:] if "=" in part} for row in wanted]
    found = figures(text.replace("\\n", "\n"), title=BEAT)
    assert [shown(one, keys) for one, keys in zip(found, asked, strict=True)] == wanted
