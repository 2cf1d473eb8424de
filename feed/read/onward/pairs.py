"""Two numbers told together for the two things counted before: "the figures were 845 and 540", "up 59% and 57%"."""

from __future__ import annotations

from feed.read.claim import Claim, Memory
from feed.read.grammar.nouns import noun_unit
from feed.read.patterns.lexicon import BREAK, QUANTITY
from feed.read.scene import Scene

SENTENCES = 2  # how far back the two things may have been told


def paired(view: Scene, atom: int, memory: Memory) -> Claim | None:
    """The claim that the number goes on about, first of two or second; None when it is not one of a pair.

    A pair has the same unit, no nouns of its own, and no metric named in its own clause.
    """
    first = _first(view, atom)
    if first is None or len(memory.levels) < 2 or _has_own(view, first, memory):
        return None
    one, other = memory.levels[-2:]
    if first < atom and other.scene is view and other.atom == first:
        one, other = other, one
    near = view.sentence.index - one.scene.sentence.index <= SENTENCES
    same = view.sentence.paragraph == one.scene.sentence.paragraph
    if not near or not same or _alike(one, other):
        return None
    return one if first == atom else other


def _alike(one: Claim, other: Claim) -> bool:
    """Whether two claims count the same, so that nothing tells which one is meant."""
    return one.attached.metric.id == other.attached.metric.id and one.attached.dims == other.attached.dims


def _first(view: Scene, atom: int) -> int | None:
    """Where the pair begins that holds the number."""
    for first in (atom, atom - 2):
        if view.form(first) != QUANTITY or view.form(first + 1) != "and" or view.form(first + 2) != QUANTITY:
            continue
        alike = view.quantities[first].unit == view.quantities[first + 2].unit
        before = view.form(first - 1) not in ("between", ",") and view.form(first - 2) != QUANTITY
        if alike and before and not noun_unit(view, first + 2):
            return first
    return None


def _has_own(view: Scene, first: int, memory: Memory) -> bool:
    """Whether a metric is named between the last number and the pair's end: then it is the pair's own."""
    start = next((at for at in range(first - 1, -1, -1) if view.form(at) == QUANTITY), -1)
    start = next((at for at in range(start + 1, first) if view.form(at) in (",", BREAK)), start)  # past its own noun
    fresh = memory.levels[-1].scene is not view
    return any((hit.first > start or fresh) and hit.first < first + 3 for hit in view.metrics)
