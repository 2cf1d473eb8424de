"""Who stands behind a figure: how many outlets print it, and how many sources they have it from.

Ten papers that print one press release are ten outlets and one source. Nothing is left out: the outlets are named too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Print(NamedTuple):
    """One article that prints a figure: its capture, who published it, and who it has the figure from."""

    capture: str
    outlet: str
    source: str


class Support(NamedTuple):
    """The outlets that print a figure, by name, and in how many groups they fall that do not depend on each other."""

    outlets: tuple[str, ...]
    independent: int

    def __str__(self) -> str:
        """`Printed by 3 outlets (Crumb, Dough, Rusk), from 1 independent source`."""
        many = len(self.outlets)
        sources = f"{self.independent} independent source{'s' if self.independent != 1 else ''}"
        return f"Printed by {many} outlet{'s' if many != 1 else ''} ({', '.join(self.outlets)}), from {sources}"


def support(prints: Iterable[Print], copies: Mapping[str, str]) -> Support:
    """What a figure rests on. `copies`: by capture the capture whose text it repeats.

    Prints belong together when they have the figure from one source, or when the text of one repeats the other's,
    directly or over others. The order in which they come means nothing.
    """
    held = tuple(prints)
    above: dict[str, str] = {}

    def root(name: str) -> str:
        while (upper := above.get(name, name)) != name:
            above[name] = above.get(upper, upper)
            name = upper
        return name

    def join(one: str, other: str) -> None:
        first, last = sorted((root(one), root(other)))
        above[last] = first

    for capture, copied in copies.items():
        join(f"capture {capture}", f"capture {copied}")
    for each in held:
        join(f"capture {each.capture}", f"source {each.source}")
    groups = {root(f"capture {each.capture}") for each in held}
    return Support(tuple(sorted({each.outlet for each in held})), len(groups))
