"""Sums of one sentence that are each told what they are for: "£2.1bn on tea and £1.2bn on something else"."""

from __future__ import annotations

from feed.read.claim import Claim
from feed.read.heard import MONEY
from feed.read.lexicon import QUANTITY, TIME, Hit
from feed.read.narrow import own
from feed.read.scene import Scene
from feed.read.tables import Named

USES = frozenset({"on", "for", "to"})
AGAIN = frozenset({"it", "them", "that", "this"})


def contrasted(view: Scene, atom: int, last: Claim) -> bool:
    """As in "£2.1bn went <on> tea and £1.2bn <on> something else": a sum with a use of its own that nothing knows."""
    use, noun = view.form(atom + 1), view.form(atom + 2)
    if last.scene is not view or use not in USES or not view.quantities[atom].unit.startswith(MONEY):
        return False
    if not noun.isalpha() or noun in AGAIN or own(view, last.attached.metric, atom)[0]:
        return False
    return any(view.form(at) == use and view.form(at + 1) != TIME for at in range(last.atom + 1, atom))


def for_another(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "£150m <for> tea and £58m <for> something else": what one sum is for is not what the next is for."""
    use, unit = scene.form(atom + 1), scene.quantities[atom].unit
    if use not in USES or not unit or hit.first >= atom or scene.form(atom - 1) != "and":
        return False
    if not scene.form(atom + 2).isalpha() or scene.form(atom + 2) in AGAIN:
        return False
    owner = next((at for at in range(atom - 1, -1, -1) if scene.form(at) == QUANTITY), -1)
    if owner < 0 or scene.quantities[owner].unit != unit or own(scene, hit.value.metric, atom)[0]:
        return False
    return any(scene.form(at) == use for at in range(owner + 1, atom))
