"""What stands now: a pure fold of events into standing figures and states.

`evolve` takes the standings and what was newly recorded; any order of arrival ends in the same standings, because
what stands is decided over by-publication order, never over the order of the log. No clock, no I/O.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from feed.model.asked import named
from feed.model.event import Event
from feed.model.relate import relation
from feed.model.report import AlertRaised, FactWithdrawn, FigureReported
from feed.model.standing import Cut, Group, Reported, State, figures_of, state
from feed.model.standings import EMPTY, Standings
from feed.model.stood import Clock, Stood


def evolve(before: Standings, events: Iterable[Event], cut: Cut) -> Standings:
    """The standings after these events. Events that state neither figure nor state change nothing."""
    events = tuple(events)
    return brought_in(before, events, figures_of(events, cut))


def brought_in(before: Standings, events: Sequence[Event], figures: Mapping[str, Reported]) -> Standings:
    """As `evolve`, for whoever has the figures of these events already (`figures_of`): of these or of more events."""
    after = before.without(e.data.fact for e in events if isinstance(e.data, FactWithdrawn))
    for event in events:
        if isinstance(event.data, FigureReported):
            after = after.with_figure(figures[event.id])
        elif isinstance(event.data, AlertRaised) and event.data.check is not None:
            after = after.with_failed(event.data.check.numbers, event.id)
        elif (told := state(event)) is not None:
            after = after.with_state(told)
    return after


def rows(standings: Standings) -> tuple[tuple[Reported, ...], tuple[State, ...]]:
    """Every standing figure, one for each series and frame, and every standing state, each in a fixed order."""
    figures = (line.standing for line in standings.lines.values())
    states = (reign.standing for reign in standings.reigns.values())
    return tuple(f for f in figures if f), tuple(s for s in states if s)


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference between two standings: of a series and frame, or of an office or scheme (`subject`).

    `how`: `new`, `gone`, or how the figure that stands later bears on the one that stood before.
    """

    group: Group
    how: str
    old: Reported | None = None
    new: Reported | None = None
    subject: str | None = None
    was: State | None = None
    becomes: State | None = None


def changes(before: Standings, after: Standings, series: str = "") -> tuple[Changed, ...]:
    """What stands otherwise in `after`, in the order of names; with `series` only what that pattern names."""
    groups = sorted({*before.lines, *after.lines})
    figures = (_changed(group, before, after) for group in groups if not series or named(group[0], series))
    subjects = () if series else sorted({*before.reigns, *after.reigns})
    states = (_turned(subject, before, after) for subject in subjects)
    return tuple(each for each in (*figures, *states) if each is not None)


def _changed(group: Group, before: Standings, after: Standings) -> Changed | None:
    old, new = before.figure(group), after.figure(group)
    if old == new:
        return None
    how = "new" if old is None else "gone" if new is None else relation(old, new).value
    return Changed(group, how, old, new)


def _turned(subject: str, before: Standings, after: Standings) -> Changed | None:
    was, becomes = before.state(subject), after.state(subject)
    if (was and was.value) == (becomes and becomes.value):
        return None
    how = "new" if was is None else "gone" if becomes is None else "changed"
    return Changed((subject, ""), how, subject=subject, was=was, becomes=becomes)


def published(shown: Standings, after: Standings, groups: Iterable[Group], subjects: Iterable[str]) -> Iterator[Stood]:
    """What stood by publication in these series, frames and subjects, on each day on which it changed.

    Whoever keeps what was ever given, of each day the last word, knows what stood on any day, as `as_of` says it.
    `shown` are the standings of which that is kept already.
    """
    for group in groups:
        old, new = shown.line(group), after.line(group)
        for day in sorted({key[0] for key in old.dated.changed(new.dated)}):
            yield Stood(Clock.PUBLISHED, group, day, _id(new.on(day)), gone=not new.out_on(day))
    for subject in subjects:
        reign = after.reign(subject)
        days = reign.changed(shown.reign(subject))
        out = reign.out_on(days)
        for day, told in reign.on(days):
            yield Stood(Clock.PUBLISHED, (subject,), day, _id(told), gone=day not in out)


def recorded(after: Standings, groups: Iterable[Group], subjects: Iterable[str], day: date) -> Iterator[Stood]:
    """What stood in these series, frames and subjects by what our log held at the end of a day."""
    for group in groups:
        yield Stood(Clock.RECORDED, group, day.isoformat(), _id(after.figure(group)))
    for subject in subjects:
        yield Stood(Clock.RECORDED, (subject,), day.isoformat(), _id(after.state(subject)))


def _id(told: Reported | State | None) -> str | None:
    return None if told is None else told.id


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
