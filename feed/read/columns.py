"""Tables told line by line: each column counts what its own heading names, for whom or when the line's label says."""

from __future__ import annotations

from feed.model.topic import Metric
from feed.read.claim import Attached, Memory
from feed.read.heard import MONEY
from feed.read.lexicon import BREAK, Hit
from feed.read.narrow import labelled, narrowed
from feed.read.numbers import PERCENT
from feed.read.scene import Scene
from feed.read.sentences import Document
from feed.read.tables import Named
from feed.read.units import counted

FEW = 2  # parts: a label and its number are no table
PARTING = frozenset({";", "|"})


def tabled(view: Scene, memory: Memory) -> bool:
    """Whether a line is one of a table whose columns the line above it names: as many parts, more than two."""
    if memory.heading is None:
        return False
    above = memory.heading[0]
    count = parts(view)
    return count > FEW and count == parts(above) and not above.quantities and _follows(view, above)


def column(view: Scene, atom: int, memory: Memory) -> Attached | None:
    """What the number counts by the heading of its column; None when that names no metric, or one of another unit."""
    if memory.heading is None:
        return None
    above, number = memory.heading[0], _part(view, atom)
    named = [hit for hit in above.metrics if _parts_of(above, hit) == {number}]
    hit = max(named, key=lambda each: (each.value.metric.rank, each.last - each.first), default=None)
    unit = view.quantities[atom].unit
    if hit is None or not _fits(hit.value.metric, unit):
        return None
    return _attached(view, above, hit, unit)


def _attached(view: Scene, above: Scene, hit: Hit[Named], unit: str) -> Attached:
    metric = hit.value.metric
    dims, population = narrowed(above, metric, hit.first, hit, range(hit.first, hit.last))
    mine = labelled(view, metric)
    stock = (hit.value.cue.kind or metric.kind) == "stock"
    told = unit or counted(above, metric, "", hit)
    rule = f"column: {hit.value.rule}"
    return Attached(metric, rule, told, {**dims, **mine}, {**population, **mine}, inherited=True, stock=stock)


def _fits(metric: Metric, unit: str) -> bool:
    if metric.kind == "rate":
        return unit == PERCENT
    return unit != PERCENT and unit.startswith(MONEY) is metric.units[0].startswith(MONEY)


def _follows(view: Scene, above: Scene) -> bool:
    """Whether only lines of the same table stand between."""
    between = range(above.sentence.paragraph + 1, view.sentence.paragraph)
    return all(parted(view.document, at) for at in between)


def parted(document: Document, paragraph: int) -> bool:
    """Whether a line has parts, as those of a table."""
    row = document.paragraphs[paragraph]
    return any(document.tokens[at].text in PARTING for at in range(row.first, row.last))


def parts(view: Scene) -> int:
    """In how many parts a line is told."""
    return sum(form in PARTING for form in view.words.forms) + 1


def _parts_of(view: Scene, hit: Hit[Named]) -> set[int]:
    return {_part(view, at) for at in range(hit.first, hit.last) if view.form(at) != BREAK}


def _part(view: Scene, atom: int) -> int:
    """In which part of its line an atom stands, from 0 on."""
    return sum(form in PARTING for form in view.words.forms[: view.line.firsts[atom]])
