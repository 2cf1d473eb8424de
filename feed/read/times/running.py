"""Spans that still run: since a date or an event, this year, so far."""

from __future__ import annotations

from datetime import date, timedelta

from feed.model.period import month_end
from feed.model.topic import Event
from feed.read.text.lexer import Kind
from feed.read.text.words import Words
from feed.read.times.dates import Grain, Named, read_date, year_told
from feed.read.times.kinds import Calendar, Shape, Time, add_months
from feed.read.times.parts import bounded, edge, financial, length, named_event, open_, then_after
from feed.read.times.recent import last
from feed.read.times.shifts import STAGES, same


def since(words: Words, at: int, cal: Calendar) -> Time | None:
    """From an event of the pack, the start of the year or a date, until what is known."""
    here = at + 1
    event = _since_event(words, at, cal)
    if event:
        return event
    began = next((n for n in (6, 5, 3, 2) if " ".join(map(words.form, range(here, here + n))) in YEAR_BEGAN), 0)
    if began:
        return bounded(words, year_so_far(words, at, here + began, cal), cal)
    after = here + 1 if words.match(here, "that", ",") else then_after(words, here, cal)
    if after:
        return Time(at, after, Shape.BACK, "since then")
    if words.match(here, "its", "launch"):
        return Time(at, here + 1, Shape.DURATION, "since then")
    return _since_date(words, at, cal) or _since_dated(words, at, cal)


YEAR_BEGAN = frozenset(f"the {side} of {which} year" for side in ("start", "beginning") for which in ("the", "this"))
YEAR_BEGAN |= {f"{which} year {verb}" for which in ("the", "this") for verb in ("began", "started", "opened", "dawned")}
YEAR_BEGAN |= {"the new year", "new year", "the year got under way", "the turn of the year"}


def _since_event(words: Words, at: int, cal: Calendar) -> Time | None:
    here = at + 1
    event = named_event(words, here, cal)
    if event is None and words.form(here) in ("the", "sir"):
        event = named_event(words, here + 1, cal)
    if event is None:
        return None
    told = _dated_otherwise(words, at, event, cal)
    after = _within(words, event[1], event[0].day, cal)
    return told or bounded(words, Time(at, after, Shape.RUNNING, "since event", event[0].day, event=event[0].id), cal)


def _since_date(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "since July", "since last July", "since 2018 began", "since late 2021"."""
    here = at + 1
    before = last(words, here, cal) if words.form(here) == "last" else None
    if before and before.start and before.grain in (Grain.MONTH, Grain.YEAR):
        named: Named | None = Named(before.last, before.start, before.end or before.start, before.grain, dated=True)
    else:
        named = edge(words, here + 1 if words.form(here) in ("that", "late", "early", "last") else here, cal)
    if named is None:
        return None
    after = named.after + 1 if words.form(named.after) == "began" else named.after
    return bounded(words, Time(at, after, Shape.RUNNING, "since date", _anchored(named, cal), grain=named.grain), cal)


def _dated_otherwise(words: Words, at: int, event: tuple[Event, int], cal: Calendar) -> Time | None:
    """As in "since records began in 1979": the words of an event with a date that is not its own."""
    named = read_date(words, event[1] + 1, cal.almanac) if words.form(event[1]) in ("in", "on") else None
    if named is None or not named.dated or named.start <= event[0].day <= named.end:
        return None
    return Time(at, named.after, Shape.RUNNING, "since date", named.start, grain=named.grain)


CLAUSE = 12  # words that may tell the event from which is counted


def _since_dated(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "since that announcement, on 14 April", "since the pact of May 2022": the date of an event."""
    for here in range(at + 3, at + 1 + CLAUSE):
        if words.form(here) in ("on", "in", "of"):
            named = read_date(words, here + 1, cal.almanac)
            if named:
                return Time(at, named.after, Shape.RUNNING, "since date", named.start, grain=named.grain)
        if words.token(here).kind not in (Kind.WORD, Kind.COMMA):
            return None
    return None


def _within(words: Words, at: int, day: date, cal: Calendar) -> int:
    """The word after "in July" when that is only the event's own date told again."""
    skip = at + 1 if words.form(at) in ("in", "on", ",", "on") else at
    if words.form(skip) == "last" and cal.almanac.months.get(words.form(skip + 1)) == day.month:
        return skip + 2
    told = year_told(words, skip, cal.today)
    if told and told[0] == day.year:  # "since the vote last year"
        return told[1]
    named = read_date(words, skip, cal.almanac)
    if named and skip > at and named.grain is Grain.MONTH and not named.dated and named.start.month == day.month:
        return named.after
    return named.after if named and named.start - timedelta(days=2) <= day <= named.end + timedelta(days=2) else at


def _anchored(named: Named, cal: Calendar) -> date:
    """The day from which is counted: a month in which people began to count from an event's day means that day."""
    for event in cal.anchors:
        near = abs((event.day - named.start).days) <= 1
        if named.grain is Grain.DAY and near:
            return event.day
        if named.grain is Grain.MONTH and named.start <= event.day <= named.start + timedelta(days=6):
            return event.day
    return named.start


def year_so_far(words: Words, at: int, after: int, cal: Calendar) -> Time:
    """From 1 January of the article's year."""
    del words
    return Time(at, after, Shape.RUNNING, "year so far", cal.today.replace(month=1, day=1))


def this(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "this year", "this month so far", "this point last year", "this January"."""
    unit = words.form(at + 1)
    if words.form(at + 1) in STAGES or words.match(at + 1, "same"):
        return same(words, at, cal)
    after = at + 2
    if words.match(after, "so", "far") or words.match(after, "to", "date"):
        after += 2
    if unit in ("financial", "calendar") and words.form(at + 2) == "year":
        start = financial(cal.today) if unit == "financial" else cal.today.replace(month=1, day=1)
        return Time(at, at + 3, Shape.RUNNING, "year so far", start)
    if unit == "year" and words.hyphened(at + 2) is False:
        return bounded(words, year_so_far(words, at, after, cal), cal)
    if unit == "month":
        return Time(at, after, Shape.RUNNING, "month so far", cal.today.replace(day=1))
    if unit == "week":
        return Time(at, after, Shape.RUNNING, "week so far", cal.today - timedelta(days=cal.today.weekday()))
    named = read_date(words, at + 1, cal.almanac)
    return Time(at, named.after, Shape.WINDOW, "this", named.start, named.end, grain=named.grain) if named else None


def within_this(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "this morning", a day; "earlier this year" is without bounds."""
    unit = words.form(at + 1)
    if unit in PARTS_OF_DAY:
        return Time(at, at + 2, Shape.WINDOW, "date", cal.today, cal.today, grain=Grain.DAY)
    vague = words.form(at - 1) == "earlier" and unit in ("year", "month", "week")
    return Time(at, at + 2, Shape.WINDOW, "vague") if vague else None


PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "lunchtime"})


def current(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "current year", "present financial year"."""
    return this(words, at, cal) if words.form(at + 1) in CURRENT else None


CURRENT = frozenset({"year", "financial", "calendar", "month", "week"})


def so_far(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "so far this year", "so far in September"; "so far" alone has no start."""
    if words.form(at + 1) != "far":
        return None
    here = at + 2
    if words.form(here) not in ("this", "in", "during"):
        return Time(at, here, Shape.RUNNING, "so far")
    if words.form(here) == "this":
        time = this(words, here, cal)
        return time._replace(first=at) if time else None
    if words.match(here, "in") or words.match(here, "during"):
        named = read_date(words, here + 1, cal.almanac)
        return open_(words, at, named, cal) if named else None
    return None


def upcoming(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "next April", "next month", "next financial year": a window to come."""
    if words.form(at + 1) == "year":
        year = cal.today.year + 1
        return Time(at, at + 2, Shape.WINDOW, "next", date(year, 1, 1), date(year, 12, 31), grain=Grain.YEAR)
    if words.match(at + 1, "financial", "year"):
        start = add_months(financial(cal.today), 12)
        end = add_months(start, 12) - timedelta(days=1)
        return Time(at, at + 3, Shape.WINDOW, "next", start, end, grain=Grain.FINANCIAL)
    if words.form(at + 1) == "month":
        start = add_months(cal.today.replace(day=1), 1)
        return Time(at, at + 2, Shape.WINDOW, "next", start, month_end(start), grain=Grain.MONTH)
    _, months = length(words, at + 1, cal)
    if months or words.form(at + 1) == "few":  # "over the next three years"
        return Time(at, at + 3, Shape.WINDOW, "vague")
    named = read_date(words, at + 1, cal.almanac)
    if named is None or named.grain is not Grain.MONTH or named.dated:
        return None
    start = add_months(named.start, 12) if named.start <= cal.today else named.start
    return Time(at, named.after, Shape.WINDOW, "next", start, month_end(start), grain=Grain.MONTH)


def when(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "when the party came to power": the day of an event that people count from."""
    event = named_event(words, at + 1, cal)
    if event is None or event[0] not in cal.anchors or event[1] == at + 2:
        return None
    after = _within(words, event[1], event[0].day, cal)
    return Time(at, after, Shape.POINT, "at", event[0].day, event[0].day, event=event[0].id, grain=Grain.DAY)


def at_event(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "at the time of the election", "by the election": its day; "before the election" is without bounds."""
    here = _past_day(words, at + 1)
    here += words.form(here) == "the" and named_event(words, here, cal) is None
    event = named_event(words, here, cal)
    if event is None or event[0] not in cal.anchors or event[1] == here + 1 != at + 3:
        return None
    if words.form(at) == "before":
        return Time(at, event[1], Shape.WINDOW, "vague")
    if event[0].term:  # "by the government"
        return None
    day = event[0].day
    return Time(at, event[1], Shape.POINT, "at", day, day, event=event[0].id, grain=Grain.DAY)


def _past_day(words: Words, at: int) -> int:
    """The word after "the time of", "the day", "the very moment that"; the same one when nothing of the kind stands."""
    here = at + 2 if words.form(at + 1) in ("very", "same", "exact") else at + 1
    if words.form(at) != "the" or words.form(here) not in MOMENTS:
        return at
    return here + 2 if words.form(here + 1) in ("of", "when", "that", "on", "at") else here + 1


MOMENTS = frozenset({"time", "point", "day", "moment", "stage"})


def the_day(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the day they took office", "the moment the party came in"."""
    here = _past_day(words, at)
    event = named_event(words, here, cal) if here > at else None
    if event is None or event[0] not in cal.anchors or event[0].term or event[1] == here + 1:
        return None
    return Time(at, event[1], Shape.POINT, "at", event[0].day, event[0].day, event=event[0].id, grain=Grain.DAY)


def day_of_month(at: int, day: int, cal: Calendar) -> Time | None:
    """As in "the 4th": the latest such day."""
    month = cal.today.replace(day=1)
    if day > cal.today.day:
        month = add_months(month, -1)
    if day > month_end(month).day:
        return None
    found = month.replace(day=day)
    return Time(at, at + 3, Shape.WINDOW, "day of month", found, found, grain=Grain.DAY)


def to_date(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "to date", "up to now", "until now", "thus far": a running total whose start is not said."""
    del cal
    size = next((len(told) for told in TO_NOW if words.match(at, *told)), 0)
    return Time(at, at + size, Shape.RUNNING, "so far") if size else None


TO_NOW = (("to", "date"), ("up", "to", "now"), ("until", "now"), ("till", "now"), ("thus", "far"))
