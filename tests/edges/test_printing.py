"""Tables for programs and files: each row one line, columns under each other whatever is written in them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from rich.console import Console
from rich.table import Table
from rich.text import Text

from feed.app.cli.printing import table
from feed.publish.clean import line

ROWS = {
    "plain": [("butter", "12"), ("bread and butter", "1,200")],
    "empty cells": [("", "12"), ("x", "")],
    "quotes": [("\N{LEFT DOUBLE QUOTATION MARK}so\N{RIGHT DOUBLE QUOTATION MARK}", "a"), ("so", "b")],
    "wide letters": [("\u79fb\u6c11", "a"), ("abcd", "b")],
    "marks": [("e\u0301te\u0301", "a"), ("ete", "b"), ("q\u0301", "c")],
    "lines in a cell": [("one\ntwo", "a"), ("\x1b[31mred", "b")],
    "no rows": [],
}


def unfolded(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """What the library that folds tables in terminals makes of one with room enough."""
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    for head in heads:
        grid.add_column(head)
    for row in rows:
        grid.add_row(*(Text(line(cell)) for cell in row))
    out = io.StringIO()
    Console(file=out, width=1_000, highlight=False, markup=False, emoji=False).print(grid)
    return "".join(f"{each.rstrip()}\n" for each in out.getvalue().splitlines())


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_in_a_pipe_a_table_is_what_it_is_in_a_terminal_that_is_wide_enough(
    rows: list[tuple[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    table(("WHAT", "HOW MUCH"), rows)
    assert capsys.readouterr().out == unfolded(("WHAT", "HOW MUCH"), rows)


def test_what_is_one_column_in_a_terminal_are_several_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    table(("WHAT",), [("butter", "The Post", "2025-01-01")], ("PUBLISHER", "PUBLISHED"))
    assert capsys.readouterr().out.splitlines() == ["WHAT    PUBLISHER  PUBLISHED", "butter  The Post   2025-01-01"]
