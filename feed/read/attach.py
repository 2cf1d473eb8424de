"""Which metric a number counts, in which unit, narrowed by what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from feed.model.figure import Measure, Whole
from feed.model.topic import Metric
from feed.read.lexicon import BREAK, QUANTITY, TIME, Hit
from feed.read.numbers import PERCENT, TIMES, Quantity
from feed.read.roles import Role
from feed.read.scene import Scene
from feed.read.tables import Named, Narrowing

MONEY = "GBP"
LONGEST = 40.0   # a dearer attachment is none
FOREIGN = "?"


@dataclass(frozen=True, slots=True)
class Attached:
    """The metric of a number with the rule that found it. `inherited`: from the figure before, not from its own words."""

    metric: Metric
    rule: str
    unit: str
    dims: Mapping[str, str]
    population: Mapping[str, str]
    of: Whole | None = None
    inherited: bool = False
    change: bool = False
    at: int = -1
    counted: bool = False


class Ranked(NamedTuple):
    """A candidate with its cost: the lower, the nearer."""

    cost: float
    order: int
    hit: Hit[Named]


# --- nouns


def noun_unit(scene: Scene, atom: int) -> str:
    """What the noun after a count says it counts: a unit, "" when the noun is left out, FOREIGN for any other noun."""
    foreign, unit = False, ""
    for at in range(atom + 1, min(atom + 7, len(scene.line.atoms))):
        form = scene.form(at)
        if unit and form.endswith("ed"):
            break
        found = unit_at(scene, at)
        if found:
            unit = found
            continue
        if not form[:1].isalpha() or form in scene.tables.open_words or form.endswith(("ed", "ly")) and form not in scene.tables.known_words:
            break
        if unit and form not in scene.tables.known_words:
            break
        foreign = foreign or form not in scene.tables.known_words
    return unit or (FOREIGN if foreign else "")


def unit_at(scene: Scene, at: int) -> str:
    for name, _ in scene.line.classes[at]:
        if name.startswith("unit:"):
            return scene.tables.topic.units[int(name[5:])].unit
        if name == "people":
            following = scene.form(at + 1)
            if following in scene.tables.open_words or not following.isalpha():
                return "people"
    return ""


# --- the metric


def candidates(scene: Scene, atom: int, role: Role, noun: str, spoken: frozenset[str]) -> list[Ranked]:
    """Every metric cue of the sentence that could claim the number, cheapest first. `spoken`: word classes so far."""
    found = []
    for order, hit in enumerate(scene.metrics):
        if not _fits(scene, atom, role, noun, hit, spoken):
            continue
        cost = _cost(scene, atom, hit)
        if cost <= LONGEST:
            found.append(Ranked(cost, order, hit))
    return sorted(found, key=lambda row: (row.cost, -_length(row.hit), row.order))


def _length(hit: Hit[Named]) -> int:
    return hit.last - hit.first


def _fits(scene: Scene, atom: int, role: Role, noun: str, hit: Hit[Named], spoken: frozenset[str]) -> bool:
    metric, cue, _ = hit.value
    quantity = scene.quantities[atom]
    if hit.counted >= 0 and hit.counted != atom:
        return False
    if cue.context and cue.context not in spoken:
        return False
    if metric.needs and (quantity.unit in (PERCENT, TIMES) or not _given(metric.needs, hit, spoken)):
        return False
    if not _measures(metric, cue.measure, role, quantity):
        return False
    if quantity.unit in (PERCENT, TIMES):
        return True
    return _counts(metric, quantity, noun, hit, atom)


def _given(needs: str, hit: Hit[Named], spoken: frozenset[str]) -> bool:
    if needs in hit.value.cue.dims:
        return True
    return needs in spoken and (not hit.value.cue.weak or f"{needs} near" in spoken)


def _measures(metric: Metric, measure: str | None, role: Role, quantity: Quantity) -> bool:
    if metric.kind == "rate":
        return quantity.unit == PERCENT
    if measure is None:
        return True
    return quantity.unit not in (PERCENT, TIMES)


def _counts(metric: Metric, quantity: Quantity, noun: str, hit: Hit[Named], atom: int) -> bool:
    money = any(unit.startswith(quantity.unit) for unit in metric.units) if quantity.unit else False
    if quantity.unit:
        return money
    units = [unit for unit in metric.units if not unit.startswith((MONEY, "EUR"))]
    if not units or metric.kind == "rate":
        return False
    if hit.value.cue.unit and hit.counted == atom:
        return noun == hit.value.cue.unit or (not noun and not hit.value.cue.noun)
    if noun == FOREIGN:
        return hit.counted == atom
    return not noun or noun in units


def _cost(scene: Scene, atom: int, hit: Hit[Named]) -> float:
    cost = -1.5 * hit.value.metric.rank + (9.0 if hit.value.cue.weak else 0.0) - 0.3 * min(_length(hit), 4)
    cost -= 0.7 if hit.counted == atom else 0.0
    cost += _subordinate(scene, atom, hit)
    if hit.first <= atom < hit.last:
        return cost
    if hit.first > atom:
        return cost + _between(scene, atom + 1, hit.first) + _leftward(scene, atom)
    return cost + _between(scene, hit.last, atom) + _rightward(scene, atom)


RELATIVE = frozenset({"who", "which", "whom"})


def _subordinate(scene: Scene, atom: int, hit: Hit[Named]) -> float:
    """What it costs a cue to stand in a relative clause or an infinitive that only tells who is meant."""
    if hit.first <= atom or not _stated_after(scene, atom, hit):
        return 0.0
    for at in range(hit.first - 1, max(atom, hit.first - 4), -1):
        if scene.form(at) in RELATIVE or (scene.form(at) == "to" and scene.form(at + 1) in ("have", "reach", "arrive", "cross")):
            return 7.0
    return 7.0 if scene.form(hit.first) in RELATIVE else 0.0


def _stated_after(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """Whether another metric is told between that cue and the next number."""
    end = next((at for at in range(atom + 1, len(scene.line.atoms)) if scene.form(at) == QUANTITY), len(scene.line.atoms))
    mine = hit.value.metric.id
    return any(hit.last <= other.first and other.last <= end and other.value.metric.id != mine for other in scene.metrics)


def _between(scene: Scene, first: int, last: int) -> float:
    return sum(PASSING.get(scene.form(at), 1.0) for at in range(first, last))


PASSING = {QUANTITY: 9.0, BREAK: 5.0, ",": 2.0, TIME: 0.5, "and": 2.0, "the": 0.5, "a": 0.5, "of": 0.5, "to": 0.5}
LEANS_LEFT = frozenset({"by", "to", "at", "was", "were", "stood", "stands", "is", "hit", "reached", "reaching", "(", BREAK, "up", "down", "fell", "rose"})


def _leftward(scene: Scene, atom: int) -> float:
    """What it costs a number to look right although the words before it point left."""
    return 8.0 if scene.form(atom - 1) in LEANS_LEFT and scene.form(atom + 1) not in ("in", "increase", "rise", "fall", "of") and not _nominal(scene, atom) else 0.0


def _nominal(scene: Scene, atom: int) -> bool:
    return atom + 1 < len(scene.line.atoms) and bool(unit_at(scene, atom + 1))


def _rightward(scene: Scene, atom: int) -> float:
    """What it costs a number to look left although the words after it point right: "a 25 per cent increase in"."""
    after = scene.form(atom + 1)
    noun = scene.line.has(atom + 1, "role:rise") or scene.line.has(atom + 1, "role:fall") if after else False
    if noun and scene.form(atom + 2) in ("in", "of", "on"):
        return 12.0
    return 6.0 if _nominal(scene, atom) or after in scene.tables.known_words and after not in scene.tables.open_words else 0.0


def chosen(ranked: Sequence[Ranked]) -> Hit[Named] | None:
    """The cheapest candidate; None when two metrics tie."""
    if not ranked:
        return None
    first = ranked[0]
    for other in ranked[1:]:
        if other.cost > first.cost + 0.01:
            break
        if other.hit.value.metric.id != first.hit.value.metric.id:
            return None
    return first.hit


def share_of(scene: Scene, atom: int, ranked: Sequence[Ranked]) -> tuple[Hit[Named] | None, Hit[Named] | None]:
    """(part, whole) for "three per cent of <whole> have been <part>": the highest of the clause, and the nearest."""
    near = chosen(ranked)
    if near is None or scene.form(atom + 1) != "of":
        return near, None
    right = [row for row in ranked if row.hit.first > atom and not row.hit.value.cue.weak]
    if not right:
        return near, None
    part = max(right, key=lambda row: (row.hit.value.metric.rank, -row.cost))
    whole = min(right, key=lambda row: row.hit.first)
    if part.hit.value.metric.id == whole.hit.value.metric.id:
        return part.hit, whole.hit
    return part.hit, whole.hit


# --- dimensions


def region(scene: Scene, atom: int, hit: Hit[Named] | None) -> range:
    """The atoms whose words narrow this number: between it and its cue, and on both sides up to the next number's."""
    first = min(atom, hit.first) if hit else atom
    last = max(atom + 1, hit.last) if hit else atom + 1
    return range(_left_edge(scene, first, hit), _right_edge(scene, last))


EDGES = frozenset({",", "and", "or"})


def _left_edge(scene: Scene, first: int, hit: Hit[Named] | None) -> int:
    crowded = any(scene.form(at) == QUANTITY for at in range(first))
    at = first
    while at > 0:
        form = scene.form(at - 1)
        if form in (BREAK, QUANTITY) or (crowded and form in EDGES):
            break
        at -= 1
    del hit
    return at


def _right_edge(scene: Scene, last: int) -> int:
    end = len(scene.line.atoms)
    crowded = any(scene.form(at) == QUANTITY for at in range(last, end))
    at = last
    while at < end:
        form = scene.form(at)
        if form in (BREAK, QUANTITY) or (crowded and form in EDGES):
            break
        at += 1
    return at


class Narrowed(NamedTuple):
    """A dimension told in the region."""

    dim: str
    value: str
    population: bool
    first: int


def narrowed(scene: Scene, metric: Metric, atom: int, where: range) -> Iterator[Narrowed]:
    """Every value of a dimension that the region tells of the metric."""
    for hit in scene.narrowing:
        row = hit.value
        if row.metrics and metric.id not in row.metrics:
            continue
        if not (where.start <= hit.first and hit.last <= where.stop):
            continue
        if row.near and hit.counted != atom:
            continue
        if hit.counted >= 0 and hit.counted != atom:
            continue
        if row.dim == "group" and _mixed(scene, hit):
            continue
        if row.placed and row.population and scene.line.has(hit.last, "institution"):
            continue
        value = _place(scene, hit) if row.placed else row.value
        if value and not row.beside:
            yield Narrowed(row.dim, value, row.population, hit.first)


def _mixed(scene: Scene, hit: Hit[Narrowing]) -> bool:
    """"migrants and foreign criminals": one of several populations told together narrows nothing."""
    before = scene.form(hit.first - 1) in ("and", "or") and hit.first > 1 and unit_at(scene, hit.first - 2) == "people"
    listed = scene.form(hit.last) == "," and any(scene.form(at) == "and" for at in range(hit.last + 2, hit.last + 6))
    after = (scene.form(hit.last) in ("and", "or") or listed) and any(
        unit_at(scene, at) == "people" for at in range(hit.last + 1, min(hit.last + 4, len(scene.line.atoms))))
    return before or after


def beside(scene: Scene, metric: Metric, where: range) -> Iterator[tuple[Narrowing, int]]:
    """The rows that count only beside another figure's value."""
    for hit in scene.narrowing:
        row = hit.value
        if row.beside and (not row.metrics or metric.id in row.metrics) and where.start <= hit.first and hit.last <= where.stop:
            yield row, hit.first


def _place(scene: Scene, hit: Hit[Narrowing]) -> str:
    for at in range(hit.last - 1, hit.first - 1, -1):
        for name, _ in scene.line.classes[at]:
            if name.startswith("place:"):
                return name[6:]
    return ""


def agreed(told: Sequence[Narrowed], scene: Scene, atom: int) -> tuple[dict[str, str], dict[str, str]]:
    """(dims, of them those of the population); two values told side by side narrow nothing, else the nearer one counts."""
    values: dict[str, list[Narrowed]] = {}
    for row in sorted(told, key=lambda row: abs(row.first - atom)):
        values.setdefault(row.dim, []).append(row)
    dims = {dim: rows[0].value for dim, rows in values.items() if not _joined(scene, rows)}
    population = {row.dim: row.value for row in told if row.population and dims.get(row.dim) == row.value}
    return dims, population


def _joined(scene: Scene, rows: Sequence[Narrowed]) -> bool:
    others = [row for row in rows if row.value != rows[0].value]
    if not others:
        return False
    low, high = sorted((rows[0].first, others[0].first))
    return high - low <= 8 and any(scene.form(at) in EDGES or scene.form(at) == "both" for at in range(low, high))
