"""The log as C2SP tlog-tiles serves it: hashes and lines in pieces of 256, for monitors and witnesses of others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Self

from feed.model.errors import HistoryChanged
from feed.model.merkle import leaf_hash
from feed.record.evidence import Evidence
from feed.record.places import seek
from feed.record.segments import Whole
from feed.record.tree import HIGH, WIDE

PATH = re.compile(r"([0-9]|[1-5][0-9]|6[0-3]|entries)/((?:x[0-9]{3}/)*)([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: of hashes at a level, or of lines (level None). It begins at `first` and is `width` wide."""

    level: int | None
    first: int
    width: int

    @classmethod
    def parse(cls, path: str) -> Self | None:
        """The tile of a path such as `0/x001/234.p/17` or `entries/000`; None for what is no such path."""
        found = PATH.fullmatch(path)
        if not found:
            return None
        level, above, last, width = found.groups()
        index = int(above.replace("x", "").replace("/", "") + last)
        wide = WIDE if width is None else int(width)
        made = cls(None if level == "entries" else int(level), index * WIDE, wide)
        return made if wide <= WIDE and str(made) == path else None

    def __str__(self) -> str:
        digits = f"{self.first // WIDE:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        *above, last = (digits[at : at + 3] for at in range(0, len(digits), 3))
        part = "" if self.width == WIDE else f".p/{self.width}"
        return f"{'entries' if self.level is None else self.level}/{''.join(f'x{each}/' for each in above)}{last}{part}"


def tile(log: Path, wanted: Tile) -> bytes | None:
    """The bytes of a tile; None when no checkpoint covers all of it.

    Raises HistoryChanged when the lines are not those that were signed.
    """
    kept = Evidence(log)
    last = kept.last()
    reach = (last.size if last else 0) >> HIGH * (wanted.level or 0)
    if wanted.first + wanted.width > reach:
        return None
    try:
        if wanted.level is not None:
            return b"".join(kept.tree.hashes(wanted.level, wanted.first, wanted.width))
        leaves = kept.tree.hashes(0, wanted.first, wanted.width)
    except ValueError:  # a copy without the tree's hashes
        return None
    return _entries(log, wanted, leaves)


def _entries(log: Path, wanted: Tile, leaves: list[bytes]) -> bytes:
    with Whole(log) as file:
        seek(file, wanted.first + 1)
        lines = [line.removesuffix(b"\n") for line in islice(file, wanted.width)]
    if list(map(leaf_hash, lines)) != leaves:
        raise HistoryChanged("these lines are not those that were signed", where=f"{log.name}, line {wanted.first + 1}")
    return b"".join(len(line).to_bytes(2, "big") + line for line in lines)
