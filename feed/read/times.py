"""Times in a sentence: windows, running spans, points, shifts ("a year earlier") and durations, each with its words.

They are read before numbers, and reserve their words: "2023/24" is no range and "12 months" no count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from feed.model.period import month_end
from feed.model.topic import Event
from feed.read.dates import YEARS, Almanac, Grain, Named, read_date, year_after
from feed.read.lexer import Kind
from feed.read.words import Words


class Shape(StrEnum):
    """What kind of time it is."""

    WINDOW = "window"      # start to end, closed
    RUNNING = "running"    # from start on; its end is what is known
    POINT = "point"        # "at the end of September": a state's day, or the end of a running total
    SHIFT = "shift"        # the figure's own period moved back by `months`, or into `year`
    DURATION = "duration"  # reserved, tells no period


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
    event: str = ""
    grain: Grain | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """All that times are resolved against: dates, the pack's events by their words, span words, number words."""

    almanac: Almanac
    events: dict[str, list[tuple[tuple[str, ...], Event]]]
    spans: dict[str, str]
    numbers: dict[str, int]
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


def read_times(words: Words, cal: Calendar) -> tuple[Time, ...]:
    """The times of a sentence in order, none overlapping."""
    found: list[Time] = []
    at = 0
    while at < len(words):
        time = _time(words, at, cal)
        if time is None:
            at += 1
        else:
            found.append(_that_year(words, time._replace(first=at), found))
            at = max(time.last, at + 1)
    return tuple(found)


def _that_year(words: Words, time: Time, before: list[Time]) -> Time:
    """"September 6 to October 24 that year": the year of the time before."""
    if not (words.match(time.last - 2, "that", "year") and before and before[-1].end and time.start and time.end):
        return time
    year = before[-1].end.year
    return time._replace(start=_in_year(time.start, year), end=_in_year(time.end, year))


def _in_year(day: date, year: int) -> date:
    return add_months(day, 12 * (year - day.year))


Grammar = Callable[[Words, int, Calendar], Time | None]


def _time(words: Words, at: int, cal: Calendar) -> Time | None:
    form = words.form(at)
    for grammar in STARTS.get(form, ()):
        time = grammar(words, at, cal)
        if time:
            return time
    for grammar in (_range, _year_to, _before, _dated, _term, _duration):
        time = grammar(words, at, cal)
        if time:
            return time
    return None


def _event(words: Words, at: int, cal: Calendar) -> tuple[Event, int] | None:
    best: tuple[Event, int] | None = None
    for phrase, event in cal.events.get(words.form(at), ()):
        if words.match(at, *phrase) and (best is None or at + len(phrase) > best[1]):
            best = event, at + len(phrase)
    return best


def _edge(words: Words, at: int, cal: Calendar) -> Named | None:
    """A date with "the end of", "the start of" before it read as that day."""
    here = at + 1 if words.form(at) == "the" else at
    side = words.form(here)
    if side in ("end", "start", "beginning", "close") and words.form(here + 1) == "of":
        skip = here + 3 if words.form(here + 2) in ("the", "this") else here + 2
        skip += 1 if words.form(skip) == "last" and words.form(skip + 1) in cal.almanac.months else 0
        named = read_date(words, skip, cal.almanac) or _this_or_last(words, skip, cal)
        if named is None:
            return None
        day = named.end if side in ("end", "close") else named.start
        return Named(named.after, day, day, Grain.DAY, named.dated)
    return read_date(words, here if here > at and words.number(here) else at, cal.almanac)


def _this_or_last(words: Words, at: int, cal: Calendar) -> Named | None:
    this = cal.today.year
    if words.form(at) == "year":
        return Named(at + 1, date(this, 1, 1), date(this, 12, 31), Grain.YEAR, dated=True)
    if words.match(at, "last", "year"):
        return Named(at + 2, date(this - 1, 1, 1), date(this - 1, 12, 31), Grain.YEAR, dated=True)
    if words.form(at) == "month" or words.match(at, "last", "month"):
        last = words.form(at) == "last"
        start = add_months(cal.today.replace(day=1), -1 if last else 0)
        return Named(at + 2 if last else at + 1, start, month_end(start), Grain.MONTH, dated=True)
    return None


# --- ranges


TO = frozenset({"to", "until", "till", "and", "–", "—", "-", "through"})


def _range(words: Words, at: int, cal: Calendar) -> Time | None:
    """Two dates joined: "October 2020 to September 2022", "2021/22 to 2023/24"."""
    return _joined(words, at, cal, TO - {"and"})


def _between(words: Words, at: int, cal: Calendar) -> Time | None:
    joined = _joined(words, at + 1, cal, TO)
    event = None if joined else _event(words, at + 1, cal)
    if event and not event[0].term and words.form(event[1]) in TO:
        named = _edge(words, event[1] + 1, cal)
        if named and named.end >= event[0].day:
            return Time(at, named.after, Shape.RUNNING, "since event", event[0].day, named.end, event=event[0].id)
    return joined


def _joined(words: Words, at: int, cal: Calendar, joints: frozenset[str]) -> Time | None:
    first = _edge(words, at, cal)
    if first is None:
        return None
    if words.form(first.after) == "," and words.form(first.after + 1) in ("and", "to"):
        first = first._replace(after=first.after + 1)
    hyphened = words.at(first.after).hyphened
    if not hyphened and words.form(first.after) not in joints:
        return None
    second = _edge(words, first.after if hyphened else first.after + 1, cal)
    if second is None or (first.grain is Grain.YEAR and second.grain not in (Grain.YEAR, Grain.DAY, Grain.MONTH)):
        return None
    start, end = first.start, second.end
    if first.grain is second.grain is Grain.YEAR and end.year == start.year + 1 and words.form(at - 1) not in ("from", "between"):
        return Time(at, second.after, Shape.WINDOW, "financial year", date(start.year, 4, 1), date(end.year, 3, 31), grain=Grain.FINANCIAL)
    if words.match(second.after, "that", "year") or words.match(second.after, "this", "year"):
        second = second._replace(after=second.after + 2)
    if second.dated and not first.dated:
        start = start.replace(year=end.year)
    elif first.dated and not second.dated:
        end = end.replace(year=start.year)
    if start > end:
        if first.dated and second.dated:
            return None
        start = add_months(start, -12) if not first.dated else start
        end = add_months(end, 12) if first.dated else end
    return Time(at, second.after, Shape.WINDOW, "range", start, end, grain=second.grain)


# --- since


def _since(words: Words, at: int, cal: Calendar) -> Time | None:
    here = at + 1
    event = _event(words, here, cal) or (_event(words, here + 1, cal) if words.form(here) in ("the", "sir") else None)
    if event and event[0].until is None or event and not event[0].term:
        event = event[0], _within(words, event[1], event[0].day, cal)
        return _bounded(words, Time(at, event[1], Shape.RUNNING, "since event", event[0].day, event=event[0].id), cal)
    if words.match(here, "the", "start", "of", "the", "year") or words.match(here, "the", "beginning", "of", "the", "year"):
        return _bounded(words, _year_so_far(words, at, here + 5, cal), cal)
    if words.match(here, "the", "start", "of", "this", "year"):
        return _bounded(words, _year_so_far(words, at, here + 5, cal), cal)
    if words.form(here) == "then" or words.match(here, "that", ",") or words.match(here, "its", "launch"):
        return Time(at, here + 1, Shape.DURATION, "since then")
    named = _edge(words, here + 1 if words.form(here) in ("that", "late", "early", "last") else here, cal)
    if named is None:
        return _since_dated(words, at, cal)
    after = named.after + 1 if words.form(named.after) == "began" else named.after
    start = _anchored(named, cal)
    time = Time(at, after, Shape.RUNNING, "since date", start, grain=named.grain)
    return _bounded(words, time, cal)


def _since_dated(words: Words, at: int, cal: Calendar) -> Time | None:
    """"since that announcement, on 14 April": the date beside an unnamed event."""
    if words.form(at + 1) not in ("that", "the", "this", "its", "their"):
        return None
    for here in range(at + 3, at + 6):
        if words.form(here) == "on" or words.form(here) == "in":
            named = read_date(words, here + 1, cal.almanac)
            return Time(at, named.after, Shape.RUNNING, "since date", named.start, grain=named.grain) if named else None
        if words.at(here).token.kind not in (Kind.WORD, Kind.COMMA):
            return None
    return None


def _within(words: Words, at: int, day: date, cal: Calendar) -> int:
    """The word after "in July" when that is only the event's own date told again."""
    skip = at + 1 if words.form(at) in ("in", "on", ",", "on") else at
    if words.form(skip) == "last" and cal.almanac.months.get(words.form(skip + 1)) == day.month:
        return skip + 2
    named = read_date(words, skip, cal.almanac)
    if named and skip > at and named.grain is Grain.MONTH and not named.dated and named.start.month == day.month:
        return named.after
    return named.after if named and named.start - timedelta(days=2) <= day <= named.end + timedelta(days=2) else at


def _anchored(named: Named, cal: Calendar) -> date:
    """A month in which people began to count from an event's day means that day."""
    if named.grain is Grain.MONTH or named.grain is Grain.DAY:
        for rows in cal.events.values():
            for _, event in rows:
                near = abs((event.day - named.start).days) <= 1
                if event.anchor and (near if named.grain is Grain.DAY else _in_first_week(event.day, named)):
                    return event.day
    return named.start


def _in_first_week(day: date, named: Named) -> bool:
    return named.start <= day <= named.start + timedelta(days=6)


def _bounded(words: Words, time: Time, cal: Calendar) -> Time:
    """With the end that follows: "since the start of the year up to Tuesday", "this year to 31 January"."""
    here = time.last
    if words.form(here) == "up":
        here += 1
    if words.form(here) in ("to", "until", "till") and words.form(here + 1) != "date":
        named = _edge(words, here + 1, cal)
        if named and time.start and named.end >= time.start:
            return time._replace(last=named.after, end=named.end)
    if words.match(here, "to", "date"):
        return time._replace(last=here + 2)
    return time


# --- this year, so far


def _year_so_far(words: Words, at: int, after: int, cal: Calendar) -> Time:
    del words
    return Time(at, after, Shape.RUNNING, "year so far", cal.today.replace(month=1, day=1))


def _this(words: Words, at: int, cal: Calendar) -> Time | None:
    unit = words.form(at + 1)
    if words.form(at + 1) in ("point", "stage", "time") or words.match(at + 1, "same"):
        return _same(words, at, cal)
    after = at + 2
    if words.match(after, "so", "far") or words.match(after, "to", "date"):
        after += 2
    if unit in ("financial", "calendar") and words.form(at + 2) == "year":
        start = _financial(cal.today) if unit == "financial" else cal.today.replace(month=1, day=1)
        return Time(at, at + 3, Shape.RUNNING, "year so far", start)
    if unit == "year" and words.at(at + 2).hyphened is False:
        return _bounded(words, _year_so_far(words, at, after, cal), cal)
    if unit == "month":
        return Time(at, after, Shape.RUNNING, "month so far", cal.today.replace(day=1))
    if unit == "week":
        return Time(at, after, Shape.RUNNING, "week so far", cal.today - timedelta(days=cal.today.weekday()))
    named = read_date(words, at + 1, cal.almanac)
    return Time(at, named.after, Shape.WINDOW, "this", named.start, named.end, grain=named.grain) if named else None


def _financial(today: date) -> date:
    return date(today.year if today.month >= 4 else today.year - 1, 4, 1)


def _equivalent(words: Words, at: int, cal: Calendar) -> Time | None:
    """"the equivalent total in 2023": the same time of another year."""
    here = at + 2
    if words.form(here) in ("in", "for", "of", "during"):
        shift = _shift_back(words, here + 1, cal)
    else:
        shift = _shift_back(words, here, cal)
    return None if shift is None else Time(at, shift[2], Shape.SHIFT, "same time", months=shift[0], year=shift[1])


def _so_far(words: Words, at: int, cal: Calendar) -> Time | None:
    if words.form(at + 1) != "far":
        return None
    here = at + 2
    if words.form(here) not in ("this", "in", "during"):
        return Time(at, here, Shape.RUNNING, "so far")
    if words.form(here) == "this":
        time = _this(words, here, cal)
        return time._replace(first=at) if time else None
    if words.match(here, "in") or words.match(here, "during"):
        named = read_date(words, here + 1, cal.almanac)
        return _open(words, at, named, cal) if named else None
    return None


def _open(words: Words, at: int, named: Named, cal: Calendar) -> Time:
    """A window that was not over when the article appeared, told as running."""
    if named.end < cal.today:
        return Time(at, named.after, Shape.WINDOW, "window so far", named.start, named.end, grain=named.grain)
    return _bounded(words, Time(at, named.after, Shape.RUNNING, "so far in", named.start, grain=named.grain), cal)


def _the(words: Words, at: int, cal: Calendar) -> Time | None:
    following = words.form(at + 1)
    if following == "year" and (words.match(at + 2, "so", "far") or words.match(at + 2, "to", "date")):
        return _bounded(words, _year_so_far(words, at, at + 4, cal), cal)
    if following == "year" and words.form(at - 1) in ("for", "of") and words.form(at + 2) not in ("before", "to", "ending", "ended", "earlier", "end"):
        return Time(at, at + 2, Shape.RUNNING, "the year", cal.today.replace(month=1, day=1))
    for grammar in STARTS.get(following, ()) if following != "the" else ():
        time = grammar(words, at + 1, cal)
        if time:
            return time
    if following in cal.almanac.months and words.form(at + 2) == "before":
        return Time(at, at + 3, Shape.SHIFT, "month before", months=12)
    day = words.number(at + 1)
    if day and 1 <= day <= 31 and words.form(at + 2) in cal.almanac.ordinals and words.at(at + 2).token.glued:
        return _day_of_month(at, day, cal)
    return None


def _day_of_month(at: int, day: int, cal: Calendar) -> Time | None:
    month = cal.today.replace(day=1)
    if day > cal.today.day:
        month = add_months(month, -1)
    if day > month_end(month).day:
        return None
    found = month.replace(day=day)
    return Time(at, at + 3, Shape.WINDOW, "day of month", found, found, grain=Grain.DAY)


# --- a year to June


COUNTED = {"year": 12, "quarter": 3, "month": 1, "months": 1, "week": 0, "weeks": 0, "years": 12}


def _year_to(words: Words, at: int, cal: Calendar) -> Time | None:
    """"year to June", "year ending June 2025", "12 months to the end of March", "week ending 17 August"."""
    if words.form(at) == "week":
        return _week_to(words, at, cal)
    here, months = (at + 1, 12) if words.form(at) == "ye" else _length(words, at, cal)
    if months == 0:
        return None
    skip = here if words.form(at) == "ye" else _ending(words, here)
    named = _edge(words, skip, cal) if skip else None
    if named is None or named.grain is Grain.YEAR:
        return None
    end = named.end
    if end == month_end(end):
        start = month_end(add_months(end.replace(day=1), -months)) + timedelta(days=1)
    else:
        start = add_months(end, -months) + timedelta(days=1)
    after = named.after
    if words.form(after) in ("this", "last") and words.form(after + 1) == "year":
        after += 2
    return Time(at, after, Shape.WINDOW, "year to", start, end, months=months)


def _ending(words: Words, at: int) -> int:
    """The word after "ending", "to", "up to", "that ended in", "ending (YE)"; 0 when none stands there."""
    here = at + 1 if words.form(at) == "that" else at
    if words.form(here) == "up":
        here += 1
    if words.form(here) not in ("ending", "ended", "to", "until", "end", "through", "till"):
        return 0
    here += 1
    if words.form(here) in ("to", "until"):
        here += 1
    if words.form(here) == "(" and words.form(here + 2) == ")":
        here += 3
    return here + 1 if words.form(here) in ("on", "in", "at", "with") else here


def _week_to(words: Words, at: int, cal: Calendar) -> Time | None:
    skip = _ending(words, at + 1)
    named = read_date(words, skip, cal.almanac) if skip else None
    if named is None or named.grain is not Grain.DAY:
        return None
    return Time(at, named.after, Shape.WINDOW, "week to", named.end - timedelta(days=6), named.end, grain=Grain.WEEK)


def _length(words: Words, at: int, cal: Calendar) -> tuple[int, int]:
    """(word after, months) of "year", "12 months", "six-month period", "quarter"; months 0 when it is none."""
    form = words.form(at)
    if form in ("year", "quarter"):
        return at + 1, COUNTED[form]
    count = words.number(at) or cal.numbers.get(form)
    if count is None:
        return at, 0
    unit = words.form(at + 1)
    months = count * COUNTED.get(unit, 0)
    after = at + 3 if words.form(at + 2) in ("period", "spell", "stretch") else at + 2
    return after, months


def _first(words: Words, at: int, cal: Calendar) -> Time | None:
    """"first half of 2024", "last six months of 2023", "first 11 months of 2025", "second quarter of this year"."""
    ordinal = words.form(at)
    if words.form(at + 1) in ("half", "quarter"):
        months = 6 if words.form(at + 1) == "half" else 3
        index = {"first": 0, "second": 1, "third": 2, "fourth": 3, "final": -1, "last": -1}.get(ordinal, 0)
        here = at + 2
    else:
        here, months = _length(words, at + 1, cal)
        index = -1 if ordinal in ("last", "final") else 0
    if not months or words.form(here) not in ("of", "in"):
        return None
    year, after = _year_of(words, here + 1, cal)
    if not after:
        return None
    first = 12 - months if index == -1 else index * months
    if not 0 <= first <= 12 - months:
        return None
    start = date(year, first + 1, 1)
    end = month_end(add_months(start, months - 1))
    return Time(at, after, Shape.WINDOW, "part of year", start, end, months=months)


def _year_of(words: Words, at: int, cal: Calendar) -> tuple[int, int]:
    if words.form(at) in ("this", "last", "the") and words.form(at + 1) == "year":
        return cal.today.year - (words.form(at) == "last"), at + 2
    found = year_after(words, at)
    return found or (0, 0)


# --- last, previous, past


def _last(words: Words, at: int, cal: Calendar) -> Time | None:
    part = _year_to(words, at + 1, cal) or _first(words, at, cal)
    if part:
        return part
    unit = words.form(at + 1)
    if unit == "year" and words.form(at - 1) == "the":
        return _past(words, at, cal)
    if unit in LAST:
        start, end, grain = LAST[unit](cal.today)
        return Time(at, at + 2, Shape.WINDOW, f"last {unit}", start, end, grain=grain)
    if words.match(at + 1, "financial", "year"):
        start = _financial(cal.today)
        return Time(at, at + 3, Shape.WINDOW, "last financial year", add_months(start, -12), start - timedelta(days=1))
    named = read_date(words, at + 1, cal.almanac)
    if named:
        late = named.grain is Grain.MONTH and named.start.year == cal.today.year and not named.dated
        back = -12 if late and (cal.today - named.end).days < 31 else 0
        return Time(at, named.after, Shape.WINDOW, "last date", add_months(named.start, back),
                    month_end(add_months(named.end, back)) if back else named.end, grain=named.grain)
    return _past(words, at, cal)


def _whole_year(today: date) -> tuple[date, date, Grain]:
    return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31), Grain.YEAR


def _last_week(today: date) -> tuple[date, date, Grain]:
    monday = today - timedelta(days=today.weekday() + 7)
    return monday, monday + timedelta(days=6), Grain.WEEK


def _last_month(today: date) -> tuple[date, date, Grain]:
    start = add_months(today.replace(day=1), -1)
    return start, month_end(start), Grain.MONTH


def _last_quarter(today: date) -> tuple[date, date, Grain]:
    start = add_months(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), -3)
    return start, month_end(add_months(start, 2)), Grain.QUARTER


LAST = {"year": _whole_year, "week": _last_week, "month": _last_month, "quarter": _last_quarter}


def _past(words: Words, at: int, cal: Calendar) -> Time | None:
    """"the past week", "the last seven days", "the past 12 months": windows that end on the article's day."""
    count = words.number(at + 1) or cal.numbers.get(words.form(at + 1))
    unit = words.form(at + 2) if count else words.form(at + 1)
    after = at + 3 if count else at + 2
    unit = cal.spans.get(unit, "")
    end = cal.today
    if unit in ("day", "week"):
        days = (count or 1) * (7 if unit == "week" else 1)
        return Time(at, after, Shape.WINDOW, "past days", end - timedelta(days=days - 1), end)
    if unit in ("month", "year"):
        months = (count or 1) * (12 if unit == "year" else 1)
        return Time(at, after, Shape.WINDOW, "past months", add_months(end, -months) + timedelta(days=1), end, months=months)
    return None


# --- shifts


MOMENTS = frozenset({"period", "point", "stage", "time", "date", "dates", "day", "days", "week", "stretch", "timeframe", "spell", "month", "months"})
BACK = frozenset({"earlier", "before", "ago", "prior", "previously", "previous"})


def _same(words: Words, at: int, cal: Calendar) -> Time | None:
    """"the same period last year", "this point in 2022", "the same four months of 2023"."""
    here = at + 1
    if words.form(here) == "same":
        here += 1
    whole = _year_to(words, here, cal)
    if whole:
        return whole
    noun = here
    here, months = _length(words, here, cal)
    if not months:
        if words.form(here) not in MOMENTS:
            return None
        here += 1
    if words.form(here) in ("in", "of", "during", "for", "over") or words.form(here) == "the":
        here += 1
    shift = _shift_back(words, here, cal)
    if shift is None and words.form(noun) == "time":
        return None
    if shift is None:
        return Time(at, here if words.form(here - 1) not in ("in", "of", "the", "for") else here - 1,
                    Shape.SHIFT, "same time", months=0)
    months, year, after = shift
    return Time(at, after, Shape.SHIFT, "same time", months=months, year=year)


def _shift_back(words: Words, at: int, cal: Calendar) -> tuple[int, int, int] | None:
    """(months back, or 0 and the year, word after)."""
    if words.match(at, "last", "year") or words.match(at, "previous", "year"):
        return 12, 0, at + 2
    if words.match(at, "the", "previous", "year") or words.match(at, "the", "year", "before"):
        return 12, 0, at + 3
    if words.match(at, "year", "before") or words.match(at, "previous", "summer"):
        return 12, 0, at + 2
    here = at + 1 if words.form(at) in ("a", "one") else at
    unit = words.form(here)
    count = words.number(here) or cal.numbers.get(unit)
    if count is not None and here == at:
        here += 1
        unit = words.form(here)
    span = cal.spans.get(unit)
    if span in ("year", "month") and words.form(here + 1) in BACK:
        return (count or 1) * (12 if span == "year" else 1), 0, here + 2
    found = year_after(words, at)
    return (0, found[0], found[1]) if found else None


def _earlier(words: Words, at: int, cal: Calendar) -> Time | None:
    """"a year earlier", "three months earlier", "12 months before"; "20 years ago" is only a duration."""
    here = at + 1 if words.form(at) in ("a", "one", "an") else at
    count = 1 if here > at else words.number(at) or cal.numbers.get(words.form(at))
    here = here if here > at else at + 1
    span = cal.spans.get(words.form(here), "")
    if count is None or not span or words.form(here + 1) not in BACK:
        return None
    months = count * {"year": 12, "month": 1}.get(span, 0)
    if not months or months > 24 or (words.form(here + 1) == "ago" and months > 12):
        return Time(at, here + 2, Shape.DURATION, "ago")
    return Time(at, here + 2, Shape.SHIFT, "earlier", months=months)


def _previous(words: Words, at: int, cal: Calendar) -> Time | None:
    """"previous year", "year before", "preceding 12 months", "previous quarter"."""
    here, months = _length(words, at + 1, cal)
    if words.form(at + 1) == "financial":
        here, months = at + 3, 12
    if words.form(at + 1) == "month":
        here, months = at + 2, 1
    if words.form(at + 1) == "calendar":
        here, months = at + 3, 12
    if not months:
        return None
    return Time(at, here, Shape.SHIFT, "previous", months=months)


def _before(words: Words, at: int, cal: Calendar) -> Time | None:
    """"year before", "12 months before", "month before", after "the"."""
    here, months = _length(words, at, cal)
    if words.form(at) == "month":
        here, months = at + 1, 1
    if not months or words.form(here) not in ("before", "earlier", "prior", "previously"):
        return None
    after = here + 2 if words.form(here + 1) == "that" else here + 1
    return Time(at, after, Shape.SHIFT, "year before", months=months)


def _on_year(words: Words, at: int, cal: Calendar) -> Time | None:
    del cal
    if words.match(at, "year", "on", "year"):
        return Time(at, at + 3, Shape.SHIFT, "year on year", months=12)
    return None


# --- points, ends, windows


POINTED = frozenset({"at", "by", "as", "of", "on", "until", "till", "to", "up"})


def _end_of(words: Words, at: int, cal: Calendar) -> Time | None:
    """"the end of September", "end of last year": a day."""
    named = _edge(words, at, cal)
    if named is None:
        return None
    return Time(at, named.after, Shape.POINT, "end of", named.end, named.end, grain=Grain.DAY)


def _as_of(words: Words, at: int, cal: Calendar) -> Time | None:
    here = at + 2 if words.form(at) == "as" and words.form(at + 1) in ("of", "at", "on") else at + 1
    if words.form(at) == "up":
        if words.form(at + 1) not in ("to", "until"):
            return None
        here = at + 2
    if words.form(at) == "as" and here == at + 1:
        return None
    if words.form(here) == "midnight":
        here += 2
    named = _edge(words, here, cal)
    if named is None or named.grain in (Grain.YEAR, Grain.FINANCIAL):
        return None
    return Time(at, named.after, Shape.POINT, "by" if words.form(at) != "at" else "at", named.end, named.end, grain=named.grain)


def _year_end(words: Words, at: int, cal: Calendar) -> Time | None:
    named = _edge(words, at + 1, cal) if words.form(at + 1) == "the" else None
    return None if named is None else Time(at, named.after, Shape.POINT, "by", named.end, named.end)


def _dated(words: Words, at: int, cal: Calendar) -> Time | None:
    named = read_date(words, at, cal.almanac)
    if named is None:
        return None
    if words.match(named.after, "so", "far") or words.match(named.after, "to", "date"):
        return _open(words, at, named._replace(after=named.after + 2), cal)
    if named.grain is Grain.MONTH:
        named = _months_on(words, named, cal)
    if words.match(named.after, "alone"):
        named = named._replace(after=named.after + 1)
    return Time(at, named.after, Shape.WINDOW, "date", named.start, named.end, grain=named.grain)


def _months_on(words: Words, first: Named, cal: Calendar) -> Named:
    """"July and August", "April, May and June": months that follow one another are one window."""
    while words.form(first.after) in (",", "and"):
        following = read_date(words, first.after + 1, cal.almanac)
        if following is None or following.grain is not Grain.MONTH or add_months(first.end.replace(day=1), 1).month != following.start.month:
            break
        start = first.start if first.start < following.start else add_months(first.start, -12)
        if following.dated and not first.dated:
            start = date(following.start.year, start.month, 1)
        first = following._replace(start=start)
    return first


def _to_date(words: Words, at: int, cal: Calendar) -> Time | None:
    del cal
    return Time(at, at + 2, Shape.RUNNING, "so far") if words.form(at + 1) == "date" else None


def _term(words: Words, at: int, cal: Calendar) -> Time | None:
    """A term of office: "under Boris Johnson", "Labour's first year in office"."""
    event = _event(words, at, cal)
    if event is None or not event[0].term:
        return None
    if len(event[0].say[0].split()) <= 2 and words.form(at - 1) != "under":
        return None
    if event[0].until is None:
        return Time(at, event[1], Shape.RUNNING, "since event", event[0].day, event=event[0].id)
    return Time(at, event[1], Shape.WINDOW, "term", event[0].day, event[0].until, event=event[0].id)


def _duration(words: Words, at: int, cal: Calendar) -> Time | None:
    """A length of time: "five days", "20 years", "17-year-old"; tells no period."""
    back = _earlier(words, at, cal)
    if back:
        return back
    count = words.number(at) or cal.numbers.get(words.form(at))
    if count is None and words.at(at).token.kind is not Kind.NUMBER:
        return None
    if not _spanned(words, at + 1, cal):
        return None
    after = at + 2
    while words.form(after) in ("ago", "old", "later", "olds"):
        after += 1
    return Time(at, after, Shape.DURATION, "duration")


def _spanned(words: Words, at: int, cal: Calendar) -> bool:
    return words.form(at) in cal.spans


def _per(words: Words, at: int, cal: Calendar) -> Time | None:
    if words.form(at - 1) in ("a", "per", "each", "every"):
        return None
    return _year_to(words, at, cal) or _on_year(words, at, cal) or _before(words, at, cal)


STARTS: dict[str, tuple[Grammar, ...]] = {
    "since": (_since,),
    "between": (_between,),
    "from": (_between,),
    "this": (_this,),
    "that": (_same,) ,
    "same": (_same,),
    "so": (_so_far,),
    "equivalent": (_equivalent,),
    "the": (_the,),
    "year": (_per,),
    "ye": (_year_to,),
    "week": (_year_to,),
    "to": (_to_date,),
    "quarter": (_year_to, _before),
    "month": (_before,),
    "first": (_first,),
    "second": (_first,),
    "third": (_first,),
    "fourth": (_first,),
    "final": (_first,),
    "last": (_last,),
    "past": (_past,),
    "previous": (_previous,),
    "preceding": (_previous,),
    "prior": (_previous,),
    "end": (_end_of,),
    "start": (_end_of,),
    "a": (_earlier,),
    "one": (_earlier,),
    "by": (_as_of, _year_end),
    "until": (_as_of,),
    "up": (_as_of,),
    "at": (_as_of,),
    "as": (_as_of,),
}
