"""What an article means, given what stood: checks, alerts and the words for what stays quiet.

The pure heart of the pipeline: the same for an article that just came in and for a replay of the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from feed.alert.decision import Decision, Told
from feed.alert.rules import decide
from feed.check import Facts, asked, checks
from feed.model.check import Check
from feed.model.event import Draft, Event
from feed.model.period import Period
from feed.model.report import ArticleCaptured, FactWithdrawn, FigureReported, SchemeReported
from feed.model.rules import Rules
from feed.model.series import TOLERANCE
from feed.model.standing import Cut, Reported, State, figures_of, state
from feed.model.standings import Standings
from feed.model.topic import Topic
from feed.model.window import Window

COPIED = "its article repeats the text of another one on record"
REREAD = "its article was read again, and otherwise; it did not change"
HISTORY = "its article was listed when its source was new: recorded as history"


class Judgement(NamedTuple):
    """All that was decided about one article: every check, and the alerts and outcomes."""

    checks: tuple[Check, ...]
    decision: Decision


def cut_of(topic: Topic) -> Cut:
    """What a pack says about cutting periods and about sources."""
    stocks = frozenset(metric.id for metric in topic.metrics if metric.has_state)
    names = {alias: row.name for row in topic.actors.names.organisation for alias in row.aliases}
    official = frozenset(names.get(name, name) for name in topic.rules.official)
    return Cut(stocks=stocks, starts=topic.starts, official=official, names=names)


def judge(before: Standings, said: Sequence[Event | Draft], topic: Topic) -> Judgement:
    """Check and decide one article's facts, in the order of its text, against the standings before it."""
    return judged(before, said, tuple(figures_of(said, cut_of(topic)).values()), topic)


def judged(before: Standings, said: Sequence[Event | Draft], figures: tuple[Reported, ...], topic: Topic) -> Judgement:
    """As `judge`, for whoever has the figures of the article already."""
    states = tuple(told for one in said if (told := state(one)) is not None)
    article = next((one.data.article for one in said if isinstance(one.data, FigureReported | SchemeReported)), "")
    article = article or next((one.data.article for one in states), "")
    facts = Facts(
        figures=tuple(one for one in figures if not one.superseded),
        known=_known(before, figures, topic.rules),
        parts=topic.rules.parts,
        balances=topic.rules.balance,
        lists=tuple((one.id, one.data) for one in said if isinstance(one.data, SchemeReported) and one.data.term),
        titles=topic.labels.titles,
    )
    made = checks(facts)
    decision = decide(before, Told(article, figures, states, _gone(before, said)), made, topic.rules, topic.labels)
    return Judgement(made, _held_back(decision, said))


def _held_back(decision: Decision, said: Sequence[Event | Draft]) -> Decision:
    """The decision, without its alerts when the article itself is no news."""
    captured = [one.data for one in said if isinstance(one.data, ArticleCaptured)]
    rule = next((COPIED if data.copies else HISTORY for data in captured if data.copies or data.history), None)
    rule = REREAD if any(map(_is_reread, said)) else rule
    if rule is None:
        return decision
    return Decision((), tuple(outcome._replace(held=outcome.held or rule) for outcome in decision.outcomes))


def _is_reread(one: Event | Draft) -> bool:
    return (one.origin if isinstance(one, Draft) else one.source.rpartition(":")[2]) == "reread"


def _known(before: Standings, figures: Sequence[Reported], rules: Rules) -> tuple[Reported, ...]:
    """What is on record of what checks ask for, for the times that the article speaks of.

    A check compares figures of one period, or of a year so far with the whole year; the rest need not be looked at.
    """
    names = asked(figures, rules.parts, rules.balance)
    spans = _spans(period for one in figures for period in (one.figure.period, one.figure.baseline) if period)
    found = {told.id: told for name in names for first, last in spans for told in before.about(name, first, last)}
    for figure in figures:
        if figure.frame.window is Window.CALENDAR_YEAR and figure.figure.period is not None:
            count = before.line(figure.group).before(figure.figure.period.end)
            found |= {} if count is None else {count.id: count}
    return tuple(sorted(found.values(), key=lambda told: (told.group, told.order)))


def _spans(periods: Iterable[Period]) -> list[tuple[date, date]]:
    """The days around the ends of some periods, as far as an inferred end may be off; spans that meet are one."""
    spans: list[tuple[date, date]] = []
    for end in sorted({period.end for period in periods}):
        first, last = end - TOLERANCE, end + TOLERANCE
        if spans and spans[-1][1] >= first:
            spans[-1] = spans[-1][0], last
        else:
            spans.append((first, last))
    return spans


def _gone(before: Standings, said: Sequence[Event | Draft]) -> tuple[tuple[Reported | State, FactWithdrawn], ...]:
    """What is withdrawn with this article of what is on record, each with its withdrawal."""
    why = {one.data.fact: one.data for one in said if isinstance(one.data, FactWithdrawn)}
    facts = frozenset(why)
    if not facts:
        return ()
    gone: list[Reported | State] = [*before.figures_of(facts), *before.states_of(facts)]
    return tuple((old, why[old.id]) for old in gone)
