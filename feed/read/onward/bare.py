"""What a number without a noun tells of its own: a statement, a percentage without its sign, when or of whom."""

from __future__ import annotations

from feed.model.topic import Metric
from feed.read.claim import Memory
from feed.read.grammar.nouns import predicated, unit_at
from feed.read.onward.announced import HEADED
from feed.read.patterns.lexicon import BREAK, TIME
from feed.read.scene import Scene


def stated_anew(view: Scene, atom: int, metric: Metric) -> bool:
    """As in "a further 3,400 were withdrawn": the number is given a statement of its own, which no cue knows."""
    at = atom + 2 if view.form(atom + 1) in MORE else atom + 1  # "a dozen more had their tickets cancelled"
    if at < len(view.line.forms) and unit_at(view, at):  # "27 people are known to have died"
        at += 1
    if view.form(at).endswith("n't"):  # "118,329 people hadn't yet had a decision"
        return True
    told = (
        (hit.counted == atom and hit.last > at) or (metric.id in hit.value.metrics and at < hit.first <= at + 2)
        for hit in view.narrowing
    )
    return predicated(view, at) and not any(told)


MORE = frozenset({"more", "others", "further"})


def rated(view: Scene, atom: int, noun: str) -> bool:
    """As in "53 per cent were granted; for Afghans it was 97": the percentage whose sign is left out."""
    quantity = view.quantities[atom]
    bare = not quantity.unit and not noun and quantity.scale == 1 and max(quantity.numbers) <= WHOLE_RATE
    told = view.form(atom - 1) in ("was", "is", "were", "to", "at") and view.form(atom + 1) in (
        ",",
        ".",
        "",
        BREAK,
        TIME,
    )
    return bare and told


WHOLE_RATE = 100


def told_anew(view: Scene, metric: Metric) -> bool:
    """Whether a sentence tells when or of whom, so that only what it counts is left out; a line of a list need not."""
    if view.times or view.layout in HEADED or view.told("target"):
        return True
    return any(not hit.value.metrics or metric.id in hit.value.metrics for hit in view.narrowing)


def more_of_unknown(view: Scene, atom: int, memory: Memory) -> bool:
    """As in "There were 1,400 thefts, <3 fewer> than in May": by how many something differs that no metric claimed."""
    told = memory.last is not None and memory.last.scene is view
    return view.form(atom + 1) in FEWER and view.form(atom - 1) == "," and not told and view.numbered(0, atom)


FEWER = frozenset({"more", "fewer", "less"})
