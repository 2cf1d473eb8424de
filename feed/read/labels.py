"""What a line of a word or two asks, which the next line answers: "Students? 486,107 tickets"."""

from __future__ import annotations

from feed.read.claim import Attached, Memory
from feed.read.narrow import everywhere
from feed.read.scene import Scene

LABEL = 5  # atoms, the question mark among them


def label(view: Scene, memory: Memory) -> None:
    """Remember a short question without numbers; the next sentence answers it."""
    if not view.quantities and len(view.line.forms) <= LABEL and view.form(len(view.line.forms) - 1) == "?":
        memory.label = view


def labelled(view: Scene, found: Attached | None, memory: Memory) -> Attached | None:
    """What a number counts, narrowed by the question that its sentence answers, where its own words do not tell it."""
    asked = memory.label
    if found is None or asked is None or view.sentence.index - asked.sentence.index != 1:
        return found
    known = {*found.dims, *found.dims.values()}  # "And Afghans? From Afghanistan came 16,500" tells one thing
    told = {dim: value for dim, value in everywhere(asked, found.metric).items() if known.isdisjoint((dim, value))}
    return found._replace(dims={**found.dims, **told}) if told else found
