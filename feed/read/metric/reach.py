"""What it costs a number to reach over clauses for the words that may tell what it counts."""

from __future__ import annotations

from feed.read.metric.heard import RELATIVE
from feed.read.numbers import PERCENT
from feed.read.patterns.lexicon import BREAK, QUANTITY, Hit
from feed.read.scene import Scene
from feed.read.tables import Named

DEAREST = 40.0  # a dearer attachment is none
BARRED = 2 * DEAREST
OWNED = 10.0
SUBORDINATE = 7.0


def owned(scene: Scene, atom: int, hit: Hit[Named]) -> float:
    """What it costs to reach into another clause for a cue that has a number there: "X fell to 5, while Y ..."."""
    first, last = (hit.last, atom) if hit.last <= atom else (atom + 1, hit.first)
    breaks = [at for at in range(first, last) if scene.form(at) == BREAK and not scene.bracket(at)]
    if hit.first > atom and (_of_part(scene, atom, hit) or _did_so(scene, atom)):
        return BARRED
    if not breaks:
        return BARRED if _of_next_clause(scene, atom, hit) else 0.0
    step, start = (1, hit.last) if hit.first > atom else (-1, hit.first - 1)
    edges = (BREAK, ",") if step > 0 else (BREAK,)
    outward = _outward(scene, start, step)
    end = start if scene.quantities[atom].unit == PERCENT else 0
    end = end if step < 0 else (outward[-1] if outward else start)
    stop = next((at for at in outward if scene.form(at) in edges and not scene.bracket(at)), end)
    clause = range(breaks[-1] + 1, stop + 1) if step > 0 else range(stop, breaks[0])
    if not any(scene.form(at) == QUANTITY for at in clause):
        return 0.0
    return BARRED if hit.first > atom else OWNED


def _of_part(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "109,024 people, 35,651 of whom were <in vans>": what is stated of a part."""
    for at in range(atom + 2, hit.first):
        counted = scene.form(at - 1) == "," and at in scene.quantities and scene.quantities[at].unit != PERCENT
        if counted and scene.form(at + 1) == "of" and scene.form(at + 2) in ("whom", "which"):
            return "," not in scene.line.forms[at + 3 : hit.first]  # "62, two of whom were ill, <were sent back>"
    return False


def _did_so(scene: Scene, atom: int) -> bool:
    """As in "Most ask for tea. Last year 110,051 people did so, and ...": states what the text before told."""
    if "so" not in scene.spoken:
        return False
    return any(scene.form(at) in DOES and scene.form(at + 1) == "so" for at in range(atom + 1, atom + 4))


DOES = frozenset({"do", "does", "did", "done", "doing"})


def _of_next_clause(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "13,000 people have come and 100 have <left>": each number has a statement of its own."""
    stated = scene.tables.stating.auxiliary
    joint = next((at for at in range(atom + 1, hit.first) if scene.form(at) in ("and", "but", "while")), hit.first)
    predicated = scene.form(atom - 1) in stated and scene.form(atom - 2) in STANDING
    predicated = predicated and scene.form(joint - 1) == ","
    its = scene.form(hit.first - 1) in stated or scene.form(hit.first) in stated
    own = its and (predicated or scene.met(stated, atom + 1, joint))
    return own and scene.numbered(joint, hit.first)


STANDING = frozenset({"it", "that", "this", "these", "those", "they"})  # "In 2023 <it> was 927, and 300 were sent back"


def _outward(scene: Scene, start: int, step: int) -> range:
    return range(start, len(scene.line.forms)) if step > 0 else range(start, -1, -1)


def subordinate(scene: Scene, atom: int, hit: Hit[Named]) -> float:
    """What it costs a cue to stand in a relative clause or an infinitive that only tells who is meant."""
    if not _stated_after(scene, atom, hit):
        return 0.0
    for at in range(hit.first, max(atom, hit.first - 4), -1):
        infinitive = scene.form(at) == "to" and (at + 1 == hit.first or scene.form(at + 1) == "have")
        if infinitive or scene.form(at) in RELATIVE:
            return SUBORDINATE
    return 0.0


def _stated_after(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """Whether another metric is told between that cue and the next number."""
    end = len(scene.line.forms)
    stop = next((at for at in range(atom + 1, end) if scene.form(at) == QUANTITY), end)
    mine = hit.value.metric.id
    return any(
        hit.last <= other.first and other.last <= stop and other.value.metric.id != mine for other in scene.metrics
    )
