"""Of whom a part is that another metric counts: those of the whole before it."""

from __future__ import annotations

from collections.abc import Mapping

from feed.model.figure import Measure
from feed.model.topic import Metric
from feed.read.claim import Claim, Memory
from feed.read.grammar.nouns import partitive, unit_at
from feed.read.numbers import PERCENT
from feed.read.onward.handed import fitting
from feed.read.patterns.lexicon import BREAK
from feed.read.scene import Scene


def members_of(view: Scene, atom: int, metric: Metric, memory: Memory) -> Mapping[str, str]:
    """As in "of the 127,834 <arrivals>, only 3,788 have been <returned>": the part's people are the whole's.

    "5,000 <arrived>; 300 of them have been <returned>" says the same.
    """
    last = memory.last
    if last is not None and last.scene is not view and _aboard(view, metric, memory):
        return last.attached.metric.members
    if last is None or last.attached.metric.id == metric.id:
        return {}
    if last.scene is not view:
        return _of_those_before(view, atom, metric, last)
    carrying = view.form(atom - 1) in CARRYING and view.form(atom - 2) in (",", "and")
    carrying = carrying or (view.form(atom - 1) == "with" and view.met(BOARD, atom + 1, atom + 4))
    if carrying or any(view.form(at) in ABOARD and view.form(at + 1) == "which" for at in range(last.atom + 1, atom)):
        whose = fitting(view, metric, last, people=False)  # "21 vans left for Wales, on which 734 ..."
        return {**whose, **last.attached.metric.members}
    stated = view.quantities[atom].unit == PERCENT and view.form(atom + 1) in view.tables.stating.auxiliary
    part = stated and last.role.measure is Measure.LEVEL  # "150,000 <arrived>, and 4% were <sent back>"
    people = metric.kind == "rate" or bool(PEOPLE.intersection(metric.units))
    if not (people and (part or last.partitioned or partitive(view, atom))):
        return {}  # "300 of them on two vans": no van is one of them
    whose = fitting(view, metric, last) if partitive(view, atom) else {}
    return {**whose, **last.attached.metric.members}


def _of_those_before(view: Scene, atom: int, metric: Metric, last: Claim) -> Mapping[str, str]:
    """As in "14,100 <claims> by Welshmen were <decided>. 7% of them were <granted>": whose they were."""
    next_ = view.sentence.index - last.scene.sentence.index == 1
    if not next_ or not partitive(view, atom) or last.role.measure is not Measure.LEVEL:
        return {}
    named = (hit for hit in view.metrics if hit.first < atom and hit.value.metric.id == metric.id)
    whole = any(hit.last <= atom or BREAK in view.line.forms[hit.first : atom] for hit in named)
    if whole or view.numbered(0, atom):
        return {}  # "<Returns> are up: 300 of them ..."
    return {**fitting(view, metric, last), **last.attached.metric.members}


def _aboard(view: Scene, metric: Metric, memory: Memory) -> bool:
    """As in "12 vans left. On these <vans> 734 were ...", "... on one of these": by what was counted just before."""
    last, narrows = memory.last, view.tables.narrows
    if last is None or view.sentence.index - last.scene.sentence.index > 1 or not last.attached.metric.members:
        return False
    if not all(dim in narrows and metric.id in (narrows[dim] or {metric.id}) for dim in last.attached.metric.members):
        return False
    return any(_on_those(view, at + 1, last.attached.unit) for at, form in enumerate(view.line.forms) if form in ON)


def _on_those(view: Scene, at: int, unit: str) -> bool:
    if view.form(at) in ("one", "some", "each") and view.form(at + 1) == "of":
        at += 2
    if view.form(at) not in THOSE:
        return False
    bare = view.form(at) != "the" and not view.form(at + 1).isalpha()
    return bare or view.form(at + 1) in view.tables.open_words or unit_at(view, at + 1) == unit


ON = frozenset({"on", "aboard"})
THOSE = frozenset({"these", "those", "them", "the"})
PEOPLE = frozenset({"people", "cases"})
CARRYING = frozenset({"carrying", "taking", "bearing", "flying"})
BOARD = frozenset({"aboard", "board"})
ABOARD = frozenset({"on", "aboard", "in", "by"})
