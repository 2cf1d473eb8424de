"""In which unit a number counts its metric."""

from __future__ import annotations

from feed.model.topic import Metric
from feed.read.lexicon import Hit
from feed.read.nouns import unit_at
from feed.read.numbers import PERCENT, TIMES
from feed.read.rank import MONEY
from feed.read.scene import Scene
from feed.read.tables import Named

RATES = (("yearly", "/year"), ("daily", "/day"), ("head", "/person"))


def unit_of(view: Scene, atom: int, metric: Metric, noun: str, part: Hit[Named]) -> str:
    """The unit of the number at that atom, by its sign, its noun, its cue's words, else the metric's own."""
    unit = view.quantities[atom].unit
    if unit:
        return unit if unit in (PERCENT, TIMES) else _money(view, atom, metric, unit)
    return counted(view, metric, noun, part)


def counted(view: Scene, metric: Metric, noun: str, part: Hit[Named]) -> str:
    """The unit of a count without a sign, by its noun, by the cue's words, else the metric's own."""
    if part.value.cue.unit:
        return part.value.cue.unit
    if noun in metric.units:
        return noun
    if part.counted < 0:
        for at in range(max(0, part.first - 2), min(part.first + 2, len(view.line.atoms))):
            named = unit_at(view, at)
            if named in metric.units:
                return named
    return next((unit for unit in metric.units if not unit.startswith(MONEY)), metric.units[0])


def _money(view: Scene, atom: int, metric: Metric, unit: str) -> str:
    """As in "an average of £5m ... £6m per year": one rate may stand for both sums."""
    average = any(hit.counted == atom for hit in view.told("average"))
    for cue, rate in RATES:
        hits = view.told(cue)
        shared = bool(hits) and average and cue == "yearly"
        if f"{unit}{rate}" in metric.units and (shared or any(hit.counted == atom for hit in hits)):
            return f"{unit}{rate}"
    return unit
