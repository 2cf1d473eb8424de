"""What a time in a sentence is, and what it is resolved against."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from feed.model.period import month_end
from feed.model.topic import Event
from feed.read.text.marks import Mark
from feed.read.text.words import Words
from feed.read.times.dates import Almanac, Grain


class Shape(Mark):
    """What kind of time it is."""

    __slots__ = ()

    WINDOW: ClassVar[Shape]  # start to end, closed
    RUNNING: ClassVar[Shape]  # from start on; its end is what is known
    POINT: ClassVar[Shape]  # "at the end of September": a state's day, or the end of a running total
    SHIFT: ClassVar[Shape]  # the figure's own period moved back by `months`, or into `year`
    BACK: ClassVar[Shape]  # a time told before: "that day", "in the same 12 months", "since then"
    DURATION: ClassVar[Shape]  # reserved, tells no period


class Time(NamedTuple):
    """A time that was read over the words `first` to `last`, end excluded. `rule` names how."""

    first: int
    last: int
    shape: Shape
    rule: str
    start: date | None = None
    end: date | None = None
    months: int = 0
    year: int = 0
    days: int = 0  # how many days a shift goes back, when it is told in days or weeks
    event: str = ""
    grain: Grain | None = None  # of a time that refers back: of which kind the other one is


class Node:
    """A step in the words of the pack's events: where each next word leads, and the event that is complete here."""

    __slots__ = ("event", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.event: Event | None = None


ONE_BEFORE = "one before"  # the rule of a time that is as long as the one it stands before
COUNTED = "day counted"  # so many days from one told before it in its sentence
UNKNOWN = date(1900, 1, 1)  # stands for the day of an article that has none; nothing is resolved by it


@dataclass(frozen=True, slots=True)
class Calendar:
    """All that times are resolved against: dates, the pack's events by their words, span words, number words."""

    almanac: Almanac
    events: Node
    anchors: tuple[Event, ...]
    grammars: Mapping[str, Sequence[Grammar]]  # which may begin with a word
    spans: dict[str, str]
    lengths: Set[str]  # the words that say what a number in front measures, all of them
    numbers: dict[str, int]
    back: Mapping[str, str]  # nouns by which a time refers back -> of what kind that one is, "" of any
    otherwise: frozenset[str]
    after_the_year: frozenset[str]
    known: bool  # whether the article's day is known; without it nothing relative is resolved

    @property
    def today(self) -> date:
        """The article's day."""
        return self.almanac.today


def add_months(day: date, months: int) -> date:
    """The same day so many months later (earlier when negative), the month's last day when it has none such."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    last = month_end(first)
    if day == month_end(day) and day.day >= 28:
        return last
    return first.replace(day=min(day.day, last.day))


Grammar = Callable[[Words, int, Calendar], Time | None]
