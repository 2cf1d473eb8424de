"""Whether a metric's cue counts in an article, and for one number of its sentence."""

from __future__ import annotations

from feed.read.grammar.nouns import known_at, predicated, unit_at
from feed.read.numbers import PERCENT, TIMES, Quantity
from feed.read.patterns.lexicon import QUANTITY, Hit
from feed.read.scene import Scene
from feed.read.tables import Named

MONEY = ("GBP", "EUR")


def speaks(scene: Scene, hit: Hit[Named], quantity: Quantity, atom: int, spoken: frozenset[str]) -> bool:
    """Whether a cue counts in this article, and for this number."""
    metric, cue, _ = hit.value
    before = quantity.unit in (PERCENT, TIMES) and hit.first < atom
    if hit.counted == atom and (_parted(scene, hit) if quantity.unit in (PERCENT, TIMES) else _rejoined(scene, hit)):
        return False
    if scene.form(hit.last - 1) in BE and predicated(scene, hit.last - 1) and not known_at(scene, hit.last):
        return False  # "<claims were> withdrawn"
    if hit.counted == atom and _of_which(scene, atom, hit.last):
        return False
    if hit.counted < 0 and scene.form(hit.last) == "'s" and unit_at(scene, hit.last - 1) == "people":
        return False  # "a <traveller>'s papers"
    context = f"{cue.context} near" if cue.lately else cue.context
    if (hit.counted not in (-1, atom) and not before) or (context and context not in spoken):
        return False
    if not metric.needs or metric.needs in cue.dims:
        return not metric.needs or quantity.unit not in (PERCENT, TIMES)
    if not cue.weak and partner(scene, hit):
        return quantity.unit.startswith(MONEY)
    near = not cue.weak or f"{metric.needs} near" in spoken
    return quantity.unit not in (PERCENT, TIMES) and metric.needs in spoken and near


def _of_which(scene: Scene, atom: int, last: int) -> bool:
    """As in "spends <number>, of which <another part of the cue> ...": what is told of a part is not told of it."""
    return any(scene.form(at) == "of" and scene.form(at + 1) in ("which", "whom") for at in range(atom + 2, last - 1))


BE = frozenset({"was", "were", "is", "are", "been", "be"})


def partner(scene: Scene, hit: Hit[Named]) -> str:
    """The scheme with the country that a cue names: "paid <country>" is money under the scheme with it."""
    for at in range(hit.first, hit.last):
        for name, _ in scene.line.classes[at]:
            if name.startswith("place:"):
                return scene.tables.partners.get(name.removeprefix("place:"), "")
    return ""


def _parted(scene: Scene, hit: Hit[Named]) -> bool:
    """As in "visits rose 34%, and arrests ...": the words behind a percentage begin another statement.

    Not "nine in 10 <people> who claim and wait are ...": what a relative clause tells of them is one.
    """
    words = [scene.form(at) for at in range(hit.counted + 1, hit.last - 1)]
    joint = next((at for at, form in enumerate(words) if form in (",", "and")), len(words))
    return joint < len(words) and RELATIVE.isdisjoint(words[:joint])


def _rejoined(scene: Scene, hit: Hit[Named]) -> bool:
    """As in "visits reached 3,930, and arrests ...": what follows ", and" begins another statement."""
    ahead = range(hit.counted + 1, min(hit.counted + 3, hit.last - 1))
    noun = hit.last - 1
    if hit.first == hit.counted and scene.form(noun - 1) == "and" and scene.form(hit.last) in OWN:
        return scene.numbered(hit.last, hit.last + 2)  # "cups came to 300 in May and <plates> to 200"
    if scene.form(hit.counted + 1) in JOINS and hit.first == hit.counted and hit.last > hit.counted + 2:
        return True  # "family cups rose to 72,000 and visitor <cups> fell"
    return any(scene.form(at) == "," and scene.form(at + 1) in ("and", "but") for at in ahead)


OWN = frozenset({"to", "at", "by", "were", "was", "numbered", "totalled", QUANTITY})
JOINS = frozenset({"and", "but", "while", "whereas"})
RELATIVE = frozenset({"who", "which", "whom"})
