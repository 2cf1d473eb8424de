"""Numbers told together: a change with its new level, two ends of a way, a level with its change beside it."""

from __future__ import annotations

from decimal import Decimal

from feed.model.figure import Measure
from feed.read.claim import BESIDE, Claim, Memory
from feed.read.grammar.against import AGAINST
from feed.read.grammar.nouns import partitive
from feed.read.grammar.roles import BETTER, Role
from feed.read.metric.heard import MONEY
from feed.read.numbers import PERCENT, TIMES, Quantity
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME
from feed.read.scene import Scene

SPAN = 5  # atoms between the two
CLAUSE = 16  # atoms that a level's own predicate may take before ", 32% fewer"
MOVES = (Measure.CHANGE, Measure.RATIO)
BESIDE_CHANGE = BETTER | {BREAK}
ELSEWHERE = frozenset({"in", "of"})  # "a 5% rise in <another>"


def linked(view: Scene, atom: int, role: Role, noun: str, memory: Memory) -> Claim | None:
    """The claim of its sentence that a number is told together with; None when it stands for itself.

    As in "rose 36 per cent to <level>", "from <level> to <level>", "<level>, down 8%". Never over another number.
    """
    last = memory.last
    if last is None or last.scene is not view:
        return None
    if not noun and role.measure is Measure.LEVEL:
        beside = _beside(view, atom, role, memory) or _of_its_kind(view, atom, role, memory)
        if beside:
            return beside
    between = _between(view, last.atom, atom)
    if QUANTITY in between or not 0 < len(between) < CLAUSE:
        return None
    return _told_with(view, atom, between, role, noun, memory, last)


def _between(view: Scene, first: int, last: int) -> list[str]:
    """The words from one number to the next; an aside in brackets between them is passed over."""
    found: list[str] = []
    opened = -1
    for at in range(first + 1, last):
        if view.bracket(at) and view.opens(at):
            opened = len(found)
        elif view.bracket(at) and opened >= 0:
            del found[opened:]
            opened = -1
            continue
        found.append(view.form(at))
    return found


def _told_with(
    view: Scene, atom: int, between: list[str], role: Role, noun: str, memory: Memory, last: Claim
) -> Claim | None:
    """The last number or the sentence's, where this one stands in its clause."""
    if view.quantities[atom].unit == PERCENT and told_again(view, atom, last):
        return last
    if role.measure in MOVES:
        return _changed(view, atom, between, memory)
    again = view.quantities[atom].unit == PERCENT and _share_at_another_time(view, atom, between, last)
    if again or _at_another_rate(view, atom, between, last):
        return last
    if noun and _recounted(view, atom, between, noun, last):
        return last
    if noun in ("", *last.attached.metric.units) and (
        _counted_again(view, atom, between, last) or _part_in_bracket(view, atom, last)
    ):
        return last
    onward = not noun and (_in_turn(view, atom, between, role, last) or _reached(view, between, role, last))
    return last if onward else None


def _share_at_another_time(view: Scene, atom: int, between: list[str], last: Claim) -> bool:
    """As in "Welshmen were 28% of all in 2022, up from 3%", "were 3% of all in 2021 but 28% in 2022": the same part."""
    if last.role.measure is not Measure.SHARE or last.quantity.unit != PERCENT:
        return False
    before, words = view.form(atom - 1), view.tables.comparing
    against = before in AGAINST or (before in ("with", "to") and view.form(atom - 2) in words.with_to)
    against = against or (before == "been" and view.form(atom - 2) == "having")
    timed = TIME in (view.form(atom + 1), view.form(atom + 2)) and view.form(atom + 1) != "of"
    return against or (timed and before in ("and", BREAK) and between[-2:-1] == [TIME])


def _recounted(view: Scene, atom: int, between: list[str], noun: str, last: Claim) -> bool:
    """As in "128,786 people, relating to 95,252 cases": the same, counted in another unit of its metric."""
    other = noun != last.attached.unit and noun in last.attached.metric.units
    again = view.tables.stating.to_another_unit
    joined = again.issuperset({*between[-3:]} - {BREAK})
    if not joined and view.form(atom + 2) in ENDS and "," in between:  # "1,195 decisions were issued, covering 1,462"
        apposed = between[len(between) - between[::-1].index(",") :]
        joined = bool(apposed) and again.issuperset(apposed)
    return other and last.role.measure is Measure.LEVEL and joined and between[-1] != ","


ENDS = frozenset({".", ";", "", BREAK, TIME})


def _at_another_rate(view: Scene, atom: int, between: list[str], last: Claim) -> bool:
    """As in "£2.1bn that year, or £5.8m a day", "£2.3bn, a daily average of £6.3m": the same money by the day."""
    unit = view.quantities[atom].unit
    rated = any(hit.counted == atom for name in RATED for hit in view.told(name))
    if not rated or not unit.startswith(MONEY) or unit != last.quantity.unit or "/" in last.attached.unit:
        return False
    start = max((at for at, form in enumerate(between) if form in (",", BREAK)), default=-1)
    return view.tables.stating.to_another_rate.issuperset(between[start + 1 :])


RATED = ("daily", "yearly")


def _counted_again(view: Scene, atom: int, between: list[str], last: Claim) -> bool:
    """As in "two-thirds, or 3,926, were Welsh": the same part told again, as a count."""
    share = last.role.measure is Measure.SHARE and last.attached.metric.kind != "rate"
    again = between in (["or"], [BREAK, "or"]) or between[-2:] == [",", "or"]
    return share and not view.quantities[atom].unit and again


def _part_in_bracket(view: Scene, atom: int, last: Claim) -> bool:
    """As in "Welshmen made up 26% of all <counted> (5,316 people)": the part's own count, told behind the whole."""
    share = last.role.measure is Measure.SHARE and last.attached.metric.kind != "rate"
    alone = view.bracket(atom - 1) and view.opens(atom - 1) and (view.bracket(atom + 1) or view.bracket(atom + 2))
    named = any(hit.counted == atom for hit in view.narrowing)  # "..., followed by Manxmen (2,306)"
    return share and alone and not named and not view.quantities[atom].unit


def _in_turn(view: Scene, atom: int, between: list[str], role: Role, last: Claim) -> bool:
    """As in "47 in 2020, compared to 29 in 2019 and 33 in 2018": the same count at one time after the other."""
    alike = role.measure is last.role.measure is Measure.LEVEL and last.quantity.unit == view.quantities[atom].unit
    timed = view.form(atom + 1) == TIME or (view.form(atom + 1) in AT and view.form(atom + 2) == TIME)
    if between[-2:] == [TIME, "and"]:  # "sent back 94 people to Leeds in 2023 and 61 in 2022"
        return alike and timed
    return alike and timed and TIME in between and IN_TURN.issuperset(between)


AT = frozenset({"in", "on", "by", "at", "for", "during"})
IN_TURN = AT | {TIME, "and", ",", "then"}


def _beside(view: Scene, atom: int, role: Role, memory: Memory) -> Claim | None:
    """As in "a record 45,774 in 1,110", "65,000, in 642 vans as against 695": the noun is left out."""
    aside, main, last = memory.aside, memory.main, memory.last
    if (
        view.quantities[atom].unit
        or aside is None
        or main is None
        or last is None
        or view.sentence.index - aside.scene.sentence.index > ASIDE
    ):
        return None
    if view.form(atom - 1) in BESIDE and atom - last.atom <= SPAN and last.role.measure is Measure.LEVEL:
        return aside
    if not role.compared or aside.scene is not view or main.scene is not view:
        return None
    quantity = view.quantities[atom]
    return aside if times_apart(quantity, aside.quantity) < times_apart(quantity, main.quantity) else None


def _of_its_kind(view: Scene, atom: int, role: Role, memory: Memory) -> Claim | None:
    """As in "2,105 notices worth £94m, up from 1,490 and £67m": money with money, counts with counts."""
    last, unit = memory.last, view.quantities[atom].unit
    if last is None or last.quantity.unit in (unit, PERCENT, TIMES) or not (role.compared or last.role.compared):
        return None
    return next((c for c in reversed(memory.levels) if c.scene is view and c.quantity.unit == unit), None)


ASIDE = 3  # sentences that "in 164" may stand behind "in 28 vans"


def times_apart(one: Quantity, other: Quantity) -> float:
    """How many times the larger of two numbers is the smaller: what is compared has about the same size."""
    low, high = sorted(abs(quantity.numbers[0]) or Decimal(1) for quantity in (one, other))
    return float(high / low)


def _reached(view: Scene, between: list[str], role: Role, last: Claim) -> bool:
    """As in "rose by 11 per cent, to 517,000", "from 11 to 17"."""
    if role.measure is not Measure.LEVEL or between[-1] != "to" or BREAK in between or len(between) >= SPAN:
        return False
    if last.role.measure in MOVES:
        return set(between) <= {",", "to", "points", "point", TIME}
    return view.form(last.atom - 1) == "from" and last.role.measure is Measure.LEVEL


def _changed(view: Scene, atom: int, between: list[str], memory: Memory) -> Claim | None:
    """As in "71,300, up 3 per cent", "9,000 people were sold tea, 32% fewer than": the level's own change."""
    last = memory.last
    if last is None or last.role.measure is not Measure.LEVEL or _of_another(view, atom):
        return None
    tail = next((i for i in range(len(between), 0, -1) if between[i - 1] in (",", BREAK)), 0)
    apart = between[tail:]
    others = {form for form in apart if not _moving(view, form)} - BESIDE_CHANGE
    if not tail or not view.tables.stating.to_its_change.issuperset(others):
        return None
    if tail > 1 and (BREAK in between[: tail - 1] or _newly_named(view, atom - len(apart) - 1, last)):
        return None
    main = memory.main
    return main if last.beside and main is not None and main.scene is view else last


def _of_another(view: Scene, atom: int) -> bool:
    """As in "a 5% rise in <another>", "10% of <another>"."""
    after = view.form(atom + 1)
    if after == "in" and (view.form(atom + 2) == TIME or view.form(atom + 3) in LENGTHS):  # "up 8 per cent in a year"
        return False
    return after in ELSEWHERE or (_moving(view, after) and view.form(atom + 2) in ELSEWHERE)


LENGTHS = frozenset({"day", "week", "fortnight", "month", "quarter", "year", "decade", "months", "years"})


def _newly_named(view: Scene, comma: int, last: Claim) -> bool:
    """As in "5,000 left and arrivals, up 30%, ...": what stands before the comma is a subject of its own."""
    for hit in view.metrics:
        named = hit.last == comma or (last.atom < hit.first and hit.last < comma and view.form(hit.last) == ",")
        if not named or hit.first <= last.atom or hit.value.metric.id == last.attached.metric.id:
            continue
        first = hit.first - 1 if view.form(hit.first - 1) == "the" else hit.first
        if view.form(first - 1) in ("and", "while", ",", BREAK, "but"):
            return True
    return False


def _moving(view: Scene, form: str) -> bool:
    return form in view.tables.up or form in view.tables.down


def told_again(view: Scene, atom: int, last: Claim) -> bool:
    """As in "Welshmen (2,914, or 14%)", "7,600 of them, or 4%", "over half (53%)": the same told again."""
    if view.bracket(atom - 1) and view.bracket(atom + 1) and last.atom == atom - 2:  # "9,072 (25%)"
        return last.quantity.unit == PERCENT or (last.role.measure is Measure.LEVEL and not last.quantity.unit)
    if view.bracket(atom - 1) and view.bracket(atom + 1) and partitive(view, last.atom):  # "3,016 of them (58%)"
        return last.atom == atom - 4 and last.role.measure is Measure.LEVEL
    clear = not view.numbered(last.atom + 1, atom)
    near = atom - last.atom <= OTHER_WORDS and clear
    dashed = view.form(atom - 1) == view.form(atom + 1) == BREAK and not view.bracket(atom - 1)
    if near and dashed and last.role.measure is Measure.LEVEL and partitive(view, last.atom):
        return True  # "3,016 of them - about one in six - were"
    if near and last.quantity.unit == PERCENT and view.form(atom - 1) == view.form(atom + 1) == BREAK:
        return True  # "more than half of <those> - 53 per cent - were"
    joined = (view.form(atom - 2), view.form(atom - 1)) in OR_ELSE and view.form(atom - 3) in (",", BREAK)
    joined = joined or (view.form(atom - 1) == "or" and view.form(atom - 2) == ",")
    parts = bool(last.attached.dims) or partitive(last.scene, last.atom)
    whole = clear and view.form(atom + 1) == "of" and BREAK not in view.line.forms[last.atom : atom - 3]
    same = (view.form(atom - 2), view.form(atom - 1)) in OR_ELSE and BREAK not in view.line.forms[last.atom : atom]
    if same and joined and clear and atom - last.atom <= PREDICATE:
        return True  # "5,000 lived in vans, which is 34%"
    near = near or (whole and atom - last.atom < CLAUSE)  # "300 were sold in the year to May, or 4% of those baked"
    return joined and near and (last.role.measure is not Measure.LEVEL or parts)


OR_ELSE = frozenset({("which", "is"), ("which", "was"), ("that", "is"), ("which", "makes"), ("that", "was")})
OTHER_WORDS = 6  # atoms
PREDICATE = 10  # atoms
