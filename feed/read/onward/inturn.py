"""Numbers told in turn for what was named in turn: "tea, cake and soup rose by 12, 30 and 48 per cent"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from feed.read.claim import Attached, Memory
from feed.read.metric.rank import Ranked
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME, Hit
from feed.read.scene import Scene
from feed.read.tables import Narrowing

NOWHERE = range(0)
JOINTS = frozenset({",", "and"})
LEADING = frozenset({"to", "from", "for", "in", "by", "of"})


class Turn(NamedTuple):
    """Which one of several numbers it is, from 0, of how many, and where the first of them stands."""

    place: int
    whole: int
    first: int


class Country(NamedTuple):
    """A country or its people where a sentence names it: its atoms and its code."""

    first: int
    last: int
    code: str


def named_in_turn(view: Scene, atom: int) -> range | None:
    """The atoms that name what the number counts, where a list of several numbers follows one of as many metrics.

    Empty where the two lists are not of one length, so that nothing tells which is whose; None where no two lists are.
    """
    told = _turn(view, atom)
    if told is None:
        return None
    parts = _parts(view, told.first)
    cues = [hit for hit in view.metrics if hit.counted < 0]
    kinds = [{hit.value.metric.id for hit in cues if _holds(part, hit.first, hit.last)} for part in parts]
    heads = [kind for kind in kinds if kind]
    if len(heads) < 2 or set.intersection(*heads):
        return None
    return parts[told.place] if len(heads) == len(parts) == told.whole else NOWHERE


def step(ranked: Sequence[Ranked], where: range | None) -> Sequence[Ranked]:
    """The candidates that stand in one part of such a list; all where there is none."""
    if where is None:
        return ranked
    return [row for row in ranked if _holds(where, row.hit.first, row.hit.last)]


def placed_in_turn(view: Scene, atom: int, found: Attached, memory: Memory) -> Attached | None:
    """With the country of the number, where numbers are told country by country; None where nothing tells of which.

    As in "<trips> to Wales, Kent and Man came to 53, 29 and 24", "<trips> to Wales came to 53, to Kent 29 and Man 24".
    """
    told = _turn(view, atom)
    places = _listed(view, told.first) if told else []
    if told is None or len(places) < 2:
        return _beside(view, atom, _as_listed(view, atom, found, memory), memory)
    dim = next((hit.value.dim for hit in view.narrowing if _names(hit, found, places)), "")
    if not dim or told.whole != len(places):
        return None if dim else found
    return _placed(found, dim, places[told.place].code)


def _placed(found: Attached, dim: str, code: str) -> Attached:
    population = {**found.population, dim: code} if dim in found.population or found.several else found.population
    return found._replace(dims={**found.dims, dim: code}, population=population, several=False)


def _turn(view: Scene, atom: int) -> Turn | None:
    """Where a number stands in a list of nothing but numbers of one unit; None when it is in no such list."""
    first = last = atom
    while (before := _joined(view, first, -1)) is not None:
        first = before
    while (behind := _joined(view, last, 1)) is not None:
        last = behind
    run = [at for at in range(first, last + 1) if view.form(at) == QUANTITY]
    return Turn(run.index(atom), len(run), first) if len(run) > 1 else None


def _joined(view: Scene, atom: int, way: int) -> int | None:
    """The next number of a list that way: nothing but a comma and "and" stand between."""
    at = atom + way
    while view.form(at) in JOINTS and abs(at - atom) <= 2:
        at += way
    alike = abs(at - atom) > 1 and view.form(at) == QUANTITY
    return at if alike and view.quantities[at].unit == view.quantities[atom].unit else None


def _parts(view: Scene, first: int) -> list[range]:
    """What stands before a list of numbers in its clause, part by part; nothing where it holds another number."""
    ends = (at for at in range(first - 1, -1, -1) if view.form(at) in (BREAK, QUANTITY))
    start = next(ends, -1) + 1
    if view.form(start - 1) == QUANTITY and start:
        return []
    lead = next((at for at in range(start, start + LEAD) if view.form(at) == TIME), -1)
    start = lead + 2 if lead >= 0 and view.form(lead + 1) == "," else start
    joints = [at for at in range(start, first) if view.form(at) in JOINTS]
    edges = [start - 1, *joints, first]
    return [range(low + 1, high) for low, high in pairwise(edges) if high - low > 1]


LEAD = 4  # atoms of a time that opens a clause


def _holds(part: range, first: int, last: int) -> bool:
    return part.start <= first and last <= part.stop


def _mentioned(view: Scene, first: int, last: int) -> list[Country]:
    """The countries and peoples that are named among those atoms."""
    found: list[Country] = []
    for at in range(max(first, 0), last):
        sizes = [size for name, size in view.line.classes[at] if name in ("place", "people")]
        code = next((name[6:] for name, _ in view.line.classes[at] if name.startswith("place:")), "")
        if sizes and code and not (found and at < found[-1].last):
            found.append(Country(at, at + max(sizes), code))
    return found


def _listed(view: Scene, first: int) -> list[Country]:
    """The last list of countries before that atom in its clause: "Wales, Kent and Man"."""
    start = next((at for at in range(first - 1, -1, -1) if view.form(at) in (BREAK, QUANTITY)), -1) + 1
    run: list[Country] = []
    for row in _mentioned(view, start, first):
        apart = bool(run) and {*view.line.forms[run[-1].last : row.first]} <= JOINTS
        run = [*run, row] if apart else [row]
    return run


def _names(hit: Hit[Narrowing], found: Attached, places: Sequence[Country]) -> bool:
    fits = hit.value.placed and (not hit.value.metrics or found.metric.id in hit.value.metrics)
    return fits and any(row.first in range(hit.first, hit.last) for row in places)


def _beside(view: Scene, atom: int, found: Attached, memory: Memory) -> Attached | None:
    """As in "..., <Kent> 29": the number of the country that stands right before it, told as the one before was."""
    row = next((row for row in _mentioned(view, atom - REACH, atom) if row.last == atom), None)
    if row is None or row.code in found.dims.values():
        return found
    joint = row.first - 2 if view.form(row.first - 1) in LEADING else row.first - 1
    last = memory.last
    if view.form(joint) not in JOINTS or not view.numbered(0, joint):
        return found
    if last is None or last.scene is not view or last.atom > joint:
        return None
    dims = [dim for dim, value in last.attached.dims.items() if any(n.code == value for n in _mentioned(view, 0, atom))]
    same = last.attached.metric.id == found.metric.id and len(dims) == 1
    return _placed(found, dims[0], row.code) if same else None


def _as_listed(view: Scene, atom: int, found: Attached, memory: Memory) -> Attached:
    """As in "They went to Wales (53), <Kent> (29) and ...": a place named bare is what the one before it was."""
    last = memory.last
    if last is None or last.scene is not view or last.attached.metric.id != found.metric.id:
        return found
    named = [row for row in _mentioned(view, last.atom + 1, atom) if view.line.has(row.first, "place")]
    bare = len(named) == 1 and view.form(named[0].first - 1) in JOINTS and named[0].last >= atom - 1
    dims = [dim for dim, value in last.attached.dims.items() if any(n.code == value for n in _mentioned(view, 0, atom))]
    if not bare or len(dims) != 1 or found.dims.get(dims[0]) == named[0].code:
        return found
    others = {dim for dim, value in found.dims.items() if value == named[0].code}
    kept = found._replace(
        dims={dim: value for dim, value in found.dims.items() if dim not in others},
        population={dim: value for dim, value in found.population.items() if dim not in others},
    )
    return _placed(kept, dims[0], named[0].code) if others else found


REACH = 4  # atoms of a country's name
