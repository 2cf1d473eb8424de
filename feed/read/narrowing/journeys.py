"""Whose journey it is that ends at a place: that of those counted, or that of somebody who speaks of them."""

from __future__ import annotations

from feed.read.grammar.nouns import unit_at
from feed.read.patterns.lexicon import BREAK, QUANTITY, Hit
from feed.read.scene import Scene
from feed.read.tables import Narrowing

GOES = frozenset(
    {"flew", "flies", "flying", "went", "goes", "headed", "heads", "landed", "arrived", "left", "travelled"}
)
PRONOUNS = frozenset({"they", "them", "it", "these", "those"})
JOINTS = frozenset({",", BREAK, "and", "but", "or", "than", "with", "after", "since", "of", "as"})


def travels(scene: Scene, hit: Hit[Narrowing]) -> bool:
    """As in "The grocer <went to Leeds> to say that 900 cakes were sold": nobody who is counted went there."""
    told_next = scene.numbered(hit.last, hit.last + NEXT)  # "The largest group <went to Leeds> (500)"
    if hit.counted >= 0 or told_next or scene.form(hit.first) not in GOES or scene.form(hit.first - 1) in PASSIVE:
        return False
    return not any(_goer(scene, at) for at in range(hit.first))


NEXT = 3  # atoms
PASSIVE = frozenset({"were", "was", "been", "being", "is", "are", "have", "had", "has", "be"})


def of_kin(scene: Scene, hit: Hit[Narrowing]) -> bool:
    """As in "the grocer, whose <parents came from Kent>, sold 900": whence somebody's family is, who is not counted."""
    start = max(hit.first - NEAR_KIN, 0)
    return hit.counted < 0 and any(
        scene.form(at) == "whose" and scene.form(at + 1) in KIN for at in range(start, hit.first)
    )


NEAR_KIN = 5  # atoms
KIN = frozenset({"parents", "father", "mother", "family", "grandparents", "wife", "husband", "grandfather", "roots"})


def _goer(scene: Scene, at: int) -> bool:
    form = scene.form(at)
    return form == QUANTITY or form in PRONOUNS or bool(unit_at(scene, at))


def carried_along(scene: Scene, hit: Hit[Narrowing], atom: int) -> bool:
    """As in "four vans took 120 cakes <to Leeds>": where the second count went the first one went, too."""
    row = hit.value
    if not row.placed or row.population or hit.first <= atom or hit.last > atom + FAR:
        return False
    return scene.numbered(atom + 1, hit.last) and not scene.met(JOINTS, atom + 1, hit.last)


FAR = 9  # atoms from a number to the place
