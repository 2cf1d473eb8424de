"""Numbers that a text itself calls no longer the number: "649,000, revised down from 728,000"."""

from __future__ import annotations

from feed.read.patterns.lexicon import QUANTITY, TIME
from feed.read.scene import Scene

LATER = frozenset({"since", "later", "subsequently", "now"})
ONCE = frozenset({"previously", "originally", "initially", "formerly"})
AUXILIARIES = 3  # words at most from "since" to "revised": "has since been revised to"


def superseded(view: Scene, atom: int) -> bool:
    """Whether the text says that another number has taken the place of the one at that atom."""
    told = view.tells("superseded", atom)
    bracketed = view.form(atom - 1) in ONCE and view.bracket(atom - 2)  # "649,000 (previously 728,000)"
    return told or bracketed or _revised_from(view, atom) or _revised_later(view, atom)


def _revised_from(view: Scene, atom: int) -> bool:
    """As in "revised to 649,000 in the year to June from 728,000": the number that a revised one comes from."""
    if view.form(atom - 1) != "from":
        return False
    before = atom - 2
    while view.form(before) in ("in", "for", "of", TIME):
        before -= 1
    return view.form(before) == QUANTITY and view.tells("restated", before)


def _revised_later(view: Scene, atom: int) -> bool:
    """As in "728,000 in the year to June, since revised to 649,000": the number told last before it was revised."""
    for hit in view.told("restated"):
        alone = atom < hit.first and not view.numbered(atom + 1, hit.counted)
        if alone and not LATER.isdisjoint(view.form(hit.first - back) for back in range(1, AUXILIARIES)):
            return True
    return False
