"""How a number is asserted: as a fact, an estimate, an aim, a plan, a forecast; or not at all."""

from __future__ import annotations

from feed.model.figure import Measure, Status
from feed.read.claim import Attached
from feed.read.lexicon import QUANTITY, Hit
from feed.read.rank import MONEY
from feed.read.roles import Role
from feed.read.scene import Scene

FREE = frozenset({"forecast", "plan"})  # cues that bear on a whole sentence


def refused(view: Scene, atom: int) -> str:
    """Why the number is no figure whatever may claim it; "" when nothing refuses it."""
    money = view.quantities[atom].unit.startswith(MONEY)
    for hit in view.refusals:
        if hit.value.metrics:
            continue
        bears = hit.counted == atom or (hit.counted < 0 and _leads_to(view, atom, hit.first))
        if bears and hit.value.money is money:
            return hit.value.why
    if any(_denies(hit, atom) for hit in view.told("denied")) and not _corrected(view, atom):
        return "the text denies it"
    return "only supposed" if any(hit.counted == atom for hit in view.told("supposed")) else ""


def _denies(hit: Hit[str], atom: int) -> bool:
    """Whether words of denial bear on the number: "hasn't <doubled>", "it is wrong to say that ... <counted>"."""
    return hit.counted == atom or (hit.counted < 0 and hit.first < atom)


def _corrected(view: Scene, atom: int) -> bool:
    """As in "it is 40,667, not 46,067 as first stated": what a correction takes back was stated all the same."""
    return view.form(atom - 1) == "not" and bool(view.told("corrected"))


def barred(view: Scene, atom: int, found: Attached) -> str:
    """Why the number is no figure of the metric that claims it; "" when nothing bars it."""
    for hit in view.refusals:
        if found.metric.id in hit.value.metrics and hit.counted in (-1, atom):
            return hit.value.why
    return ""


def _leads_to(view: Scene, atom: int, first: int) -> bool:
    """Whether words behind a number speak of it: no other number stands between."""
    return atom < first and not any(view.form(at) == QUANTITY for at in range(atom + 1, first))


def status(view: Scene, atom: int, found: Attached, role: Role) -> Status:
    """The status of the number at that atom."""
    told = {hit.value for hit in view.cues if _bears(view, hit, atom)}
    if "target" in told or _aimed(view, atom):
        return Status.TARGET
    offered = found.metric.needs and (found.unit.startswith(MONEY) or found.unit == "countries")
    if "plan" in told and (offered or found.unit == "places"):
        return Status.PLAN
    if "forecast" in told:
        return Status.FORECAST
    if "estimate" in told and role.measure is Measure.LEVEL:
        return Status.ESTIMATE
    return Status.ACTUAL


def _bears(view: Scene, hit: Hit[str], atom: int) -> bool:
    """Whether words of assertion speak of the number: "may" does, the month does not."""
    if view.form(hit.first) == "may" and view.words.at(view.line.atoms[hit.first].first).token.capital and hit.first:
        return False
    if hit.value == "estimate" and hit.counted < 0 and view.form(hit.last) == QUANTITY:
        return hit.last == atom  # "£1.1bn and a provisional £2.3bn"
    return hit.counted == atom or (hit.counted < 0 and _reaches(view, hit, atom))


def _reaches(view: Scene, hit: Hit[str], atom: int) -> bool:
    """Whether words of assertion bear on the number: no other number stands between."""
    between = range(hit.last, atom) if hit.last <= atom else range(atom + 1, hit.first)
    return hit.value in FREE or not any(view.form(at) == QUANTITY for at in between)


def _aimed(view: Scene, atom: int) -> bool:
    """As in "vowed to raise the number <counted>, to 14,500": the aim governs the metric's own cue."""
    for aim in view.told("aim"):
        governed = any(aim.last <= hit.first < atom for hit in view.metrics)
        if governed and not any(view.form(at) == QUANTITY for at in range(aim.first, atom)):
            return True
    return False
