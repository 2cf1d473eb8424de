"""Everything on record, and which figure or state of it stands: decided over by-publication order.

So any order of arrival ends in the same standings. Each new figure is brought in by making new standings that share
nearly all of the old, in time that grows with the logarithm of what is on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from feed.model.line import Line
from feed.model.reign import Reign
from feed.model.standing import Group, Number, Reported, State
from feed.model.tree import Tree

Key = tuple[Any, ...]


class Standings(NamedTuple):
    """All figures on record by series and frame, all states by subject. Withdrawn facts are left out.

    `times` names series and frames by what is counted and the end of a period, `numbers` finds figures by what is
    printed, `homes` by their ids; `failed` holds which arithmetic was already told not to come out. Nothing of it ever
    changes: `with_...` makes other ones.
    """

    lines: Tree[Group, Line] = Tree()
    reigns: Tree[str, Reign] = Tree()
    times: Tree[Key, bool] = Tree()
    numbers: Tree[Key, Reported] = Tree()
    failed: Tree[str, str] = Tree()
    withdrawn: Tree[str, bool] = Tree()
    homes: Tree[str, Reported | State] = Tree()

    def line(self, group: Group) -> Line:
        """The figures of a series and frame; an empty line when there are none."""
        return self.lines.get(group) or Line()

    def reign(self, subject: str) -> Reign:
        """What was told of an office or scheme; an empty reign when nothing was."""
        return self.reigns.get(subject) or Reign()

    def figure(self, group: Group) -> Reported | None:
        """The standing figure of a series and frame, None when nothing is on record."""
        return self.line(group).standing

    def state(self, subject: str) -> State | None:
        """How an office or scheme stands, None when nothing is on record."""
        return self.reign(subject).standing

    def about(self, counted: str, first: date, last: date) -> Iterator[Reported]:
        """Figures of what is counted (`Series.counted`) whose period ends from `first` to `last`, both included.

        Of each exact period of a series and frame up to four that print something different.
        """
        for key, _ in self.times.within((counted, first.toordinal()), (counted, last.toordinal() + 1)):
            yield from self.line(key[2:4]).of_period((key[1], *key[4:]))

    def alike(self, new: Reported) -> Iterator[Reported]:
        """Figures that print the same number in the same unit about the same time as a new one, whatever they count.

        The same time: the same period, or the same running total that the new article prints again up to its own day.
        """
        if new.number is None:
            return
        for place in _places(self.numbers, new.number):
            same = _first(self.numbers, (*place, new.bounds[0]))
            if same is not None:
                yield same
            if not new.known_end:
                first = _first(self.numbers, place)
                yield from (first,) if first is not None and first.bounds[0] < new.bounds[0] else ()

    def with_figure(self, new: Reported) -> Standings:
        """With one more figure on record; the same when it was withdrawn before it came."""
        if self.withdrawn.get(new.id):
            return self
        before = self.lines.get(new.group) or Line()
        after = before.with_figure(new)
        lines = self.lines.put(new.group, after)
        times = self.times if after.periods is before.periods else self.times.put(_time(new), True)
        numbers = self.numbers if new.number is None else self.numbers.put(_number(new, new.number), new)
        homes = self.homes.put(new.id, new)
        return Standings(lines, self.reigns, times, numbers, self.failed, self.withdrawn, homes)

    def with_state(self, new: State) -> Standings:
        """With one more state of an office or scheme; the same when it was withdrawn before it came."""
        if self.withdrawn.get(new.id):
            return self
        reigns = self.reigns.put(new.subject, self.reign(new.subject).with_state(new))
        return self._replace(reigns=reigns, homes=self.homes.put(new.id, new))

    def with_failed(self, numbers: str, alert: str) -> Standings:
        """With arithmetic that people were told does not come out, by what it was done with (`Check.numbers`)."""
        return self._replace(failed=self.failed.put(numbers, alert))

    def figures_of(self, facts: Iterable[str]) -> list[Reported]:
        """Those of these facts that are figures on record, in the order of series, frame and publication."""
        held = (told for fact in facts if isinstance(told := self.homes.get(fact), Reported))
        return sorted(held, key=lambda told: (told.group, told.order))

    def states_of(self, facts: Iterable[str]) -> list[State]:
        """Those of these facts that are states on record, by office or scheme; those that set nothing behind others."""
        held = (told for fact in facts if isinstance(told := self.homes.get(fact), State))
        return sorted(held, key=lambda told: (told.subject, told.aside, told.order))

    def without(self, facts: Iterable[str]) -> Standings:
        """With these facts withdrawn, now and whenever they should come.

        This takes as long as what stands otherwise without them, and for a figure as what else tells of its period. The
        rest is not looked at.
        """
        gone = frozenset(fact for fact in facts if not self.withdrawn.get(fact))
        left = self
        for figure in self.figures_of(gone):
            left = left._without_figure(figure)
        for state in self.states_of(gone):
            reign, reigns = left.reign(state.subject).without(state), left.reigns
            held = reigns.put(state.subject, reign) if reign.latest is not None else reigns.without(state.subject)
            left = left._replace(reigns=held)
        for fact in sorted(gone):
            left = left._replace(withdrawn=left.withdrawn.put(fact, True), homes=left.homes.without(fact))
        return left

    def _without_figure(self, old: Reported) -> Standings:
        """Without one figure on record, in its line and in what the indexes say of it."""
        line = self.line(old.group).without(old)
        empty = line.steps.last() is None
        lines = self.lines.without(old.group) if empty else self.lines.put(old.group, line)
        times = self.times if line.of_period(old.bounds) else self.times.without(_time(old))
        numbers = self.numbers if old.number is None else self.numbers.without(_number(old, old.number))
        return self._replace(lines=lines, times=times, numbers=numbers)


EMPTY = Standings()


def _number(told: Reported, number: Number) -> Key:
    return *number, *told.group, told.bounds[0], *told.order


def _time(told: Reported) -> Key:
    end, start, baseline = told.bounds
    return told.series.counted, end, *told.group, start, baseline


def _places(numbers: Tree[Key, Reported], number: Number) -> Iterator[Key]:
    """A number with each series and frame in which it is on record."""
    at = numbers.next(number)
    while at is not None and at[:4] == number:
        yield at[:6]
        at = numbers.next((*at[:5], f"{at[5]}\0"))


def _first(numbers: Tree[Key, Reported], beginning: Key) -> Reported | None:
    """What stands first under the keys that begin so, None when none does."""
    at = numbers.next(beginning)
    return numbers.get(at) if at is not None and at[: len(beginning)] == beginning else None
