"""The log, folded batch by batch: standings before and after, and what each batch changes in the view. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from feed.alert.context import beside
from feed.app.judge import Judgement, cut_of, judged
from feed.model.chain import Head, canonical, digest
from feed.model.event import Event, line_object
from feed.model.report import AlertRaised, FactWithdrawn
from feed.model.standing import Group, Reported, figures_of, state
from feed.model.standings import EMPTY, Standings
from feed.model.stood import Stood
from feed.model.topic import Topic
from feed.project import brought_in, published, recorded
from feed.view.rows import Change


@dataclass(frozen=True, slots=True)
class Step:
    """One batch of events of one article: the standings around it and what was decided about it.

    `shown` are the standings that the view has when the step is brought in: those before it, or amid it when a part of
    the batch was brought in earlier. `figures` are those that the events state, by the events' ids.
    """

    events: tuple[Event, ...]
    before: Standings
    after: Standings
    judgement: Judgement
    shown: Standings
    figures: Mapping[str, Reported]


def batch_of(event: Event) -> str:
    """What the events that belong together have in common: the capture that began them."""
    return event.correlationid or event.id


def batches(events: Iterable[Event]) -> Iterator[tuple[Event, ...]]:
    """Events that belong together, as they stand in the log: those of one capture, without a gap."""
    for _, held in groupby(events, key=batch_of):
        yield tuple(held)


def steps(events: Iterable[Event], topic: Topic, start: Standings = EMPTY) -> Iterator[Step]:
    """The log as steps, from the standings at the start."""
    before = start
    for batch in batches(events):
        step = one_step(before, batch, topic)
        yield step
        before = step.after


def one_step(before: Standings, batch: tuple[Event, ...], topic: Topic, shown: Standings | None = None) -> Step:
    """One batch on top of what stood. `shown` are the standings that the view has, when a part of it was there."""
    figures = figures_of(batch, cut_of(topic))
    judgement = judged(before, batch, tuple(figures.values()), topic)
    after = brought_in(before, batch, figures)
    return Step(batch, before, after, judgement, before if shown is None else shown, figures)


def change(step: Step, topic: Topic) -> Change:
    """What a step means for the view."""
    figures = tuple(step.figures.values())
    states = tuple(told for e in step.events if (told := state(e)) is not None)
    withdrawn = tuple(e.data.fact for e in step.events if isinstance(e.data, FactWithdrawn))
    facts = (*(f.id for f in figures), *(s.id for s in states))
    groups, subjects = {f.group for f in figures}, {s.subject for s in states}
    if withdrawn:
        groups |= {f.group for f in step.before.figures_of(withdrawn)}
        subjects |= {s.subject for s in step.before.states_of(withdrawn)}
    return Change(
        events=step.events,
        figures=figures,
        states=states,
        outcomes={o.fact: (o.word, o.relation, o.against, o.held) for o in step.judgement.decision.outcomes},
        standing={group: step.after.figure(group) for group in sorted(groups)},
        state_of={subject: step.after.state(subject) for subject in sorted(subjects)},
        stood=tuple(_stood(step, sorted(groups), sorted(subjects), topic)),
        checks=step.judgement.checks,
        withdrawn=(*withdrawn, *(fact for fact in facts if step.after.withdrawn.get(fact))),
        beside=_beside(step, figures, topic),
    )


def _stood(step: Step, groups: Sequence[Group], subjects: Sequence[str], topic: Topic) -> Iterator[Stood]:
    """What the batch changes in what stood on any day, by publication and by what the log held."""
    yield from published(step.shown, step.after, groups, subjects)
    zone, after = ZoneInfo(topic.zone), step.before
    parts = groupby(step.events, key=lambda event: event.recordedtime.astimezone(zone).date())
    *earlier, (last, _) = [(day, tuple(events)) for day, events in parts]
    for day, events in earlier:
        after = brought_in(after, events, step.figures)
        yield from recorded(after, groups, subjects, day)
    yield from recorded(step.after, groups, subjects, last)


def _beside(step: Step, figures: tuple[Reported, ...], topic: Topic) -> dict[str, tuple[str, ...]]:
    """What was known beside the figures that people are told of, when they were told."""
    told = {event.data.new for event in step.events if isinstance(event.data, AlertRaised)}
    return {f.id: beside(step.after, f, topic.rules, topic.labels) for f in figures if f.id in told}


def end_of(step: Step) -> Head:
    """Where the log stood after a step."""
    last = step.events[-1]
    return Head(last.position, digest(canonical(line_object(last))))
