"""Whether a number goes on with the one before it by its place in a clause, whatever its own words may name."""

from __future__ import annotations

from collections.abc import Sequence

from feed.read.claim import Memory
from feed.read.grammar.compared import compared_level
from feed.read.grammar.nouns import partitive, predicated, unit_at
from feed.read.grammar.roles import Role
from feed.read.metric.excluded import HAPPENS
from feed.read.metric.rank import Ranked
from feed.read.onward.anaphora import STATING, anew
from feed.read.patterns.lexicon import BREAK, QUANTITY, Hit
from feed.read.scene import Scene
from feed.read.tables import Named


def tied(view: Scene, role: Role, noun: str, memory: Memory) -> bool:
    """Whether what two metrics claim alike stays with the number that it is compared with."""
    return role.compared and not noun and memory.last is not None and memory.last.scene is view


def untold_part(view: Scene, atom: int, ranked: Sequence[Ranked]) -> bool:
    """As in "13 vans have <left>, three of them for Wales": words of the whole's own clause tell nothing of a part."""
    return partitive(view, atom) and all(row.hit.value.cue.weak and row.hit.last <= atom for row in ranked)


def subject(view: Scene, atom: int, cue: Hit[Named]) -> bool:
    """As in "; a third came by ...", "of which a third came by ...": a share that its own clause is about."""
    part = partitive(view, atom) and not anew(view, atom)
    return part or (cue.first > atom and view.form(atom - 1) in CLAUSAL and view.form(atom + 1) in STATING)


def told_apart(view: Scene, first: int, atom: int) -> bool:
    """As in "despite the pledge to cut them, 5,000 have come": whether a clause of its own states the number.

    `first`: where the words begin that might speak of it. Not so in "vowed to cut them, to 5,000", "and 5,000 will go".
    """
    joint = max((at for at in range(first + 1, atom) if _joins(view, at)), default=None)
    if joint is None or view.form(atom - 1) == "to":
        return False
    behind = range(atom + 1, atom + PREDICATE)
    stop = next((at for at in behind if view.form(at) in STOPS), atom + PREDICATE)
    stated = (*range(joint + 1, atom), *range(atom + 1, stop))
    ahead = view.tables.clauses.modals | {"to"}
    verb = next((at for at in stated if view.form(at) in ahead or _states(view, at) or _did(view, at, atom)), None)
    return verb is not None and view.form(verb) not in ahead


def _joins(view: Scene, at: int) -> bool:
    return view.form(at) in (",", "and", "but") or (view.form(at) == BREAK and not view.bracket(at))


def _did(view: Scene, at: int, atom: int) -> bool:
    """As in "they aim to send more; they <baked> 5,000"."""
    return at < atom and view.form(at).endswith("ed")


def _states(view: Scene, at: int) -> bool:
    form = view.form(at)
    return form in view.tables.stating.auxiliary - UNFINISHED or form in STOOD or view.line.has(at, HAPPENS)


PREDICATE = 6  # atoms from a number to its verb
UNFINISHED = frozenset({"be", "been", "being", "also", "then", "later"})
STOOD = frozenset({"stood", "stands", "still", "did", "live", "lived"})
STOPS = frozenset({BREAK, ",", QUANTITY, ""})
CLAUSAL = frozenset({BREAK, ",", "and", "while", "but"})


def names_part(view: Scene, atom: int, hit: Hit[Named], memory: Memory) -> bool:
    """As in "5,000 <left>, of whom 300 were <boat people> and 40 <gaolbirds>": who they were, not what they did."""
    last = memory.last
    if last is None or last.attached.metric.id == hit.value.metric.id:
        return False
    included = any(row.last in (atom, atom - 1) for row in view.told("parts"))
    next_ = view.sentence.index - last.scene.sentence.index == 1 and not view.numbered(0, atom)
    goes_on = included or (view.form(atom + 1) == "of" and not anew(view, atom))
    if last.scene is not view and not (next_ and goes_on):
        return False
    told = [row for row in memory.row if row.attached.metric.id == last.attached.metric.id]
    listed = view.form(atom - 1) in ("and", ",") and any(partitive(view, row.atom) for row in told)
    if hit.first < atom or not (partitive(view, atom) or listed or included):
        return False
    people = (row for row in view.narrowing if row.value.population and last.attached.metric.id in row.value.metrics)
    start = max(hit.first, atom + 1)
    return any(row.first <= start and hit.last <= row.last and row.last - start < row.last - atom for row in people)


def stated_otherwise(view: Scene, atom: int) -> bool:
    """As in "Of those <counted>, 2,143 have been located": what is stated of the part is unknown to the pack."""
    if view.form(0) not in ("of", "out", "among") or not any(hit.last < atom for hit in view.metrics):
        return False
    if not any(view.form(at) == "," for at in (atom - 1, atom - 2)):
        return False
    at = atom + 2 if unit_at(view, atom + 1) else atom + 1
    known = [(hit.counted, hit.first) for hit in view.narrowing] + [(hit.counted, hit.first) for hit in view.metrics]
    return predicated(view, at) and not any(counted == atom or at < first <= at + 2 for counted, first in known)


def beside_lost(view: Scene, atom: int, memory: Memory) -> bool:
    """As in "62% were freed, up from 58%": what is compared with a number that nothing claims is claimed by nothing."""
    if memory.lost is None or memory.lost[0] is not view or unit_at(view, atom + 1):
        return False
    before, last = memory.lost[1], memory.last
    claimed = last is not None and last.scene is view and last.atom > before
    if claimed or view.quantities[before].unit != view.quantities[atom].unit or not compared_level(view, atom):
        return False
    moved = view.form(atom - 1) == "from" and view.form(atom - 3) == ","  # ", up from 58%"
    return moved or not any(before < hit.first < atom for hit in view.metrics)
