"""Closed windows: ranges, a year to June, parts of a year, plain dates; and lengths that tell no period."""

from __future__ import annotations

from datetime import date, timedelta

from feed.model.period import month_end
from feed.read.text.lexer import Kind
from feed.read.text.words import Words
from feed.read.times.dates import Grain, Named, read_date
from feed.read.times.fewdays import days
from feed.read.times.kinds import Calendar, Shape, Time, add_months
from feed.read.times.partial import first
from feed.read.times.parts import TO, bounded, days_long, edge, ending, length, named_event, open_, then_after


def range_(words: Words, at: int, cal: Calendar) -> Time | None:
    """Two dates joined: "October 2020 to September 2022", "2021/22 to 2023/24"."""
    return _joined(words, at, cal, TO - {"and"})


def between(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "between A and B", "from A to B"; "between the election and A" runs from the event."""
    joined = days(words, at + 1, cal) or _joined(words, at + 1, cal, TO) or _ends(words, at, cal)
    event = None if joined else named_event(words, at + 1, cal)
    if event and not event[0].term and words.form(event[1]) in TO:
        named = edge(words, event[1] + 1, cal)
        if named and named.end >= event[0].day:
            return Time(at, named.after, Shape.RUNNING, "since event", event[0].day, named.end, event=event[0].id)
    return joined


def _ends(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "between the year to June 2023 and the year to June 2024": two lengths, one at each end of a way."""
    one = _length_of_time(words, at + 1, cal)
    two = _length_of_time(words, one.last + 1, cal) if one and words.form(one.last) in TO else None
    if one is None or two is None or one.start is None or two.start is None:
        return None
    if one.months != two.months or one.start >= two.start:
        return None
    return Time(at, two.last, Shape.WINDOW, "range", one.start, two.end, months=one.months, grain=two.grain)


def _length_of_time(words: Words, at: int, cal: Calendar) -> Time | None:
    """A year to June, a quarter or half of a year, so many months."""
    here = at + (words.form(at) == "the")
    time = year_to(words, here, cal) or first(words, here, cal)
    return time if time and time.shape is Shape.WINDOW and time.months else None


def _joined(words: Words, at: int, cal: Calendar, joints: frozenset[str]) -> Time | None:
    both = _both(words, at, cal, joints)
    if both is None:
        return None
    first, second = both
    if _financial(words, at, first, second):
        start, end = date(first.start.year, 4, 1), date(second.end.year, 3, 31)
        return Time(at, second.after, Shape.WINDOW, "financial year", start, end, grain=Grain.FINANCIAL)
    after = second.after
    if words.form(after) in ("that", "this") and words.form(after + 1) == "year":
        after += 2
    bounds = _forward(first, second, weekly=words.form(at) in cal.almanac.weekdays)
    return Time(at, after, Shape.WINDOW, "range", *bounds, grain=second.grain) if bounds else None


def _both(words: Words, at: int, cal: Calendar, joints: frozenset[str]) -> tuple[Named, Named] | None:
    """The two dates of a range, "A to B"."""
    first = edge(words, at, cal)
    if first is None:
        return None
    here = _past_aside(words, first.after)
    hyphened = words.hyphened(here)
    if not hyphened and words.form(here) not in joints:
        return None
    here += not hyphened
    second = edge(words, here, cal)
    if second is None and words.match(here, "last", "year"):
        year = cal.today.year - 1
        second = Named(here + 2, date(year, 1, 1), date(year, 12, 31), Grain.YEAR, dated=True)
    if words.match(first.after - 2, "last", "year") and second and not second.dated:
        first = first._replace(dated=False)  # "between July 5 last year and the end of August": this year's August
    coarse = first.grain is Grain.YEAR and second is not None and second.grain not in FINER
    return None if second is None or coarse else (first, second)


def _past_aside(words: Words, at: int) -> int:
    """The word after a comma, or an aside between two: "18 March, when it opened, <and> 16 June"."""
    if words.form(at) != ",":
        return at
    if words.form(at + 1) in ("and", "to"):
        return at + 1
    if words.form(at + 1) not in ASIDES:
        return at
    closing = next((here for here in range(at + 2, at + 2 + ASIDE) if words.form(here) == ","), at)
    return closing + 1 if words.form(closing + 1) in ("and", "to", "until") else at


ASIDES = frozenset({"when", "the", "which", "its", "a", "as"})
ASIDE = 10  # words of what is told beside a date
WEEK = 7  # days; "from Monday to Sunday" is told by weekdays
FINER = frozenset({Grain.YEAR, Grain.DAY, Grain.MONTH})


def _financial(words: Words, at: int, first: Named, second: Named) -> bool:
    """ "2024 to 2025" is one financial year, save after "from" or "between"."""
    years = first.grain is second.grain is Grain.YEAR and second.end.year == first.start.year + 1
    return years and words.form(at - 1) not in ("from", "between")


def _forward(first: Named, second: Named, *, weekly: bool) -> tuple[date, date] | None:
    """The bounds of a range, the one without a year in the year of the other."""
    start, end = first.start, second.end
    if second.dated and not first.dated:
        start = add_months(start, 12 * (end.year - start.year))
    elif first.dated and not second.dated and first.grain is not Grain.YEAR:  # "2018 to June": the latest June
        end = add_months(end, 12 * (start.year - end.year))
    if start <= end:
        return start, end
    if first.dated and second.dated:
        return None
    if weekly and (start - end).days < WEEK:  # "from Monday to Sunday"
        return start - timedelta(days=WEEK), end
    return (start, add_months(end, 12)) if first.dated else (add_months(start, -12), end)


def year_to(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "year to June", "year ending June 2025", "12 months to the end of March", "week ending 17 August"."""
    if words.form(at) == "week":
        return _week_to(words, at, cal)
    here, months = (at + 1, 12) if words.form(at) == "ye" else length(words, at, cal)
    if words.form(at) == "month":
        here, months = at + 1, 1
    if months == 0:
        return _days_to(words, at, cal)
    skip = here if words.form(at) == "ye" else ending(words, here)
    then = then_after(words, skip, cal) if skip else 0
    if then:
        return Time(at, then, Shape.BACK, "to that day", months=months, grain=Grain.DAY)
    named = edge(words, skip, cal) if skip else None
    if named is None or (named.grain is Grain.YEAR and months <= 12):
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


def _days_to(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "four weeks to 17 August", "the fortnight to Sunday"."""
    here, days = days_long(words, at, cal)
    skip = ending(words, here) if days else 0
    named = edge(words, skip, cal) if skip else None
    if named is None or named.grain is not Grain.DAY:
        return None
    start = named.end - timedelta(days=days - 1)
    return Time(at, named.after, Shape.WINDOW, "days to", start, named.end)


def week_of(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "week beginning 11 August", "week of 11 August"."""
    if words.form(at + 1) not in ("beginning", "commencing", "starting", "of", "from"):
        return None
    told = between(words, at + 1, cal) if words.form(at + 1) == "from" else None
    if told:  # "the week from September 1 to 7"
        return told._replace(first=at)
    named = read_date(words, at + 2, cal.almanac)
    if named is None or named.grain is not Grain.DAY:
        return None
    return Time(
        at, named.after, Shape.WINDOW, "week of", named.start, named.start + timedelta(days=6), grain=Grain.WEEK
    )


def _week_to(words: Words, at: int, cal: Calendar) -> Time | None:
    skip = ending(words, at + 1)
    named = read_date(words, skip, cal.almanac) if skip else None
    if named is None or named.grain is not Grain.DAY:
        return None
    return Time(at, named.after, Shape.WINDOW, "week to", named.end - timedelta(days=6), named.end, grain=Grain.WEEK)


def dated(words: Words, at: int, cal: Calendar) -> Time | None:
    """A plain date, or one that was not over: "2025 so far", "November to date"."""
    named = read_date(words, at, cal.almanac)
    if named is None:
        return None
    name = _of_name(words, at, named)
    if name:
        return Time(at, named.after, Shape.DURATION, name)
    if words.match(named.after, "so", "far") or words.match(named.after, "to", "date"):
        return open_(words, at, named._replace(after=named.after + 2), cal)
    if named.grain is Grain.MONTH:
        named = _months_on(words, named, cal)
    if named.grain in (Grain.YEAR, Grain.FINANCIAL):
        named = _years_on(words, at, named, cal)
    if named.grain is Grain.YEAR and named.start <= cal.today < named.end and cal.known:
        return bounded(words, Time(at, named.after, Shape.RUNNING, "this year", named.start, grain=named.grain), cal)
    if words.match(named.after, "alone"):
        named = named._replace(after=named.after + 1)
    return Time(at, named.after, Shape.WINDOW, "date", named.start, named.end, grain=named.grain)


LAWS = frozenset({"act", "acts", "regulations", "order", "convention", "bill", "rules", "directive", "treaty"})
PACTS = frozenset({"deal", "agreement", "treaty", "accord", "pact", "manifesto", "election", "pledge", "convention"})
LAW_WORDS = 6  # "the 2006 Health and Safety at Work Act"


def _of_name(words: Words, at: int, named: Named) -> str:
    """Whose name a year belongs to, "" when to none: a law's, a parliament's session."""
    if named.grain is Grain.FINANCIAL and "session" in (words.form(at - 1), words.form(named.after)):
        return "session"
    return "year of a law" if named.grain is Grain.YEAR and _of_law(words, at) else ""


def _of_law(words: Words, at: int) -> bool:
    """As in "the Equality Act 2010", "the 1949 Geneva Convention": part of a name."""
    if words.form(at - 1) in LAWS and words.token(at - 1).capital:
        return True
    if words.form(at - 1) in ("the", "a", "'s") and any(words.form(i) in PACTS for i in range(at + 1, at + 4)):
        return all(words.token(i).kind is Kind.WORD for i in range(at + 1, at + 3))
    for here in range(at + 1, at + 1 + LAW_WORDS):
        word = words.token(here)
        if not word.capital and word.folded not in ("and", "of", "at", "for", "on", "to"):
            return False
        if word.folded in LAWS:
            return True
    return False


def _months_on(words: Words, first: Named, cal: Calendar) -> Named:
    """As in "July and August", "April, May and June": months that follow one another are one window."""
    while words.form(first.after) in (",", "and"):
        following = read_date(words, first.after + 1, cal.almanac)
        if (
            following is None
            or following.grain is not Grain.MONTH
            or add_months(first.end.replace(day=1), 1).month != following.start.month
        ):
            break
        start = first.start if first.start < following.start else add_months(first.start, -12)
        if following.dated and not first.dated:
            start = date(following.start.year, start.month, 1)
        first = following._replace(start=start)
    return first


OVER = frozenset({"over", "across", "during", "throughout", "both"})
SPREADING = frozenset({"the", "years", "financial", "tax", "whole", "of"})


def _years_on(words: Words, at: int, first: Named, cal: Calendar) -> Named:
    """As in "over 2025 and 2026": years that follow one another are one window, when something is spread over them."""
    whole = first
    while words.form(whole.after) in (",", "and"):
        following = read_date(words, whole.after + 1, cal.almanac)
        next_ = whole.end + timedelta(days=1)
        if following is None or following.grain is not first.grain or following.start != next_:
            break
        whole = following._replace(start=whole.start)
    here = at - 1
    while words.form(here) in SPREADING or words.form(here) in cal.numbers:
        here -= 1
    spread = words.form(here) in OVER or words.form(whole.after) in ("together", "combined")
    return whole if spread else first


def term(words: Words, at: int, cal: Calendar) -> Time | None:
    """A term of office: "under Boris Johnson", "the first year in office"."""
    event = named_event(words, at, cal)
    if event is None or not event[0].term or words.form(event[1]) == "'s":  # "under the government's own plans"
        return None
    if len(event[0].say[0].split()) <= 2 and words.form(at - 1) != "under":
        return None
    if event[0].until is None:
        return Time(at, event[1], Shape.RUNNING, "since event", event[0].day, event=event[0].id)
    return Time(at, event[1], Shape.WINDOW, "term", event[0].day, event[0].until, event=event[0].id)
