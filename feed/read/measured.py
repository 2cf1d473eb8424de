"""The measure of a number once its metric is known: what a rate's percentage is, what goes on, what a stock grew by."""

from __future__ import annotations

from feed.model.figure import Measure, Status
from feed.read.claim import Attached, Claim, Memory
from feed.read.grammar.compared import compared_level
from feed.read.grammar.roles import BETTERED, Role
from feed.read.onward.linked import told_again
from feed.read.scene import Scene


def measured(what: Role, found: Attached, view: Scene, atom: int, memory: Memory) -> Role:
    """The role with the measure that the metric or the number before decides."""
    return what._replace(sign=_moved(memory)) if what.rule == BETTERED else _measured(what, found, view, atom, memory)


def _measured(what: Role, found: Attached, view: Scene, atom: int, memory: Memory) -> Role:
    if found.metric.kind == "rate" and what.measure in (None, Measure.SHARE):
        return what._replace(measure=Measure.LEVEL, compared=compared_level(view, atom))
    told = found.measure if found.measure in COUNTS and what.measure in COUNTS else None
    if told and not view.quantities[atom].unit:  # "504 more came than left" is how many, "hired 50 staff" by how many
        return what._replace(measure=Measure(told))
    if what.measure is not None:
        return what
    last = memory.last
    if last and last.scene is view and view.form(0) not in OF and told_again(view, atom, last):
        share = last.role.measure is Measure.LEVEL
        return what._replace(measure=Measure.SHARE if share else last.role.measure, sign=last.role.sign, rule="again")
    shared = _shared(found, view, atom, last)
    if shared:
        return what._replace(measure=Measure.SHARE, rule=shared)
    before = next((row for row in reversed(memory.row) if row.role.measure is Measure.CHANGE), None)
    if before and before.scene is view and (before is last or _against(view, atom)):
        return what._replace(measure=Measure.CHANGE, sign=before.role.sign, rule="change goes on")
    return what


COUNTS = (Measure.LEVEL, Measure.CHANGE)


def _moved(memory: Memory) -> int:
    """-1 where the two levels told last fell, else +1: an improvement is whichever they were."""
    two = memory.levels
    if len(two) < 2 or two[0].attached.metric.id != two[1].attached.metric.id:
        return 1
    earlier, later = sorted(two, key=lambda claim: claim.role.compared, reverse=True)
    return -1 if later.quantity.numbers[0] < earlier.quantity.numbers[0] else 1


OF = frozenset({"of", "among"})


def _shared(found: Attached, view: Scene, atom: int, last: Claim | None) -> str:
    """Why a percentage is a part of what was told before, "" when nothing says so."""
    if view.form(0) in OF:  # "Of those who left, 17 per cent were Welsh"
        return "share of those named first"
    if last is None:
        return ""
    if last.scene is view and last.partitioned:
        return "share of those before"
    if last.scene is view and last.role.measure is Measure.SHARE:
        return "share goes on"
    return "share of those before" if _stated(found, view, atom, last) or _apart(found, view, atom, last) else ""


def _apart(found: Attached, view: Scene, atom: int, last: Claim) -> bool:
    """As in "698 were held. Ninety-seven per cent were Welsh": a part of those just told."""
    stated = view.form(atom + 1) in view.tables.stating.auxiliary and last.role.measure is Measure.LEVEL
    told = any(dim in found.population for dim in found.own)
    near = view.sentence.index - last.scene.sentence.index <= 1 and last.attached.unit in PEOPLE
    return found.inherited and bool(found.own) and stated and told and near


def _stated(found: Attached, view: Scene, atom: int, last: Claim) -> bool:
    """As in "35,738 <arrived>; 84% <came by one way>": what is stated of a percentage is stated of a part of those."""
    near = view.sentence.index - last.scene.sentence.index <= 1 and last.role.measure is Measure.LEVEL
    other = found.metric.id != last.attached.metric.id and last.attached.unit in PEOPLE
    between = {view.form(at) for at in range(atom + 1, found.at)}
    stated = found.at > atom and between <= view.tables.stating.auxiliary  # "and 4% <were> sent back"
    return near and other and stated and not found.inherited


def _against(view: Scene, atom: int) -> bool:
    """As in "up 47% on the year before (18,342) and 67% on 2023": what goes on is compared with another time."""
    return view.form(atom + 1) in ("on", "above", "below", "against") and view.form(atom - 1) in ("and", ",")


GROWN = "change of a stock"
PEOPLE = frozenset({"people", "cases"})


def grown(view: Scene, atom: int, what: Role, found: Attached, how: Status) -> Role:
    """As in "recruit 200 officers", "1,000 more places", "another 80 are to be ready": by how much a stock grows.

    "Another 80 are held" only goes on about a part of it, so that people count as growth only where it lies ahead.
    """
    if what.measure is not Measure.LEVEL or not found.stock or found.metric.kind != "stock":
        return what
    ahead = how in (Status.PLAN, Status.TARGET, Status.FORECAST)
    for cue, sign in (("joined", 1), ("parted", -1), ("extra", 1)):
        if view.tells(cue, atom) and (cue != "extra" or ahead or found.unit not in PEOPLE):
            return what._replace(measure=Measure.CHANGE, sign=sign, compared=False, rule=f"{GROWN}: {cue}")
    return what
