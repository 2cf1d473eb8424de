"""Which news is an alert: decide(what stood, what an article tells) gives alerts, and why the rest stays quiet.

One table, `OUTCOMES`, from relation to class; what is held back keeps the rule that held it. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from feed.alert.arithmetic import inconsistent
from feed.alert.changes import states
from feed.alert.decision import Decision, Judged, Told, pushed, quiet
from feed.alert.targets import against_target, target_of
from feed.alert.withdrawals import edited, restated, withdrawals
from feed.model.alert import AlertClass
from feed.model.check import Check
from feed.model.line import Line, same_bounds, standing
from feed.model.relate import Relation, falls, relation, same_period
from feed.model.rules import Rules
from feed.model.standing import Group, Reported
from feed.model.standings import Standings
from feed.model.window import Window
from feed.model.wording import Words

OLD_NEWS = timedelta(days=366)
SOON = timedelta(days=30)  # a source that goes back to its own word within these days is told once

OUTCOMES: dict[Relation, tuple[str, str]] = {
    #  relation               word         held back by
    Relation.REPEATS: ("repeated", "the same figure again"),
    Relation.REFINES: ("refined", "a finer figure within the one on record"),
    Relation.COARSENS: ("agreed", "a coarser figure that holds the one on record"),
    Relation.AGREES: ("agreed", "both can be true"),
    Relation.FOLLOWS: ("next", "days and weeks follow each other"),
    Relation.BELATED: ("belated", "a later figure is already on record"),
    Relation.UNRELATED: ("first", "nothing on record to compare it with"),
}
ALERTS: dict[Relation, AlertClass] = {
    Relation.SUPERSEDES: "superseded",
    Relation.REVISES: "revised",
    Relation.CONTRADICTS: "contradicted",
}
STEP = "a step inside one article: its last word counts"
HISTORY = "told as history: its period was long over when it was published"
BACK = "its source goes back to what it said within 30 days: told once"
CALLED = "Its own text calls the number on record an old one."
QUOTED = "The same number stood before the one on record: an old figure is told again."
OLD = "told as an old number: its own text says that another has taken its place"
THEN = "published before the number was replaced"
UNMOVED = "the same number for a later time: nothing moved"
KNOWN: dict[Relation, str] = {
    Relation.CONTRADICTS: "the same contradiction is already on record",
    Relation.REVISES: "the same revision is already on record",
}


def decide(before: Standings, told: Told, checks: Sequence[Check], rules: Rules, words: Words) -> Decision:
    """What an article's facts, given what stood before it, mean to people.

    Several figures of one series and frame are one step: only the one that stands among them can supersede. Every
    figure can contradict what is on record about its own period.
    """
    left = before.without(old.id for old, _ in told.gone) if told.gone else before
    judged = _figures(left, told, rules, words)
    if told.states:
        judged += states(left, told, rules, words)
    alerts = [alert for _, alert in judged if alert is not None]
    if told.gone:
        alerts += withdrawals(before, left, told, rules, words)
    if checks:
        alerts += inconsistent(before, told, checks, rules, words)
    return Decision(tuple(alerts), tuple([outcome for outcome, _ in judged]))


def _figures(before: Standings, told: Told, rules: Rules, words: Words) -> list[Judged]:
    judged: list[Judged] = []
    last_words = _last_words(told.figures) if len(told.figures) > 1 else {}
    for new in told.figures:
        old = edited(told, new) if told.gone else None
        if old is not None:
            judged.append(restated(told, old, new, rules, words))
        elif new.superseded:
            judged.append(quiet(new, "belated", None, None, OLD))
        else:
            last = last_words.get(new.group, new) is new
            judged.append(_figure(before, told, new, last=last, rules=rules, words=words))
    return judged


def _last_words(figures: tuple[Reported, ...]) -> dict[Group, Reported | None]:
    groups: dict[Group, list[Reported]] = {}
    for told in figures:
        groups.setdefault(told.group, []).append(told)
    return {group: standing(held) for group, held in groups.items() if len(held) > 1}


def _figure(before: Standings, told: Told, new: Reported, *, last: bool, rules: Rules, words: Words) -> Judged:
    line = before.line(new.group)
    old = line.peer(new) or line.standing
    if old is None or (bearing := relation(old, new)) is Relation.UNRELATED:
        return _first(before, new, rules, words) if last else quiet(new, "step", None, None, STEP)
    called_old = bearing is Relation.CONTRADICTS and _calls_old(told, old)
    if called_old:
        bearing = Relation.REVISES
    if bearing not in ALERTS:
        word, held = OUTCOMES[bearing]
        return quiet(new, word, bearing, old.id, held)
    kept = _held(line, old, new, bearing, last=last)
    if kept is not None:
        return quiet(new, kept[0], bearing, old.id, kept[1])
    part = _of_part(before, new)
    if part is not None:
        return pushed("rescoped", part, new, None, rules, words)
    if _quotes_old(line, old, new):
        return pushed("stale", old, new, bearing, rules, words, because=QUOTED)
    return pushed(ALERTS[bearing], old, new, bearing, rules, words, because=CALLED if called_old else "")


def _calls_old(told: Told, old: Reported) -> bool:
    """Whether an article itself says that the number on record is no longer the number."""
    told_old = (one for one in told.figures if one.superseded and (one.group, one.said) == (old.group, old.said))
    return any(same_period(one, old) for one in told_old)


def _held(line: Line, old: Reported, new: Reported, bearing: Relation, *, last: bool) -> tuple[str, str] | None:
    """What holds an alert back: the word for it and the rule; None when nothing does."""
    if bearing is Relation.SUPERSEDES:
        if not last:
            return "step", STEP
        if old.said == new.said:
            return "repeated", UNMOVED
        return ("belated", HISTORY) if told_as_history(new) else None
    before = line.last_time(new)
    if before is not None and _soon(before, new):
        return "repeated", BACK
    was = line.first_to_call_old(new)
    if was is not None and same_bounds(was, old):
        return ("belated", THEN) if new.order < was.order else None
    first = line.first_to_say(new)
    if first is None or not same_period(first, old):
        return None
    if _replaced(first, old):
        return ("belated", THEN) if new.dated and new.order < old.order else None
    return ("repeated", KNOWN[bearing]) if _as_good(first, new) else None


def _as_good(first: Reported, new: Reported) -> bool:
    """Whether a figure tells no more than the first to say so: its source does not confirm what only others said."""
    return not new.own or first.originator == new.originator


def _soon(before: Reported, new: Reported) -> bool:
    return before.time is not None and new.time is not None and timedelta() <= new.time - before.time <= SOON


def _quotes_old(line: Line, old: Reported, new: Reported) -> bool:
    """Whether a new figure that nothing holds back only prints again what stood before the one on record."""
    alike = same_bounds(old, new)
    if not alike and not falls(old, new):
        return False
    first = line.first_to_say(new)
    if first is None:
        return False
    if not alike:
        return first.order < new.order
    return same_period(line.first_to_call_old(new) or first, old) and not new.own


def _replaced(first: Reported, old: Reported) -> bool:
    """Whether who said the one put the other in its place later."""
    return first.originator is not None and first.originator == old.originator and first.order < old.order


def told_as_history(new: Reported) -> bool:
    """Whether a figure's period was long over when it was published: twelve months, or two shorter windows."""
    period, published = new.figure.period, new.figure.published
    if period is None or published is None:
        return False
    limit = {Window.MONTH: timedelta(days=62), Window.QUARTER: timedelta(days=184)}.get(new.frame.window, OLD_NEWS)
    return published - period.end > limit


def _first(before: Standings, new: Reported, rules: Rules, words: Words) -> Judged:
    """A figure without a peer: the first, unless the same number is on record as something else or a target waits."""
    others = sorted(before.alike(new), key=lambda old: (old.series.metric != new.series.metric, old.order))
    if others:
        return pushed("rescoped", others[0], new, None, rules, words)
    target = target_of(before, new)
    if target is not None:
        return against_target(target, new, rules, words)
    word, held = OUTCOMES[Relation.UNRELATED]
    return quiet(new, word, None, None, held)


def _of_part(before: Standings, new: Reported) -> Reported | None:
    """The figure that prints the same number of the same metric about the same time, but of more or of fewer things."""

    def nested(old: Reported) -> bool:
        a, b = set(old.series.dims), set(new.series.dims)
        return old.series.metric == new.series.metric and (a < b or b < a)

    return next((old for old in before.alike(new) if nested(old)), None)
