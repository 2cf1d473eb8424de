"""Changes of state: who holds an office, how a scheme stands. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterator

from feed.alert import sentence
from feed.alert.decision import ENGINE, Judged, Outcome, Told, quiet
from feed.alert.severity import severity
from feed.model.reign import Reign, reign
from feed.model.report import AlertRaised
from feed.model.rules import Rules
from feed.model.standing import State
from feed.model.standings import Standings
from feed.model.wording import Words


def states(before: Standings, told: Told, rules: Rules, words: Words) -> Iterator[Judged]:
    """A state changes when an article tells another one that holds from a later day. History changes nothing."""
    for subject in dict.fromkeys(one.subject for one in told.states):
        new = reign(one for one in told.states if one.subject == subject).standing
        if new is not None:
            yield _state(before.reign(subject), new, rules, words)


def _state(on_record: Reign, new: State, rules: Rules, words: Words) -> Judged:
    old = on_record.standing
    if old is None:
        return quiet(new, "first", None, None, "nothing on record to compare it with")
    if old.value == new.value:
        return quiet(new, "repeated", None, old.id, "the same state again")
    if on_record.with_state(new).standing is not new:
        return quiet(new, "belated", None, old.id, "a later state is already on record")
    if new.time is not None and old.time is not None and new.time < old.time:
        return quiet(new, "belated", None, old.id, "told by an article older than the one on record")
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
