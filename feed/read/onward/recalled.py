"""Counts that are told again: "Of the 47, 13 went to ..." speaks of the 47 told before."""

from __future__ import annotations

from collections.abc import Sequence

from feed.model.figure import Measure
from feed.read.claim import Attached, Claim, Memory
from feed.read.grammar.nouns import partitive
from feed.read.grammar.roles import Role
from feed.read.metric.heard import MONEY
from feed.read.onward.linked import times_apart
from feed.read.patterns.lexicon import QUANTITY, TIME
from feed.read.scene import Scene

NEAR = 2  # sentences that a small number is remembered
LARGE = 1000  # a number that hardly comes twice by chance


def recalled(view: Scene, atom: int, noun: str, memory: Memory) -> Claim | None:
    """The claim of the same count told before, where "the" says that it is known; None when nothing is told again."""
    if view.form(atom - 1) != "the" or view.form(atom - 2) not in ("of", "among", "") or atom > LEAD:
        return None
    quantity = view.quantities[atom]
    before = memory.known.get((quantity.unit, *quantity.numbers))
    if before is None or before.scene is view or noun not in ("", before.attached.unit):
        return None
    near = view.sentence.index - before.scene.sentence.index <= NEAR
    return before if near or abs(quantity.numbers[0]) >= LARGE else None


LEAD = 3  # atoms


def of_sum(view: Scene, atom: int, memory: Memory) -> Claim | None:
    """As in "2.1 million of it has been paid", "lawyers got £75 million of it": the sum that "it" is; else None."""
    quantity, main = view.quantities[atom], memory.main
    if view.form(atom + 1) != "of" or view.form(atom + 2) != "it" or main is None:
        return None
    sums = main.attached.unit.startswith(MONEY) and (quantity.unit.startswith(MONEY) or quantity.scale >= MILLION)
    return main if sums and view.sentence.index - main.scene.sentence.index <= 1 else None


MILLION = 1_000_000


def remember(claim: Claim, memory: Memory) -> None:
    """Keep a level by its number."""
    if claim.role.measure is Measure.LEVEL and not claim.role.compared:
        memory.known[(claim.quantity.unit, *claim.quantity.numbers)] = claim


def equals(view: Scene, found: Attached, role: Role, memory: Memory) -> bool:
    """As in "35,651 of them were in hotels. That's a third.": the part that was told last, as a share of its whole."""
    last = memory.last
    alone = view.form(0) in ("that", "this", "which") and view.form(1) in ("'s", "is", "was", "equals", "makes")
    part = last is not None and last.role.measure is Measure.LEVEL and partitive(last.scene, last.atom)
    near = last is not None and view.sentence.index - last.scene.sentence.index == 1
    if not found.inherited or role.measure is not Measure.SHARE or last is None:
        return False
    return (alone and part and near) or _relative(view, last)


def _relative(view: Scene, last: Claim) -> bool:
    """As in "300 cups were sent back, which is nearly a fifth": a count told again as a share of its whole."""
    at = last.atom + 1
    which = next((here for here in range(at, len(view.line.forms)) if view.form(here) == "which"), -1)
    if last.scene is not view or last.role.measure is not Measure.LEVEL or which < 0 or view.form(which - 1) != ",":
        return False
    return view.form(which + 1) in EQUALS and view.form(which + 2) == QUANTITY and view.form(which + 3) != "of"


EQUALS = frozenset({"is", "was", "are", "were", "'s", "equals", "means", "makes", "represents"})


def in_common(base: Attached, row: Sequence[Claim]) -> Attached:
    """As in "7,000 were <forced> and 9,000 <willing>. Those of Welshmen rose": what all parts told before share."""
    alike = [claim.attached.dims for claim in row if claim.attached.metric.id == base.metric.id]
    if len(alike) < 2:
        return base
    dims = {dim: value for dim, value in base.dims.items() if all(other.get(dim) == value for other in alike)}
    population = {dim: value for dim, value in base.population.items() if dim in dims}
    return base._replace(dims=dims, population=population)


def anew_of(view: Scene) -> bool:
    """As in "Those of Welshmen rose", "Those from Leeds ...": other ones of what was counted before."""
    return view.form(0) in ("those", "that") and view.form(1) in ("of", "from", "by", "for", "to", "among", "involving")


def whole_of_parts(view: Scene, memory: Memory) -> Attached | None:
    """What "the total" is of, where the sentence before told a whole and then its parts."""
    parts = memory.row[1:]
    said = any(view.form(hit.last) != "of" for hit in view.told("the total"))
    anew = view is not memory.row[0].scene and all(_told_apart(part) or _another(parts, part) for part in parts)
    if not parts or not (said or anew):
        return None
    whole = memory.row[0].attached
    narrower = all(
        part.attached.metric.id == whole.metric.id and whole.dims.items() <= part.attached.dims.items()
        for part in parts
    )
    return whole if narrower else None


def _told_apart(part: Claim) -> bool:
    """As in "1,179 were held, 96 of them women. A year before there were 709.": what follows is about the whole."""
    return partitive(part.scene, part.atom) and part.role.measure is Measure.LEVEL


def _another(parts: list[Claim], part: Claim) -> bool:
    """As in "of whom 909 were Welsh, <675 Manx>": one more of the parts that the first is told as."""
    first = parts[0].attached
    told = part.attached.population
    return _told_apart(parts[0]) and told.keys() == first.population.keys() and told != first.population


def of_total(view: Scene, atom: int, base: Attached) -> bool:
    """As in "Of those who left 47% were Welsh. The 2022 total was 7% up": the whole, not its last part."""
    if not base.own or QUANTITY in view.line.forms[:atom]:
        return False
    lead = 2 if view.form(0) == TIME and view.form(1) == "," else 0  # "The year before, the total was ..."
    heads = (hit for hit in view.told("the total") if hit.first == lead and hit.last <= atom)
    return any(view.form(hit.last) != "of" for hit in heads)


def is_whole(view: Scene, atom: int) -> bool:
    """As in "909 Welshmen out of 4,548 people", "300 of a total of 4,548": the whole is not narrowed as its part."""
    at = atom - 1
    while view.form(at) in ("a", "an", "the", "total", "all", "overall") or (
        view.form(at) == "of" and view.form(at - 1) == "total"
    ):
        at -= 1
    return view.form(at) == "of" and (view.form(at - 1) == "out" or view.form(at - 2) == QUANTITY or at < atom - 1)


def of_its_size(view: Scene, atom: int, last: Claim, memory: Memory) -> Attached | None:
    """As in "There were 47 vans, which took 883 people. That compares with 36 in 2019": of two counts the like one."""
    quantity = view.quantities[atom]
    if quantity.unit or last.scene is view or view.form(0) not in COMPARING or view.form(1) not in COMPARES:
        return None
    counts = [row for row in memory.row if row.role.measure is Measure.LEVEL and not row.quantity.unit]
    near, *others = sorted(counts, key=lambda row: times_apart(quantity, row.quantity)) or [last]
    other = next((row for row in others if row.attached.unit != near.attached.unit), near)
    clear = times_apart(quantity, other.quantity) > CLEARLY * times_apart(quantity, near.quantity)
    return near.attached if clear else None


COMPARING = frozenset({"that", "this", "it", "these", "those", "which"})
COMPARES = frozenset({"compares", "compare", "compared", "contrasts"})
CLEARLY = 5  # times
