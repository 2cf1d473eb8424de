"""How a number is asserted: as a fact, an estimate, an aim, a plan, a forecast; or not at all."""

from __future__ import annotations

from datetime import date

from feed.model.figure import Measure, Status
from feed.model.period import Period
from feed.read.claim import Attached, Claim, Memory
from feed.read.grammar.fences import conceded, revealed
from feed.read.grammar.modals import before_modal, in_its_relative, of_another, whole_of_part
from feed.read.grammar.roles import Role
from feed.read.metric.heard import MONEY
from feed.read.onward.clauses import told_apart
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME, Hit
from feed.read.scene import Scene

FREE = frozenset({"forecast", "plan"})  # cues that bear on a whole sentence


def status(view: Scene, atom: int, found: Attached, role: Role, memory: Memory) -> Status:
    """The status of the number at that atom."""
    told = _asserted(view, atom, found, role)
    given = "plan" in told and offered(found)
    if given and "predicted" in told:
        return Status.FORECAST  # "the auditor reckons that it will come to £5m"
    if given and found.unit.startswith(MONEY) and "target" in told and not _capped(view, atom):
        return Status.PLAN  # "has pledged £5m to X": money that is promised is offered
    if "intended" in told and not found.unit.startswith(MONEY):
        return Status.PLAN if given or offered(found) else Status.TARGET
    if "target" in told or _aimed(view, atom):
        return Status.TARGET
    if given or _meant(view, atom, found, role):
        return Status.PLAN
    if "forecast" in told:
        grows = role.measure is Measure.CHANGE or view.tells("joined", atom)
        return Status.PLAN if found.unit == "places" and grows else Status.FORECAST
    if "estimate" in told and role.measure is Measure.LEVEL:
        return Status.ESTIMATE
    return _restated(view, atom, role, memory)


def _asserted(view: Scene, atom: int, found: Attached, role: Role) -> set[str]:
    """What the words of assertion that bear on a number tell."""
    told = {hit.value for hit in view.cues if _bears(view, hit, atom) and not _rephrases(view, hit)}
    later = (hit for hit in view.told("estimate") if _postposed(view, hit, hit.counted))
    if any(_last_before(view, hit.first) == atom for hit in later):
        told.add("estimate")
    if role.compared and not view.tells("estimate", atom):
        told.discard("estimate")  # "some 1,020 are thought to have come, compared with 299 in 2018"
    if role.compared and view.form(atom - 1) in ("from", "than"):
        told.discard("target")  # "promised to bring it down from 226,000"
    if _placed(view, atom, found) or whole_of_part(view, atom):
        told -= FREE
    if in_its_relative(view, atom, found.at):
        told -= FREE | {"target"}
    return told


def _rephrases(view: Scene, hit: Hit[str]) -> bool:
    """As in "5,000, that <is to> say half of them": what is said in other words lies in no time to come."""
    return any(view.form(at) == "to" and view.form(at + 1) == "say" for at in range(hit.first, hit.first + 2))


def _placed(view: Scene, atom: int, found: Attached) -> bool:
    """As in "people in 11 countries may get help": where or whence somebody is, so that it is no forecast itself."""
    behind = any(hit.first == atom for hit in view.told("forecast"))
    return behind and found.counted and view.form(atom - 1) in PLACING


PLACING = frozenset({"in", "to", "across", "from", "aboard", "on"})
CAPS = frozenset({"target", "goal", "cap", "capped", "limit", "limited", "ceiling"})


def _capped(view: Scene, atom: int) -> bool:
    return any(view.form(at) in CAPS for at in range(len(view.line.forms)) if at != atom)


def _meant(view: Scene, atom: int, found: Attached, role: Role) -> bool:
    """As in "they plan to send 5,700 people this year": what somebody means to do himself."""
    counts = role.measure is Measure.LEVEL and not found.unit.startswith(MONEY) and found.at < atom
    return counts and any(hit.counted == atom and hit.first <= found.at for hit in view.told("meant"))


def offered(found: Attached) -> bool:
    """Whether what is counted is given or promised: money, countries, places."""
    money = found.unit.startswith(MONEY) or found.unit == "countries"
    return (bool(found.metric.needs) and money) or found.unit == "places"


def ahead(view: Scene, atom: int, how: Status, found: Attached, period: Period | None, day: date | None) -> Status:
    """The status of a number by its time: what lies wholly after the article's day has not happened.

    What is budgeted for a time that is not over is a plan.
    """
    if period is None or day is None or period.start is None or how in GIVEN:
        return how
    if found.stock:
        return Status.FORECAST if how is Status.ACTUAL and period.start > day and not offered(found) else how
    if period.end > day and found.unit.startswith(MONEY) and budgeted(view, atom):
        return Status.ACTUAL if _was_budgeted(view, atom) and period.start <= day else Status.PLAN
    if how is not Status.ACTUAL:
        return how
    if period.start <= day:
        return how
    return Status.PLAN if offered(found) else Status.FORECAST


def _was_budgeted(view: Scene, atom: int) -> bool:
    """As in "it budgeted £5m for the year": done, though the year is not over; not "it has budgeted £5m"."""
    for hit in view.told("budget"):
        before = {view.form(hit.first - 1), view.form(hit.first - 2)}
        if hit.counted == atom and view.form(hit.first) == "budgeted" and not {"has", "have", "is", "are"} & before:
            return True
    return False


GIVEN = frozenset({Status.PLAN, Status.TARGET})


def budgeted(view: Scene, atom: int) -> bool:
    """Whether a sum is set aside for its time: "the budget is £5m", "allowed £3m for it this year and £2m next".

    The second goes on about the first.
    """
    hits = [hit.counted for hit in view.told("budget")]
    joined = view.form(atom - 1) == "and" and any(at < atom for at in hits if at >= 0)
    return atom in hits or joined


def _restated(view: Scene, atom: int, role: Role, memory: Memory) -> Status:
    """As in "will pay €541m (£476m)", "£3m, and a further £2m": a sum told with another is as certain as that was."""
    last = memory.last
    if last is None or last.scene is not view:
        return Status.ACTUAL
    if last.status is Status.FORECAST and (role.measure is Measure.RATIO or _rises(view, last, atom, role)):
        return Status.FORECAST  # "is expected to cost £15bn, three times the £5bn of before"
    if not view.quantities[atom].unit.startswith(MONEY):
        return last.status if last.status in TO_COME and _one_more(view, last.atom, atom) else Status.ACTUAL
    joined = JOINING.issuperset(view.form(at) for at in range(last.atom + 1, atom))
    again = last.atom == atom - 2 and view.bracket(atom - 1) and last.quantity.unit != view.quantities[atom].unit
    return last.status if again or (last.status is Status.PLAN and joined) else Status.ACTUAL


def _rises(view: Scene, last: Claim, atom: int, role: Role) -> bool:
    """As in "will top 90,000, up by a fifth on the year before": by how much a level to come is more, set beside it."""
    beside = role.measure is Measure.CHANGE and last.role.measure is Measure.LEVEL
    between = view.line.forms[last.atom + 1 : atom]
    set_beside = "," in between and view.tables.clauses.finite.isdisjoint(between)
    told_of = "which" in between and {"is", "'s", "would", "be"}.issuperset(between[between.index("which") + 1 :])
    return beside and (set_beside or told_of)


TO_COME = frozenset({Status.PLAN, Status.TARGET, Status.FORECAST})
RATED = frozenset({BREAK, "on", "average", "or"})
JOINING = RATED | frozenset({",", "and", "a", "further", "another", "plus", "with", "then", "in", "for", "extra", TIME})


def _one_more(view: Scene, before: int, atom: int) -> bool:
    """As in "plans to open 1,000 places by 2026 and another 1,000 in 2027": in one breath with the number before."""
    between, behind = view.line.forms[before + 1 : atom], view.line.forms[atom + 1 : atom + 1 + BREATH]
    more = view.tells("extra", atom) or view.words.form(view.quantities[atom].opening) in ("another", "a")
    stated = {QUANTITY, BREAK, ","} | view.tables.clauses.finite
    return more and "and" in between and stated.isdisjoint(between) and view.tables.clauses.finite.isdisjoint(behind)


BREATH = 3  # atoms behind a number in which a statement of its own would show


def _bears(view: Scene, hit: Hit[str], atom: int) -> bool:
    """Whether words of assertion speak of the number: "may" does, the month does not."""
    if hit.value == "estimate" and any(row.first < hit.last and hit.first < row.last for row in view.told("voted")):
        return False  # what a parliament votes on is called an estimate
    if any(row.first <= hit.first < row.last for row in view.told("unmeant")) or _postposed(view, hit, atom):
        return False
    if view.form(hit.first) == "may" and view.words.token(view.line.firsts[hit.first]).capital:
        return False
    if hit.value == "estimate" and hit.counted < 0 and view.form(hit.last) == QUANTITY:
        return hit.last == atom  # "£1.1bn and a provisional £2.3bn"
    if hit.value == "estimate" and hit.counted < 0 and _of_number_before(view, hit, atom):
        return False
    if _of_another_clause(view, hit, atom) or before_modal(view, hit):
        return False
    if (
        revealed(view, hit.first, atom)
        or conceded(view, hit.first, atom)
        or of_another(view, hit.first, atom)
        or _of_whole(view, hit.first, atom)
    ):
        return False
    return hit.counted == atom or (_reaches if hit.counted < 0 else _of_both)(view, hit, atom)


def _in_aside(view: Scene, hit: Hit[str], atom: int) -> bool:
    """As in "5,970 came (provisional) and 12,418 left": what brackets behind a number say is said of that alone."""
    alone = hit.last <= atom and view.bracket(hit.first - 1) and view.bracket(hit.last)
    return alone and _last_before(view, hit.first - 1) >= 0


def _of_both(view: Scene, hit: Hit[str], atom: int) -> bool:
    """As in "they estimate that 900 came and that 300 left": what they estimate of the first is said of the second."""
    if hit.value != "estimate" or not hit.counted < atom or "that" not in view.line.forms[hit.first : hit.counted]:
        return False
    joint = _and_that(view, hit.counted, atom)
    return joint > hit.counted and not view.numbered(joint, atom)


def _postposed(view: Scene, hit: Hit[str], atom: int) -> bool:
    """As in "606,000 came, the office estimated yesterday, passing the 488,000": what was said before the verb."""
    ends = next((at for at in range(hit.first + 1, hit.first + 3) if view.form(at) != TIME), hit.first)
    reported = hit.value == "estimate" and hit.counted == atom and view.form(hit.first).startswith("estimat")
    return reported and view.form(ends) == "," and QUANTITY in view.line.forms[: hit.first]


def _last_before(view: Scene, at: int) -> int:
    return next((i for i in range(at - 1, -1, -1) if view.form(i) == QUANTITY), -1)


def _of_another_clause(view: Scene, hit: Hit[str], atom: int) -> bool:
    """As in "154 arrests, and could mean ...", "vowed to cut them, which stood at 154": told of something else."""
    if hit.first == atom and any(view.form(at) == "and" for at in range(atom + 1, hit.last)):
        return True
    return hit.value == "target" and hit.first < atom and told_apart(view, hit.first, atom)


def _of_whole(view: Scene, at: int, atom: int) -> bool:
    """As in "Of the £476m promised, £184m was paid": what words before the comma tell of the whole."""
    if view.form(0) not in ("of", "out"):
        return False
    whole = next((i for i in range(at) if view.form(i) == QUANTITY), at)
    return whole < at < atom and any(view.form(i) == "," for i in range(at + 1, atom))


def _of_number_before(view: Scene, hit: Hit[str], atom: int) -> bool:
    """As in "it was 8,635, a provisional number; a year before there were ...": told of the number before a break."""
    if _in_aside(view, hit, atom):
        return True
    broken = view.met({BREAK}, hit.last, atom)
    told = next((view.form(at) for at in range(hit.first - 1, -1, -1) if view.form(at) in (QUANTITY, BREAK)), "")
    return broken and told == QUANTITY


def _of_number_behind(view: Scene, hit: Hit[str], between: range) -> bool:
    """As in "300 came in <two> vans, which takes the provisional total to 900": told of a total behind a comma."""
    behind = next((at for at in range(hit.last, len(view.line.forms)) if view.form(at) in (QUANTITY, BREAK, ",")), -1)
    return behind > 0 and view.form(behind) == QUANTITY and any(view.form(at) == "," for at in between)


def _reaches(view: Scene, hit: Hit[str], atom: int) -> bool:
    """Whether words of assertion bear on the number: no other number stands between."""
    between = range(hit.last, atom) if hit.last <= atom else range(atom + 1, hit.first)
    if hit.value == "estimate" and atom < hit.first and _of_number_behind(view, hit, between):
        return False
    if hit.value == "estimate" and atom < hit.first and view.form(hit.first - 1) in ("on", "by"):
        joined = any(view.form(at) == "and" for at in between)  # "£4bn and, on provisional figures, £5bn"
        if joined and view.numbered(hit.last, hit.last + BREATH + 1):
            return False
    back = view.form(hit.first) in ("that", "this") and hit.first > atom  # "though they call that figure provisional"
    if hit.value == "estimate" and not back and any(view.form(at) == BREAK and not view.bracket(at) for at in between):
        return False  # "8,635, a provisional number; the year before it was 11,414"
    if hit.value == "estimate" and hit.last <= atom:
        between = range(_and_that(view, hit.last, atom), atom)
    return hit.value in FREE or not view.numbered(between.start, between.stop)


def _and_that(view: Scene, first: int, atom: int) -> int:
    """As in "it is estimated that 900 came <and that> 300 left": where what is said of both goes on; else the first."""
    joints = (at for at in range(atom - 1, first, -1) if view.form(at) == "and" and view.form(at + 1) == "that")
    return next(joints, first)


def _aimed(view: Scene, atom: int) -> bool:
    """As in "vowed to raise the number <counted>, to 14,500": the aim governs the metric's own cue."""
    for aim in view.told("aim"):
        governed = any(aim.last <= hit.first < atom for hit in view.metrics)
        apart = conceded(view, aim.first, atom) or told_apart(view, aim.first, atom)
        if governed and not apart and not view.numbered(aim.first, atom):
            return True
    return False
