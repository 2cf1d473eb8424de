"""What is decided about an article: alerts to raise, an outcome for every fact, and the steps that led there."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from feed.alert import sentence
from feed.alert.severity import severity
from feed.model.alert import AlertClass
from feed.model.quantity import Qualifier
from feed.model.relate import Relation, falls
from feed.model.report import AlertRaised, FactWithdrawn
from feed.model.rules import Rules
from feed.model.standing import Reported, State
from feed.model.wording import Words

ENGINE = "1"
LOOSEST = {Qualifier.OVER: 0, Qualifier.NEARLY: 1}  # who is taken at his word: see `relation`


class Told(NamedTuple):
    """What one article tells, as it takes part in decisions; `gone` is what it withdraws, each with its withdrawal."""

    article: str
    figures: tuple[Reported, ...]
    states: tuple[State, ...]
    gone: tuple[tuple[Reported | State, FactWithdrawn], ...] = ()


class Outcome(NamedTuple):
    """What came of one fact: the word for it, the relation and fact that decided, and the rule that held it back.

    `held` is None when an alert was raised. Words: the alert classes, and `first`, `repeated`, `refined`, `agreed`,
    `next`, `belated`, `step` for what is only recorded.
    """

    fact: str
    word: str
    relation: Relation | None
    against: str | None
    held: str | None


class Decision(NamedTuple):
    """Alerts to raise, in the order of the text, and an outcome for every fact."""

    alerts: tuple[AlertRaised, ...]
    outcomes: tuple[Outcome, ...]


Judged = tuple[Outcome, AlertRaised | None]


def quiet(new: Reported | State, word: str, bearing: Relation | None, old: str | None, held: str) -> Judged:
    """A fact that is only recorded, with the rule that held it back."""
    return Outcome(new.id, word, bearing, old, held), None


SENTENCES = {
    "superseded": sentence.superseding,
    "revised": sentence.revising,
    "contradicted": sentence.contradicting,
    "stale": sentence.quoting_old,
    "rescoped": sentence.rescoping,
}


def pushed(
    word: AlertClass,
    old: Reported,
    new: Reported,
    bearing: Relation | None,
    rules: Rules,
    words: Words,
    because: str = "",
) -> Judged:
    """A figure that people are told of, against the one on record. `because` is a step of the trace of its own."""
    alert = AlertRaised(
        alert=word,
        severity=severity(rules, word, new.series.metric, new.series.measure, moved(old, new)),
        article=new.figure.article,
        old=old.id,
        new=new.id,
        sentence=SENTENCES[word](old, new, words),
        trace=_trace(old, new, bearing, word, because),
        engine=ENGINE,
    )
    return Outcome(new.id, word, bearing, old.id, None), alert


def moved(old: Reported, new: Reported) -> Decimal | None:
    """By what fraction of the old value the new one differs; None when that means nothing."""
    base = old.figure.number
    return None if base == 0 else abs(new.figure.number - base) / abs(base)


def _trace(old: Reported, new: Reported, bearing: Relation | None, word: str, because: str) -> tuple[str, ...]:
    """The decision in sentences, as a person would retrace it."""
    steps = [f"Series {new.series}, frame {new.frame}."]
    if old.series != new.series:
        steps = [f"On record as {old.series}, now told as {new.series}: the same number, unit and period."]
    p, q = old.figure.period, new.figure.period
    if p is not None and q is not None:
        steps.append(f"On record to {p.end} ({p.end_basis}); new to {q.end} ({q.end_basis}).")
    steps.append(f"On record {old.figure.printed}; new {new.figure.printed}.")
    if bearing is not None:
        steps.append(f"The new figure {bearing} the one on record{_reason(old, new, bearing)}.")
    if because:
        steps.append(because)
    return (*steps, f"Class: {word}.")


def _reason(old: Reported, new: Reported, bearing: Relation) -> str:
    if bearing is Relation.SUPERSEDES:
        return ": a later period, not a revision"
    if old.end < new.end and falls(old, new):
        return ": a running total cannot fall"
    if old.figure.value.meets(new.figure.value):
        hedged, plain = sorted((old.figure, new.figure), key=lambda f: LOOSEST.get(f.qualifier, len(LOOSEST)))
        return f": nobody who counts {plain.printed} prints “{hedged.printed}”"
    return ": for the same period no value satisfies both"
