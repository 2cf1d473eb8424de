"""What an article means, given what stood: checks, alerts and the words for what stays quiet.

The pure heart of the pipeline: the same for an article that just came in and for a replay of the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feed.alert.rules import Decision, Told, decide
from feed.app.wording import TopicWords
from feed.check import Facts, checks
from feed.model.check import Check
from feed.model.event import Draft, Event
from feed.model.report import FigureReported, SchemeReported
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
    return Cut(stocks=stocks, starts=topic.starts, official=frozenset(topic.rules.official))


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


def _known(before: Standings, figures: Iterable[Reported]) -> tuple[Reported, ...]:
    """What is on record of the metrics that the article speaks of."""
    metrics = {figure.series.metric for figure in figures}
    metrics |= {figure.figure.of.metric for figure in figures if figure.figure.of is not None}
    groups = sorted((g for g in before.figures if g[0].metric in metrics), key=lambda g: (g[0], str(g[1])))
    return tuple(figure for group in groups for figure in before.figures[group])
