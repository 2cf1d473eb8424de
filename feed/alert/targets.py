"""An outturn against the target of its series and period. Values in, values out."""

from __future__ import annotations

from dataclasses import replace

from feed.alert import sentence
from feed.alert.decision import ENGINE, Judged, Outcome, quiet
from feed.alert.severity import severity
from feed.model.report import AlertClass, AlertRaised
from feed.model.rules import Rules
from feed.model.standing import Reported
from feed.model.standings import Standings
from feed.model.wording import Words


def target_of(before: Standings, new: Reported) -> Reported | None:
    """The target on record for the series and frame of an outturn, None when there is none."""
    if new.series.status != "outturn":
        return None
    return before.figure((str(replace(new.series, status="target")), str(new.frame)))


def against_target(target: Reported, new: Reported, rules: Rules, words: Words) -> Judged:
    """Met, missed once the period is over, or still open. Reaching a limit (`caps` of the pack) is missing it."""
    cap = new.series.metric in rules.caps
    reached = target.figure.value.low is not None and _reaches(target, new)
    over = _bounds(target) == _bounds(new)
    word: AlertClass | None = None
    if over or (reached and not cap):
        word = "target_met" if reached != cap else "target_missed"
    if word is None:
        return quiet(new, "first", None, target.id, "its target's period is not over")
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


def _bounds(told: Reported) -> tuple[object, object] | None:
    period = told.figure.period
    return None if period is None else (period.start, period.end)


def _reaches(target: Reported, new: Reported) -> bool:
    low = new.figure.value.low
    return low is not None and low >= target.figure.number
