"""Days told together: "11 to 17 August", "August 11-17", "1st and 2nd July", "Saturday and Sunday"."""

from __future__ import annotations

from datetime import timedelta

from feed.read.text.lexer import Kind
from feed.read.text.words import Words
from feed.read.times.dates import Grain, Named, read_date, year_told
from feed.read.times.kinds import Calendar, Shape, Time
from feed.read.times.parts import TO

LONGEST_MONTH = 31


def days(words: Words, at: int, cal: Calendar) -> Time | None:
    """The window of the days that begin there, None when only one is told."""
    both = _month_behind(words, at, cal) or _month_before(words, at, cal) or _weekdays(words, at, cal)
    return both and Time(at, both.after, Shape.WINDOW, "range", both.start, both.end, grain=Grain.DAY)


def _day(words: Words, at: int, cal: Calendar) -> tuple[int, int]:
    """(day of a month, word after it) for a number that may be one; zeros for none."""
    day = words.number(at) or 0
    if not 0 < day <= LONGEST_MONTH:
        return 0, 0
    ordinal = words.form(at + 1) in cal.almanac.ordinals and words.token(at + 1).glued
    return day, at + 1 + ordinal


def _joined(words: Words, at: int, here: int) -> int:
    """The word where the second day stands that is joined to the first, which began at `at`; 0 when none is."""
    if words.hyphened(here):
        return here
    paired = words.form(here) in ("and", "&") and words.form(at - 1) in ("on", "between", "of", "both", "over")
    return here + 1 if paired or words.form(here) in TO - {"and"} else 0


def _month_behind(words: Words, at: int, cal: Calendar) -> Named | None:
    day, here = _day(words, at, cal)
    second = _joined(words, at, here) if day else 0
    last = read_date(words, second, cal.almanac) if second and _day(words, second, cal)[0] else None
    if last is None or last.grain is not Grain.DAY or day >= last.start.day:
        return None
    return last._replace(start=last.start.replace(day=day))


def _month_before(words: Words, at: int, cal: Calendar) -> Named | None:
    if words.form(at) not in cal.almanac.months:
        return None
    first = read_date(words, at, cal.almanac)
    second = _joined(words, at, first.after) if first and first.grain is Grain.DAY and not first.dated else 0
    day, after = _day(words, second, cal) if second else (0, 0)
    counted = words.token(after).kind in (Kind.WORD, Kind.PERCENT) and words.form(at - 1) not in OPENED
    if first is None or not day or day <= first.start.day or counted:
        return None
    year = year_told(words, after, cal.today)
    moved = first.start if year is None else first.start.replace(year=year[0])
    return Named(year[1] if year else after, moved, moved.replace(day=day), Grain.DAY, dated=bool(year))


OPENED = frozenset({"from", "between"})  # "from June 6 to 12 it was": here the second number ends what was begun


def _weekdays(words: Words, at: int, cal: Calendar) -> Named | None:
    if words.form(at) not in cal.almanac.weekdays or words.form(at + 1) != "and":
        return None
    first, last = read_date(words, at, cal.almanac), read_date(words, at + 2, cal.almanac)
    both = first and last and words.form(at + 2) in cal.almanac.weekdays
    if not both or first is None or last is None or last.grain is not Grain.DAY or first.after != at + 1:
        return None
    return last._replace(start=first.start) if last.start - first.start == timedelta(days=1) else None
