"""One office or scheme: what was told of it in the order from which it holds, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce

from feed.model.fact import OVER, STAGES
from feed.model.line import refolded
from feed.model.standing import State
from feed.model.tree import Tree

Now = tuple[State, int]  # the state that stands, and the latest stage of its life that was ever told


@dataclass(frozen=True, slots=True)
class Reign:
    """The states of one subject, each with what stands after it; and those that set nothing, as `aside`.

    Never changes; `with_state` makes another one.
    """

    steps: Tree[tuple[object, ...], tuple[State, Now]] = field(default_factory=Tree)
    aside: Tree[tuple[object, ...], State] = field(default_factory=Tree)

    @property
    def standing(self) -> State | None:
        """Which state stands: the one that holds from the latest day. What is over, or undated history, sets nothing.

        A scheme's life runs one way: told after a later stage, an earlier one is history and sets nothing, and what was
        scrapped or has ended stays so, unless a reviewer decides otherwise.
        """
        last = self.steps.last()
        return None if last is None else last[1][1][0]

    @property
    def states(self) -> Iterator[State]:
        """All of them."""
        yield from (state for state, _ in self.steps.values())
        yield from self.aside.values()

    def with_state(self, new: State) -> Reign:
        """With one more state."""
        if new.over or new.as_of is None:
            return Reign(self.steps, self.aside.put(new.order, new))
        steps = self.steps.put(new.order, (new, (new, -1)))
        return Reign(refolded(steps, new.order, _after), self.aside)

    def without(self, gone: frozenset[str]) -> Reign:
        """Without those states."""
        return reign(state for state in self.states if state.id not in gone)


def reign(states: Iterable[State]) -> Reign:
    """The reign that these states of one subject make."""
    return reduce(Reign.with_state, states, Reign())


def _after(now: Now | None, new: State) -> Now:
    stage = STAGES.get(new.value) if new.subject.startswith("scheme ") else None
    if now is None or new.reviewed:
        return new, stage or 0
    state, reached = now
    goes_on = reached < OVER and (stage is None or stage >= reached)
    return (new if goes_on or stage == OVER else state), max(reached, stage or 0)
