"""Times that refer to one told before: "that day", "in the same 12 months", "since then", "the latest year"."""

from __future__ import annotations

from feed.read.text.words import Words
from feed.read.times.dates import Grain, read_date, year_after
from feed.read.times.kinds import Calendar, Shape, Time
from feed.read.times.parts import edge, length, then_after

GRAINS = {"day": Grain.DAY, "week": Grain.WEEK, "month": Grain.MONTH, "quarter": Grain.QUARTER, "year": Grain.YEAR}
ADJECTIVES = frozenset(
    {"same", "later", "very", "whole", "entire", "full", "latter", "exact", "latest", "calendar", "financial"}
)
PLURALS = frozenset({"dates", "days", "weeks", "months", "quarters", "years"})
WITHIN = frozenset({"in", "over", "during", "within", "throughout", "for", "across", "through"})


def reference(words: Words, at: int, here: int, cal: Calendar) -> Time | None:
    """The time that ends with its noun: "year", "12 months", "date". `here`: where the noun or its number stands."""
    rule = "that" if words.form(at) == "that" else "back"
    while words.form(here) in ADJECTIVES:
        rule = "back" if words.form(here) == "same" else rule
        here += 1
    after, months = length(words, here, cal)
    if months:
        grain = GRAINS.get(cal.back.get(words.form(here), ""))
        return Time(at, after, Shape.BACK, rule, months=months, grain=grain)
    if cal.numbers.get(words.form(here)) and words.form(here + 1) in cal.back:
        here += 1  # "those two dates"
    if words.form(here) in PLURALS:
        rule = "those"
    kind = cal.back.get(words.form(here))
    return None if kind is None else Time(at, here + 1, Shape.BACK, rule, grain=GRAINS.get(kind))


def those(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "in those years", "over these two months"."""
    time = reference(words, at, at + 1, cal) if words.form(at - 1) in WITHIN else None
    if time is None or read_date(words, time.last, cal.almanac):
        return None
    return None if words.form(time.last) in UNTIL and edge(words, time.last + 1, cal) else time


UNTIL = frozenset({"to", "ending", "ended"})  # "those 12 months to June" tell themselves which


def the(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "in the period", "over the week": the one told before, when nothing tells which."""
    if words.form(at - 1) not in WITHIN or words.form(at + 1) == "year":
        return None
    time = reference(words, at, at + 1, cal)
    if time is None or words.form(at + 1) in ADJECTIVES:
        return None
    if words.form(time.last) in cal.otherwise and not _counts(words, time.last):
        return None
    if read_date(words, time.last, cal.almanac):  # "over the two years 2023/24 and 2024/25"
        return None
    return time._replace(rule="the") if time.grain is Grain.QUARTER else time


def _counts(words: Words, at: int) -> bool:
    """As in "45% in the quarter (9,196)": a bracket that holds a count, no time."""
    return words.form(at) == "(" and words.form(at + 2) == ")" and "," in words.form(at + 1)


def latest(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the latest 12 months", "the most recent quarter": the one that the article is about."""
    if words.form(at) == "most":
        return _available(words, reference(words, at, at + 2, cal)) if words.form(at + 1) == "recent" else None
    return _available(words, reference(words, at, at + 1, cal))


def _available(words: Words, time: Time | None) -> Time | None:
    """The time, only reserved in "2024, the latest year for which there are figures"."""
    if time is None or words.form(time.last) not in ("for", "with", "available", "on"):
        return time
    told = words.form(time.last) == "available" or words.form(time.last + 1) in ("which", "figures", "data", "record")
    return time._replace(shape=Shape.DURATION) if told else time


def then(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "Then, the total was": the time told last, whatever it was told for."""
    del cal
    return Time(at, at + 1, Shape.BACK, "then") if at == 0 and words.form(1) == "," else None


def by_then(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "by then", "at that point", "on the same date", "until that day", "at the time"."""
    here = at + 1 if words.form(at) not in ("up", "as") else at + 2
    after = then_after(words, here, cal)
    named = year_after(words, after + 1) if words.form(here) == "then" and words.form(here + 1) == "in" else None
    if named:  # "33,530 recorded by then in 2022"
        return Time(at, named[1], Shape.SHIFT, "same time", year=named[0])
    if after and not _shifted(words, after, cal):
        rule = "at then" if words.form(at) in ("at", "on") else "by then"
        return Time(at, after, Shape.BACK, rule, grain=Grain.DAY)
    if words.match(at, "at", "the", "time") and words.form(at + 3) in ("", ",", ".", "was", "were", "had", "there"):
        return Time(at, at + 3, Shape.BACK, "at then", grain=Grain.DAY)
    return None


def _shifted(words: Words, after: int, cal: Calendar) -> bool:
    """As in "by the same date in 2022", "at that stage a year ago": not the day told before, but another year's."""
    here = after
    while words.form(here) in ("in", "of", "the", "a", "one"):
        here += 1
    form = words.form(here)
    if (words.number(here) or form in cal.numbers) and words.form(here + 1) in cal.spans:
        return True  # "on this date 12 months ago"
    return form in cal.spans or form in ("last", "previous") or year_after(words, here) is not None


def last_of(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "on the first of these dates", "the last of the dates asked for"."""
    which = {"first": 1, "last": -1, "latest": -1, "second": 2, "latter": -1, "former": 1, "earlier": 1, "later": -1}
    index = which.get(words.form(at), 0)
    here = at + 1
    if words.form(here) == "of":
        here += 1
        here += words.form(here) in ("the", "these", "those")
        here += words.form(here) in cal.numbers
    elif words.form(at) not in ("latter", "former", "later", "earlier"):
        return None
    noun = words.form(here)
    kind = cal.back.get(noun.removesuffix("s"))
    if not index or kind is None or words.form(at - 1) != "the" or noun not in cal.back:
        return None
    # The index goes where other times keep a year: none of those that refer back names one.
    return Time(at, here + 1, Shape.BACK, "one of those", year=index, grain=GRAINS.get(kind))


def its_end(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "on the last day of it", "by the end of that period", "at its close": the last day of what was told."""
    here = at + 1
    if words.form(here) in ("its", "their"):
        return Time(at, here + 2, Shape.BACK, "at then", grain=Grain.DAY) if words.form(here + 1) in ENDS else None
    here += words.form(here) == "the"
    here += words.form(here) in ("last", "final", "very")
    if words.form(here) not in ENDS or words.form(here + 1) != "of":
        return None
    here += 2
    if words.form(here) in ("it", "them"):
        return Time(at, here + 1, Shape.BACK, "at then", grain=Grain.DAY)
    spoken = words.form(here) in ("that", "this", "the", "each") and words.form(here + 1) in SPOKEN
    known = spoken and words.form(here + 1) in cal.back
    return Time(at, here + 2, Shape.BACK, "at then", grain=Grain.DAY) if known else None


ENDS = frozenset({"end", "close", "day", "finish"})
SPOKEN = frozenset(
    {
        "day",
        "night",
        "evening",
        "period",
        "time",
        "timeframe",
        "span",
        "stretch",
        "spell",
        "quarter",
        "months",
        "years",
        "weeks",
    }
)
