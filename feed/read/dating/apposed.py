"""Changes told in apposition to their level: "39,292, 19% more than in the same period of 2024"."""

from __future__ import annotations

from feed.model.figure import Measure
from feed.model.period import Period
from feed.read.claim import Claim, Memory
from feed.read.dating.carrying import MOVES, Asked
from feed.read.grammar.against import compared
from feed.read.grammar.changes import is_noun
from feed.read.grammar.fences import heads_clause
from feed.read.patterns.lexicon import BREAK, QUANTITY
from feed.read.times import Shape

REACH = 16  # atoms from a level to the change that is set beside it
SUBJECTS = frozenset({"it", "they", "there", "he", "she", "we", "those", "these"})


def apposed(asked: Asked, memory: Memory) -> Period | None:
    """The period of the level that a change or a ratio is set beside; None where it is set beside none.

    Only what is no statement of its own is: nothing but a comma, a dash or a bracket and words of change lead up to
    it, and its own words tell no time but that which it is compared with.
    """
    level = memory.last
    if asked.role.measure not in MOVES or level is None or level.scene is not asked.view or level.period is None:
        return None
    alike = level.role.measure is Measure.LEVEL and level.attached.metric.id == asked.found.metric.id
    if not alike or not 0 < asked.atom - level.atom <= REACH or not _beside(asked, level.atom) or _own_time(asked):
        return None
    return _later(level, memory) if level.role.compared else level.period


def _later(base: Claim, memory: Memory) -> Period | None:
    """As in "24,443 in 2019, against 14,773 in 2020, a fall of 40%": the time of the later of the two levels."""
    same = [
        row
        for row in memory.row
        if row.role.measure is Measure.LEVEL
        and row.attached.metric.id == base.attached.metric.id
        and row.attached.dims == base.attached.dims
        and row.dated.told
    ]
    if len(same) != 2 or same[-1] is not base or base.period is None or same[0].period is None:
        return None
    return base.period if base.period.end > same[0].period.end else None


def _beside(asked: Asked, level: int) -> bool:
    """Whether nothing stands between a break behind the level and the change but words that lead to a change."""
    view = asked.view
    at = asked.atom - 1
    leading = (view.tables.stating.to_its_change | view.tables.changes.between) - {","}
    while at > level and (view.form(at) in leading or is_noun(view, at)):
        at -= 1
    parted = view.form(at) == "," or (view.form(at) == BREAK and (view.bracket(at) or _dash(asked, at)))
    between = (view.form(i) for i in range(level + 1, at))
    return parted and not any(form in (QUANTITY, BREAK) or form in SUBJECTS for form in between)


def _dash(asked: Asked, at: int) -> bool:
    """Whether a break is a dash, not the semicolon before another statement."""
    return asked.view.words.form(asked.view.line.firsts[at]) in ("-", "–", "—")


def _own_time(asked: Asked) -> bool:
    """Whether the change's own words tell a time with which nothing is compared: "up 24% in the year to June"."""
    view = asked.view
    for at in range(asked.atom + 1, len(view.line.forms)):
        form = view.form(at)
        if form in (QUANTITY, ",") or (form == BREAK and not view.bracket(at)) or heads_clause(view, at):
            return False
        time = view.times.get(at)
        if time is not None and time.shape not in (Shape.SHIFT, Shape.DURATION) and not compared(view, at):
            return True
    return False
