"""Numbers told together: a change with its new level, two ends of a way, a level with its change beside it."""

from __future__ import annotations

from feed.model.figure import Measure
from feed.read.claim import Claim, Memory
from feed.read.lexicon import BREAK, QUANTITY, TIME
from feed.read.roles import Role
from feed.read.scene import Scene

SPAN = 5  # atoms between the two
MOVES = (Measure.CHANGE, Measure.RATIO)
JOINTS = frozenset(
    {",", BREAK, "up", "down", "a", "an", "the", "of", "by", "or", "which", "was", "is", "that", "being"}
)
ELSEWHERE = frozenset({"in", "of"})  # "a 5% rise in <another>"


def linked(view: Scene, atom: int, role: Role, noun: str, memory: Memory) -> Claim | None:
    """The claim of its sentence that a number is told together with; None when it stands for itself.

    As in "rose 36 per cent to <level>", "from <level> to <level>", "<level>, down 8%". Never over another number.
    """
    last = memory.last
    if last is None or last.scene is not view or not 1 < atom - last.atom <= SPAN:
        return None
    between = [view.form(at) for at in range(last.atom + 1, atom)]
    if QUANTITY in between:
        return None
    if role.measure in MOVES:
        return _changed(view, atom, between, memory)
    return last if not noun and _reached(view, between, role, last) else None


def _reached(view: Scene, between: list[str], role: Role, last: Claim) -> bool:
    """As in "rose by 11 per cent, to 517,000", "from 11 to 17"."""
    if role.measure is not Measure.LEVEL or between[-1] != "to" or BREAK in between:
        return False
    if last.role.measure in MOVES:
        return set(between) <= {",", "to", "points", "point", TIME}
    return view.form(last.atom - 1) == "from" and last.role.measure is Measure.LEVEL


def _changed(view: Scene, atom: int, between: list[str], memory: Memory) -> Claim | None:
    """As in "71,300, up 3 per cent", "(57,800, a quarter down)": the level's own change, or the sentence's."""
    last = memory.last
    told = last is not None and last.role.measure is Measure.LEVEL and between[0] in (",", BREAK)
    if not told or not JOINTS.issuperset(form for form in between if not _moving(view, form)):
        return None
    after = view.form(atom + 1)
    if after in ELSEWHERE or (_moving(view, after) and view.form(atom + 2) in ELSEWHERE):
        return None
    main = memory.main
    aside = last is not None and last.attached.counted and main is not None and main.scene is view
    return main if aside else last


def _moving(view: Scene, form: str) -> bool:
    return form in view.tables.up or form in view.tables.down
