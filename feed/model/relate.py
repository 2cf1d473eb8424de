"""How a new figure bears on an earlier one: one function, total, decided by periods first and values second.

Nothing else in the product compares two figures.
"""

from __future__ import annotations

from enum import StrEnum

from feed.model.figure import Figure, Measure
from feed.model.period import Basis, Period
from feed.model.quantity import Qualifier
from feed.model.series import TOLERANCE
from feed.model.standing import Reported
from feed.model.window import Window


class Relation(StrEnum):
    """The outcomes, by name. `MIRROR` says what the same pair is when told the other way round."""

    REPEATS = "repeats"
    REFINES = "refines"
    COARSENS = "coarsens"
    AGREES = "agrees"
    REVISES = "revises"
    CONTRADICTS = "contradicts"
    SUPERSEDES = "supersedes"
    FOLLOWS = "follows"
    BELATED = "belated"
    UNRELATED = "unrelated"


MIRROR = {
    Relation.REPEATS: {Relation.REPEATS},
    Relation.AGREES: {Relation.AGREES},
    Relation.UNRELATED: {Relation.UNRELATED},
    Relation.REFINES: {Relation.COARSENS},
    Relation.COARSENS: {Relation.REFINES},
    Relation.SUPERSEDES: {Relation.BELATED},
    Relation.FOLLOWS: {Relation.BELATED},
    Relation.REVISES: {Relation.BELATED},
    # A fall of a running total is a contradiction told forwards, and belated when the later figure was there first.
    Relation.CONTRADICTS: {Relation.CONTRADICTS, Relation.BELATED},
    Relation.BELATED: {Relation.SUPERSEDES, Relation.FOLLOWS, Relation.REVISES, Relation.CONTRADICTS},
}

RUNNING = (Window.SINCE, Window.CALENDAR_YEAR)
SHORT = (Window.DAY, Window.WEEK)


def relation(old: Reported, new: Reported) -> Relation:
    """How `new` bears on `old`. Total: any two figures have exactly one relation; `MIRROR` holds the other way round.

    Values are compared only within one series, frame and kind of baseline; everything else is UNRELATED.
    """
    if not comparable(old, new):
        return Relation.UNRELATED
    if same_period(old, new):
        return _by_value(old, new)
    onwards = old.bounds[0] <= new.bounds[0]  # in one frame no two periods that differ end on one day
    first, last = (old, new) if onwards else (new, old)
    if not last.known_end and _says_again(first, last):
        return Relation.REPEATS
    return _onwards(first, last) if onwards else Relation.BELATED


def comparable(a: Reported, b: Reported) -> bool:
    """Whether two figures measure the same thing in the same way over periods cut alike."""
    if a.group != b.group or a.frame.window is Window.UNKNOWN:
        return False
    if a.series.measure == Measure.SHARE and not a.series.of:
        return False  # a share of something unsaid never meets another
    return a.baseline is None or b.baseline is None or a.baseline == b.baseline


def same_period(a: Reported, b: Reported) -> bool:
    """Whether two figures are about the same time.

    A bound known only from the day of publication may be up to three days off, when the values then agree: an
    inferred day may explain an agreement, never make a contradiction.
    """
    (end, start, _), (until, since, _) = a.bounds, b.bounds
    if end == until and start == since:
        return end > 0  # nothing is about no time
    if end != until and (abs(end - until) > TOLERANCE.days or (a.known_end and b.known_end)):
        return False
    p, q = a.figure.period, b.figure.period
    return p is not None and q is not None and _begin_alike(p, q) and a.figure.value.meets(b.figure.value)


def _begin_alike(p: Period, q: Period) -> bool:
    if p.start is None or q.start is None or p.start == q.start:
        return p.start == q.start
    return Basis.PUBLISHED in (p.start_basis, q.start_basis) and abs(p.start - q.start) <= TOLERANCE


def _says_again(known: Reported, new: Reported) -> bool:
    """Whether a number that only the day of publication puts later can be the known one, told again."""
    a, b = known.figure, new.figure
    alike = a.value.softened().meets(b.value.softened()) or rounds_to(a, b) or rounds_to(b, a)
    return alike and not _goes_beyond(a, b)


def _goes_beyond(known: Figure, new: Figure) -> bool:
    """Whether "more than N" was known and a number is told that no one would still call so: a twentieth above N."""
    slack = abs(known.number) / 20
    above = known.value.soft_high is not None and new.number > known.number + slack
    return above or (known.value.soft_low is not None and new.number < known.number - slack)


def rounds_to(fine: Figure, coarse: Figure) -> bool:
    """Whether a plain number is told as "about N" by who rounds it to N's last place: 526 as "about 500"."""
    hedged = coarse.qualifier is Qualifier.ABOUT and fine.qualifier is Qualifier.EXACT and fine.step < coarse.step
    return hedged and abs(fine.number - coarse.number) <= coarse.step / 2


def _by_value(old: Reported, new: Reported) -> Relation:
    a, b = old.figure, new.figure
    if a.numbers == b.numbers and a.qualifier == b.qualifier:
        return Relation.REPEATS
    if rounds_to(b, a) or rounds_to(a, b):
        return Relation.REFINES if rounds_to(b, a) else Relation.COARSENS
    if a.value.meets(b.value) and not (_rounds_away(old, new) or _understates(old, new)):
        inward, outward = b.value.within(a.value), a.value.within(b.value)
        if inward != outward:
            return Relation.REFINES if inward else Relation.COARSENS
        return Relation.AGREES
    if old.originator is None or old.originator != new.originator or old.time is None or new.time is None:
        return Relation.CONTRADICTS
    if old.time < new.time:
        return Relation.REVISES
    return Relation.BELATED if new.time < old.time else Relation.CONTRADICTS


def _rounds_away(old: Reported, new: Reported) -> bool:
    """Whether one says "nearly N" and the other a plain number that rounds to another round number than N.

    18,200 lies within 5 % of 19,000, but who writes "nearly 19,000" does not mean a number that rounds to 18,000.
    """
    for coarse, fine in ((old.figure, new.figure), (new.figure, old.figure)):
        if coarse.qualifier is Qualifier.NEARLY and fine.qualifier is Qualifier.EXACT and fine.step < coarse.step:
            return abs(fine.number) < abs(coarse.number) - coarse.step / 2
    return False


def _understates(old: Reported, new: Reported) -> bool:
    """Whether one says "more than N" of what the other counts as twice N or more.

    8,000 is more than 1,000, but nobody who counts 8,000 of something says "more than 1,000". "At least" is said of
    what is known so far, and understates by its nature.
    """
    for hedged, plain in ((old.figure, new.figure), (new.figure, old.figure)):
        low, high = plain.value.low, plain.value.high
        if hedged.qualifier is Qualifier.OVER and low is not None and high is not None and hedged.number > 0:
            return low >= 2 * hedged.number
    return False


def _onwards(old: Reported, new: Reported) -> Relation:
    """`new` is about a later time than `old`."""
    if old.frame.window in SHORT:
        return Relation.FOLLOWS
    if falls(old, new):
        mine = old.originator is not None and old.originator == new.originator
        return Relation.REVISES if mine else Relation.CONTRADICTS
    return Relation.SUPERSEDES


def falls(old: Reported, new: Reported) -> bool:
    """Whether a running total went down beyond doubt, which no count of events can."""
    counts = old.series.measure == Measure.LEVEL and old.frame.window in RUNNING and old.series.status == "outturn"
    return counts and new.figure.value.below(old.figure.value) and not rounds_to(old.figure, new.figure)
