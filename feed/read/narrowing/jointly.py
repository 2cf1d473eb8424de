"""Several countries told together for one number, which no one value of a dimension tells."""

from __future__ import annotations

from feed.model.topic import Metric
from feed.read.narrowing.narrow import off
from feed.read.patterns.lexicon import QUANTITY, Hit
from feed.read.scene import Scene
from feed.read.tables import Narrowing


def several(scene: Scene, metric: Metric, atom: int, where: range) -> bool:
    """As in "seven in 10 came from Iran, Iraq or Syria": of whom it tells is no one value of a dimension."""
    for hit in scene.narrowing:
        row = hit.value
        if not (row.placed and row.population and (not row.metrics or metric.id in row.metrics)):
            continue
        inside = hit.counted == atom or (hit.counted < 0 and where.start <= hit.first and hit.last <= where.stop)
        if inside and _listed(scene, hit.last) and not off(scene, hit) and not _examples(scene, hit):
            return True
    return False


def _listed(scene: Scene, last: int) -> bool:
    """Whether a place that ends there is one of a list that shares one number: "Iran, Iraq and Syria"."""
    if not scene.line.has(last - 1, "place") and not scene.line.has(last - 1, "people"):
        return False
    at, comma = last, False
    while scene.form(at) in LISTING:
        comma = scene.form(at) == ","
        joined = not comma
        at += 1
        if comma and scene.form(at) in LISTING:
            if at == last + 1:  # "6 per cent for Indians, and Afghans, with ..." goes on to others
                return False
            joined, at = True, at + 1
        if not (scene.line.has(at, "place") or scene.line.has(at, "people")):
            return False
        length = max((n for name, n in scene.line.classes[at] if name in ("place", "people")), default=1)
        at += length
        if joined:
            return scene.form(at) not in (QUANTITY, "with", "at", "on", "for") and not scene.bracket(at)
    return False


LISTING = frozenset({",", "and", "or"})


def _examples(scene: Scene, hit: Hit[Narrowing]) -> bool:
    """As in "from countries including Iran and Iraq", "mostly Iraqis and Iranians": no narrowing, but a remark."""
    return scene.met(scene.tables.stating.remarks, hit.first - 4, hit.last)
