"""How answers look: tables and sentences for people, JSON for programs. Decides nothing about what is said.

Nothing that an article wrote reaches a terminal with control characters in it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from feed.app.cli.folding import folded, joined, wide
from feed.publish.clean import line

NARROWEST, WIDEST = 40, 100
DAYS = ("TO", "FROM")  # columns of days, which nobody wants to see broken
NAMED = ("RECORDED",)  # columns that say what they are where they have no head of their own


def say(text: str = "", indent: int = 0) -> None:
    """One line for people; in a terminal it is wrapped."""
    told = line(text)
    for each in _wrapped(told, indent) if sys.stdout.isatty() else [told]:
        print(f"{' ' * indent}{each}".rstrip())


def _wrapped(told: str, indent: int) -> list[str]:
    import textwrap

    room = max(NARROWEST, min(_room(), WIDEST) - indent)
    return textwrap.wrap(told, room) or [""]


def counted(number: int, one: str, many: str = "") -> str:
    """`1 alert`, `2 alerts`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def note(text: str) -> None:
    """One line beside the answer, on stderr."""
    print(line(text), file=sys.stderr, flush=True)


def unknown(types: Mapping[str, int]) -> None:
    """Say beside the answer that it passes over events which a newer version wrote, if there are any."""
    if types:
        told = ", ".join(f"{count} {kind}" for kind, count in types.items())
        note(f"feed: a newer version wrote what this one cannot interpret, and the answer is without it: {told}")


def as_json(value: Any) -> None:
    """The whole answer as JSON: nothing cut, nothing wrapped."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def as_line(value: Any) -> None:
    """One answer of many: a JSON value on one line, sent on at once."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], source: Sequence[str] = ()) -> None:
    """Rows under their heads. In a terminal cells fold; elsewhere each row is one line, columns two blanks apart.

    `source` heads the last columns of each row, which become one in a terminal, where room is short.
    """
    if sys.stdout.isatty():
        _folded((*heads, "SOURCE") if source else heads, [_joined(row, len(heads), source) for row in rows])
    else:
        _straight([(*heads, *source), *rows])


def _straight(rows: Sequence[Sequence[str]]) -> None:
    """Rows for programs and files."""
    told = [[line(cell) for cell in row] for row in rows]
    widths = [max(map(wide, column)) for column in zip_longest(*told, fillvalue="")]
    for row in told:
        print(joined(row, widths))


def _folded(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows for people: heads, a rule, and what has no room on further lines."""
    room = _room()
    told = [list(heads), *([line(cell) for cell in row] for row in rows)]
    whole = [at for at, head in enumerate(heads) if head in DAYS]
    head, *rest = folded(told, room, whole)
    for each in head:
        print(each)
    print("\N{BOX DRAWINGS LIGHT HORIZONTAL}" * max(map(wide, (each for lines in (head, *rest) for each in lines))))
    for lines in rest:
        for each in lines:
            print(each.rstrip())


def _room() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def _joined(row: Sequence[str], kept: int, source: Sequence[str]) -> tuple[str, ...]:
    """A row whose cells after the first `kept` are one; `source` has their heads."""
    cells = [(head, cell) for head, cell in zip(source, row[kept:], strict=False) if cell]
    said = (f"{head.lower()} {cell}" if head in NAMED else cell for head, cell in cells)
    return (*row[:kept], *([", ".join(said)] if len(row) > kept else []))
