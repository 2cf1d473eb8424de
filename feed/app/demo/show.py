"""How the demo looks: plain text, in a terminal with weight and shade. Decides nothing about what is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from feed.publish.clean import line
from feed.publish.told import Side, Told

WIDTH = 100
INDENT = 2
NEWS, QUIET, HEAD = "bold", "dim", "bold"
NOT_NAMED = "not named"


class Screen:
    """Where the demo speaks: at most 100 columns, no colour and no frames when nobody looks at a terminal."""

    def __init__(self) -> None:
        console = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
        console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
        self._console = console

    def head(self, text: str) -> None:
        """A heading with room above."""
        self._print(Text(f"\n{text}", style=HEAD))

    def say(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """A sentence, wrapped."""
        self._print(Padding(Text(line(text), style=style), (0, 0, 0, indent)))

    def quiet(self, text: str, *, indent: int = INDENT) -> None:
        """A sentence that may be skipped."""
        self.say(text, indent=indent, style=QUIET)

    def news(self, text: str, *, indent: int = INDENT) -> None:
        """The sentence of an alert."""
        self.say(f"! {text}", indent=indent, style=NEWS)

    def pairs(self, rows: Iterable[tuple[str, str]], *, indent: int = INDENT) -> None:
        """Words and what they mean, in two columns."""
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style=QUIET, no_wrap=True)
        grid.add_column(overflow="fold")
        for name, told in rows:
            grid.add_row(Text(line(name)), Text(line(told)))
        self._print(Padding(grid, (0, 0, 0, indent)))

    def verbatim(self, text: str, note: str, *, name: str = "", indent: int = INDENT) -> None:
        """What people copy, a path or a command, never folded or cut, and what it is."""
        told = Text.assemble(
            " " * indent, (f"{name:<11}" if name else "", QUIET), line(text), (f"  {line(note)}", QUIET)
        )
        told.rstrip()
        self._console.print(told, soft_wrap=True)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table; cells fold."""
        frame = box.SIMPLE_HEAD if self._console.is_terminal else None
        grid = Table(
            box=frame, padding=(0, 1 if frame else 2, 0, 0), pad_edge=False, show_edge=False, header_style=QUIET
        )
        for head in heads:
            grid.add_column(head, overflow="fold")
        for row in rows:
            grid.add_row(*(Text(line(cell)) for cell in row))
        self._print(grid)

    def alert(self, told: Told, sides: Iterable[Side]) -> None:
        """An alert, what it means, and the quotes that it rests on, one above the other."""
        self._console.print()
        self.news(told.sentence, indent=0)
        self.quiet(f"{told.title}, {told.severity}. {told.meaning}")
        self.pairs(row for side in sides for row in _quoted(side))
        for text in told.context:
            self.quiet(text)

    def _print(self, what: object) -> None:
        # Trailing blanks would fill each line up to the width: nobody sees them, every diff does.
        with self._console.capture() as printed:
            self._console.print(what)
        text = "\n".join(each.rstrip() for each in printed.get().splitlines())
        self._console.file.write(f"{text}\n")
        self._console.file.flush()


def publisher(name: str) -> str:
    """A publisher; an article whose publisher nobody names goes by its address, which says nothing here."""
    return NOT_NAMED if "://" in name else name


def _quoted(side: Side) -> tuple[tuple[str, str], tuple[str, str]]:
    speaker = f", attributed to {side.attribution}" if side.attribution else ""
    told = f"{side.printed}: “{side.quote}”"
    return (side.label.lower(), told), ("", f"{publisher(side.publisher)}, {side.day}{speaker}")
