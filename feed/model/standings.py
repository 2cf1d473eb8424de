"""Everything on record, and which figure or state of it stands: decided over by-publication order.

So any order of arrival ends in the same standings. Each new figure is brought in by making new standings that share
nearly all of the old, in time that grows with the logarithm of what is on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from feed.model.figure import Measure
from feed.model.line import Line, bounds_of
from feed.model.period import Basis, Period
from feed.model.reign import Reign
from feed.model.standing import Group, Reported, State
from feed.model.tree import Tree

Key = tuple[Any, ...]
LEAST = Decimal(100)  # smaller numbers coincide by chance


@dataclass(frozen=True, slots=True)
class Standings:
    """All figures on record by series and frame, all states by subject. Withdrawn facts are left out.

    `times` finds figures by metric and end of their period, `numbers` and `earliest` by what is printed; `failed` holds
    which arithmetic was already told not to come out. Nothing of it ever changes: `with_...` makes other standings.
    """

    lines: Tree[Group, Line] = field(default_factory=Tree)
    reigns: Tree[str, Reign] = field(default_factory=Tree)
    times: Tree[Key, tuple[Reported, ...]] = field(default_factory=Tree)
    numbers: Tree[Key, Reported] = field(default_factory=Tree)
    earliest: Tree[Key, Reported] = field(default_factory=Tree)
    failed: Tree[str, str] = field(default_factory=Tree)
    withdrawn: frozenset[str] = frozenset()

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

    def about(self, metric: str, first: date, last: date) -> Iterator[Reported]:
        """Figures of a metric whose period ends from `first` to `last`, both included.

        Of each exact period of a series and frame up to four that print something different.
        """
        for key, best in self.times.since((metric, first)):
            if key[0] != metric or key[1] > last:
                return
            yield from best

    def alike(self, new: Reported) -> Iterator[Reported]:
        """Figures that print the same number in the same unit about the same time as a new one, whatever they count.

        The same time: the same period, or the same running total that the new article prints again up to its own day.
        """
        period = new.figure.period
        if period is None or not _telling(new):
            return
        yield from _beginning(self.numbers, (*_printed(new, period), period.end))
        if period.end_basis is Basis.PUBLISHED:
            yield from (old for old in _beginning(self.earliest, _printed(new, period)) if _end(old) < period.end)

    def with_figure(self, new: Reported) -> Standings:
        """With one more figure on record; the same when it was withdrawn before it came."""
        if new.id in self.withdrawn:
            return self
        old = self.line(new.group)
        line = old.with_figure(new)
        lines, times = self.lines.put(new.group, line), self.times
        if line.periods is not old.periods:
            times = times.put(_time(new), line.of_period(bounds_of(new)))
        changed = replace(self, lines=lines, times=times)
        return changed._printing(new) if _telling(new) else changed

    def _printing(self, new: Reported) -> Standings:
        """With the indexes of what is printed brought up to a figure."""
        number, early = _number(new), _early(new)
        first, soonest = self.numbers.get(number), self.earliest.get(early)
        return replace(
            self,
            numbers=self.numbers if first and first.order <= new.order else self.numbers.put(number, new),
            earliest=self.earliest if soonest and _sooner(soonest, new) else self.earliest.put(early, new),
        )

    def with_state(self, new: State) -> Standings:
        """With one more state of an office or scheme; the same when it was withdrawn before it came."""
        if new.id in self.withdrawn:
            return self
        return replace(self, reigns=self.reigns.put(new.subject, self.reign(new.subject).with_state(new)))

    def with_failed(self, numbers: str, alert: str) -> Standings:
        """With arithmetic that people were told does not come out, by what it was done with (`Check.numbers`)."""
        return replace(self, failed=self.failed.put(numbers, alert))

    def groups_of(self, facts: frozenset[str]) -> Iterator[Group]:
        """The series and frames that hold any of these facts. Looks at everything: withdrawing is rare."""
        return (group for group, line in self.lines.items() if any(figure.id in facts for figure in line.figures))

    def subjects_of(self, facts: frozenset[str]) -> Iterator[str]:
        """The subjects that hold any of these facts."""
        return (subject for subject, reign in self.reigns.items() if any(state.id in facts for state in reign.states))

    def without(self, facts: Iterable[str]) -> Standings:
        """With these facts withdrawn, now and whenever they should come. Takes as long as what is on record."""
        gone = frozenset(facts) - self.withdrawn
        if not gone:
            return self
        left = self
        for group in tuple(self.groups_of(gone)):
            left = left._line_without(group, gone)
        for subject in tuple(self.subjects_of(gone)):
            reign = left.reign(subject).without(gone)
            held = left.reigns.put(subject, reign) if any(reign.states) else left.reigns.without(subject)
            left = replace(left, reigns=held)
        return replace(left, withdrawn=self.withdrawn | gone)

    def _line_without(self, group: Group, gone: frozenset[str]) -> Standings:
        """One line made anew, and what the indexes say of it."""
        old = self.line(group)
        new, times, numbers, earliest = old.without(gone), self.times, self.numbers, self.earliest
        for figure in old.figures:
            times, numbers, earliest = times.without(_time(figure)), *_unprinted(numbers, earliest, figure)
        lines = self.lines.put(group, new) if new.standing else self.lines.without(group)
        left = replace(self, lines=lines, times=times, numbers=numbers, earliest=earliest)
        for figure in new.figures:
            left = replace(left, times=left.times.put(_time(figure), new.of_period(bounds_of(figure))))
            left = left._printing(figure) if _telling(figure) else left
        return left


EMPTY = Standings()


def _telling(told: Reported) -> bool:
    """Whether the number alone tells something: no small one, and none of a time without a beginning."""
    f = told.figure
    started = f.period is not None and f.period.start is not None
    return started and f.measure is Measure.LEVEL and abs(f.number) >= LEAST


def _printed(told: Reported, period: Period) -> Key:
    return told.figure.numbers, told.figure.unit, told.series.status, period.start


def _end(told: Reported) -> date:
    return bounds_of(told)[0]


def _number(told: Reported) -> Key:
    end, start, _ = bounds_of(told)
    return told.figure.numbers, told.figure.unit, told.series.status, start, end, *told.group


def _early(told: Reported) -> Key:
    return told.figure.numbers, told.figure.unit, told.series.status, bounds_of(told)[1], *told.group


def _time(told: Reported) -> Key:
    end, start, baseline = bounds_of(told)
    return told.series.metric, end, *told.group, start, baseline


def _sooner(a: Reported, b: Reported) -> bool:
    return (_end(a), a.order) <= (_end(b), b.order)


def _beginning(index: Tree[Key, Reported], prefix: Key) -> Iterator[Reported]:
    """What an index holds under keys that begin so."""
    for key, told in index.since(prefix):
        if key[: len(prefix)] != prefix:
            return
        yield told


def _unprinted(
    numbers: Tree[Key, Reported], earliest: Tree[Key, Reported], told: Reported
) -> tuple[Tree[Key, Reported], Tree[Key, Reported]]:
    return (numbers.without(_number(told)), earliest.without(_early(told))) if _telling(told) else (numbers, earliest)
