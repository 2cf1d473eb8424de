"""One office or scheme: what was told of it in the order from which it holds, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce

from feed.model.fact import OVER, STAGES
from feed.model.line import refolded
from feed.model.standing import Order, State
from feed.model.tree import Tree

Out = tuple[str, str, str, str, int, str]  # the day of publication, or "", and the order
Now = tuple[State, int]  # the state that stands, and the latest stage of its life that was ever told


@dataclass(frozen=True, slots=True)
class Reign:
    """The states of one subject, each with what stands after it; and those that set nothing, as `aside`.

    `out` has all of them by the day of their publication ("" when that is not known). `past` is the reign of those
    whose day is known, None when that is all. Never changes; `with_state` makes another one.
    """

    steps: Tree[Order, tuple[State, Now]] = field(default_factory=Tree)
    aside: Tree[Order, State] = field(default_factory=Tree)
    out: Tree[Out, State] = field(default_factory=Tree)
    past: Reign | None = None

    @property
    def standing(self) -> State | None:
        """Which state stands: the one that holds from the latest day. What is over, or undated history, sets nothing.

        A scheme's life runs one way: told after a later stage, an earlier one is history and sets nothing, and what was
        scrapped or has ended stays so, unless a reviewer decides otherwise.
        """
        last = self.steps.last()
        return None if last is None else last[1][1][0]

    @property
    def latest(self) -> str | None:
        """The last day on which one of them was published, "" when no such day is known; None when there is none."""
        last = self.out.last()
        return None if last is None else last[0][0]

    @property
    def states(self) -> Iterator[State]:
        """All of them."""
        yield from (state for state, _ in self.steps.values())
        yield from self.aside.values()

    @property
    def dated(self) -> Reign:
        """The reign of the states whose day of publication is known, as if there were no others."""
        return self if self.past is None else self.past

    def on(self, days: Iterable[str]) -> Iterator[tuple[str, State | None]]:
        """What stood at the end of each of these days, by what had been published. Takes as long as the reign is.

        Of the latest day alone, or days after it, nothing else is looked at.
        """
        asked = sorted(days)
        if asked and asked[0] >= (self.latest or ""):
            yield from ((day, self.dated.standing) for day in asked)
            return
        told, known = [*self.dated.out.values()][::-1], Reign()
        for day in asked:
            while told and told[-1].published <= day:
                known = known.with_state(told.pop())
            yield day, known.standing

    def out_on(self, days: Iterable[str]) -> set[str]:
        """Those of these days on which a state of it was published."""
        return {day for day in days if (at := self.out.next((day,))) is not None and at[0] == day}

    def changed(self, other: Reign) -> set[str]:
        """The days on which something else may have stood, by what had been published, than by another reign.

        Of two of which one goes on where the other ends, only the days of what is new in it.
        """
        one, more = self.dated, other.dated
        differ = (*one.steps.changed(more.steps), *one.aside.changed(more.aside))
        sides = ((one.get(key), more.get(key)) for key in differ)
        new = {told.published for pair in sides if None in pair for told in pair if told is not None}
        if not new or min(new) >= min(self.latest or "", other.latest or ""):
            return new
        return {told.published for side in (one, more) for told in side.states if told.published >= min(new)}

    def get(self, order: Order) -> State | None:
        """The state of that order, None when there is none."""
        step = self.steps.get(order)
        return self.aside.get(order) if step is None else step[0]

    def with_state(self, new: State) -> Reign:
        """With one more state."""
        past, out = self._past_with(new), self.out.put(_out(new), new)
        if new.aside:
            return Reign(self.steps, self.aside.put(new.order, new), out, past)
        steps = self.steps.put(new.order, (new, (new, -1)))
        return Reign(refolded(steps, new.order, _after), self.aside, out, past)

    def _past_with(self, new: State) -> Reign | None:
        if new.published:
            return None if self.past is None else self.past.with_state(new)
        return reign(self.states) if self.past is None else self.past

    def without(self, old: State) -> Reign:
        """Without one of its states. Takes as long as what stands otherwise."""
        out = self.out.without(_out(old))
        first = out.next(("",))
        past = None if first is None or first[0] else self.past  # all that is left has its day
        if past is not None and old.published:
            past = past.without(old)
        if old.aside:
            return Reign(self.steps, self.aside.without(old.order), out, past)
        return Reign(refolded(self.steps.without(old.order), old.order, _after), self.aside, out, past)


def reign(states: Iterable[State]) -> Reign:
    """The reign that these states of one subject make."""
    return reduce(Reign.with_state, states, Reign())


def _out(told: State) -> Out:
    return told.published, *told.order


def _after(now: Now | None, new: State) -> Now:
    stage = STAGES.get(new.value) if new.subject.startswith("scheme ") else None
    if now is None or new.reviewed:
        return new, stage or 0
    state, reached = now
    goes_on = reached < OVER and (stage is None or stage >= reached)
    return (new if goes_on or stage == OVER else state), max(reached, stage or 0)
