"""What reading an article gives: figures, facts, and an account of every number that became neither."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from feed.model.fact import Fact
from feed.model.figure import Figure


class Fate(StrEnum):
    """What became of a number that is no figure."""

    RESERVED = "reserved"  # a date, an age, an act's year: not a quantity
    UNPLACED = "unplaced"  # a quantity that no metric claimed: the work list of the pack's editor
    REFUSED = "refused"  # a law forbids it (hypothetical, denied, narrowed by what no dimension expresses)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A metric whose words stand near enough to claim a number. `cost`: the lower, the nearer; what is taken may not be
    the cheapest where a rule of reference speaks for another."""

    metric: str
    rule: str
    cost: float


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure with the rules that decided it: metric cue, role rule. `weighed`: each metric once, cheapest first.

    `trust`: the odds, 0 to 1, that it is right; `signs`: what speaks against it and for it, each with what it adds to
    the log of those odds, the weightiest doubt first.
    """

    figure: Figure
    rules: tuple[str, ...]
    weighed: tuple[Weighed, ...] = ()
    trust: float = 1.0
    signs: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundFact:
    """Another fact with the rule that found it."""

    fact: Fact
    rule: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """A number that is no figure: its text, place in code points, sentence, what became of it and why."""

    text: str
    start: int
    end: int
    sentence: str
    fate: Fate
    why: str
    weighed: tuple[Weighed, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """The rest of an article, in code points, that a law on the size of articles kept from being read."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reading of one article gives, in order of appearance, and what read it."""

    figures: tuple[FoundFigure, ...]
    facts: tuple[FoundFact, ...]
    leftovers: tuple[Leftover, ...]
    reader: str
    pack: str
    unread: Unread | None = None
