"""Tables told line by line: columns under names of what is counted, or under times; labels say for whom or when."""

from __future__ import annotations

from feed.model.topic import Metric
from feed.read.claim import Attached, Cue, Memory
from feed.read.grammar.nouns import unit_at
from feed.read.metric.heard import MONEY
from feed.read.metric.units import counted
from feed.read.narrowing.narrow import labelled, narrowed
from feed.read.numbers import PERCENT
from feed.read.patterns.lexicon import BREAK, Hit
from feed.read.scene import Scene
from feed.read.tables import Named, Narrowing
from feed.read.text.sentences import Document
from feed.read.times import Time

FEW = 2  # parts: a label and its number are no table
PARTING = frozenset({";", "|"})


def tabled(view: Scene, memory: Memory) -> bool:
    """Whether a line is one of a table whose columns the line above it names: as many parts, more than two."""
    heads = (memory.heading, memory.grid)
    return any(_row_of(view, head[0]) for head in heads if head is not None)


def _row_of(view: Scene, above: Scene) -> bool:
    count = parts(view)
    return count > FEW and count == parts(above) and not above.quantities and _follows(view, above)


def column(view: Scene, atom: int, memory: Memory) -> Attached | None:
    """What the number counts by the heading of its column; None when that names no metric, or one of another unit."""
    if memory.grid is not None and _row_of(view, memory.grid[0]):
        return _crossed(view, atom, *memory.grid)
    if memory.heading is None:
        return None
    above, number = memory.heading[0], _part(view, atom)
    named = [hit for hit in above.metrics if _parts_of(above, hit) == {number}]
    hit = max(named, key=lambda each: (each.value.metric.rank, each.last - each.first), default=None)
    unit = view.quantities[atom].unit
    if hit is None or not _fits(hit.value.metric, unit):
        return None
    lead, paragraph = memory.lead
    near = above.sentence.paragraph - paragraph <= NEAR
    return _attached(view, above, hit, unit, lead if near else "")


# --- columns under times


def heads_times(view: Scene) -> bool:
    """Whether a line heads columns of times: "Nationality | 2020 | 2021 | 2022"."""
    columns = {_part(view, at) for at in view.times}
    return len(columns) >= FEW and 0 not in columns and not view.quantities and parts(view) > FEW


def heads_values(view: Scene, named: Cue | None) -> bool:
    """Whether a line heads columns that narrow what was named before: "Year | Forced | Voluntary"."""
    if named is None or view.quantities or parts(view) <= FEW:
        return False
    columns = {_part(view, hit.first) for hit in _narrowing(view, named[1].value.metric)}
    return len(columns - {0}) >= FEW


def _narrowing(view: Scene, metric: Metric) -> list[Hit[Narrowing]]:
    hits = (hit for hit in view.narrowing if not hit.value.metrics or metric.id in hit.value.metrics)
    return [hit for hit in hits if hit.value.value and not hit.value.beside and hit.counted < 0]


def _by_value(view: Scene, atom: int, above: Scene, named: Cue) -> Attached | None:
    """What the heading of its column tells of the metric named before, for whom or when the row's label says."""
    scene, hit = named
    metric, unit, number = hit.value.metric, view.quantities[atom].unit, _part(view, atom)
    column = {row.value.dim: row.value for row in _narrowing(above, metric) if _part(above, row.first) == number}
    label = labelled(view, metric)
    if not column or not _fits(metric, unit) or not (label or any(not _part(view, at) for at in view.times)):
        return None
    whole = narrowed(scene, metric, hit.first, hit, range(len(scene.line.forms)))
    told = {dim: row.value for dim, row in column.items()}
    people = {dim: row.value for dim, row in column.items() if row.population}
    stock = (hit.value.cue.kind or metric.kind) == "stock"
    counts = unit or counted(scene, metric, "", hit)
    rule = f"column of a kind: {hit.value.rule}"
    dims, population = {**whole[0], **label, **told}, {**whole[1], **label, **people}
    return Attached(metric, rule, counts, dims, population, inherited=True, stock=stock)


def named_near(view: Scene, named: Cue | None) -> Cue | None:
    """What the text shortly before a table names, without a number of its own: "The table shows <returns>"."""
    near = named is not None and view.sentence.paragraph - named[0].sentence.paragraph <= NEAR
    return named if near else None


NEAR = 2  # paragraphs


def column_time(view: Scene, atom: int, memory: Memory) -> Time | None:
    """The time that heads the column of a number; None when it stands in no such table."""
    if memory.grid is None or not _row_of(view, memory.grid[0]):
        return None
    above, number = memory.grid[0], _part(view, atom)
    return next((time for at, time in above.times.items() if _part(above, at) == number), None)


def _crossed(view: Scene, atom: int, above: Scene, named: Cue | None) -> Attached | None:
    """What a row's label and the text above the table name; None for a label that tells nothing known."""
    number, unit = _part(view, atom), view.quantities[atom].unit
    if named is not None and not above.times:
        return _by_value(view, atom, above, named)
    if not any(_part(above, at) == number for at in above.times):
        return None  # a column of changes, of notes
    own = [hit for hit in view.metrics if _parts_of(view, hit) == {0}]
    mine = max(own, key=lambda each: (each.value.metric.rank, each.last - each.first), default=None)
    source = (view, mine) if mine else named
    if source is None or not _fits(source[1].value.metric, unit):
        return None
    scene, hit = source
    metric = hit.value.metric
    label = range(next((at for at in range(len(view.line.forms)) if _part(view, at)), 0))
    dims, population = narrowed(scene, metric, hit.first, hit, label if mine else range(len(scene.line.forms)))
    if mine and named and named[1].value.metric.id == metric.id:
        whole = narrowed(named[0], metric, named[1].first, named[1], range(len(named[0].line.forms)))
        dims, population = {**whole[0], **dims}, {**whole[1], **population}
    told = labelled(view, metric)
    if not (mine or told or _whole(view, label)):
        return None
    stock = (hit.value.cue.kind or metric.kind) == "stock"
    counts = unit or counted(scene, metric, "", hit)
    rule = f"column of a time: {hit.value.rule}"
    return Attached(metric, rule, counts, {**dims, **told}, {**population, **told}, inherited=True, stock=stock)


def _whole(view: Scene, label: range) -> bool:
    """As in "Total | 3,384", "All nationalities | 3,384": not "All other nationalities"."""
    said = any(not hit.first for hit in view.told("whole"))
    return said and "other" not in (view.form(at) for at in label)


# --- columns under names


def lead_unit(view: Scene) -> str:
    """The unit of "the number of <people> who ..." in a line that leads to a table; "" for none."""
    heads = (at for at in range(len(view.line.forms)) if view.form(at) in NUMBERS and view.form(at + 1) == "of")
    return next((unit for unit in (unit_at(view, at + 2) for at in heads) if unit), "")


NUMBERS = frozenset({"number", "numbers"})


def _column_unit(above: Scene, hit: Hit[Named], lead: str) -> str:
    """In what a column counts: by its own heading's words, by the line that leads to the table, else the metric's own.

    What stands in the heading of the next column tells nothing of this one.
    """
    metric, mine = hit.value.metric, range(hit.first, hit.last)
    own = next((unit for unit in (unit_at(above, at) for at in mine) if unit in metric.units), "")
    return lead if lead in metric.units else own or counted(above, metric, metric.units[0], hit)


def _attached(view: Scene, above: Scene, hit: Hit[Named], unit: str, lead: str) -> Attached:
    metric = hit.value.metric
    dims, population = narrowed(above, metric, hit.first, hit, range(hit.first, hit.last))
    mine = labelled(view, metric)
    stock = (hit.value.cue.kind or metric.kind) == "stock"
    told = unit or _column_unit(above, hit, lead)
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
