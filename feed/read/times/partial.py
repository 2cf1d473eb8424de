"""Parts of a longer time: "first half of 2024", "last week of June", "the 12 months from July", "early 2024"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from feed.model.period import month_end
from feed.model.topic import Event
from feed.read.text.lexer import Kind
from feed.read.text.words import Words
from feed.read.times.dates import Grain, read_date
from feed.read.times.kinds import Calendar, Shape, Time, add_months
from feed.read.times.parts import IN_DAYS, TO, days_long, edge, ending, length, named_event, year_of

ORDER = {"first": 0, "opening": 0, "second": 1, "third": 2, "fourth": 3, "final": -1, "last": -1, "closing": -1}
HALVES = {"half": 6, "quarter": 3}
YEAR = 12  # months


class Whole(NamedTuple):
    """A time of which a part is told: its first day, its last one, and the word after it."""

    start: date
    end: date
    after: int


def _whole(words: Words, at: int, cal: Calendar) -> Whole | None:
    """The year, financial year or month named there: "2024", "this year", "2023-24", "June"."""
    here = at + 1 if words.form(at) == "the" else at
    month = LATEST_MONTH.get(words.forms[at : at + 2])
    if month is not None:
        start = add_months(cal.today.replace(day=1), month)
        return Whole(start, month_end(start), at + 2)
    year, after = year_of(words, at, cal)
    named = read_date(words, here, cal.almanac)
    if named and named.grain in (Grain.FINANCIAL, Grain.MONTH):
        return Whole(named.start, named.end, named.after)
    return Whole(date(year, 1, 1), date(year, 12, 31), after) if after else None


LATEST_MONTH: dict[tuple[str, ...], int] = {("this", "month"): 0, ("the", "month"): 0, ("last", "month"): -1}


def first(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "first half of 2024", "last six months of 2023", "second week of June", "opening months of 2025"."""
    of_days = _days_of(words, at, cal) or _unmeasured(words, at, cal)
    if of_days:
        return of_days
    index = ORDER.get(words.form(at), 0)
    halves = HALVES.get(words.form(at + 1), 0)
    here, months = (at + 2, halves) if halves else length(words, at + 1, cal)
    if not months:
        return None
    named = words.form(here) in ("of", "in")
    whole = _whole(words, here + 1, cal) if named else None
    if whole is None:
        return _of_term(words, at, here, months, cal) if named else _latest_part(words, at, here, months, cal)
    if halves and whole.start.month == whole.end.month and words.form(at + 1) == "half":
        return _half_month(at, whole, second=index != 0)
    start = _part(whole.start, index if halves else min(index, 0), months)
    if start is None or (whole.end - whole.start).days < months * 28:
        return None
    return Time(at, whole.after, Shape.WINDOW, "part of year", start, _closed(start, months), months=months)


def _half_month(at: int, whole: Whole, *, second: bool) -> Time:
    """As in "the second half of August"."""
    middle = whole.start.replace(day=HALF)
    start, end = (middle + timedelta(days=1), whole.end) if second else (whole.start, middle)
    return Time(at, whole.after, Shape.WINDOW, "days of", start, end)


HALF = 15  # the day that ends the first half of a month


def of_owner(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the year's first nine months", "last year's final quarter", "2024's second half"."""
    whole = _whole(words, at, cal)
    if whole is None or words.form(whole.after) != "'s" or (whole.end - whole.start).days < YEAR * 28:
        return None
    here = whole.after + 1
    index, halves = ORDER.get(words.form(here)), HALVES.get(words.form(here + 1), 0)
    after, months = (here + 2, halves) if halves else length(words, here + 1, cal)
    if index is None or not months:
        return None
    start = _part(whole.start, index if halves else min(index, 0), months)
    if start is None:
        return None
    if words.match(at, "the", "year") and _closed(start, months) > cal.today:
        start = add_months(start, -YEAR)
    return Time(at, after, Shape.WINDOW, "part of year", start, _closed(start, months), months=months)


def _part(year: date, index: int, months: int) -> date | None:
    """The first day of a part of the year that begins on a day; None when the year has no such part."""
    skipped = YEAR - months if index == -1 else index * months
    return add_months(year, skipped) if 0 <= skipped <= YEAR - months else None


def _closed(start: date, months: int) -> date:
    return month_end(add_months(start, months - 1))


def _days_of(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "first week of June", "last ten days of 2024", "second fortnight of July"."""
    here, days = (at + 2, IN_DAYS["week"]) if words.form(at + 1) == "week" else days_long(words, at + 1, cal)
    if not days or words.form(here) not in ("of", "in"):
        return None
    whole = _whole(words, here + 1, cal)
    if whole is None:
        return None
    index = ORDER.get(words.form(at), 0)
    start = whole.end - timedelta(days=days - 1) if index < 0 else whole.start + timedelta(days=index * days)
    return Time(at, whole.after, Shape.WINDOW, "days of", start, min(start + timedelta(days=days - 1), whole.end))


UNMEASURED = frozenset({"months", "weeks", "days", "years", "part", "stages", "stage", "half"})


def _unmeasured(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "opening months of 2025", "first few weeks of the year", "early part of June": without bounds."""
    here = at + 2 if words.form(at + 1) in ("few", "couple") else at + 1
    here += words.form(here) == "of"
    if words.form(here) not in UNMEASURED - {"half"} or words.form(here + 1) != "of":
        return None
    whole = _whole(words, here + 2, cal)
    return Time(at, whole.after, Shape.WINDOW, "vague") if whole else None


def _of_term(words: Words, at: int, here: int, months: int, cal: Calendar) -> Time | None:
    """As in "the first two months of the new government", "its first nine months in office": from its first day."""
    event = named_event(words, here + 1, cal)
    if event and not event[0].term:
        return None
    told = event or _in_office(words, at, here, cal)
    if told is None or words.form(at) != "first":
        return None
    end = add_months(told[0].day, months) - timedelta(days=1)
    if end > cal.today:
        return None
    return Time(at, told[1], Shape.WINDOW, "part of term", told[0].day, end, event=told[0].id)


OFFICE = frozenset({"office", "power", "government"})


def _in_office(words: Words, at: int, here: int, cal: Calendar) -> tuple[Event, int] | None:
    """The event from which "its first nine months in office" is counted, and the word after it."""
    if words.form(here + 1) not in OFFICE or not cal.anchors:
        return None
    owner = words.form(at - 2) if words.form(at - 1) == "'s" else ""
    theirs = words.form(at - 1) in ("its", "their", "our") or any(
        who.split()[-1] == owner for who in cal.anchors[0].who
    )
    return (cal.anchors[0], here + 2) if theirs else None


def _latest_part(words: Words, at: int, here: int, months: int, cal: Calendar) -> Time | None:
    """As in "in the second quarter": the latest one that was over."""
    begun = months < YEAR and words.form(at) in ("first", "opening") and words.form(at - 2) in WITHIN
    if not (words.form(at + 1) in HALVES or begun) or words.form(at - 1) != "the" or words.form(at) == "last":
        return None
    if begun and words.form(at + 1) not in HALVES and months > cal.today.month - 1:
        return Time(at, here, Shape.WINDOW, "vague")
    start = _part(cal.today.replace(month=1, day=1), ORDER.get(words.form(at), 0), months)
    if start is None:
        return None
    if _closed(start, months) > cal.today:
        start = add_months(start, -YEAR)
    return Time(at, here, Shape.WINDOW, "part of year", start, _closed(start, months), months=months)


SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # the months in which they begin
NTH = "nth"
ENDED = frozenset({"", ".", ",", "(", ")", ";", ":", "–", "and", "but", "it", "they", "there", "when", "to"})


def nth(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "from April to June it was 9% fewer than in <the first>": a quarter or half named by its place alone."""
    del cal
    index = ORDER.get(words.form(at + 1), -1)
    numbered = words.token(at + 2).kind is Kind.NUMBER
    alone = words.form(at - 1) in WITHIN | {"of"} and (numbered or words.form(at + 2) in ENDED)
    return Time(at, at + 2, Shape.WINDOW, NTH, months=index) if alone and index >= 0 else None


def in_turn(time: Time, before: Sequence[Time]) -> Time | None:
    """The quarter or half of that place, in the year of the one told before it; None when none was told."""
    told = next((row for row in reversed(before) if row.rule == "part of year" and row.months in (3, 6)), None)
    start = _part(told.start.replace(month=1, day=1), time.months, told.months) if told and told.start else None
    if told is None or start is None:
        return None
    return told._replace(first=time.first, last=time.last, start=start, end=_closed(start, told.months))


WITHIN = frozenset({"in", "over", "during", "within", "for"})
RECENT = frozenset({"days", "weeks", "months", "years", "times"})


def vague(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "early 2024", "late last year", "mid-August", "last spring", "recent weeks": no bounds, so no period."""
    form, here = words.form(at), at + 1
    if form == "recent":
        return Time(at, at + 2, Shape.WINDOW, "vague") if words.form(here) in RECENT else None
    if form in SEASONS:
        here += words.form(here) == "of"
        year, after = year_of(words, here, cal)
        if words.number(here) == year != 0:
            start = date(year, SEASONS[form], 1)
            return Time(at, after, Shape.WINDOW, "season", start, _closed(start, 3), grain=Grain.QUARTER)
        told = year or words.form(at - 1) in ("last", "this", "previous") or words.match(at - 2, "in", "the")
        return Time(at, after or at + 1, Shape.WINDOW, "vague") if told else None
    if form == "middle":
        here += words.form(here) == "of"
    whole = _whole(words, here, cal)
    if whole is None or (words.form(at - 1) in ("the", "a") and form != "middle"):
        return None
    return Time(at, whole.after, Shape.WINDOW, "vague")


OCCASIONS = frozenset(
    {"day", "night", "morning", "evening", "afternoon", "week", "weekend", "month", "moment", "eve", "year"}
)
TOLD_BY = frozenset({"that", "when", "he", "she", "they", "we", "i"})


def occasion(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "on the day that he resigned", "in the week when they met": told by what nobody knows the date of."""
    del cal
    told = words.form(at + 1) in OCCASIONS and words.form(at - 1) in WITHIN | {"on", "by", "at"}
    if not told or words.form(at + 2) not in TOLD_BY or ending(words, at + 2):
        return None
    return Time(at, at + 3, Shape.WINDOW, "vague")


STARTING = frozenset({"from", "starting", "beginning", "after", "following", "followed"})


AFTER = frozenset({"after", "following", "followed"})
SPANNED = frozenset({"the", "over", "first", "for", "in", "during", "within"})  # "a year after the vote" is a moment


def counted_from(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "12 months from July 2024", "year after the election": so many months from a day on."""
    here, months = length(words, at, cal)
    if months and words.form(here) == "before":
        return _up_to(words, at, here, months, cal)
    if not months:
        return _days_up_to(words, at, cal) or _days_on(words, at, cal)
    here += words.form(here) in ("that", "which") and words.form(here + 1) == "followed"
    if words.form(here) not in STARTING:
        return None
    start, after = _begun(words, here, cal)
    if start is None:
        return None
    if words.form(here) in AFTER and words.form(at - 1) not in SPANNED and not (at == 0 and words.form(after) != ","):
        return Time(at, after, Shape.DURATION, "after")
    end = add_months(start, months) - timedelta(days=1)
    if words.form(after) in TO - {"and"} or end > cal.today:
        return None
    return Time(at, after, Shape.WINDOW, "counted from", start, end, months=months)


def _days_up_to(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the six weeks before Christmas", "in the ten days before 5 July"."""
    here, days = days_long(words, at, cal)
    named = (
        edge(words, here + 1, cal) if days and words.form(here) == "before" and words.form(at - 1) == "the" else None
    )
    if named is None or named.grain is not Grain.DAY:
        return None
    start, end = named.start - timedelta(days=days), named.start - timedelta(days=1)
    return Time(at, named.after, Shape.WINDOW, "counted to", start, end)


def _days_on(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "in the two weeks after the pact took effect on 6 August": so many days from a day on."""
    here, days = days_long(words, at, cal)
    if not days or words.form(here) not in AFTER or words.form(at - 1) != "the":
        return None
    start, after = _begun(words, here, cal)
    end = start + timedelta(days=days - 1) if start else cal.today
    told = start is not None and end <= cal.today
    return Time(at, after, Shape.WINDOW, "counted from", start, end) if told else None


def _up_to(words: Words, at: int, here: int, months: int, cal: Calendar) -> Time | None:
    """As in "the year before the election": so many months up to an event."""
    skip = here + 1 + (words.form(here + 1) == "the" and named_event(words, here + 1, cal) is None)
    event = named_event(words, skip, cal)
    named = edge(words, skip, cal)
    if named and named.grain in (Grain.FINANCIAL, Grain.YEAR):  # "the three years before 2024-25"
        last = named.start - timedelta(days=1)
        return Time(at, named.after, Shape.WINDOW, "counted to", add_months(named.start, -months), last, months=months)
    if event is None or event[0] not in cal.anchors or event[1] == here + 2 == skip + 1:
        return None
    start, end = add_months(event[0].day, -months), event[0].day - timedelta(days=1)
    return Time(at, event[1], Shape.WINDOW, "counted to", start, end, months=months)


def _begun(words: Words, at: int, cal: Calendar) -> tuple[date | None, int]:
    """(the day from which is counted, the word after it) of "from July", "after the vote"; None for none."""
    here = at + 1 + (words.form(at + 1) in ("in", "on"))
    named = edge(words, here, cal)
    if named:
        behind = words.form(at) in AFTER
        return (named.end + timedelta(days=1) if behind else named.start), named.after
    event = named_event(words, here, cal)
    if event:
        return event[0].day, event[1]
    return _day_of_act(words, here, cal) if words.form(at) in AFTER else (None, at)


def _day_of_act(words: Words, at: int, cal: Calendar) -> tuple[date | None, int]:
    """As in "in the two months after the treaty took effect on 6 August": the date that is told beside what it did."""
    for here in range(at + 1, at + CLAUSE):
        if words.form(here) == "on" and words.token(here + 1).kind in (Kind.NUMBER, Kind.WORD):
            named = read_date(words, here + 1, cal.almanac)
            if named and named.grain is Grain.DAY:
                return named.start, named.after
        if words.token(here).kind is not Kind.WORD:
            return None, at
    return None, at


CLAUSE = 10  # words
