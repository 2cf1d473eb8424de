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
from feed.model.line import Line
from feed.model.period import Basis
from feed.model.quantity import plain
from feed.model.reign import Reign
from feed.model.standing import Group, Reported, State
from feed.model.tree import Tree

Key = tuple[Any, ...]
LEAST = Decimal(100)  # smaller numbers coincide by chance


@dataclass(frozen=True, slots=True)
class Standings:
    """All figures on record by series and frame, all states by subject. Withdrawn facts are left out.

    `times` names series and frames by metric and end of a period, `numbers` finds figures by what is printed, `homes`
    tells by its id where a fact is; `failed` holds which arithmetic was already told not to come out. Nothing of it
    ever changes: `with_...` makes other ones.
    """

    lines: Tree[Group, Line] = field(default_factory=Tree)
    reigns: Tree[str, Reign] = field(default_factory=Tree)
    times: Tree[Key, bool] = field(default_factory=Tree)
    numbers: Tree[Key, Reported] = field(default_factory=Tree)
    failed: Tree[str, str] = field(default_factory=Tree)
    withdrawn: Tree[str, bool] = field(default_factory=Tree)
    homes: Tree[str, tuple[str, ...]] = field(default_factory=Tree)

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
        until = last.toordinal()
        for key, _ in self.times.since((metric, first.toordinal())):
            if key[0] != metric or key[1] > until:
                return
            yield from self.line(key[2:4]).of_period((key[1], *key[4:]))

    def alike(self, new: Reported) -> Iterator[Reported]:
        """Figures that print the same number in the same unit about the same time as a new one, whatever they count.

        The same time: the same period, or the same running total that the new article prints again up to its own day.
        """
        period = new.figure.period
        if period is None or not _telling(new):
            return
        number, end = _number(new), new.bounds[0]
        for group in _after(self.numbers, number):
            same = self.numbers.get((*number, *group, end))
            if same is not None:
                yield same
            if period.end_basis is Basis.PUBLISHED:
                first = next(_beginning(self.numbers, (*number, *group)))
                yield from (first,) if first.bounds[0] < end else ()

    def with_figure(self, new: Reported) -> Standings:
        """With one more figure on record; the same when it was withdrawn before it came."""
        if self.withdrawn.get(new.id):
            return self
        line = self.lines.get(new.group)
        lines = self.lines.put(new.group, (line or Line()).with_figure(new))
        known = line is not None and line.periods.get(new.bounds) is not None
        times = self.times if known or new.superseded else self.times.put(_time(new), True)
        homes = self.homes.put(new.id, new.group)
        return Standings(lines, self.reigns, times, self._with_number(new), self.failed, self.withdrawn, homes)

    def _with_number(self, new: Reported) -> Tree[Key, Reported]:
        """The index of what is printed, brought up to a figure."""
        if not _telling(new):
            return self.numbers
        key = (*_number(new), *new.group, new.bounds[0])
        first = self.numbers.get(key)
        return self.numbers if first and first.order <= new.order else self.numbers.put(key, new)

    def with_state(self, new: State) -> Standings:
        """With one more state of an office or scheme; the same when it was withdrawn before it came."""
        if self.withdrawn.get(new.id):
            return self
        reigns = self.reigns.put(new.subject, self.reign(new.subject).with_state(new))
        return replace(self, reigns=reigns, homes=self.homes.put(new.id, (new.subject,)))

    def with_failed(self, numbers: str, alert: str) -> Standings:
        """With arithmetic that people were told does not come out, by what it was done with (`Check.numbers`)."""
        return replace(self, failed=self.failed.put(numbers, alert))

    def groups_of(self, facts: Iterable[str]) -> set[Group]:
        """The series and frames that hold any of these facts."""
        return {(home[0], home[1]) for fact in facts if (home := self.homes.get(fact)) is not None and len(home) > 1}

    def subjects_of(self, facts: Iterable[str]) -> set[str]:
        """The offices and schemes that hold any of these facts."""
        return {home[0] for fact in facts if (home := self.homes.get(fact)) is not None and len(home) == 1}

    def without(self, facts: Iterable[str]) -> Standings:
        """With these facts withdrawn, now and whenever they should come.

        Takes as long as their series and frames, offices and schemes are; the rest is not looked at.
        """
        gone = frozenset(fact for fact in facts if not self.withdrawn.get(fact))
        if not gone:
            return self
        left = self
        for group in sorted(self.groups_of(gone)):
            left = left._line_without(group, gone)
        for subject in sorted(self.subjects_of(gone)):
            reign = left.reign(subject).without(gone)
            held = left.reigns.put(subject, reign) if any(reign.states) else left.reigns.without(subject)
            left = replace(left, reigns=held)
        for fact in sorted(gone):
            left = replace(left, withdrawn=left.withdrawn.put(fact, True), homes=left.homes.without(fact))
        return left

    def _line_without(self, group: Group, gone: frozenset[str]) -> Standings:
        """One line made anew, and what the indexes say of it."""
        old = self.line(group)
        new, times, numbers = old.without(gone), self.times, self.numbers
        for figure in old.figures:
            times = times.without(_time(figure))
            numbers = numbers.without((*_number(figure), *group, figure.bounds[0]))
        lines = self.lines.put(group, new) if new.steps.last() else self.lines.without(group)
        left = replace(self, lines=lines, times=times, numbers=numbers)
        for figure in new.figures:
            if not figure.superseded:
                left = replace(left, times=left.times.put(_time(figure), True), numbers=left._with_number(figure))
        return left


EMPTY = Standings()


def _telling(told: Reported) -> bool:
    """Whether the number alone tells something: no small or superseded one, none of a time without a beginning."""
    f = told.figure
    if f.superseded:
        return False
    started = f.period is not None and f.period.start is not None
    return started and f.measure is Measure.LEVEL and abs(f.number) >= LEAST


def _number(told: Reported) -> Key:
    """What is printed, in which unit, from which day on."""
    numbers = " ".join(map(plain, told.figure.numbers))
    return numbers, told.figure.unit, told.series.status, told.bounds[1]


def _time(told: Reported) -> Key:
    end, start, baseline = told.bounds
    return told.series.metric, end, *told.group, start, baseline


def _after(numbers: Tree[Key, Reported], number: Key) -> Iterator[Group]:
    """The series and frames in which that number is on record: of each only the first entry is looked at."""
    at = number
    while (found := next(numbers.since(at), None)) is not None and found[0][: len(number)] == number:
        group = found[0][len(number) : -1]
        yield group
        at = (*number, group[0], f"{group[1]}\0")


def _beginning(index: Tree[Key, Reported], prefix: Key) -> Iterator[Reported]:
    """What an index holds under keys that begin so."""
    for key, told in index.since(prefix):
        if key[: len(prefix)] != prefix:
            return
        yield told
