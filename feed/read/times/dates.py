"""Single dates as English writes them: "21 August", "July 5, 2024", "September", "2023/24", "Tuesday"."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar, NamedTuple

from feed.model.period import month_end
from feed.read.text.lexer import Kind
from feed.read.text.marks import Mark
from feed.read.text.words import Words


class Grain(Mark):
    """How much time a date names."""

    __slots__ = ()

    DAY: ClassVar[Grain]
    WEEK: ClassVar[Grain]
    MONTH: ClassVar[Grain]
    QUARTER: ClassVar[Grain]
    YEAR: ClassVar[Grain]
    FINANCIAL: ClassVar[Grain]


class Named(NamedTuple):
    """A date that was read: the word after it, its first and last day, its grain, and whether it named its year."""

    after: int
    start: date
    end: date
    grain: Grain
    dated: bool


Feasts = Mapping[str, Sequence[tuple[tuple[str, ...], int, int]]]  # first word -> the others, month, day


@dataclass(frozen=True, slots=True)
class Almanac:
    """What dates are resolved against: names of months, weekdays and days, ordinals, and the article's day."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    ordinals: frozenset[str]
    today: date
    feasts: Feasts = field(default_factory=dict)


YEARS = range(1900, 2100)
# Words after a bare four-digit number that make it a count and no year are judged by the number grammar.
SECOND_HALF = frozenset({"/", "–", "-"})


def read_date(words: Words, at: int, almanac: Almanac) -> Named | None:
    """The date that begins at that word, None when none does. A weekday before a full date belongs to it."""
    word = words.token(at)
    if word.folded in almanac.weekdays and word.capital:
        comma = 1 if words.form(at + 1) == "," else 0
        full = _month_day(words, at + 1 + comma, almanac) or _day_month(words, at + 1 + comma, almanac)
        return full or _weekday(words, at, almanac)
    if word.kind is Kind.NUMBER:
        return _day_month(words, at, almanac) or _year(words, at)
    if word.folded in almanac.months:
        return _month_day(words, at, almanac) or _month(words, at, almanac)
    if word.folded in almanac.feasts and word.capital:
        return _feast(words, at, almanac)
    return _part(words, at, almanac) if word.folded in PARTS else _relative(words, at, almanac)


def _feast(words: Words, at: int, almanac: Almanac) -> Named | None:
    """A day by its name: "Christmas Day", "New Year's Eve 2023", "Boxing Day last year"."""
    for rest, month, day in almanac.feasts[words.form(at)]:
        if words.match(at + 1, *rest):
            after = at + 1 + len(rest)
            year = year_told(words, after, almanac.today)
            if year:
                found = date(year[0], month, day)
                return Named(year[1], found, found, Grain.DAY, dated=True)
            latest = _latest(month, day, almanac.today)
            return Named(after, latest, latest, Grain.DAY, dated=False) if latest else None
    return None


def year_after(words: Words, at: int) -> tuple[int, int] | None:
    """(year, word after it) for a bare year at that word."""
    comma = 1 if words.form(at) == "," else 0
    year = words.number(at + comma)
    if year is None or year not in YEARS or words.token(at + comma + 1).kind is Kind.PERCENT:
        return None
    if words.token(at + comma).glued and not comma:
        return None
    return year, at + comma + 1


def year_told(words: Words, at: int, today: date) -> tuple[int, int] | None:
    """(year, word after it) for "2024", "of 2024", "last year", "of this year" at that word; not for "last year's"."""
    here = at + 1 if words.form(at) == "of" else at
    found = year_after(words, here)
    if found:
        return found
    back = RELATIVE_YEARS.get(words.form(here)) if words.form(here + 1) == "year" else None
    if back is None or words.form(here + 2) in ("'s", "s"):
        return None
    return today.year - back, here + 2


RELATIVE_YEARS = {"this": 0, "last": 1}


def _is_month(words: Words, at: int, almanac: Almanac) -> int | None:
    # "may" and "march" are words too; months are written with a capital.
    return almanac.months.get(words.form(at)) if words.token(at).capital else None


def _ordinal(words: Words, at: int, almanac: Almanac) -> int:
    return at + 1 if words.form(at) in almanac.ordinals and words.token(at).glued else at


def _day_of(words: Words, at: int) -> int | None:
    number = words.number(at)
    return number if number is not None and 1 <= number <= 31 and len(words.form(at)) <= 2 else None


def _day_month(words: Words, at: int, almanac: Almanac) -> Named | None:
    day = _day_of(words, at)
    if day is None:
        return None
    after = _ordinal(words, at + 1, almanac)
    after += 1 if words.form(after) == "of" else 0
    month = _is_month(words, after, almanac)
    return None if month is None else _dated(words, _past(words, after), day, month, almanac)


def _month_day(words: Words, at: int, almanac: Almanac) -> Named | None:
    month = _is_month(words, at, almanac)
    here = _past(words, at)
    day = _day_of(words, here)
    after = here + 1
    if month is None or day is None or words.token(after).kind is Kind.PERCENT or words.form(after) in PERCENTS:
        return None
    return _dated(words, _ordinal(words, after, almanac), day, month, almanac)


def _past(words: Words, month: int) -> int:
    """The word after a month, and after the dot of its abbreviation: "Sept. 3", "3 Sept. 2024"."""
    dotted = words.form(month + 1) == "." and words.token(month + 1).glued and len(words.form(month)) <= ABBREVIATED
    inside = dotted and words.token(month + 2).kind in (Kind.NUMBER, Kind.WORD) and words.form(month) != "may"
    return month + 2 if inside else month + 1


ABBREVIATED = 4  # letters


PERCENTS = frozenset({"per", "percent", "pc"})  # "in the year to June 14 per cent more"


def _dated(words: Words, after: int, day: int, month: int, almanac: Almanac) -> Named | None:
    year = year_told(words, after, almanac.today)
    if year:
        found = _made(year[0], month, day)
        return Named(year[1], found, found, Grain.DAY, dated=True) if found else None
    found = _latest(month, day, almanac.today)
    return Named(after, found, found, Grain.DAY, dated=False) if found else None


def _made(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None


def _latest(month: int, day: int, today: date) -> date | None:
    for year in (today.year, today.year - 1):
        found = _made(year, month, day)
        if found and found <= today:
            return found
    return _made(today.year, month, day)


def _month(words: Words, at: int, almanac: Almanac) -> Named | None:
    month = _is_month(words, at, almanac)
    if month is None:
        return None
    year = year_told(words, _past(words, at), almanac.today)
    if year:
        return _whole_month(year[1], year[0], month, dated=True)
    this = almanac.today.year
    if words.form(at) in NAMES and not _surely(words, at, almanac):
        return None
    return _whole_month(at + 1, this if month <= almanac.today.month else this - 1, month, dated=False)


def _no_name(words: Words, at: int) -> bool:
    """As in "busiest of all was May": a capital within the sentence that no other name stands beside."""
    before = words.token(at - 1)
    return at > 0 and before.kind is Kind.WORD and not before.capital and not words.token(at + 1).capital


def _surely(words: Words, at: int, almanac: Almanac) -> bool:
    """Whether a word that is a name or a verb, too, stands for the month."""
    before = words.form(at - 1)
    listed = before == "," and words.form(at - 2) in almanac.months  # "in April, May and June"
    told = listed or before in TIMELY or before in almanac.months or words.form(at + 1) == "'s"
    return told or _no_name(words, at) or (words.token(at - 1).kind is not Kind.WORD and words.form(at + 1) in BROUGHT)


BROUGHT = frozenset(  # what a month does: "May saw 300 of them", which neither a modal nor an order is followed by
    {"saw", "brought", "was", "had", "has", "alone", "produced", "proved", "marked", "ended", "began", "remained", "is"}
)


NAMES = frozenset({"may", "march", "mar", "dec", "jan"})
TIMELY = frozenset(
    {"in", "since", "of", "to", "by", "until", "till", "last", "and", "from", "during", "for", "ending", "ended"}
    | {"between", "this", "through", "next", "end", "early", "late", "mid"}
)


def _whole_month(after: int, year: int, month: int, *, dated: bool) -> Named:
    start = date(year, month, 1)
    return Named(after, start, month_end(start), Grain.MONTH, dated)


PARTS = {"q": 3, "h": 6, "quarter": 3}  # months of "Q2", "H1", "Quarter 2"


def _part(words: Words, at: int, almanac: Almanac) -> Named | None:
    number, months = words.number(at + 1), PARTS[words.form(at)]
    named = words.token(at).capital if len(words.form(at)) > 1 else words.token(at + 1).glued
    if number is None or not 1 <= number <= 12 // months or not named:
        return None
    year = year_told(words, at + 2, almanac.today)
    start = date(year[0] if year else almanac.today.year, months * (number - 1) + 1, 1)
    if not year and start > almanac.today:
        start = start.replace(year=start.year - 1)
    end = month_end(start.replace(month=start.month + months - 1))
    return Named(year[1] if year else at + 2, start, end, Grain.QUARTER, dated=bool(year))


def _long_past(words: Words, at: int, year: int) -> bool:
    """As in "built in 1871, it", "since 1843.": a number that no noun follows."""
    alone = words.token(at).text.isdigit() and not words.form(at + 1)[:1].isalpha()
    return year in PAST and alone and words.form(at - 1) in ("in", "since", "from", "of")


PAST = range(1500, 1900)


def _year(words: Words, at: int) -> Named | None:
    year = words.number(at)
    if year is None or (words.token(at).glued and words.token(at - 1).kind is Kind.CURRENCY):
        return None
    if year not in YEARS and not _long_past(words, at, year):
        return None
    second = _second_half(words, at, year)
    if second:
        return Named(second, date(year, 4, 1), date(year + 1, 3, 31), Grain.FINANCIAL, dated=True)
    if words.token(at + 1).kind is Kind.PERCENT:
        return None
    return Named(at + 1, date(year, 1, 1), date(year, 12, 31), Grain.YEAR, dated=True)


def _second_half(words: Words, at: int, year: int) -> int | None:
    """The word after "2023/24" or "2023-24"; None when it is a lone year or a range of years."""
    nexts = at + 1 if words.hyphened(at + 1) else at + 2
    if nexts == at + 2 and words.form(at + 1) not in SECOND_HALF:
        return None
    number = words.number(nexts)
    short = number is not None and len(words.form(nexts)) == 2 and number == (year + 1) % 100
    return nexts + 1 if short or (number == year + 1 and words.form(at + 1) == "/") else None


def _weekday(words: Words, at: int, almanac: Almanac) -> Named | None:
    weekday = almanac.weekdays[words.form(at)]
    here = at + 2 if words.form(at + 1) == "of" else at + 1
    if words.match(here, "last", "week") or words.match(here, "this", "week"):
        monday = almanac.today - timedelta(days=almanac.today.weekday() + 7 * (words.form(here) == "last"))
        day = monday + timedelta(days=weekday)
        return Named(here + 2, day, day, Grain.DAY, dated=True)
    day = almanac.today - timedelta(days=(almanac.today.weekday() - weekday) % 7)
    if words.form(at - 1) == "last" and day == almanac.today:
        day -= timedelta(days=7)
    return Named(at + 1, day, day, Grain.DAY, dated=False)


def _relative(words: Words, at: int, almanac: Almanac) -> Named | None:
    back = {"yesterday": 1, "today": 0}.get(words.form(at))
    if back is None:
        return None
    day = almanac.today - timedelta(days=back)
    return Named(at + 1, day, day, Grain.DAY, dated=False)
