"""Numbers that do not go on about the text before: sums with a use of their own, ratios of others, a writer's own."""

from __future__ import annotations

from feed.read.claim import Claim
from feed.read.grammar.nouns import unit_at
from feed.read.metric.heard import MONEY
from feed.read.narrowing.narrow import own
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME, Hit
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


def as_many_others(view: Scene, atom: int, last: Claim | None) -> bool:
    """As in "half as many <cooks>": a ratio of something that the text before did not count."""
    if last is None or view.form(atom + 1) != "as" or view.form(atom + 2) not in ("many", "much"):
        return False
    whose = view.form(atom + 3)
    noun = unit_at(view, atom + 3)
    strange = whose.isalpha() and whose not in view.tables.known_words and whose not in view.tables.open_words
    return strange or bool(noun and (noun not in last.attached.metric.units or noun != last.attached.unit))


def of_somebody(view: Scene, atom: int) -> bool:
    """As in "one of five that he made", "and I have seen three": no count of what the text goes on about."""
    if view.form(atom - 1) == "of" and view.form(atom - 2) == "one":
        return True
    start = next((at for at in range(atom - 1, -1, -1) if view.form(at) in (QUANTITY, BREAK, *SUBJECTS)), -1)
    return start >= 0 and view.form(start) == "i"


SUBJECTS = frozenset({"i", "it", "they", "that", "there", "we", "this", "he", "she", "you", "those", "these"})
