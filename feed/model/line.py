"""One series in one frame: its figures in the order of publication, and which of them stands.

A line never changes; `with_figure` makes another one, in time that grows with the logarithm of its length as long as
what arrives settles soon: the fold goes on from where the figure belongs until it tells again what it told before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any, TypeVar

from feed.model.relate import Relation, comparable, falls, relation, same_period
from feed.model.series import TOLERANCE
from feed.model.standing import Bounds, Order, Reported
from feed.model.tree import Tree

T = TypeVar("T")
S = TypeVar("S")  # may be None
Key = TypeVar("Key", bound=tuple[Any, ...])
Steps = Tree[Order, tuple[Reported, Reported | None]]
Said = Tree[tuple[Any, ...], Reported]
FIRST = ""  # beside what is printed: who printed it first; else the publisher who printed it last, or who called it old
KEPT = 4  # figures of one period that checks may choose from: those that print something else, the best of them first


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one series and frame. `steps` has each by its order, with the one that stands after it, if any.

    `periods`: for each exact period up to four figures that print something different, the one that counts most first;
    none that its own text calls superseded. `said`: for each number and qualifier the figure that was first published
    with it; for each exact period the first one that called it superseded; and for each publisher the one that it
    published last, unless that is the first of all. `past` is the line of the figures whose day of publication is
    known, None when that is all.
    """

    steps: Steps = field(default_factory=Tree)
    periods: Tree[Bounds, tuple[Reported, ...]] = field(default_factory=Tree)
    said: Said = field(default_factory=Tree)
    past: Line | None = None

    @property
    def standing(self) -> Reported | None:
        """The figure that stands, None when there is none."""
        last = self.steps.last()
        return None if last is None else last[1][1]

    @property
    def figures(self) -> Iterator[Reported]:
        """All of them, by publication."""
        return (figure for figure, _ in self.steps.values())

    @property
    def dated(self) -> Steps:
        """The steps of the figures whose day of publication is known, as if there were no others."""
        return self.steps if self.past is None else self.past.steps

    def on(self, day: str) -> Reported | None:
        """The figure that stood at the end of a day, by what had been published; None when nothing had."""
        found = self._until(day)
        return None if found is None else found[1][1]

    def out_on(self, day: str) -> bool:
        """Whether a figure of it was published on that day."""
        found = self._until(day)
        return found is not None and found[0][0] == day

    def _until(self, day: str) -> tuple[Order, tuple[Reported, Reported | None]] | None:
        """The last step of what had been published at the end of a day."""
        return self.dated.below((f"{day}\0", "", "", 0, ""))

    def of_period(self, period: Bounds) -> tuple[Reported, ...]:
        """The figures of exactly this period that differ in what they print, the one that counts most first."""
        return self.periods.get(period) or ()

    def peer(self, new: Reported) -> Reported | None:
        """The figure on record for the time that a new one is about, None when there is none.

        One that can be compared with it is preferred to one that states another baseline.
        """
        peers = [best[0] for best in self._around(new) if same_period(best[0], new)]
        if len(peers) < 2:  # as nearly always
            return peers[0] if peers else None
        return standing([peer for peer in peers if comparable(peer, new)] or peers)

    def _around(self, new: Reported) -> Iterator[tuple[Reported, ...]]:
        if new.figure.period is None:
            return
        end = new.bounds[0]
        for bounds, best in self.periods.since((end - TOLERANCE.days, 0, "")):
            if bounds[0] > end + TOLERANCE.days:
                return
            yield best

    def before(self, day: date) -> Reported | None:
        """The figure of the latest period that ends before a day, None when there is none."""
        found = self.periods.below((day.toordinal(), 0, ""))
        return None if found is None else found[1][0]

    def first_to_say(self, new: Reported) -> Reported | None:
        """The figure that was first published with the number and qualifier of a new one, None when none was."""
        return self.said.get((new.said, FIRST))

    def first_to_call_old(self, new: Reported) -> Reported | None:
        """The figure that first told number, qualifier and exact period of a new one as superseded, None if none."""
        return self.said.get(_old(new))

    def last_time(self, new: Reported) -> Reported | None:
        """The figure with which the publisher of a new one last printed the same, None when it never did."""
        first = self.first_to_say(new)
        return None if first is None else self._last_time(new, first)

    def _last_time(self, new: Reported, first: Reported) -> Reported | None:
        return self.said.get(_by(new)) or (first if first.publisher == new.publisher else None)

    def with_figure(self, new: Reported) -> Line:
        """With one more figure."""
        first = self.first_to_say(new)
        said = self._with_said(new, first)
        return Line(self._with_step(new, first, said), self._with_period(new), said, self._past_with(new))

    def _with_said(self, new: Reported, first: Reported | None) -> Said:
        said = self.said
        if new.superseded:
            old = self.first_to_call_old(new)
            said = said.put(_old(new), new) if old is None or new.order < old.order else said
        if first is None:
            return said.put((new.said, FIRST), new)
        if new.order < first.order:
            said = said.put((new.said, FIRST), new)
            return said if said.get(_by(first)) else said.put(_by(first), first)
        last = self._last_time(new, first)
        return said if last and last.order >= new.order else said.put(_by(new), new)

    def _past_with(self, new: Reported) -> Line | None:
        if new.dated:
            return None if self.past is None else self.past.with_figure(new)
        return line(self.figures) if self.past is None else self.past

    def _with_step(self, new: Reported, before: Reported | None, said: Said) -> Steps:
        """The steps with one more: at their end, as nearly always, or folded anew from where it belongs."""
        end = self.steps.last()
        if end is None or end[0] < new.order:
            quotes_old = before is not None
            called_old = quotes_old and said.get(_old(new)) is not None
            now = _after(end and end[1][1], new, quotes_old=quotes_old, called_old=called_old)
            return self.steps.put(new.order, (new, now))

        def after(now: Reported | None, then: Reported) -> Reported | None:
            told, old = said.get((then.said, FIRST)), said.get(_old(then))
            return _after(
                now,
                then,
                quotes_old=told is not None and told.order < then.order,
                called_old=old is not None and old.order < then.order,
            )

        steps = refolded(self.steps.put(new.order, (new, new)), new.order, after)
        if before is not None and new.order < before.order:
            steps = refolded(steps, before.order, after)  # it quotes an older one now
        if new.superseded:
            for order in [key for key, (one, _) in steps.since(new.order) if _old(one) == _old(new)]:
                steps = refolded(steps, order, after)  # it prints what is called old now
        return steps

    def _with_period(self, new: Reported) -> Tree[Bounds, tuple[Reported, ...]]:
        held = self.periods.get(new.bounds)
        if new.superseded:
            return self.periods
        if held is None:
            return self.periods.put(new.bounds, (new,))
        best = best_of((*held, new))
        return self.periods if best == held else self.periods.put(new.bounds, best)

    def without(self, gone: frozenset[str]) -> Line:
        """Without those figures: made anew, which takes as long as it is."""
        return line(figure for figure in self.figures if figure.id not in gone)


def line(figures: Iterable[Reported]) -> Line:
    """The line of these figures of one series and frame."""
    return reduce(Line.with_figure, figures, Line())


def _by(told: Reported) -> tuple[str, str]:
    return told.said, f"by {told.publisher or ''}"


def _old(told: Reported) -> tuple[Any, ...]:
    return told.said, "old", *told.bounds


def best_of(figures: Iterable[Reported]) -> tuple[Reported, ...]:
    """Of figures of one period those that count most, at most four, each printing something else."""
    best: dict[str, Reported] = {}
    for told in sorted(figures, key=lambda each: each.rank, reverse=True):
        best.setdefault(told.said, told)
    return tuple(best.values())[:KEPT]


def refolded(steps: Tree[Key, tuple[T, S]], at: Key, after: Callable[[S | None, T], S]) -> Tree[Key, tuple[T, S]]:
    """The same steps, folded anew from that key on, until a step gives again what it gave before."""
    before = steps.below(at)
    now = None if before is None else before[1][1]
    for key, (one, then) in steps.since(at):
        now = after(now, one)
        same = now is then or now == then
        if key != at and same:
            break
        if not same:
            steps = steps.put(key, (one, now))
    return steps


def standing(figures: Iterable[Reported]) -> Reported | None:
    """Which of the figures of one series and frame stands: what a line must say, told by a plain fold.

    The latest period; among equals the originator's own over others, then official over press, then later
    published, then finer. A running total that fell back to a number known before is somebody quoting the
    old number: it does not stand. Nor does what its own text calls superseded ("649,000, revised down from 728,000"),
    nor who prints that again later, unless it is the originator.
    """
    known: set[str] = set()
    old: set[tuple[Any, ...]] = set()
    now: Reported | None = None
    for new in sorted(figures, key=lambda each: each.order):
        now = _after(now, new, quotes_old=new.said in known, called_old=_old(new) in old)
        known.add(new.said)
        old |= {_old(new)} if new.superseded else set()
    return now


def _after(now: Reported | None, new: Reported, *, quotes_old: bool, called_old: bool) -> Reported | None:
    if new.superseded:
        return now
    return new if now is None or _takes_over(now, new, quotes_old=quotes_old, called_old=called_old) else now


def _takes_over(now: Reported, new: Reported, *, quotes_old: bool, called_old: bool) -> bool:
    if same_bounds(now, new):
        return new.rank >= now.rank and (new.own or not called_old)
    bearing = relation(now, new)
    if bearing in (Relation.CONTRADICTS, Relation.REVISES):
        return not (quotes_old and falls(now, new))
    if bearing is Relation.UNRELATED:
        return _end(new) >= _end(now)
    if bearing is Relation.REPEATS:
        return new.known_end and not now.known_end
    if bearing is Relation.BELATED:
        return False
    return bearing in (Relation.SUPERSEDES, Relation.FOLLOWS) or new.rank >= now.rank


def same_bounds(a: Reported, b: Reported) -> bool:
    """Whether two figures are about exactly the same period."""
    p, q = a.figure.period, b.figure.period
    return p is not None and q is not None and p.end == q.end and p.start == q.start


def _end(told: Reported) -> date:
    return date.min if told.figure.period is None else told.figure.period.end
