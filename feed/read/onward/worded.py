"""A number that words of its own name, with those words."""

from __future__ import annotations

from typing import NamedTuple

from feed.model.topic import Metric
from feed.read.claim import Attached, Claim, Memory
from feed.read.grammar.roles import Role
from feed.read.narrowing.narrow import Dims
from feed.read.patterns.lexicon import Hit
from feed.read.scene import Scene
from feed.read.tables import Named


class Worded(NamedTuple):
    """A number that words of its own name, with those words: its noun's unit, its metric's cue, and whom it tells of.

    `population`: those dimensions that its words tell of who is counted. `before`: what it would count if it only went
    on about the text before.
    """

    view: Scene
    atom: int
    role: Role
    noun: str
    part: Hit[Named]
    population: Dims
    before: Attached | None

    @property
    def metric(self) -> Metric:
        """What is counted."""
        return self.part.value.metric

    @property
    def vague(self) -> bool:
        """Whether only weak words name its metric, and none tell who is counted."""
        return self.part.value.cue.weak and not (self.population or self.noun)

    def beside(self, memory: Memory) -> Claim | None:
        """The number before it in its sentence, where that counts the same."""
        last = memory.last
        return last if last and last.scene is self.view and last.attached.metric.id == self.metric.id else None

    def lately(self, memory: Memory) -> Claim | None:
        """The last number of its sentence or of the one before."""
        last = memory.last
        return last if last and self.view.sentence.index - last.scene.sentence.index <= 1 else None
