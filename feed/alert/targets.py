"""An outturn against the target of its series and period. Values in, values out."""

from __future__ import annotations

from dataclasses import replace

from feed.alert import sentence
from feed.alert.decision import ENGINE, Judged, Outcome, quiet
from feed.alert.severity import severity
from feed.model.alert import AlertClass
from feed.model.line import same_bounds
from feed.model.quantity import Interval, Qualifier
from feed.model.report import AlertRaised
from feed.model.rules import Rules
from feed.model.standing import Reported
from feed.model.standings import Standings
from feed.model.window import Window
from feed.model.wording import Words


def target_of(before: Standings, new: Reported) -> Reported | None:
    """The target on record for the series and frame of an outturn, None when there is none or no time is told."""
    if new.series.status != "outturn" or new.frame.window is Window.UNKNOWN:
        return None
    return before.figure((str(replace(new.series, status="target")), str(new.frame)))


def against_target(target: Reported, new: Reported, rules: Rules, words: Words) -> Judged:
    """Met, missed once the period is over, or still open. Reaching a limit (`caps` of the pack) is missing it.

    A fall and nothing at all are no limits: they are met by coming down to them, whatever is counted.
    """
    cap = new.series.metric in rules.caps
    reached, over = _reaches(target, new), same_bounds(target, new)
    if not over and (cap or not reached):
        return quiet(new, "first", None, target.id, "its target's period is not over")
    if reached is None:
        return quiet(new, "first", None, target.id, "what is printed leaves open whether its target is met")
    word: AlertClass = "target_met" if reached != (cap and not _down(target)) else "target_missed"
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


def _down(target: Reported) -> bool:
    """Whether a target is one to come down to: a fall, or nothing."""
    return target.figure.number <= 0


def _reaches(target: Reported, new: Reported) -> bool | None:
    """Whether an outturn is as far as its target, up or down to it; None if in doubt."""
    f, mark = new.figure, target.figure.number
    aim = Interval(low=None, high=mark) if _down(target) else Interval(low=mark, high=None)
    if not f.value.meets(aim):
        return False
    as_printed = f.qualifier is Qualifier.EXACT and Interval(low=f.number, high=f.number).within(aim)
    return True if as_printed or f.value.within(aim) else None
