"""A table as wide as a terminal: cells fold at blanks, and within a word only where there is no other way. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest

GAP = 2  # columns between two columns


def folded(rows: Sequence[Sequence[str]], room: int, whole: Collection[int] = ()) -> Iterator[list[str]]:
    """The lines of each row, so that none is wider than `room`; the columns of these numbers are never folded.

    Columns give up width in the order of how wide they are. Where there is no room at all, each keeps one letter.
    """
    widths = fitting([max(map(wide, column)) for column in zip_longest(*rows, fillvalue="")], room, whole)
    for row in rows:
        cells = [list(_fold(cell, width)) for cell, width in zip(row, widths, strict=False)]
        yield [joined(line, widths) for line in zip_longest(*cells, fillvalue="")]


def joined(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Cells beside each other, each as wide as its column; no blanks behind the last."""
    padded = (cell + " " * (width - wide(cell)) for cell, width in zip(cells, widths, strict=False))
    return (" " * GAP).join(padded).rstrip()  # blanks that fill a row are seen by nobody and kept by every file


def wide(cell: str) -> int:
    """How many columns a text takes: two for each wide character, none for a mark on another."""
    return len(cell) if cell.isascii() else sum(map(_columns, cell))


def fitting(widths: Sequence[int], room: int, whole: Collection[int] = ()) -> list[int]:
    """Widths that fit into the room together with the gaps, taken from the widest columns first."""
    fit = [max(1, width) for width in widths]
    left = room - GAP * (len(fit) - 1)
    foldable = [at for at in range(len(fit)) if at not in whole]
    while sum(fit) > left and any(fit[at] > 1 for at in foldable):
        widest = max(foldable, key=lambda at: fit[at])
        fit[widest] -= 1
    return fit


def _columns(letter: str) -> int:
    return 0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _fold(cell: str, width: int) -> Iterator[str]:
    """The lines of a cell that is so wide: as many whole words on each as there is room for."""
    line = ""
    for word in cell.split(" "):
        if line and wide(line) + 1 + wide(word) > width:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
        while wide(line) > width and len(line) > 1:
            at = _cut(line, width)
            yield line[:at]
            line = line[at:]
    yield line


def _cut(line: str, width: int) -> int:
    """How many letters of it take no more than the width, marks with what they stand on; at least one."""
    at, taken = 1, _columns(line[0])
    while at < len(line) and taken + _columns(line[at]) <= width:
        taken += _columns(line[at])
        at += 1
    return at
