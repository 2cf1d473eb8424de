"""What is taken back: a fact that an article no longer states, or that a person or a newer reading rejects."""

from __future__ import annotations

from collections.abc import Iterator

from feed.alert import sentence
from feed.alert.decision import ENGINE, Judged, Told, pushed, quiet
from feed.alert.severity import severity
from feed.model.relate import comparable, same_period
from feed.model.report import AlertRaised, FactWithdrawn
from feed.model.rules import Rules
from feed.model.standing import Reported, State
from feed.model.standings import Standings
from feed.model.wording import Words

STILL = "the article was changed, and still says so"


def edited(told: Told, new: Reported) -> Reported | None:
    """The figure that the article withdraws and in whose place `new` is: of the same series and time, or it says so."""
    if new.superseded:
        return None
    fitting = (old for old, _ in told.gone if isinstance(old, Reported) and _in_place(old, new))
    return next(fitting, None)


def _in_place(old: Reported, new: Reported) -> bool:
    if new.figure.replaces is not None:
        return new.figure.replaces == old.id
    one_article = old.figure.article == new.figure.article
    return one_article and comparable(old, new) and same_period(old, new)


def restated(told: Told, old: Reported, new: Reported, rules: Rules, words: Words) -> Judged:
    """A figure that an edit of its article put in the place of another."""
    same = (old.figure.numbers, old.figure.qualifier) == (new.figure.numbers, new.figure.qualifier)
    if same or new.figure.value.softened().within(old.figure.value.softened()):
        return quiet(new, "repeated" if same else "refined", None, old.id, STILL)
    return pushed("revised", old, new, None, rules, words, because=_because(told, old))


def _because(told: Told, old: Reported) -> str:
    return next(_said(gone) for one, gone in told.gone if one is old)


def _said(gone: FactWithdrawn) -> str:
    return f"Withdrawn by {gone.by}: {gone.reason.removesuffix('.')}."


def withdrawals(before: Standings, after: Standings, told: Told, rules: Rules, words: Words) -> Iterator[AlertRaised]:
    """An alert for each fact taken back that stood and that the same article does not state anew.

    `before` still has it, `after` has it no more and nothing of what the article now tells.
    """
    yield from _states(before, after, told, rules, words)
    seen = set()
    gone_figures = [(old, gone) for old, gone in told.gone if isinstance(old, Reported)]
    for old, gone in sorted(gone_figures, key=lambda each: (each[0].timeless, each[0].order)):
        said = (old.series, old.said)
        if (
            before.figure(old.group) == old
            and said not in seen
            and not any(edited(told, new) is old for new in told.figures)
        ):
            seen.add(said)  # one number that an article told of several times is one alert
            yield _figure(old, after.figure(old.group), gone, rules, words)


def _states(before: Standings, after: Standings, told: Told, rules: Rules, words: Words) -> Iterator[AlertRaised]:
    for old, gone in told.gone:
        if not isinstance(old, State) or any(new.subject == old.subject for new in told.states):
            continue
        if before.state(old.subject) == old:
            yield _state(old, after.state(old.subject), gone, rules, words)


def _figure(old: Reported, left: Reported | None, gone: FactWithdrawn, rules: Rules, words: Words) -> AlertRaised:
    stands = f"{left.figure.printed} stands again" if left else "Nothing stands in its place"
    return AlertRaised(
        alert="withdrawn",
        severity=severity(rules, "withdrawn", old.series.metric, old.series.measure, None),
        article=old.figure.article,
        old=old.id,
        new=left.id if left else None,
        engine=ENGINE,
        sentence=sentence.withdrawing(old, left, words),
        trace=(
            f"Series {old.series}, frame {old.frame}.",
            f"On record {old.figure.printed}. It stood.",
            _said(gone),
            f"{stands}.",
            "Class: withdrawn.",
        ),
    )


def _state(old: State, left: State | None, gone: FactWithdrawn, rules: Rules, words: Words) -> AlertRaised:
    return AlertRaised(
        alert="withdrawn",
        severity=severity(rules, "withdrawn", old.subject.partition(" ")[0], "state", None),
        article=old.data.article,
        old=old.id,
        new=left.id if left else None,
        engine=ENGINE,
        sentence=sentence.withdrawing_state(old, left, words),
        trace=(f"On record: {old.value}, as of {old.as_of}. It stood.", _said(gone), "Class: withdrawn."),
    )
