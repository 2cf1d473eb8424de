"""What an article means, given what stood: checks, alerts and the words for what stays quiet.

The pure heart of the pipeline: the same for an article that just came in and for a replay of the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from feed.alert.decision import Decision, Told
from feed.alert.rules import decide
from feed.check import Facts, asked, checks
from feed.model.check import Check
from feed.model.event import Draft, Event
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
    rules, labels, rest = topic.rules, topic.labels, _rest(said)
    metrics = {one.series.metric for one in figures}
    facts = Facts(
        tuple([one for one in figures if not one.superseded]),
        _known(before, figures, rules),
        rest.lists,
        tuple([row for row in rules.parts if row.metric in metrics]),
        tuple([row for row in rules.balance if row.metric in metrics]),
        labels.titles,
    )
    made = checks(facts)
    gone = _gone(before, rest.gone) if rest.gone else ()
    decision = decide(before, Told(rest.article, figures, rest.states, gone), made, rules, labels)
    return Judgement(made, decision if rest.held is None else _held_back(decision, rest.held))


class _Rest(NamedTuple):
    """What the events of an article tell beside its figures. `held`: why the article itself is no news, if it is none.

    `lists`: the listed terms of schemes; `gone`: what is withdrawn, by the fact's id.
    """

    article: str
    states: tuple[State, ...]
    lists: tuple[tuple[str, SchemeReported], ...]
    gone: Mapping[str, FactWithdrawn]
    held: str | None


def _rest(said: Sequence[Event | Draft]) -> _Rest:
    article, held, states, lists, gone = "", None, [], [], {}
    for one in said:
        data = one.data
        if _is_reread(one):
            held = REREAD
        if isinstance(data, FigureReported):
            article = article or data.article
        elif isinstance(data, ArticleCaptured):
            held = held or (COPIED if data.copies else HISTORY if data.history else None)
        elif isinstance(data, FactWithdrawn):
            gone[data.fact] = data
        elif isinstance(data, SchemeReported):
            article = article or data.article
            lists += [(one.id, data)] if data.term else []
        states += [] if (told := state(one)) is None else [told]
    article = article or (states[0].data.article if states else "")
    return _Rest(article, tuple(states), tuple(lists), gone, held)


def _held_back(decision: Decision, rule: str) -> Decision:
    """The decision without its alerts."""
    return Decision((), tuple(outcome._replace(held=outcome.held or rule) for outcome in decision.outcomes))


def _is_reread(one: Event | Draft) -> bool:
    return (one.origin if isinstance(one, Draft) else one.source.rpartition(":")[2]) == "reread"


def _known(before: Standings, figures: Sequence[Reported], rules: Rules) -> tuple[Reported, ...]:
    """What is on record of what checks ask for, for the times that the article speaks of.

    A check compares figures of one period, or of a year so far with the whole year; the rest need not be looked at.
    """
    found: dict[str, Reported] = {}
    names = asked(figures, rules.parts, rules.balance)
    for first, last in _spans(figures) if names else ():
        for name in names:
            for told in before.about(name, first, last):
                found[told.id] = told
    for figure in figures:
        if figure.frame.window is Window.CALENDAR_YEAR and figure.figure.period is not None:
            count = before.line(figure.group).before(figure.figure.period.end)
            if count is not None:
                found[count.id] = count
    return tuple(sorted(found.values(), key=lambda told: (told.group, told.order))) if found else ()


def _spans(figures: Iterable[Reported]) -> list[tuple[date, date]]:
    """The days around the ends of their periods, as far as an inferred end may be off; spans that meet are one."""
    periods = [period for one in figures for period in (one.figure.period, one.figure.baseline) if period]
    spans: list[tuple[date, date]] = []
    for end in sorted({period.end for period in periods}):
        first, last = end - TOLERANCE, end + TOLERANCE
        if spans and spans[-1][1] >= first:
            spans[-1] = spans[-1][0], last
        else:
            spans.append((first, last))
    return spans


def _gone(before: Standings, why: Mapping[str, FactWithdrawn]) -> tuple[tuple[Reported | State, FactWithdrawn], ...]:
    """What is withdrawn with this article of what is on record, each with its withdrawal."""
    gone: list[Reported | State] = [*before.figures_of(why), *before.states_of(why)]
    return tuple((old, why[old.id]) for old in gone)
