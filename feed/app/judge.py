"""What an article means, given what stood: checks, alerts and the words for what stays quiet.

The pure heart of the pipeline: the same for an article that just came in and for a replay of the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feed.alert.rules import Decision, Told, decide
from feed.app.wording import TopicWords
from feed.check import Facts, checks
from feed.model.check import Check
from feed.model.event import Draft, Event
from feed.model.period import Period, Window
from feed.model.report import FigureReported, SchemeReported
from feed.model.series import TOLERANCE
from feed.model.standing import Cut, Reported, reported, state
from feed.model.standings import Standings
from feed.model.topic import Topic


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that was decided about one article: every check, and the alerts and outcomes."""

    checks: tuple[Check, ...]
    decision: Decision


def cut_of(topic: Topic) -> Cut:
    """What a pack says about cutting periods and about sources."""
    stocks = frozenset(metric.id for metric in topic.metrics if metric.kind == "stock")
    names = {alias: row.name for row in topic.actors.names.organisation for alias in row.aliases}
    official = frozenset(names.get(name, name) for name in topic.rules.official)
    return Cut(stocks=stocks, starts=topic.starts, official=official, names=names)


def judge(before: Standings, said: Sequence[Event | Draft], topic: Topic) -> Judgement:
    """Check and decide one article's facts, in the order of its text, against the standings before it."""
    cut = cut_of(topic)
    figures = tuple(reported(one, cut) for one in said if isinstance(one.data, FigureReported))
    states = tuple(told for one in said if (told := state(one)) is not None)
    article = next((one.data.article for one in said if isinstance(one.data, FigureReported | SchemeReported)), "")
    article = article or next((one.data.article for one in states), "")
    facts = Facts(
        figures=figures,
        known=_known(before, figures),
        parts=topic.rules.parts,
        lists=tuple((one.id, one.data) for one in said if isinstance(one.data, SchemeReported) and one.data.term),
        titles={metric.id: metric.title for metric in topic.metrics},
    )
    made = checks(facts)
    decision = decide(before, Told(article, figures, states), made, topic.rules, TopicWords(topic))
    return Judgement(made, decision)


def _known(before: Standings, figures: Sequence[Reported]) -> tuple[Reported, ...]:
    """What is on record of the metrics that the article speaks of, for the times that it speaks of.

    A check compares figures of one period, or of a year so far with the whole year; the rest need not be looked at.
    """
    metrics = {figure.series.metric for figure in figures}
    metrics |= {figure.figure.of.metric for figure in figures if figure.figure.of is not None}
    groups = sorted((g for g in before.figures if g[0].metric in metrics), key=lambda g: (g[0], str(g[1])))
    days = {
        day for figure in figures for period in (figure.figure.period, figure.figure.baseline) for day in _days(period)
    }
    frames = {figure.frame for figure in figures if figure.frame.window is Window.CALENDAR_YEAR}
    return tuple(
        figure
        for group in groups
        for figure in before.figures[group]
        if figure.frame in frames or not days.isdisjoint(_days(figure.figure.period)[:1])
    )


def _days(period: Period | None) -> tuple[int, ...]:
    """The end of a period as a number, then the days around it that an inferred end may be off."""
    if period is None:
        return ()
    end, off = period.end.toordinal(), TOLERANCE.days
    return (end, *(end + days for days in range(-off, off + 1)))
