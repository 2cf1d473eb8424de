"""Which news is an alert: decide(what stood, what an article tells) gives alerts, and why the rest stays quiet.

One table, `OUTCOMES`, from relation to class; what is held back keeps the rule that held it. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from feed.alert import sentence
from feed.alert.severity import severity
from feed.model.check import Check, Verdict
from feed.model.figure import Measure
from feed.model.period import Basis, Period, Window
from feed.model.relate import Relation, falls, relation, same_period
from feed.model.report import AlertClass, AlertRaised
from feed.model.rules import Rules
from feed.model.standing import Reported, State
from feed.model.standings import Group, Standings, quotes_old, standing, standing_state
from feed.model.wording import Words

ENGINE = "1"
OLD_NEWS = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Told:
    """What one article tells, as it takes part in decisions."""

    article: str
    figures: tuple[Reported, ...]
    states: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one fact: the word for it, the relation and fact that decided, and the rule that held it back.

    `held` is None when an alert was raised. Words: the alert classes, and `first`, `repeated`, `refined`, `agreed`,
    `next`, `belated`, `step` for what is only recorded.
    """

    fact: str
    word: str
    relation: Relation | None
    against: str | None
    held: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Alerts to raise, in the order of the text, and an outcome for every fact."""

    alerts: tuple[AlertRaised, ...]
    outcomes: tuple[Outcome, ...]


OUTCOMES: dict[Relation, tuple[str, str | None]] = {
    #  relation               word           held back by
    Relation.SUPERSEDES: ("superseded", None),
    Relation.REVISES: ("revised", None),
    Relation.CONTRADICTS: ("contradicted", None),
    Relation.REPEATS: ("repeated", "the same figure again"),
    Relation.REFINES: ("refined", "a finer figure within the one on record"),
    Relation.COARSENS: ("agreed", "a coarser figure that holds the one on record"),
    Relation.AGREES: ("agreed", "both can be true"),
    Relation.FOLLOWS: ("next", "days and weeks follow each other"),
    Relation.BELATED: ("belated", "a later figure is already on record"),
    Relation.UNRELATED: ("first", "nothing on record to compare it with"),
}


STEP = "a step inside one article: its last word counts"


def decide(before: Standings, told: Told, checks: Iterable[Check], rules: Rules, words: Words) -> Decision:
    """What an article's facts, given what stood before it, mean to people.

    Several figures of one series and frame are one step: only the one that stands among them can supersede. Every
    figure can contradict what is on record about its own period.
    """
    judged = [*_figures(before, told, rules, words), *_states(before, told, rules, words)]
    alerts = [alert for _, alert in judged if alert is not None]
    alerts += [_inconsistent(told, check, rules) for check in checks if check.verdict is Verdict.FAILS]
    return Decision(tuple(alerts), tuple(outcome for outcome, _ in judged))


Judged = tuple[Outcome, AlertRaised | None]


def _figures(before: Standings, told: Told, rules: Rules, words: Words) -> Iterator[Judged]:
    last_words = _last_words(told.figures)
    for new in told.figures:
        group = (new.series, new.frame)
        yield _figure(before, new, last=last_words[group] is new, rules=rules, words=words)


def _last_words(figures: tuple[Reported, ...]) -> dict[Group, Reported | None]:
    groups: dict[Group, list[Reported]] = {}
    for told in figures:
        groups.setdefault((told.series, told.frame), []).append(told)
    return {group: standing(held) for group, held in groups.items()}


def _figure(before: Standings, new: Reported, *, last: bool, rules: Rules, words: Words) -> Judged:
    on_record = before.figures.get((new.series, new.frame), ())
    against, bearing = _against(on_record, new)
    word, held = OUTCOMES[bearing]
    if against is not None and held is None:
        word, held = _tempered(word, against, new, on_record, last=last)
    if word == "first":
        return _first(before, new, rules, words) if last else (Outcome(new.id, "step", None, None, STEP), None)
    if held is not None or against is None:
        return Outcome(new.id, word, bearing, None if against is None else against.id, held), None
    alert = _raise(word, against, new, bearing, rules, words)  # type: ignore[arg-type]
    return Outcome(new.id, word, bearing, against.id, None), alert


def _against(on_record: tuple[Reported, ...], new: Reported) -> tuple[Reported | None, Relation]:
    """The figure on record that a new one is judged by: the one of its own period, else the one that stands."""
    peer = standing(old for old in on_record if same_period(old, new))
    chosen = peer or standing(on_record)
    return (None, Relation.UNRELATED) if chosen is None else (chosen, relation(chosen, new))


def _tempered(
    word: str, old: Reported, new: Reported, on_record: tuple[Reported, ...], *, last: bool
) -> tuple[str, str | None]:
    """What turns an alert into another class, or holds it back, with the rule's name."""
    if word == "superseded" and not last:
        return "step", STEP
    if word == "superseded" and told_as_history(new):
        return "belated", "told as history: its period was long over when it was published"
    if word in ("contradicted", "revised") and falls(old, new) and quotes_old(new, on_record):
        return "stale", None
    return word, None


def told_as_history(new: Reported) -> bool:
    """Whether a figure's period was long over when it was published: twelve months, or two shorter windows."""
    period, published = new.figure.period, new.figure.published
    if period is None or published is None:
        return False
    limit = {Window.MONTH: timedelta(days=62), Window.QUARTER: timedelta(days=184)}.get(new.frame.window, OLD_NEWS)
    return published - period.end > limit


SENTENCES = {
    "superseded": sentence.superseding,
    "revised": sentence.revising,
    "contradicted": sentence.contradicting,
    "stale": sentence.quoting_old,
    "rescoped": sentence.rescoping,
}


def _raise(
    word: AlertClass, old: Reported, new: Reported, bearing: Relation | None, rules: Rules, words: Words
) -> AlertRaised:
    return AlertRaised(
        alert=word,
        severity=severity(rules, word, new.series.metric, new.series.measure, moved(old, new)),
        article=new.figure.article,
        old=old.id,
        new=new.id,
        sentence=SENTENCES[word](old, new, words),
        trace=_trace(old, new, bearing, word),
        engine=ENGINE,
    )


def moved(old: Reported, new: Reported) -> Decimal | None:
    """By what fraction of the old value the new one differs; None when that means nothing."""
    base = old.figure.number
    return None if base == 0 else abs(new.figure.number - base) / abs(base)


def _trace(old: Reported, new: Reported, bearing: Relation | None, word: str) -> tuple[str, ...]:
    """The decision in sentences, as a person would retrace it."""
    steps = [f"Series {new.series}, frame {new.frame}."]
    if old.series != new.series:
        steps = [f"On record as {old.series}, now told as {new.series}: the same number, unit and period."]
    p, q = old.figure.period, new.figure.period
    if p is not None and q is not None:
        steps.append(f"On record to {p.end} ({p.end_basis}); new to {q.end} ({q.end_basis}).")
    steps.append(f"On record {old.figure.printed}; new {new.figure.printed}.")
    if bearing is not None:
        steps.append(f"The new figure {bearing} the one on record{_reason(p, q, bearing)}.")
    return (*steps, f"Class: {word}.")


def _reason(p: Period | None, q: Period | None, bearing: Relation) -> str:
    if bearing is Relation.SUPERSEDES:
        return ": a later period, not a revision"
    if bearing in (Relation.CONTRADICTS, Relation.REVISES):
        later = p is not None and q is not None and p.end < q.end
        return ": a running total cannot fall" if later else ": for the same period no value satisfies both"
    return ""


def _first(before: Standings, new: Reported, rules: Rules, words: Words) -> Judged:
    """A figure without a peer: the first, unless the same number is on record as something else or a target waits."""
    other = _told_otherwise(before, new)
    if other is not None:
        return (Outcome(new.id, "rescoped", None, other.id, None), _raise("rescoped", other, new, None, rules, words))
    target = _target(before, new)
    if target is not None:
        return _against_target(target, new, rules, words)
    return Outcome(new.id, "first", None, None, OUTCOMES[Relation.UNRELATED][1]), None


def _told_otherwise(before: Standings, new: Reported) -> Reported | None:
    """The figure on record with the same number, unit and period but other dimensions or another metric."""
    f = new.figure
    if f.measure is not Measure.LEVEL or f.period is None or f.period.start is None or abs(f.number) < 100:
        return None  # small numbers, and totals without a start, coincide by chance
    for held in before.figures.values():
        for old in held:
            o = old.figure
            same = (o.numbers, o.unit, o.measure) == (f.numbers, f.unit, f.measure)
            if same and old.series.status == new.series.status and _one_time(o.period, f.period):
                return old
    return None


def _one_time(told: Period | None, new: Period) -> bool:
    """Whether both are of one period, or of one running total that the new article prints again, up to its own day."""
    if told is None or told.start != new.start:
        return False
    return told.end == new.end or (new.end_basis is Basis.PUBLISHED and told.end <= new.end)


def _bounds(period: Period | None) -> tuple[object, object] | None:
    return None if period is None else (period.start, period.end)


def _target(before: Standings, new: Reported) -> Reported | None:
    if new.series.status != "outturn":
        return None
    return before.figure((replace(new.series, status="target"), new.frame))


def _against_target(target: Reported, new: Reported, rules: Rules, words: Words) -> Judged:
    """An outturn against the target of its series and period: met, missed once the period is over, or still open."""
    cap = new.series.metric in rules.caps
    reached = target.figure.value.low is not None and _reaches(target, new)
    over = _bounds(target.figure.period) == _bounds(new.figure.period)
    word: AlertClass | None = None
    if over or (reached and not cap):
        word = "target_met" if reached != cap else "target_missed"
    if word is None:
        return Outcome(new.id, "first", None, target.id, "its target's period is not over"), None
    alert = AlertRaised(
        alert=word,
        severity=severity(rules, word, new.series.metric, new.series.measure, None),
        article=new.figure.article,
        old=target.id,
        new=new.id,
        engine=ENGINE,
        sentence=sentence.against_target(target, new, words, met=word == "target_met"),
        trace=(f"Target {target.figure.printed}, outturn {new.figure.printed}, frame {new.frame}.", f"Class: {word}."),
    )
    return Outcome(new.id, word, None, target.id, None), alert


def _reaches(target: Reported, new: Reported) -> bool:
    low = new.figure.value.low
    return low is not None and low >= target.figure.number


def _states(before: Standings, told: Told, rules: Rules, words: Words) -> Iterator[Judged]:
    """A state changes when an article tells another one that holds from a later day. History changes nothing."""
    for subject in dict.fromkeys(one.subject for one in told.states):
        new = standing_state(one for one in told.states if one.subject == subject)
        if new is not None:
            yield _state(before.states.get(subject, ()), new, rules, words)


def _state(on_record: tuple[State, ...], new: State, rules: Rules, words: Words) -> Judged:
    old = standing_state(on_record)
    if old is None:
        return Outcome(new.id, "first", None, None, "nothing on record to compare it with"), None
    if old.value == new.value:
        return Outcome(new.id, "repeated", None, old.id, "the same state again"), None
    if standing_state((*on_record, new)) is not new:
        return Outcome(new.id, "belated", None, old.id, "a later state is already on record"), None
    if new.time is not None and old.time is not None and new.time < old.time:
        return Outcome(new.id, "belated", None, old.id, "told by an article older than the one on record"), None
    kind = new.subject.partition(" ")[0]
    alert = AlertRaised(
        alert="state_changed",
        severity=severity(rules, "state_changed", kind, "state", None),
        article=new.data.article,
        old=old.id,
        new=new.id,
        engine=ENGINE,
        sentence=sentence.state_change(old, new, words),
        trace=(
            f"On record: {old.value}, as of {old.as_of}.",
            f"New: {new.value}, as of {new.as_of}.",
            "It holds from a later day and says something else.",
            "Class: state_changed.",
        ),
    )
    return Outcome(new.id, "state_changed", None, old.id, None), alert


def _inconsistent(told: Told, check: Check, rules: Rules) -> AlertRaised:
    by_id = {figure.id: figure for figure in told.figures}
    metric = next((by_id[o.id].series.metric for o in check.operands if o.id in by_id), "")
    return AlertRaised(
        alert="inconsistent",
        severity=severity(rules, "inconsistent", metric, check.law.value, gap(check)),
        article=told.article,
        old=None,
        new=None,
        check=check,
        engine=ENGINE,
        sentence=f"{check.what[:1].upper()}{check.what[1:]} do not agree: {check.formula}",
        trace=(
            f"Law: {check.law}.",
            f"Computed: {check.formula}.",
            "No admissible choice of operands makes it hold.",
            "Class: inconsistent.",
        ),
    )


def gap(check: Check) -> Decimal | None:
    """By what fraction the two sides of a failed check miss each other; None when a side is infinite."""
    a, b = check.claimed, check.computed
    if a is None or b is None:
        return None
    low, high = (a, b) if a.below(b) else (b, a)
    if low.high is None or high.low is None or high.low == 0:
        return None
    return abs(high.low - low.high) / abs(high.low)
