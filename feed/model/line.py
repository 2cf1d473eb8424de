"""One series in one frame: its figures in the order of publication, and which of them stands.

A line never changes; `with_figure` makes another one, in time that grows with the logarithm of its length as long as
what arrives settles soon: the fold goes on from where the figure belongs until it tells again what it told before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import eq
from typing import Any, NamedTuple, Protocol, TypeVar

from feed.model.relate import Relation, comparable, falls, relation, same_period
from feed.model.series import TOLERANCE
from feed.model.standing import Bounds, Order, Reported
from feed.model.tree import Tree

T = TypeVar("T")
S = TypeVar("S")  # may be None
Key = TypeVar("Key", bound=tuple[Any, ...])
Steps = Tree[Order, tuple[Reported, Reported | None]]
Said = Tree[tuple[Any, ...], Reported]
LAST = "~"  # behind every day
SLACK = TOLERANCE.days
KEPT = 4  # figures of one period that checks may choose from: those that print something else, the best of them first


class Line(NamedTuple):
    """The figures of one series and frame. `steps` has each by its order, with the one that stands after it, if any.

    `periods`: for each exact period up to four figures that print something different, the one that counts most first;
    none that its own text calls superseded. `others` has the rest of them by period and order. `said` has every figure
    by number and qualifier, publisher and order, and what is called superseded by period and order too. `vague` counts
    the figures whose end is only the day of publication, `undated` those whose day of publication is not known, `past`
    is the line of the others: None when there are no such figures.
    """

    steps: Steps = Tree()
    periods: Tree[Bounds, tuple[Reported, ...]] = Tree()
    others: Said = Tree()
    said: Said = Tree()
    vague: int = 0
    undated: int = 0
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
        return self.dated.below((f"{day}\0",))

    def of_period(self, period: Bounds) -> tuple[Reported, ...]:
        """The figures of exactly this period that differ in what they print, the one that counts most first."""
        return self.periods.get(period) or ()

    def peer(self, new: Reported) -> Reported | None:
        """The figure on record for the time that a new one is about, None when there is none.

        One that can be compared with it is preferred to one that states another baseline.
        """
        end, slack = new.bounds[0], 0 if new.known_end and not self.vague else SLACK
        near = self.periods.within((end - slack,), (end + slack + 1,))
        if not near:
            return None
        peers = [best[0] for _, best in near if same_period(best[0], new)]
        if len(peers) < 2:  # as nearly always
            return peers[0] if peers else None
        return standing([peer for peer in peers if comparable(peer, new)] or peers)

    def before(self, day: date) -> Reported | None:
        """The figure of the latest period that ends before a day, None when there is none."""
        found = self.periods.below((day.toordinal(),))
        return None if found is None else found[1][0]

    def first_to_say(self, new: Reported) -> Reported | None:
        """The figure that was first published with the number and qualifier of a new one, None when none was.

        Takes a step for each publisher that printed them.
        """
        return Earlier(self.said).to_say(new)

    def first_to_call_old(self, new: Reported) -> Reported | None:
        """The figure that first told number, qualifier and exact period of a new one as superseded, None if none."""
        return Earlier(self.said).to_call_old(new)

    def last_time(self, new: Reported) -> Reported | None:
        """The figure with which the publisher of a new one last printed the same, None when it never did."""
        found = self.said.below((new.said, f"{new.publisher or ''}\0"))
        return found[1] if found is not None and found[0][:2] == _by(new) else None

    def with_figure(self, new: Reported) -> Line:
        """With one more figure."""
        said = self.said.put((*_by(new), *new.order), new)
        if new.superseded:
            said = said.put((*_old(new), *new.order), new)
        periods, others = self._with_period(new)
        vague, undated = self.vague + (not new.known_end), self.undated + (not new.dated)
        return Line(self._with_step(new, said), periods, others, said, vague, undated, self._past_with(new))

    def _past_with(self, new: Reported) -> Line | None:
        if new.dated:
            return None if self.past is None else self.past.with_figure(new)
        return line(self.figures) if self.past is None else self.past

    def _with_step(self, new: Reported, said: Said) -> Steps:
        """The steps with one more: at their end, as nearly always, or folded anew from where it belongs."""
        earlier, end = Earlier(said), self.steps.last()
        if end is None or end[0] < new.order:
            return self.steps.put(new.order, (new, _after(None if end is None else end[1][1], new, earlier)))
        steps = self.steps.put(new.order, (new, new))
        return _bent(refolded(steps, new.order, earlier.after, alike), new, self.said, earlier)

    def _with_period(self, new: Reported) -> tuple[Tree[Bounds, tuple[Reported, ...]], Said]:
        if new.superseded:
            return self.periods, self.others
        held = self.periods.get(new.bounds)
        if held is None:
            return self.periods.put(new.bounds, (new,)), self.others
        best, others = best_of((*held, new)), self.others
        for each in (*held, new):
            if not any(each is one for one in best):
                others = others.put((*each.bounds, *each.order), each)
        return self.periods if best == held else self.periods.put(new.bounds, best), others

    def without(self, old: Reported) -> Line:
        """Without one of its figures. Takes as long as what stands otherwise, and as what else tells of its period."""
        said = self.said.without((*_by(old), *old.order))
        if old.superseded:
            said = said.without((*_old(old), *old.order))
        earlier = Earlier(said)
        steps = refolded(self.steps.without(old.order), old.order, earlier.after, alike)
        periods, others = self._without_period(old)
        vague, undated = self.vague - (not old.known_end), self.undated - (not old.dated)
        past = self.past if undated else None
        if past is not None and old.dated:
            past = past.without(old)
        return Line(_bent(steps, old, said, earlier), periods, others, said, vague, undated, past)

    def _without_period(self, old: Reported) -> tuple[Tree[Bounds, tuple[Reported, ...]], Said]:
        held = self.of_period(old.bounds)
        left = [each for each in held if each.order != old.order]
        if len(left) == len(held):
            return self.periods, self.others.without((*old.bounds, *old.order))
        rest = [told for _, told in self.others.within(old.bounds, (*old.bounds, LAST))]
        best, others = best_of((*left, *rest)), self.others
        for each in best:
            others = others.without((*each.bounds, *each.order))
        return self.periods.put(old.bounds, best) if best else self.periods.without(old.bounds), others


def line(figures: Iterable[Reported]) -> Line:
    """The line of these figures of one series and frame."""
    return reduce(Line.with_figure, figures, Line())


def _by(told: Reported) -> tuple[str, str]:
    return told.said, told.publisher or ""


def _old(told: Reported) -> tuple[Any, ...]:
    return f"old {told.said}", *told.bounds


class Known(Protocol):
    """What was published before a figure, as far as it matters to what stands."""

    def says(self, new: Reported) -> bool:
        """Whether a figure before it printed the same number and qualifier."""
        ...

    def calls_old(self, new: Reported) -> bool:
        """Whether a figure before it told the same, of the same period, as superseded."""
        ...


class Earlier:
    """What was published before each figure of a line. Asked only when it decides: that is rare."""

    __slots__ = ("_said",)

    def __init__(self, said: Said) -> None:
        self._said = said

    def after(self, now: Reported | None, new: Reported) -> Reported | None:
        """Which of the two stands after the second."""
        return _after(now, new, self)

    def says(self, new: Reported) -> bool:
        """As `Known`."""
        first = self.to_say(new)
        return first is not None and first.order < new.order

    def calls_old(self, new: Reported) -> bool:
        """As `Known`."""
        first = self.to_call_old(new)
        return first is not None and first.order < new.order

    def to_say(self, new: Reported) -> Reported | None:
        """The first to say the same."""
        firsts, at = [], self._said.next((new.said,))
        while at is not None and at[0] == new.said:
            firsts.append(at)
            at = self._said.next((new.said, f"{at[1]}\0"))
        return self._said.get(min(firsts, key=lambda key: key[2:])) if firsts else None

    def to_call_old(self, new: Reported) -> Reported | None:
        """The first to tell the same, of the same period, as superseded."""
        at = self._said.next(_old(new))
        return self._said.get(at) if at is not None and at[:4] == _old(new) else None


def _bent(steps: Steps, one: Reported, others: Said, earlier: Earlier) -> Steps:
    """Steps that a figure came into or went from, folded anew where others say again what it said, or called old.

    `others` is what all but that figure said.
    """
    first = Earlier(others).to_say(one)
    if first is not None and one.order < first.order:
        steps = refolded(steps, first.order, earlier.after, alike)
    if one.superseded:
        for _, told in others.within((one.said,), (f"{one.said}\0",)):
            if told.bounds == one.bounds and one.order < told.order:
                steps = refolded(steps, told.order, earlier.after, alike)
    return steps


def best_of(figures: Iterable[Reported]) -> tuple[Reported, ...]:
    """Of figures of one period those that count most, at most four, each printing something else."""
    best: dict[str, Reported] = {}
    for told in sorted(figures, key=lambda each: each.rank, reverse=True):
        best.setdefault(told.said, told)
    return tuple(best.values())[:KEPT]


def alike(one: Reported | None, other: Reported | None) -> bool:
    """Whether two figures of a line are the same: no two have one place in the order of publication."""
    return one is other or (one is not None and other is not None and one.order == other.order)


def refolded(
    steps: Tree[Key, tuple[T, S]], at: Key, after: Callable[[S | None, T], S], same: Callable[[S, S], bool] = eq
) -> Tree[Key, tuple[T, S]]:
    """The same steps, folded anew from that key on, until a step gives again what it gave before (`same`)."""
    before = steps.below(at)
    now = None if before is None else before[1][1]
    otherwise: list[tuple[Key, tuple[T, S]]] = []
    for key, (one, then) in steps.since(at):
        now = after(now, one)
        again = same(now, then)
        if key != at and again:
            break
        if not again:
            otherwise.append((key, (one, now)))
    return steps.put_all(otherwise)


def standing(figures: Iterable[Reported]) -> Reported | None:
    """Which of the figures of one series and frame stands: what a line must say, told by a plain fold.

    The latest period; among equals the originator's own over others, then official over press, then later
    published, then finer. A running total that fell back to a number known before is somebody quoting the
    old number: it does not stand. Nor does what its own text calls superseded ("649,000, revised down from 728,000"),
    nor who prints that again later, unless it is the originator.
    """
    before, now = _Before(set(), set()), None
    for new in sorted(figures, key=lambda each: each.order):
        now = _after(now, new, before)
        before.said.add(new.said)
        if new.superseded:
            before.old.add(_old(new))
    return now


@dataclass(frozen=True, slots=True)
class _Before:
    """As `Known`, for who goes through all of them in order."""

    said: set[str]
    old: set[tuple[Any, ...]]

    def says(self, new: Reported) -> bool:
        return new.said in self.said

    def calls_old(self, new: Reported) -> bool:
        return _old(new) in self.old


def _after(now: Reported | None, new: Reported, before: Known) -> Reported | None:
    if new.superseded:
        return now
    return new if now is None or _takes_over(now, new, before) else now


def _takes_over(now: Reported, new: Reported, before: Known) -> bool:
    if same_bounds(now, new):
        return new.rank >= now.rank and (new.own or not before.calls_old(new))
    bearing = relation(now, new)
    if bearing in (Relation.CONTRADICTS, Relation.REVISES):
        return not (falls(now, new) and before.says(new))
    if bearing is Relation.UNRELATED:
        return new.bounds[0] >= now.bounds[0]
    if bearing is Relation.REPEATS:
        return new.known_end
    if bearing is Relation.BELATED:
        return False
    return bearing in (Relation.SUPERSEDES, Relation.FOLLOWS) or new.rank >= now.rank


def same_bounds(a: Reported, b: Reported) -> bool:
    """Whether two figures are about exactly the same period."""
    return a.bounds[:2] == b.bounds[:2] != (0, 0)
