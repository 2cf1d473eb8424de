"""In which unit a number counts its metric."""

from __future__ import annotations

from functools import partial

from feed.model.topic import Metric
from feed.read.claim import Memory
from feed.read.grammar.nouns import unit_at
from feed.read.metric.heard import MONEY
from feed.read.numbers import PERCENT, TIMES
from feed.read.patterns.lexicon import Hit
from feed.read.scene import Scene
from feed.read.tables import Named

RATES = (("yearly", "/year"), ("daily", "/day"), ("head", "/person"))


def unit_of(view: Scene, atom: int, metric: Metric, noun: str, part: Hit[Named]) -> str:
    """The unit of the number at that atom, by its sign, its noun, its cue's words, else the metric's own."""
    unit = view.quantities[atom].unit
    if unit:
        return unit if unit in (PERCENT, TIMES) else money_unit(view, atom, metric, unit)
    whole = _of_known(view, atom, metric) or ("" if noun else _subject(view, metric))
    return whole or counted(view, metric, noun, part)


def _subject(view: Scene, metric: Metric) -> str:
    """As in "Of claims decided, 15,600 were refused": the whole that a sentence opens with tells its parts' unit."""
    if view.form(0) != "of":
        return ""
    unit = next(
        (unit for unit in map(partial(unit_at, view), range(1, min(OPENING, len(view.line.forms)))) if unit), ""
    )
    return unit if unit in metric.units else ""


OPENING = 5  # atoms


def _of_known(view: Scene, atom: int, metric: Metric) -> str:
    """As in "11,234 of the claims": what the number is a part of tells its unit."""
    at = atom + 1
    if view.form(at) != "of":
        return ""
    while view.form(at + 1) in DETERMINERS:
        at += 1
    unit = unit_at(view, at + 1)
    return unit if unit in metric.units else ""


DETERMINERS = frozenset({"the", "all", "these", "those", "its", "their"})


def of_those(view: Scene, atom: int, metric: Metric, memory: Memory, noun: str, part: Hit[Named]) -> str:
    """As in "ruled on 77,020 claims. Of these 51,469 ended in ...", ", of which 8,100": the whole's unit is theirs."""
    opens = view.form(0) == "of" and (view.form(1) in WHOLE or view.form(2) == "rest")
    within = (view.form(atom - 2), view.form(atom - 1)) == ("of", "which") or (
        view.form(atom + 1) == "of" and view.form(atom + 2) in THOSE
    )
    named = noun or part.value.cue.unit or view.quantities[atom].unit
    if named or not (opens or within) or not memory.levels:
        return ""
    units = [row.attached.unit for row in reversed(memory.levels)]
    return next((unit for unit in units if unit in metric.units and not unit.startswith(MONEY)), "")


THOSE = frozenset({"which", "them", "these"})
WHOLE = frozenset({"whom", "which", "them", "those", "these"})


def counted(view: Scene, metric: Metric, noun: str, part: Hit[Named]) -> str:
    """The unit of a count without a sign, by its noun, by the cue's words, else the metric's own."""
    if part.value.cue.unit:
        return part.value.cue.unit
    if noun in metric.units:
        return noun
    if view.form(part.counted + 1) == "the" and unit_at(view, part.counted + 2) in metric.units:
        return unit_at(view, part.counted + 2)  # "95,252: The claims that await a decision"
    if part.counted < 0:
        own = [at for at in range(part.first, part.first + 3) if not view.form(at).endswith("ed")]
        for at in (*own, *range(max(0, part.first - 2), part.first), _head(view, part.first)):
            named = unit_at(view, at)
            if named in metric.units:
                return named
    return next((unit for unit in metric.units if not unit.startswith(MONEY)), metric.units[0])


def _head(view: Scene, first: int) -> int:
    """As in "the claims that were still <waiting>": the noun of which a clause in front of a cue's words tells."""
    at = first - 1
    while view.form(at) in view.tables.stating.auxiliary or view.form(at) == "still":
        at -= 1
    return at - 1 if view.form(at) in RELATIVE else first


RELATIVE = frozenset({"that", "which", "who"})


def money_unit(view: Scene, atom: int, metric: Metric, unit: str) -> str:
    """The unit of a sum: by the year, the day or the person when its words say so.

    As in "an average of £5m ... £6m per year": one rate may stand for both sums.
    """
    average = view.tells("average", atom)
    for cue, rate in RATES:
        hits = view.told(cue)
        shared = bool(hits) and average and cue == "yearly"
        if f"{unit}{rate}" in metric.units and (shared or any(hit.counted == atom for hit in hits)):
            return f"{unit}{rate}"
    return unit
