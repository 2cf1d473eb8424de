"""What a number says: a level, a change and which way, a share, a ratio; and whether it is only compared with."""

from __future__ import annotations

from typing import NamedTuple

from feed.model.figure import Measure
from feed.read.lexicon import BREAK, QUANTITY, TIME
from feed.read.numbers import PERCENT, TIMES
from feed.read.scene import Scene


class Role(NamedTuple):
    """The measure that the words around a number tell; None when a percentage tells none. `sign` is -1 for a fall.

    `compared`: the number stands for what another one is compared with. `raised`: the new level after a change.
    """

    measure: Measure | None
    sign: int
    compared: bool
    rule: str


FILL = frozenset(
    {
        "by",
        "of",
        "a",
        "an",
        "some",
        "another",
        "further",
        "the",
        "almost",
        "about",
        "around",
        ",",
        "only",
        "steep",
        "sharp",
        "at",
        "massive",
        "record",
        "huge",
        "slight",
        "small",
        "big",
        "whopping",
        "dramatic",
        "significant",
        "substantial",
        "provisional",
        "estimated",
    }
)
REACH = 6
FAR = 12


def role(scene: Scene, atom: int) -> Role:
    """What the number at that atom says."""
    quantity = scene.quantities[atom]
    compared = compared_level(scene, atom)
    if quantity.unit == TIMES:
        return Role(Measure.RATIO, 1, compared=False, rule="ratio")
    if quantity.unit == PERCENT or quantity.fraction:
        return _percent(scene, atom)
    sign = _counted_change(scene, atom)
    if sign:
        return Role(Measure.CHANGE, sign, compared=False, rule="change of a count")
    return Role(Measure.LEVEL, 1, compared, "compared level" if compared else "level")


AGAIN = frozenset({("as", "many", "again"), ("as", "much", "again"), ("as", "high", "again")})


def _percent(scene: Scene, atom: int) -> Role:
    if tuple(scene.form(atom + i) for i in (1, 2, 3)) in AGAIN:
        return Role(Measure.CHANGE, 1, compared=False, rule="as many again")
    shared = _shared_change(scene, atom)
    if shared:
        return Role(Measure.CHANGE, shared, compared=False, rule="change")
    sign = _change_before(scene, atom, counted=False) or _change_after(scene, atom) or _change_of(scene, atom)
    if sign and not (scene.form(atom + 1) == "of" and not _change_before(scene, atom, counted=False)):
        return Role(Measure.CHANGE, sign, compared=False, rule="change")
    if scene.form(atom + 1) == "of" and scene.form(atom + 2) in ("the", "that", "this") and _is_noun(scene, atom + 3):
        return Role(None, 1, compared=False, rule="part of a change")
    if scene.form(atom + 1) == "of":
        return Role(Measure.SHARE, 1, compared=False, rule="share of")
    if _share_before(scene, atom) or scene.quantities[atom].fraction:
        return Role(Measure.SHARE, 1, compared=False, rule="share")
    return Role(None, 1, compared=False, rule="percentage")


def _shared_change(scene: Scene, atom: int) -> int:
    """As in "34% and 47% higher": the first of two that share their word of change."""
    if scene.form(atom + 1) != "and" or scene.form(atom + 2) != QUANTITY:
        return 0
    alike = scene.quantities[atom + 2].unit == PERCENT and not _change_before(scene, atom, counted=False)
    return _change_after(scene, atom + 2) if alike else 0


def _share_before(scene: Scene, atom: int) -> bool:
    before = scene.form(atom - 1)
    if before == "for":
        return scene.form(atom - 2) in ("account", "accounts", "accounted", "accounting")
    if before == "up":
        return scene.form(atom - 2) in ("make", "makes", "made", "making")
    if before == "," and scene.form(atom - 2) in ("whom", "which"):
        return True
    return before in (
        "represent",
        "represents",
        "represented",
        "constitute",
        "constituted",
        "whom",
        "which",
        "comprised",
    )


def _signed(scene: Scene, form: str) -> int:
    if form in scene.tables.up:
        return 1
    return -1 if form in scene.tables.down else 0


# "made up 26,000 of": no rise
PHRASAL = frozenset(
    {"make", "makes", "made", "making", "set", "took", "taken", "pick", "picked", "end", "ended", "put"}
)
PHRASAL |= {"rounded", "held", "turned", "turn", "given", "opened", "locked", "backed", "signed", "lined", "showed"}


def _change_before(scene: Scene, atom: int, *, counted: bool) -> int:
    """+1 or -1 when a word of change stands before: "up 24%", "rose by a record 36 per cent", "a fall of 20%"."""
    linked = False
    for at in range(atom - 1, max(-1, atom - 1 - REACH), -1):
        form = scene.form(at)
        if form in (QUANTITY, BREAK):
            return 0
        linked = linked or form in ("by", "of")
        if form in COMPARING and form not in ("up", "down") and at < atom - 1:
            return 0
        sign = 0 if form == "up" and scene.form(at - 1) in PHRASAL else _signed(scene, form)
        if sign:
            direct = at == atom - 1 and form in ("up", "down")
            return sign if (not counted or linked or direct) else 0
        if form not in FILL and form != TIME:
            return 0
    return 0


COMPARING = frozenset(
    {"more", "fewer", "less", "higher", "lower", "greater", "above", "below", "up", "down", "over", "smaller", "short"}
    | {"ahead", "behind"}
)


def _change_after(scene: Scene, atom: int) -> int:
    """+1 or -1 when a word of change follows: "a 30 per cent increase in", "44% more than", "37pc lower"."""
    for at in range(atom + 1, atom + 4):
        form = scene.form(at)
        if form in ("of", "in", QUANTITY, BREAK, "", ",", "to"):
            return 0
        sign = _signed(scene, form)
        if sign and (form in COMPARING or _is_noun(scene, at)):
            return sign if form != "over" else 0
        if form not in FILL and not form.endswith(("er", "ly", "c", "p")):
            return 0
    return 0


def _is_noun(scene: Scene, at: int) -> bool:
    return scene.line.has(at, "role:rise") or scene.line.has(at, "role:fall")


def _change_of(scene: Scene, atom: int) -> int:
    """As in "a fall in arrivals of 20%", "a rise this year of 47%"."""
    if scene.form(atom - 1) not in ("of", "by"):
        return 0
    for at in range(atom - 2, max(-1, atom - FAR), -1):
        form = scene.form(at)
        if form in (QUANTITY, BREAK):
            return 0
        if _is_noun(scene, at):
            return _signed(scene, form)
    return 0


def _counted_change(scene: Scene, atom: int) -> int:
    sign = _change_before(scene, atom, counted=True)
    if sign and scene.form(atom - 1) != "to":
        return sign
    if scene.form(atom - 1) == "by":
        return _change_of(scene, atom)
    after = scene.form(atom + 1)
    if after in ("more", "fewer", "higher", "lower", "less") and _than(scene, atom + 2):
        return _signed(scene, after)
    if _is_noun(scene, atom + 1) or (after and _is_noun(scene, atom + 2) and after.endswith("e")):
        return _change_after(scene, atom)
    return 0


def _than(scene: Scene, at: int) -> bool:
    """As in "5,000 fewer <counted> than in the previous year"."""
    for here in range(at, at + REACH):
        form = scene.form(here)
        if form == "than":
            return scene.form(here + 1) not in ("expected", "planned", "thought", "ever")
        if form in (QUANTITY, BREAK, TIME, ",", ""):
            return False
    return False


BEFORE_BASE = frozenset(
    {
        "the",
        "some",
        "a",
        "just",
        "only",
        "total",
        "of",
        "figure",
        "equivalent",
        "record",
        "previous",
        "peak",
        "high",
        "low",
        "in",
        TIME,
        "at",
        "number",
        "who",
        "arrived",
        "'s",
    }
)
BASES = frozenset(
    {"from", "against", "than", "versus", "vs", "exceeded", "exceeding", "surpassed", "surpassing", "beating", "beat"}
)


def compared_level(scene: Scene, atom: int) -> bool:
    """Whether the number stands for what another is compared with: "on the 25,065 who", "from 27,133", "than 649"."""
    if (scene.form(atom - 2) == TIME and scene.bracket(atom - 1)) or _when(scene, atom):
        return True
    if scene.form(atom - 1) == "and" and scene.form(atom - 2) == QUANTITY:
        return scene.quantities[atom].unit == scene.quantities[atom - 2].unit and compared_level(scene, atom - 2)
    if _after_its_change(scene, atom):
        return True
    for at in range(atom - 1, max(-1, atom - 1 - REACH), -1):
        form = scene.form(at)
        if (
            (form == "been" and scene.form(at - 1) == "having")
            or form in BASES
            or (form in ("with", "to") and scene.form(at - 1) in ("compared", "comparison"))
        ):
            return True
        if form in LEANING and scene.form(at + 1) in ("the", "a", QUANTITY, TIME) and _after_change(scene, at):
            return True
        if form not in BEFORE_BASE:
            return False
    return False


LEANING = frozenset({"on", "above", "below", "of", "over", "behind"})


def _after_its_change(scene: Scene, atom: int) -> bool:
    """As in "an increase of 21% (5,244)": what the change is counted from."""
    alone = scene.bracket(atom - 1) and scene.bracket(atom + 1) and scene.form(atom - 2) == QUANTITY
    return alone and scene.quantities[atom - 2].unit == PERCENT and bool(_change_before(scene, atom - 2, counted=False))


def _when(scene: Scene, atom: int) -> bool:
    """As in "the same period last year, when there were 5,401": the number is that time's."""
    for at in range(atom - 1, max(-1, atom - 1 - REACH), -1):
        form = scene.form(at)
        if form == "when":
            return any(scene.form(before) == TIME for before in range(max(0, at - 3), at))
        if form in (QUANTITY, TIME):
            return False
    return False


def _after_change(scene: Scene, at: int) -> bool:
    form = scene.form(at - 1)
    return form == QUANTITY or bool(_signed(scene, form)) or _is_noun(scene, at - 1)
