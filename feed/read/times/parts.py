"""Pieces that several grammars of time share: edges, lengths, bounds."""

from __future__ import annotations

from datetime import date, timedelta

from feed.model.period import month_end
from feed.model.topic import Event
from feed.read.text.words import Words
from feed.read.times.dates import YEARS, Grain, Named, read_date, year_after
from feed.read.times.kinds import Calendar, Node, Shape, Time, add_months


def named_event(words: Words, at: int, cal: Calendar) -> tuple[Event, int] | None:
    """The event of the pack whose words begin there, longest first, and the word after them."""
    found: tuple[Event, int] | None = None
    node: Node | None = cal.events
    while node is not None:
        if node.event:
            found = node.event, at
        node = node.next.get(words.form(at))
        at += 1
    return found


def edge(words: Words, at: int, cal: Calendar) -> Named | None:
    """A date with "the end of", "the start of", "the last day of" before it read as that day."""
    here = at + 1 if words.form(at) == "the" else at
    side = words.form(here)
    if side in ENDS and words.form(here + 1) == "day" and words.form(here + 2) == "of":
        side, here = ("end" if side in ("last", "final") else "start"), here + 1
    if side == "close" and words.form(here + 1) == "of" and words.form(here + 2) in ("play", "business"):
        return read_date(words, here + 4 if words.form(here + 3) == "on" else here + 3, cal.almanac)
    if words.match(here, "turn", "of", "the", "year"):
        day = cal.today.replace(month=1, day=1)
        return Named(here + 4, day, day, Grain.DAY, dated=True)
    if side == "mid" and words.hyphened(here + 1):  # "the year to mid-2025"
        named = read_date(words, here + 1, cal.almanac)
        half = named and named.grain is Grain.YEAR and named.end.replace(month=6, day=30)
        return Named(named.after, half, half, Grain.DAY, named.dated) if named and half else None
    if side == "end" and words.form(here + 1) in cal.almanac.months:  # "end-June"
        named = read_date(words, here + 1, cal.almanac)
        return named and Named(named.after, named.end, named.end, Grain.DAY, named.dated)
    if side in SIDES and words.form(here + 1) == "of":
        skip = here + 3 if words.form(here + 2) in ("the", "this") else here + 2
        skip += 1 if words.form(skip) == "last" and words.form(skip + 1) in cal.almanac.months else 0
        named = read_date(words, skip, cal.almanac) or _this_or_last(words, skip, cal)
        if named is None:
            return None
        day = named.end if side in ("end", "close") else named.start
        return Named(named.after, day, day, Grain.DAY, named.dated)
    return read_date(words, here if here > at and words.number(here) else at, cal.almanac)


SIDES = frozenset({"end", "start", "beginning", "close"})
ENDS = frozenset({"last", "final", "first"})


def _this_or_last(words: Words, at: int, cal: Calendar) -> Named | None:
    this = cal.today.year
    if words.form(at) == "year" and not (words.number(at + 1) and words.number(at + 1) in YEARS):
        return Named(at + 1, date(this, 1, 1), date(this, 12, 31), Grain.YEAR, dated=True)
    steps = STEPS.get(words.form(at))
    if steps is not None and words.form(at + 1) == "year":
        return Named(at + 2, date(this + steps, 1, 1), date(this + steps, 12, 31), Grain.YEAR, dated=True)
    if words.form(at) == "month" or (steps is not None and words.form(at + 1) == "month"):
        start = add_months(cal.today.replace(day=1), steps or 0)
        return Named(at + 1 if steps is None else at + 2, start, month_end(start), Grain.MONTH, dated=True)
    if words.form(at) == "last" and words.form(at + 1) == "week":
        monday = cal.today - timedelta(days=cal.today.weekday() + 7)
        return Named(at + 2, monday, monday + timedelta(days=6), Grain.WEEK, dated=True)
    return None


STEPS = {"last": -1, "next": 1}


TO = frozenset({"to", "until", "till", "and", "–", "—", "-", "through"})


def bounded(words: Words, time: Time, cal: Calendar) -> Time:
    """With the end that follows: "since the start of the year up to Tuesday", "this year to 31 January"."""
    here = time.last
    if words.form(here) == "up":
        here += 1
    if words.form(here) in ("to", "until", "till") and words.form(here + 1) != "date":
        named = edge(words, here + 1, cal)
        if named and time.start and named.end >= time.start:
            return time._replace(last=named.after, end=named.end)
    if words.match(here, "to", "date"):
        return time._replace(last=here + 2)
    return time


def financial(today: date) -> date:
    """The first day of the financial year that holds a day."""
    return date(today.year if today.month >= 4 else today.year - 1, 4, 1)


def open_(words: Words, at: int, named: Named, cal: Calendar) -> Time:
    """A window that was not over when the article appeared, told as running."""
    if named.end < cal.today:
        return Time(at, named.after, Shape.WINDOW, "window so far", named.start, named.end, grain=named.grain)
    return bounded(words, Time(at, named.after, Shape.RUNNING, "so far in", named.start, grain=named.grain), cal)


def then_after(words: Words, at: int, cal: Calendar) -> int:
    """The word after "then", "that date", "the same point", "this stage"; 0 when none stands there."""
    if words.form(at) == "then":
        return at + 1
    here = at + 1 if words.form(at) == "the" else at
    named = words.form(here) in ("that", "this", "same")
    here += 1
    here += named and words.form(here) in ("same", "very", "exact")
    return here + 1 if named and cal.back.get(words.form(here)) == "day" else 0


COUNTED = {"year": 12, "quarter": 3, "quarters": 3, "month": 1, "months": 1, "week": 0, "weeks": 0, "years": 12}
COUNTED |= {"decade": 120, "decades": 120}
IN_DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14}
HOURS = 24
LENGTHS = frozenset({*COUNTED, *IN_DAYS, "hours"})  # what measures how long


def days_long(words: Words, at: int, cal: Calendar) -> tuple[int, int]:
    """(word after, days) of "four weeks", "fortnight", "seven days"; days 0 when it is none."""
    if words.form(at) == "fortnight":
        return at + 1, 14
    count = words.number(at) or cal.numbers.get(words.form(at)) or 0
    if words.form(at + 1) == "hours" and not count % HOURS:
        return at + 2, count // HOURS
    return (at + 2, count * IN_DAYS.get(words.form(at + 1), 0)) if count else (at, 0)


def ending(words: Words, at: int) -> int:
    """The word after "ending", "to", "up to", "that ended in", "ending (YE)"; 0 when none stands there."""
    here = at + 1 if words.form(at) in ("that", "which") else at
    if words.form(here) == "up":
        here += 1
    here += words.form(here) == "which"
    if words.form(here) not in ENDING:
        return 0
    here += 1
    if words.form(here) in ("to", "until"):
        here += 1
    if words.form(here) == "(" and words.form(here + 2) == ")":
        here += 3
    here += words.form(here) in ("midnight", "noon")
    return here + 1 if words.form(here) in ("on", "in", "at", "with") else here


ENDING = frozenset(
    {"ending", "ended", "to", "until", "end", "through", "till", "finished", "finishing", "closed", "closing"}
)


def length(words: Words, at: int, cal: Calendar) -> tuple[int, int]:
    """(word after, months) of "year", "12 months", "six-month period", "quarter"; months 0 when it is none."""
    form = words.form(at)
    if form in ("year", "quarter", "decade"):
        return at + 1, COUNTED[form]
    if form == "half" and words.form(at + 1) == "year":
        return at + 2, 6
    count = words.number(at) or cal.numbers.get(form)
    if count is None:
        return at, 0
    here = at + 2 if words.form(at + 1) in ("financial", "calendar", "full", "consecutive", "whole") else at + 1
    months = count * COUNTED.get(words.form(here), 0)
    after = here + 2 if words.form(here + 1) in ("period", "spell", "stretch", "window", "span") else here + 1
    return after, months


def year_of(words: Words, at: int, cal: Calendar) -> tuple[int, int]:
    """(year, word after) of "this year", "last year" or a bare year; zeros for neither."""
    if words.form(at) in ("this", "last", "the") and words.form(at + 1) == "year":
        return cal.today.year - (words.form(at) == "last"), at + 2
    found = year_after(words, at)
    return found or (0, 0)
