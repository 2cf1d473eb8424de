"""All grammars of time by the word that they begin with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, timedelta
from operator import itemgetter

from feed.read.text.lexer import Kind
from feed.read.text.words import Words, each
from feed.read.times.back import by_then, its_end, last_of, latest, then, those
from feed.read.times.back import the as the_told
from feed.read.times.dates import PAST, YEARS, Grain
from feed.read.times.fewdays import days
from feed.read.times.kinds import COUNTED, UNKNOWN, Calendar, Grammar, Shape, Time, add_months
from feed.read.times.partial import NTH, counted_from, first, in_turn, nth, occasion, of_owner, vague
from feed.read.times.parts import bounded, edge
from feed.read.times.points import as_of, at_years_end, closing, end_of, year_end
from feed.read.times.recent import gone, last, past, weekend
from feed.read.times.running import (
    at_event,
    current,
    day_of_month,
    since,
    so_far,
    the_day,
    this,
    to_date,
    upcoming,
    when,
    within_this,
    year_so_far,
)
from feed.read.times.shifts import (
    BESIDE,
    THAT_OF,
    before,
    day_beside,
    duration,
    earlier,
    equivalent,
    following,
    in_those,
    next_told,
    on_year,
    one_before,
    previous,
    same,
    that_of,
    the_period,
)
from feed.read.times.windows import between, dated, range_, term, week_of, year_to


def read_times(words: Words, cal: Calendar) -> tuple[Time, ...]:
    """The times of a sentence in order, none overlapping."""
    found: list[Time] = []
    free = 0
    for at, grammars in _beginnings(words, cal):
        if at < free:
            continue
        time = _time(words, at, cal, grammars)
        if time is not None and time.rule == NTH:
            time = in_turn(time, found)
        if time is not None and time.rule == THAT_OF:
            time = _shifted_again(time, found)
        if time is not None:
            time = _days_beside(time, found)
            found.append(_known(_that_year(words, time._replace(first=at), found), cal))
            free = max(time.last, at + 1)
    return tuple(found)


def _shifted_again(time: Time, before: Sequence[Time]) -> Time | None:
    """The time moved to a year that was told last, moved to another year; None when none was told."""
    told = before[-1] if before else None
    if told is None or told.shape is not Shape.SHIFT or not told.year:
        return None
    return told._replace(first=time.first, last=time.last, year=time.year)


def _beginnings(words: Words, cal: Calendar) -> list[tuple[int, Sequence[Grammar]]]:
    """Where a time may begin, and the grammars to be tried there."""
    known, number, kinds = cal.grammars, words.number, words.kinds
    found = [(at, known[form]) for at, form in enumerate(words.forms) if form in known]
    if Kind.NUMBER not in kinds:
        return found
    told = {at for at, _ in found}
    numbers = [at for at in each(kinds, Kind.NUMBER) if at not in told]
    begun = [(at, OF_NUMBERS[number(at) in DATES, _measures(words, at, cal)]) for at in numbers]
    return sorted([*found, *(row for row in begun if row[1])], key=itemgetter(0))


def _measures(words: Words, at: int, cal: Calendar) -> bool:
    """Whether a number may tell how long: a word of time stands close behind it."""
    return not cal.lengths.isdisjoint(words.forms[at + 1 : at + 1 + SPAN])


def _known(time: Time, cal: Calendar) -> Time:
    """The time, only reserved when it counts from an article's day that is not known."""
    told = time.start or time.end
    if cal.known or told is None or told.year > UNKNOWN.year + 1:
        return time
    return Time(time.first, time.last, Shape.DURATION, time.rule)


def _days_beside(time: Time, before: list[Time]) -> Time:
    """As in "he said on Tuesday, a day after 430 came": so many days from the day told before it."""
    if time.rule != BESIDE:
        return time
    day = before[-1].start if before and before[-1].start == before[-1].end else None
    if day is None:
        return time._replace(shape=Shape.WINDOW, rule="vague", days=0)
    told = day - timedelta(days=time.days)
    return Time(time.first, time.last, Shape.WINDOW, COUNTED, told, told, grain=Grain.DAY)


def _that_year(words: Words, time: Time, before: list[Time]) -> Time:
    """As in "September 6 to October 24 that year", "2024, January to June": the year of the time before."""
    year = before[-1].end or before[-1].start if before else None
    if year is None or time.start is None or time.end is None:
        return time
    when_ = before[-1].grain is Grain.YEAR and words.match(before[-1].last, ",", "when")
    headed = before[-1].grain is Grain.YEAR and words.form(time.first - 1) == "," and before[-1].last == time.first - 1
    bare = not any(words.number(i) in YEARS for i in range(time.first, time.last))
    after = _that_behind(words, time.last) if bare else time.last
    if after == time.last and not words.match(after - 2, "that", "year") and not ((headed or when_) and bare):
        return time
    return time._replace(last=after, start=_in_year(time.start, year.year), end=_in_year(time.end, year.year))


def _that_behind(words: Words, at: int) -> int:
    """The word after "that year", "that same year"; the same one when none stands there."""
    here = at + 1 + (words.form(at + 1) == "same")
    return here + 1 if words.form(at) == "that" and words.form(here) == "year" else at


def _in_year(day: date, year: int) -> date:
    return add_months(day, 12 * (year - day.year))


def _time(words: Words, at: int, cal: Calendar, grammars: Sequence[Grammar]) -> Time | None:
    for grammar in grammars:
        time = grammar(words, at, cal)
        if time:
            return time
    return None


def _the(words: Words, at: int, cal: Calendar) -> Time | None:
    following = words.form(at + 1)
    counted = words.form(at + 2) in cal.back or words.hyphened(at + 2)  # "in the 14 months"
    named = following in cal.almanac.months or following in cal.almanac.weekdays
    if not (following in STARTS or following in cal.back or named or following in NEXT):
        told = the_told(words, at, cal) if counted else None
        return told or one_before(words, at, cal) or _the_day(words, at, cal)
    for grammar in THE:
        time = grammar(words, at, cal)
        if time:
            return time
    return None


def _the_year(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the year so far", "the year's toll", "in the year", "for the year to 9,000"."""
    if words.form(at + 1) != "year":
        return None
    if words.match(at + 2, "so", "far") or words.match(at + 2, "to", "date"):
        return bounded(words, year_so_far(words, at, at + 4, cal), cal)
    following, owned = words.form(at + 2), words.form(at + 2) == "'s"
    dated_ = edge(words, at + 3, cal) if following == "to" else None
    open_ = following == "to" and (words.token(at + 3).kind is not Kind.NUMBER or dated_ is not None)
    if owned and words.form(at + 3) == "end":
        return None
    if words.match(at + 2, "will", "end", "with"):
        return Time(at, at + 2, Shape.RUNNING, "the year", cal.today.replace(month=1, day=1))
    if not owned and (words.form(at - 1) not in BEFORE_THE_YEAR or following in cal.after_the_year or open_):
        return None
    return Time(at, at + 2 + owned, Shape.RUNNING, "the year", cal.today.replace(month=1, day=1))


BEFORE_THE_YEAR = frozenset({"for", "of", "over", "during", "in", "throughout"})


def _the_other(words: Words, at: int, cal: Calendar) -> Time | None:
    """What the word after "the" begins."""
    following = words.form(at + 1)
    moved = last_of(words, at + 1, cal)
    for grammar in STARTS.get(following, ()) if following != "the" and not moved else ():
        time = grammar(words, at + 1, cal)
        if time:
            return time
    return moved


def _the_month(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the June before", "the Monday before", "the weekend before"."""
    if words.form(at + 2) != "before":
        return None
    if words.form(at + 1) in cal.almanac.months:
        return Time(at, at + 3, Shape.SHIFT, "month before", months=12)
    weekly = words.form(at + 1) in cal.almanac.weekdays or words.form(at + 1) == "weekend"
    return Time(at, at + 3, Shape.SHIFT, "earlier", days=7) if weekly else None


def _the_day(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the 4th"."""
    day = words.number(at + 1)
    if not day or day > LONGEST_MONTH:
        return None
    ordinal = words.form(at + 2) in cal.almanac.ordinals and words.token(at + 2).glued
    alone = words.token(at + 3).kind is not Kind.WORD or words.form(at + 3) in AFTER_A_DAY
    return day_of_month(at, day, cal) if ordinal and alone else None


THE: tuple[Grammar, ...] = (
    the_day,
    occasion,
    one_before,
    day_beside,
    gone,
    of_owner,
    _the_year,
    the_period,
    _the_other,
    the_told,
    _the_month,
    _the_day,
    nth,
)
NEXT = frozenset({"one", "next", "following", "financial", "very", "former", "latter", "earlier", "later"})
LONGEST_MONTH = 31
AFTER_A_DAY = frozenset({"of", "in", "and", "when", "it", "to", "at", "on", "was", "with"})


def _per(words: Words, at: int, cal: Calendar) -> Time | None:
    if words.form(at - 1) in ("a", "per", "each", "every"):
        return None
    if words.match(at, "year", "to", "date"):
        return year_so_far(words, at, at + 3, cal)
    for grammar in PER:
        time = grammar(words, at, cal)
        if time:
            return time
    return None


PER: tuple[Grammar, ...] = (year_to, counted_from, on_year, before, at_years_end)


STARTS: dict[str, tuple[Grammar, ...]] = {
    "since": (since,),
    "when": (when, closing),
    "before": (closing, at_event),
    "after": (closing,),
    "next": (next_told, upcoming),
    "between": (between,),
    "from": (between,),
    "this": (of_owner, within_this, this),
    "that": (that_of, same),
    "those": (in_those, those),
    "these": (in_those, those),
    "then": (then,),
    "latest": (latest,),
    "most": (latest,),
    "corresponding": (equivalent,),
    "comparable": (equivalent,),
    "same": (same,),
    "so": (so_far,),
    "equivalent": (equivalent,),
    "the": (_the,),
    "year": (_per,),
    "ye": (year_to,),
    "week": (year_to, week_of),
    "early": (vague,),
    "late": (vague,),
    "mid": (vague,),
    "middle": (vague,),
    "recent": (vague,),
    "opening": (first,),
    "closing": (first,),
    "half": (year_to,),
    "current": (current,),
    "present": (current,),
    "spring": (before, vague),
    "summer": (before, vague),
    "autumn": (before, vague),
    "winter": (before, vague),
    "over": (weekend,),
    "weekend": (weekend,),
    "decade": (year_to,),
    "fortnight": (before, year_to),
    "to": (to_date,),
    "quarter": (year_to, on_year, before),
    "month": (year_to, on_year, before),
    "first": (end_of, first),
    "second": (first,),
    "third": (first,),
    "fourth": (first,),
    "final": (end_of, first),
    "last": (end_of, of_owner, last),
    "past": (past,),
    "previous": (previous,),
    "preceding": (previous,),
    "following": (following,),
    "prior": (previous,),
    "end": (end_of,),
    "start": (end_of,),
    "a": (earlier,),
    "one": (earlier,),
    "by": (its_end, as_of, year_end, by_then, closing, at_event),
    "until": (to_date, as_of, by_then),
    "till": (to_date, as_of, by_then),
    "thus": (to_date,),
    "up": (to_date, as_of, by_then),
    "at": (its_end, as_of, at_event, by_then),
    "on": (its_end, by_then, at_event),
    "as": (as_of, by_then, closing),
}
# What a number word may begin, or a day.
ANY: tuple[Grammar, ...] = (days, range_, year_to, counted_from, before, dated, term, duration)
DATES = frozenset({*range(1, LONGEST_MONTH + 1), *PAST, *YEARS})  # the numbers that may be days or years
SPAN = 3  # words at most from a number to what it measures: "10 to 12 weeks"
# What a number in digits may begin, by whether it may be a day or a year, and whether it may tell how long.
OF_NUMBERS: dict[tuple[bool, bool], tuple[Grammar, ...]] = {
    (True, True): (of_owner, days, range_, year_to, counted_from, before, dated, duration),
    (True, False): (of_owner, days, range_, dated),
    (False, True): (year_to, counted_from, before, duration),
    (False, False): (),
}
SIDES = frozenset({"the", "end", "start", "beginning", "close"})
LENGTHS = frozenset({"year", "quarter", "month", "week", "ye", "half"})


def openings(starters: Iterable[str], dates: Set[str], numbers: Set[str]) -> Mapping[str, tuple[Grammar, ...]]:
    """The grammars that each of those words may begin, in the order in which they are tried.

    `dates`: the words that begin a date by themselves; `numbers`: number words.
    """
    first: dict[Grammar, Set[str]] = {
        range_: dates | SIDES,
        days: dates,
        year_to: numbers | LENGTHS,
        counted_from: numbers | LENGTHS,
        before: numbers | LENGTHS,
        dated: dates,
        duration: numbers,
    }
    return {word: (*STARTS.get(word, ()), *(g for g in ANY if g is term or word in first[g])) for word in starters}
