"""Whether a number goes on with the one before it by its place in a clause, whatever its own words may name."""

from __future__ import annotations

from collections.abc import Sequence

from feed.read.anaphora import STATING, anew
from feed.read.claim import Memory
from feed.read.lexicon import BREAK, Hit
from feed.read.nouns import partitive
from feed.read.rank import Ranked
from feed.read.roles import Role
from feed.read.scene import Scene
from feed.read.tables import Named


def tied(view: Scene, role: Role, noun: str, memory: Memory) -> bool:
    """Whether what two metrics claim alike stays with the number that it is compared with."""
    return role.compared and not noun and memory.last is not None and memory.last.scene is view


def untold_part(view: Scene, atom: int, ranked: Sequence[Ranked]) -> bool:
    """As in "13 vans have <left>, three of them for Wales": words of the whole's own clause tell nothing of a part."""
    return partitive(view, atom) and all(row.hit.value.cue.weak and row.hit.last <= atom for row in ranked)


def subject(view: Scene, atom: int, cue: Hit[Named]) -> bool:
    """As in "; a third came by ...", "of which a third came by ...": a share that its own clause is about."""
    part = partitive(view, atom) and not anew(view, atom)
    return part or (cue.first > atom and view.form(atom - 1) in CLAUSAL and view.form(atom + 1) in STATING)


CLAUSAL = frozenset({BREAK, ",", "and", "while", "but"})
