"""Which metric's words claim a number: all candidates of its sentence, by what each costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from feed.model.figure import Measure
from feed.model.reading import Weighed
from feed.model.topic import Metric
from feed.read.claim import BESIDE, Memory
from feed.read.grammar.nouns import FOREIGN, nominal, partitive, unit_at
from feed.read.grammar.roles import Role
from feed.read.metric.excluded import excluded
from feed.read.metric.heard import MONEY, speaks
from feed.read.metric.reach import BARRED, DEAREST, owned, subordinate
from feed.read.numbers import PERCENT, TIMES, Quantity
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME, Hit
from feed.read.scene import Scene
from feed.read.tables import Named

RANK, WEAK, LENGTH, HOLDS = -1.5, 9.0, -0.3, -0.7
WRONG_SIDE, RISE_OF, NEXT_NOUN = 8.0, 12.0, 6.0
PASSING = {QUANTITY: 9.0, BREAK: 5.0, ",": 2.0, TIME: 0.5, "and": 2.0, "the": 0.5, "a": 0.5, "of": 0.5, "to": 0.5}
TIE = 0.01
FAR = 60  # atoms; what is farther costs too much whatever it is


class Ranked(NamedTuple):
    """A candidate with its cost: the lower, the nearer. `order` is its place in the sentence."""

    cost: float
    order: int
    hit: Hit[Named]


def candidates(scene: Scene, atom: int, role: Role, noun: str, spoken: frozenset[str]) -> list[Ranked]:
    """Every metric cue of the sentence that could claim the number, cheapest first. `spoken`: word classes so far."""
    found = []
    quantity = scene.quantities[atom]
    level = role.measure is Measure.LEVEL
    fronted = not noun and _fronted(scene, atom)
    for order, hit in enumerate(scene.metrics):
        near = hit.first - atom <= FAR and atom - hit.last <= FAR
        if (
            near  # then what costs least to ask, and what refuses most
            and speaks(scene, hit, quantity, atom, spoken)
            and _fits(scene, quantity, hit.value.cue.unit or noun if fronted else noun, hit, atom)
            and not _instead(scene, hit)
            and not _means(scene, hit, quantity, atom)
            and not (level and _others_noun(scene, hit, atom))
            and not excluded(scene, atom, hit, level=level)
        ):
            cost = _cost(scene, atom, hit)
            if cost <= DEAREST:
                found.append(Ranked(cost, order, hit))
    if partitive(scene, atom):  # what stands before tells the whole, what follows the part
        found = [row for row in found if row.hit.last > atom] or found
    return sorted(found, key=_order)


def lately_named(ranked: list[Ranked], scene: Scene, memory: Memory) -> list[Ranked]:
    """The candidates, where weak words of several metrics speak first of that which the sentence is about already."""
    last = memory.last
    if last is None or scene.sentence.index - last.scene.sentence.index > 0:
        return ranked
    mine = last.attached.metric.id
    again = [row.hit.value.cue.weak and row.hit.value.metric.id == mine for row in ranked]
    lowered = (row._replace(cost=row.cost - LATELY) if near else row for row, near in zip(ranked, again, strict=True))
    return sorted(lowered, key=_order) if any(again) else ranked


LATELY = 2.0


def _instead(scene: Scene, hit: Hit[Named]) -> bool:
    """As in "62% were freed rather than <flown out>": what did not happen."""
    before = (scene.form(hit.first - 2), scene.form(hit.first - 1))
    return before in INSTEAD or (scene.form(hit.first - 3), before[0]) in INSTEAD


INSTEAD = frozenset({("rather", "than"), ("instead", "of")})


def _fronted(scene: Scene, atom: int) -> bool:
    """As in "From 400 in 2023, <the number of them> fell to 210": where a change set out, told before its subject."""
    if scene.form(0) != "from" or scene.met({QUANTITY, BREAK, ","}, 1, atom):
        return False
    comma = next((at for at in range(atom + 1, atom + AHEAD) if scene.form(at) in (",", BREAK, QUANTITY)), atom)
    if scene.form(comma) != ",":
        return False
    return any(scene.form(at) == QUANTITY and scene.form(at - 1) == "to" for at in range(comma + 1, comma + 2 * AHEAD))


AHEAD = 9  # atoms


def _means(scene: Scene, hit: Hit[Named], quantity: Quantity, atom: int) -> bool:
    """As in "88 per cent came by <ship>", "half are in <vans>": a noun that only tells how or where is not counted."""
    if not hit.value.cue.unit or not hit.value.cue.noun or hit.counted != atom or hit.first != atom:
        return False  # what tells no noun tells no vehicle: "300 were <in use>"
    words = HOW if quantity.unit == PERCENT else WHERE
    return scene.met(words, atom + 1, hit.last)


def _others_noun(scene: Scene, hit: Hit[Named], atom: int) -> bool:
    """As in "two <vans> left with 54 on board": a noun that counts another number counts no second one behind it."""
    if not hit.value.cue.unit or hit.counted >= 0 or hit.first >= atom:
        return False
    owners = (other for other in scene.metrics if 0 <= other.counted < hit.first and hit.last <= other.last)
    return any(other.counted != atom and other.value.cue.unit == hit.value.cue.unit for other in owners)


HOW = frozenset({"by", "via", "aboard", "on", "in", "at"})
WHERE = frozenset({"by", "via", "aboard", "in", "into"})


def weighed(ranked: Sequence[Ranked]) -> tuple[Weighed, ...]:
    """The candidates as they are told: the cheapest of each metric."""
    best: dict[str, Weighed] = {}
    for row in ranked:
        metric = row.hit.value.metric.id
        if metric not in best:
            best[metric] = Weighed(metric, row.hit.value.rule, round(row.cost, 1))
    return tuple(best.values())


def _order(row: Ranked) -> tuple[float, int, int]:
    return row.cost, row.hit.first - row.hit.last, row.order


def _fits(scene: Scene, quantity: Quantity, noun: str, hit: Hit[Named], atom: int) -> bool:
    """Whether the metric counts in the number's unit."""
    metric = hit.value.metric
    if metric.kind == "rate":
        return quantity.unit == PERCENT
    if quantity.unit in (PERCENT, TIMES):
        return hit.value.cue.measure is None
    if quantity.unit:
        return any(unit.startswith(quantity.unit) for unit in metric.units)
    return _counts(scene, metric, noun, hit, atom)


def _counts(scene: Scene, metric: Metric, noun: str, hit: Hit[Named], atom: int) -> bool:
    units = [unit for unit in metric.units if not unit.startswith(MONEY)]
    cue = hit.value.cue
    if not units:
        return False
    if cue.unit and hit.counted == atom:
        return noun == cue.unit or (not noun and not cue.noun)
    if cue.unit and hit.first > atom and noun != cue.unit:
        next_ = hit.first == atom + 1 or scene.form(hit.first - 1) == "ones"
        stated = next_ and scene.form(hit.first) in scene.tables.stating.auxiliary
        return stated and not noun and not cue.noun  # "for trains, 200 <were granted>"
    if noun == FOREIGN:
        return hit.counted == atom and not _joins(scene, hit, atom)
    return not noun or noun in units


def _joins(scene: Scene, hit: Hit[Named], atom: int) -> bool:
    """As in "500 were <caught>, and 21 groups dismantled": words before a comma do not count what follows it."""
    return hit.last == atom + 1 and scene.met({",", "and"}, hit.first, atom)


def _cost(scene: Scene, atom: int, hit: Hit[Named]) -> float:
    metric, cue, _ = hit.value
    if hit.counted not in (-1, atom) and _beside_main(scene, hit):
        return BARRED
    cost = RANK * metric.rank + (WEAK if cue.weak else 0.0) + LENGTH * min(hit.last - hit.first, 4)
    if hit.first <= atom + PHRASE and atom < hit.last:
        cost += _only_subject(scene, atom, hit)
    if hit.first <= atom < hit.last:
        return cost + (HOLDS if hit.counted == atom else 0.0)
    cost += owned(scene, atom, hit)
    if hit.first > atom:
        return cost + subordinate(scene, atom, hit) + _between(scene, atom + 1, hit.first) + _rightward(scene, atom)
    return cost + _between(scene, hit.last, atom) + _leftward(scene, atom) + _governed(scene, hit)


def _only_subject(scene: Scene, atom: int, hit: Hit[Named]) -> float:
    """What it costs a cue to name only whom another is stated of: "170 <boat people> have been <sent back>"."""
    at = hit.last
    if not all(nominal(scene, between) for between in range(atom + 1, hit.first)):
        return 0.0
    at += 2 if scene.form(at + 1) in ("which", "whom") else 0  # "170 <cases> on which nothing has been <decided>"
    while scene.form(at) in scene.tables.stating.auxiliary or scene.form(at).endswith("ly"):
        at += 1
    mine = hit.value.metric.id
    others = (
        o
        for o in scene.metrics
        if hit.last <= o.first <= at and o.last > at and o.value.metric.id != mine and not o.value.cue.weak
    )
    stated = at > hit.last and any(other.counted in (-1, atom) for other in others)
    return STATED if stated else 0.0


STATED = 12.0


def _governed(scene: Scene, hit: Hit[Named]) -> float:
    """What it costs a cue to stand inside another one's noun phrase: "the queue for a first <decision> fell to 5"."""
    for other in scene.metrics:
        near = 0 < hit.first - other.last <= PHRASE
        apart = near and other.value.metric.id != hit.value.metric.id and scene.form(other.last) in OF
        if apart and all(nominal(scene, at) for at in range(other.last + 1, hit.first)):
            return GOVERNED
    return 0.0


PHRASE = 6  # atoms between a noun and what depends on it
OF = frozenset({"of", "for", "awaiting", "pending", "against", "on", "to"})
GOVERNED = 9.0


def _beside_main(scene: Scene, hit: Hit[Named]) -> bool:
    """As in "1,154 have come in 19 vans, down 44%": what is counted only beside the statement has no change."""
    if not hit.value.cue.unit or scene.form(hit.counted - 1) not in BESIDE:
        return False
    mine = hit.value.metric.id
    return any(other.value.metric.id != mine and other.first < hit.counted for other in scene.metrics)


def _between(scene: Scene, first: int, last: int) -> float:
    cost = sum([PASSING.get(form, 1.0) for form in _outside(scene, max(first, 0), max(last, 0))])
    again = "or" in scene.spoken and any(
        scene.form(at) == QUANTITY and scene.form(at - 1) == "or" for at in range(first + 1, last)
    )
    return cost - AGAIN if again else cost  # "7,600 of them, or 4%, were <counted>"


def _outside(scene: Scene, first: int, last: int) -> Sequence[str]:
    """The words between, without what brackets hold there: "35,423 (86%) came"."""
    forms = scene.line.forms[first:last]
    if not scene.brackets:
        return forms
    found: list[str] = []
    free = first
    for at in range(first, last):
        if not scene.bracket(at) or at < free:
            continue
        closed = next((i for i in range(at + 1, last) if scene.bracket(i)), -1) if scene.opens(at) else -1
        if closed < 0:
            break
        found += forms[free - first : at - first]
        free = closed + 1
    return [*found, *forms[free - first :]] if free > first else forms


AGAIN = 13.0


POINTS_RIGHT = frozenset({"in", "increase", "rise", "fall", "of"})


def _rightward(scene: Scene, atom: int) -> float:
    """What it costs a number to look right although the words before it point left: "X rose to <number>"."""
    before = scene.form(atom - 1)
    points = before == BREAK or before in scene.tables.stating.points_left
    left = points and scene.form(atom + 1) not in POINTS_RIGHT
    return WRONG_SIDE if left and not _nominal(scene, atom) else 0.0


def _nominal(scene: Scene, atom: int) -> bool:
    return atom + 1 < len(scene.line.forms) and bool(unit_at(scene, atom + 1))


def _leftward(scene: Scene, atom: int) -> float:
    """What it costs a number to look left although the words after it point right: "a 25 per cent increase in X"."""
    after = scene.form(atom + 1)
    rise = scene.line.has(atom + 1, "role:rise") or scene.line.has(atom + 1, "role:fall")
    if rise and scene.form(atom + 2) in ("in", "of", "on"):
        return RISE_OF
    wordy = after in scene.tables.known_words and after not in scene.tables.open_words
    return NEXT_NOUN if _nominal(scene, atom) or wordy or after == "who" else 0.0


def chosen(ranked: Sequence[Ranked]) -> Hit[Named] | None:
    """The cheapest candidate; None when two metrics tie: a wrong figure costs more than a missed one."""
    if not ranked:
        return None
    first = ranked[0]
    for other in ranked[1:]:
        if other.cost > first.cost + TIE:
            break
        if other.hit.value.metric.id == first.hit.value.metric.id or _holds(first.hit, other.hit):
            continue
        if not _holds(other.hit, first.hit):
            return None
        first = other
    return _narrower(first.hit, ranked)


def _holds(hit: Hit[Named], other: Hit[Named]) -> bool:
    """As in "<those awaiting a <ruling on it>> fell": words that only serve in a longer phrase."""
    return hit.first <= other.first and other.last <= hit.last and hit.last - hit.first > other.last - other.first


def _narrower(hit: Hit[Named], ranked: Sequence[Ranked]) -> Hit[Named]:
    """As in "tea <cups of all sizes cost>", where "cups cost" tells more: the words inside it that narrow it."""
    if hit.value.cue.dims:
        return hit
    inner = (row.hit for row in ranked if hit.first <= row.hit.first and row.hit.last <= hit.last)
    metric = hit.value.metric.id
    told = (row for row in inner if row.value.metric.id == metric and row.value.cue.dims and not row.value.cue.weak)
    return next(told, hit)


def part_and_whole(scene: Scene, atom: int, ranked: Sequence[Ranked]) -> tuple[Hit[Named] | None, Hit[Named] | None]:
    """(part, whole) of "three per cent of <whole> have been <part>": the highest of the clause, and the nearest."""
    near = chosen(ranked)
    if near is None or near.value.metric.kind == "rate" or scene.form(atom + 1) != "of":
        return near, None
    if near.counted == atom and partitive(scene, atom):  # "three in ten of them (300) were <part>": the whole is no cue
        return near, None
    right = [row for row in ranked if row.hit.first > atom and not row.hit.value.cue.weak]
    if not right:
        return near, None
    whole = min(right, key=_first)
    subject = _subject_of(scene, atom, [row for row in ranked if row.hit.last <= atom], whole)
    if subject is not None:
        return subject, whole.hit
    if near.first < atom < near.last:  # "<part> accounted for 8 per cent of <whole>"
        return near, whole.hit
    return max(right, key=_highest).hit, whole.hit


def _subject_of(scene: Scene, atom: int, left: Sequence[Ranked], whole: Ranked) -> Hit[Named] | None:
    """As in "<part> were 85 per cent of all <whole>": the other metric that the share is stated of."""
    for row in left:
        hit = row.hit
        stated = hit.last < atom and all(scene.form(at) in scene.tables.stating.shares for at in range(hit.last, atom))
        if stated and not hit.value.cue.weak and hit.value.metric.id != whole.hit.value.metric.id:
            return hit
    return None


def _highest(row: Ranked) -> tuple[int, float]:
    return row.hit.value.metric.rank, -row.cost


def _first(row: Ranked) -> int:
    return row.hit.first
