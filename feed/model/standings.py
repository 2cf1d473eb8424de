"""Everything on record, and which figure or state of it stands: decided over by-publication order.

So any order of arrival ends in the same standings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

from feed.model.fact import OVER, STAGES
from feed.model.period import Basis, Frame
from feed.model.relate import Relation, falls, relation
from feed.model.series import Series
from feed.model.standing import BEGINNING, Reported, State

Group = tuple[Series, Frame]


@dataclass(frozen=True, slots=True)
class Standings:
    """All figures on record by series and frame, all states by subject, each in by-publication order.

    Withdrawn facts are left out. Treat the mappings as frozen: `evolve` makes new ones.
    """

    figures: Mapping[Group, tuple[Reported, ...]] = field(default_factory=dict)
    states: Mapping[str, tuple[State, ...]] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()

    def figure(self, group: Group) -> Reported | None:
        """The standing figure of a series and frame, None when nothing is on record."""
        return standing(self.figures.get(group, ()))

    def state(self, subject: str) -> State | None:
        """How an office or scheme stands, None when nothing is on record."""
        return standing_state(self.states.get(subject, ()))


EMPTY = Standings()


def standing(figures: Iterable[Reported]) -> Reported | None:
    """Which of the figures of one series and frame stands.

    The latest period; among equals the originator's own over others, then official over press, then later
    published, then finer. A running total that fell back to a number known before is somebody quoting the
    old number: it does not stand.
    """
    ordered = sorted(figures, key=lambda r: r.order)
    known: list[Reported] = []

    def step(current: Reported | None, new: Reported) -> Reported:
        stays = current is not None and not _takes_over(current, new, known)
        known.append(new)
        return current if current is not None and stays else new

    return reduce(step, ordered, None)


def _takes_over(current: Reported, new: Reported, known: list[Reported]) -> bool:
    bearing = relation(current, new)
    if bearing in (Relation.SUPERSEDES, Relation.FOLLOWS):
        return True
    if bearing is Relation.BELATED:
        return _rank(new) > _rank(current) if _same_bounds(current, new) else False
    if bearing in (Relation.CONTRADICTS, Relation.REVISES) and not _same_bounds(current, new):
        return not (falls(current, new) and quotes_old(new, known))
    if bearing is Relation.UNRELATED:
        return _end(new) >= _end(current)
    if bearing is Relation.REPEATS and not _same_bounds(current, new):
        return _known_end(new) and not _known_end(current)
    return _rank(new) >= _rank(current)


def quotes_old(new: Reported, known: Iterable[Reported]) -> bool:
    """Whether a figure prints exactly what an earlier one of its series and frame printed."""
    said = (new.figure.numbers, new.figure.qualifier)
    return any((old.figure.numbers, old.figure.qualifier) == said for old in known)


def _same_bounds(a: Reported, b: Reported) -> bool:
    p, q = a.figure.period, b.figure.period
    return p is not None and q is not None and (p.start, p.end) == (q.start, q.end)


def _end(told: Reported) -> date:
    return date.min if told.figure.period is None else told.figure.period.end


def _known_end(told: Reported) -> bool:
    period = told.figure.period
    return period is not None and period.end_basis is not Basis.PUBLISHED


def _rank(told: Reported) -> tuple[object, ...]:
    """What decides among figures of one period; greater stands."""
    value = told.figure.value.softened()
    width = None if value.low is None or value.high is None else value.high - value.low
    fineness = (0, 0) if width is None else (1, -width)
    return (_known_end(told), told.own, told.official, told.time or BEGINNING, fineness, told.order)


def standing_state(states: Iterable[State]) -> State | None:
    """Which state stands: the one that holds from the latest day. What is over, or undated history, sets nothing.

    A scheme's life runs one way: told after a later stage, an earlier one is history and sets nothing, and what was
    scrapped or has ended stays so, unless a reviewer decides otherwise.
    """
    told = sorted((s for s in states if not s.over and s.as_of is not None), key=lambda s: s.order)
    now: State | None = None
    reached = 0
    for state in told:
        stage = _stage(state)
        if now is None or state.reviewed or (reached < OVER and (stage is None or stage >= reached)) or stage == OVER:
            now = state
            reached = (stage or 0) if state.reviewed else max(reached, stage or 0)
    return now


def _stage(state: State) -> int | None:
    return STAGES.get(state.value) if state.subject.startswith("scheme ") else None
