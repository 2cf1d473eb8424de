"""What a number says: a level, a change and which way, a share, a ratio; and whether it is only compared with."""

from __future__ import annotations

from typing import NamedTuple

from feed.model.figure import Measure
from feed.read.grammar.changes import change_after, change_before, change_of, counted_change, is_noun
from feed.read.grammar.compared import compared_level
from feed.read.grammar.superseded import superseded
from feed.read.numbers import PERCENT, TIMES
from feed.read.patterns.lexicon import BREAK, QUANTITY
from feed.read.scene import Scene


class Role(NamedTuple):
    """The measure that the words around a number tell; None when a percentage tells none. `sign` is -1 for a fall.

    `compared`: the number stands for what another one is compared with. `superseded`: the text itself says that
    another number has taken its place.
    """

    measure: Measure | None
    sign: int
    compared: bool
    rule: str
    superseded: bool = False


def role(scene: Scene, atom: int) -> Role:
    """What the number at that atom says."""
    quantity = scene.quantities[atom]
    compared = compared_level(scene, atom)
    if quantity.unit == TIMES:
        return Role(Measure.RATIO, 1, compared=False, rule="ratio")
    if quantity.sign and (quantity.unit == PERCENT or _beside_level(scene, atom)):
        return Role(Measure.CHANGE, quantity.sign, compared=False, rule="signed")
    if quantity.unit == PERCENT or quantity.fraction:
        return _percent(scene, atom)
    if superseded(scene, atom):
        return Role(Measure.LEVEL, quantity.sign or 1, compared=False, rule="superseded level", superseded=True)
    sign = counted_change(scene, atom)
    if sign:
        return Role(Measure.CHANGE, sign, compared=False, rule="change of a count")
    return Role(Measure.LEVEL, quantity.sign or 1, compared, "compared level" if compared else "level")


def _beside_level(scene: Scene, atom: int) -> bool:
    """As in "21,000 (+3,000)", "21,000, -3,000": a signed count behind the level that it changed."""
    return scene.form(atom - 2) == QUANTITY and (scene.bracket(atom - 1) or scene.form(atom - 1) == ",")


def _as_many_again(scene: Scene, atom: int) -> bool:
    """As in "half as many again", "a third as busy again", "half again as many": by how much more it is."""
    behind = [scene.form(atom + i) for i in (1, 2, 3)]
    return (behind[0] == "as" and behind[2] == "again") or behind[:2] == ["again", "as"]


def _percent(scene: Scene, atom: int) -> Role:
    if _as_many_again(scene, atom):
        return Role(Measure.CHANGE, 1, compared=False, rule="as many again")
    if scene.form(atom - 1) == "of" and scene.form(atom - 2) in BETTER:
        return Role(Measure.CHANGE, 1, compared=False, rule=BETTERED)
    shared = _shared_change(scene, atom)
    if shared:
        return Role(Measure.CHANGE, shared, compared=False, rule="change")
    sign = change_before(scene, atom, counted=False) or change_after(scene, atom) or change_of(scene, atom)
    sign = sign or _gapped(scene, atom)
    if sign and not (scene.form(atom + 1) == "of" and not change_before(scene, atom, counted=False)):
        return Role(Measure.CHANGE, sign, compared=False, rule="change")
    if scene.form(atom + 1) == "of" and scene.form(atom + 2) in ("the", "that", "this") and is_noun(scene, atom + 3):
        return Role(None, 1, compared=False, rule="part of a change")
    if scene.form(atom + 1) == "of":
        return Role(Measure.SHARE, 1, compared=False, rule="share of")
    fraction = (
        scene.quantities[atom].fraction and scene.form(atom - 1) != "by"
    )  # "raids rose by a third, arrests by half"
    told = _proportion(scene, atom)
    if told or fraction or _share_before(scene, atom):
        return Role(Measure.SHARE, 1, compared=told and compared_level(scene, atom), rule="share")
    return Role(None, 1, compared=False, rule="percentage")


BETTERED = "change for the better"  # which way, only the levels before it tell
BETTER = frozenset({"improvement", "turnaround", "swing"})


def _gapped(scene: Scene, atom: int) -> int:
    """As in "visits rose by 38%, and arrests by 51%": the verb is told once for both."""
    percents = (at for at in range(atom - 1, -1, -1) if at in scene.quantities and scene.quantities[at].unit == PERCENT)
    before = next(percents, -1)
    subjects = (hit.first for hit in scene.metrics if before < hit.first < hit.last == atom - 1)
    joint = scene.form(atom - 1) == "by" and any(scene.form(first - 1) in JOINTS for first in subjects)
    if before < 0 or not joint:
        return 0
    return change_before(scene, before, counted=False) or _gapped(scene, before)


JOINTS = frozenset({"and", ",", "while"})


def _shared_change(scene: Scene, atom: int) -> int:
    """As in "34% and 47% higher": the first of two that share their word of change."""
    if scene.form(atom + 1) != "and" or scene.form(atom + 2) != QUANTITY:
        return 0
    alike = scene.quantities[atom + 2].unit == PERCENT and not change_before(scene, atom, counted=False)
    return change_after(scene, atom + 2) if alike else 0


def _share_before(scene: Scene, atom: int) -> bool:
    """As in "accounted for only 9%", "of whom 12%", "they make up 4%"."""
    if scene.form(atom - 1) == "," and scene.form(atom - 2) in ("whom", "which"):
        return True
    if scene.form(atom - 1) == "for" and scene.met(GAPPED, 0, atom - 2):
        return True  # "teas accounted for £5m of it and cakes for 77 per cent"
    end = atom
    while scene.form(end - 1) in scene.tables.changes.between and scene.form(end - 1) not in ("of", "by", "at", ","):
        end -= 1
    near = range(max(0, end - SHARING), end)
    return any(
        (name, end - at) in SHARES for at in near for name, length in scene.line.classes[at] if length == end - at
    )


def _proportion(scene: Scene, atom: int) -> bool:
    """As in "the proportion of those who <counted> slipped from 36 per cent to 30 per cent"."""
    if scene.form(atom - 1) not in LINKING:
        return False
    for at in range(atom - 2, 0, -1):
        form = scene.form(at)
        if form == BREAK or (form == QUANTITY and scene.form(at - 1) != "from"):
            return False
        if form == "of" and scene.form(at - 1) in SHARE_OF:
            return True
    return False


SHARE_OF = frozenset({"share", "proportion", "percentage", "fraction"})
LINKING = frozenset({"from", "to", "at", "was", "were", "is", "are", "hit", "reached", "touched"})
GAPPED = frozenset({"accounted", "accounts", "accounting", "account"})
SHARING = 3  # words of "accounted for"
SHARES = frozenset(("role:share", length) for length in range(1, SHARING + 1))
