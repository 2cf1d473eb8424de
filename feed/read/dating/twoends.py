"""The two ends of a way, "from 40 to 50": which of the times told is whose."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Protocol

from feed.model.period import Basis, Period, month_end
from feed.read.claim import Attached
from feed.read.numbers import PERCENT
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME
from feed.read.scene import Scene
from feed.read.times import Shape, Time, add_months, periods
from feed.read.times.dates import Grain

SPAN = 7  # atoms between the two ends


class End(NamedTuple):
    """The period of one end; None when the text does not tell it."""

    period: Period | None


class Number(Protocol):
    """The number whose time is asked for."""

    @property
    def view(self) -> Scene:
        """Its sentence."""

    @property
    def atom(self) -> int:
        """Where it stands."""

    @property
    def found(self) -> Attached:
        """What it counts."""


def first_of_two(view: Scene, atom: int) -> int | None:
    """The second of the two numbers, when the one at that atom is the first: "from 40 to 50"."""
    if view.form(atom - 1) != "from":
        return None
    for at in range(atom + 1, atom + SPAN):
        form = view.form(at)
        if form == QUANTITY:
            return at if view.form(at - 1) == "to" else None
        if form in (BREAK, ""):
            return None
    return None


def _second_of_two(view: Scene, atom: int) -> int | None:
    """The first of the two numbers, when the one at that atom is the second."""
    if view.form(atom - 1) != "to":
        return None
    first = next((at for at in range(atom - 2, max(-1, atom - SPAN), -1) if view.form(at) == QUANTITY), None)
    return first if first is not None and first_of_two(view, first) == atom else None


def two_ends(asked: Number, time: Time) -> End | None:
    """The end's period where one time is told of both; None when that time is no matter of two ends.

    Between two times each end has its own; in one year the first end is the year before's; in any other window
    the first end's time is not told.
    """
    second = first_of_two(asked.view, asked.atom)
    if second is None and _second_of_two(asked.view, asked.atom) is None:
        return None
    if time.shape is not Shape.WINDOW or time.start is None or time.end is None or asked.view.told("reissued"):
        return None
    both = _of_both(asked.view, asked.atom, time)
    if time.rule in ("range", "financial year") and _unit(time) and both:
        return End(_ranged(time.start, time.end, _unit(time), first=second is not None))
    if second is None or any(at in range(asked.atom, second) for at in asked.view.times if asked.view.form(at) == TIME):
        return None
    whole = Period(start=time.start, end=time.end)
    annual = whole.days in (365, 366)
    if not (annual or both):
        return None
    return End(periods.moved(whole, -12) if annual else None)


def across(asked: Number, time: Time, *, moves: bool) -> tuple[Period, Period | None] | None:
    """As in "fell by 36 per cent to 29,437 between 2022 and 2023": a change, and the level that it led to.

    (the last end, the first one with which it is compared); None when the time is no matter of two ends. A range of
    months tells two ends only of a state: what is counted over time is counted over all of them.
    """
    if time.rule != "range" or time.start is None or time.end is None:
        return None
    months = _unit(time)
    if months < QUARTER and not asked.found.stock:
        return None
    change = asked.atom if moves else _led_to(asked.view, asked.atom)
    if change is None or not _of_both(asked.view, change, time):
        return None
    if not months:
        days = [periods.at_day(day, Basis.STATED) for day in (time.end, time.start)]
        return days[0], days[1] if moves else None
    last, first = (_ranged(time.start, time.end, months, first=side) for side in (False, True))
    return last, first if moves else None


YEAR, QUARTER = 12, 3  # months


def _led_to(view: Scene, atom: int) -> int | None:
    """As in "shortened by 29% to <level>": where the change stands that led to a level, None when none did."""
    if view.form(atom - 1) != "to":
        return None
    before = next((at for at in range(atom - 2, max(-1, atom - SPAN - ASIDE), -1) if view.form(at) == QUANTITY), None)
    return before if before is not None and view.quantities[before].unit == PERCENT else None


ASIDE = 12  # atoms that a time may take between a change and its new level


def year_before(asked: Number, time: Time, period: Period | None) -> End | None:
    """As in "431,000 in 2024, down from 860,000": told no time of its own, it is that of the year before.

    `period`: what the same time means for the number that it is compared with. None when the number has words that
    tell its time, or is not compared by "from", "against" or "compared with".
    """
    plain = plain_base(asked.view, asked.atom)
    if not plain or time.shape is Shape.SHIFT or period is None or asked.view.bracket(asked.atom - 1):
        return None
    annual = period.days in (365, 366) and not period.running
    return End(periods.moved(period, -12) if annual else None)


def plain_base(view: Scene, atom: int) -> bool:
    """Whether a number is only what another is counted from: "from 860,000", "compared with a record 9"."""
    at = atom - 1
    while view.form(at) in ARTICLES:
        at -= 1
    return view.form(at) in ("from", "against", "versus") or (view.form(at) in ("with", "to") and _comparing(view, at))


def _comparing(view: Scene, at: int) -> bool:
    return view.form(at - 1) in ("compared", "comparison")


ARTICLES = frozenset({"a", "an", "the", "revised", "record", "just", "only", "some", "peak", "total", "of", "high"})


def _of_both(view: Scene, atom: int, time: Time) -> bool:
    """Whether a range tells when the way began and ended: first in its clause, or behind both ends."""
    at = next(at for at, told in view.times.items() if told.first == time.first)
    before = at - 2 if view.form(at - 1) in ("in", "on", "during", "over", "for") else at - 1
    return at > atom or view.form(before) in LEADING


LEADING = frozenset({"", ",", BREAK, "and", "but"})


def _unit(time: Time) -> int:
    """How many months each end of a range takes; 0 for days."""
    return time.months or ENDS.get(time.grain or Grain.DAY, 0)


ENDS = {Grain.YEAR: YEAR, Grain.FINANCIAL: YEAR, Grain.QUARTER: QUARTER, Grain.MONTH: 1}


def _ranged(start: date, end: date, months: int, *, first: bool) -> Period:
    if first:
        return Period(start=start, end=month_end(add_months(start, months - 1)))
    return Period(start=add_months(end.replace(day=1), 1 - months), end=end)
