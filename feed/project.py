"""What stands now: a pure fold of events into standing figures and states.

`evolve` takes the standings and what was newly recorded; any order of arrival ends in the same standings, because
what stands is decided over by-publication order, never over the order of the log. No clock, no I/O.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, tzinfo

from feed.model.event import Event
from feed.model.report import FactWithdrawn, FigureReported
from feed.model.standing import Cut, Reported, State, reported, state
from feed.model.standings import EMPTY, Standings


def evolve(before: Standings, events: Iterable[Event], cut: Cut) -> Standings:
    """The standings after these events. Events that state neither figure nor state change nothing."""
    events = tuple(events)
    withdrawn = before.withdrawn | {e.data.fact for e in events if isinstance(e.data, FactWithdrawn)}
    new = [reported(e, cut) for e in events if isinstance(e.data, FigureReported)]
    states = [told for e in events if (told := state(e)) is not None]
    return with_told(before, new, states, withdrawn)


def with_told(
    before: Standings, figures: Iterable[Reported], states: Iterable[State], withdrawn: frozenset[str]
) -> Standings:
    """The standings with these figures and states added, and those withdrawn taken out."""
    groups, subjects = dict(before.figures), dict(before.states)
    for figure in figures:
        group = (figure.series, figure.frame)
        groups[group] = _ordered((*groups.get(group, ()), figure))
    for one in states:
        subjects[one.subject] = tuple(sorted((*subjects.get(one.subject, ()), one), key=lambda s: s.order))
    if withdrawn - before.withdrawn:
        groups = {g: kept for g, held in groups.items() if (kept := tuple(r for r in held if r.id not in withdrawn))}
        subjects = {
            s: left
            for s, states_of in subjects.items()
            if (left := tuple(x for x in states_of if x.id not in withdrawn))
        }
    return Standings(groups, subjects, withdrawn)


def _ordered(figures: tuple[Reported, ...]) -> tuple[Reported, ...]:
    if len(figures) > 1 and figures[-2].order > figures[-1].order:
        return tuple(sorted(figures, key=lambda r: r.order))
    return figures


def rows(standings: Standings) -> tuple[tuple[Reported, ...], tuple[State, ...]]:
    """Every standing figure, one for each series and frame, and every standing state, each in a fixed order."""
    figures = (standings.figure(group) for group in standings.figures)
    states = (standings.state(subject) for subject in standings.states)
    return (
        tuple(sorted((f for f in figures if f), key=lambda f: (f.series, str(f.frame)))),
        tuple(sorted((s for s in states if s), key=lambda s: s.subject)),
    )


def as_of(events: Iterable[Event], day: date, cut: Cut, zone: tzinfo, *, recorded: bool = False) -> Standings:
    """What was known at the end of a day: by publication, or with `recorded` by what our log held.

    By publication, an article whose date is not known never counts: nobody can say that it was out. What was
    withdrawn later counts no more in either answer by publication; by our log it counts until the withdrawal.
    """

    def known(event: Event) -> bool:
        if recorded:
            return event.recordedtime.astimezone(zone).date() <= day
        if isinstance(event.data, FactWithdrawn):
            return True
        published = getattr(event.data, "published", None)
        return isinstance(published, date) and published <= day

    return evolve(EMPTY, (e for e in events if known(e)), cut)
