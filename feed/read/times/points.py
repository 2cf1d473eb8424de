"""Single days of a state: "at the end of September", "by 30 June"."""

from __future__ import annotations

from datetime import date

from feed.read.text.words import Words
from feed.read.times.dates import Grain, Named, read_date
from feed.read.times.kinds import Calendar, Shape, Time
from feed.read.times.partial import first
from feed.read.times.parts import edge
from feed.read.times.recent import last


def end_of(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the end of September", "end of last year": a day."""
    named = edge(words, at, cal) or _parts_end(words, at, cal)
    if named is None:
        return None
    return Time(at, named.after, Shape.POINT, "end of", named.end, named.end, grain=unnamed(words, named.after))


EXTENT = frozenset({"many", "much", "high", "large", "big", "great", "often"})
CLAUSE = 20  # words


def _as_many(words: Words, at: int) -> bool:
    """As in "twice as many as at the end of May", "as many were held on 30 June as on 30 June 2020"."""
    return any(words.form(i) in EXTENT and words.form(i - 1) == "as" for i in range(max(1, at - CLAUSE), at))


def unnamed(words: Words, after: int) -> Grain:
    """The grain of a day at the end "of the year", "of the month", when nothing says of which; else that of a day."""
    spoken = words.form(after - 2) in ("the", "of") and not words.hyphened(after - 1)
    return UNNAMED.get(words.form(after - 1), Grain.DAY) if spoken else Grain.DAY


UNNAMED = {"year": Grain.YEAR, "month": Grain.MONTH}


def _parts_end(words: Words, at: int, cal: Calendar) -> Named | None:
    """As in "the end of the second quarter", "the close of the first half of 2024": its last day."""
    here = at + (words.form(at) == "the")
    if words.form(here) not in ENDS or words.form(here + 1) != "of" or words.form(here + 2) != "the":
        return None
    told = first(words, here + 3, cal)
    if told is None or told.rule != "part of year" or told.end is None:
        return None
    return Named(told.last, told.end, told.end, Grain.DAY, dated=True)


ENDS = frozenset({"end", "close"})


def at_years_end(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the year's end", "year-end": the last day of the year that is spoken of."""
    owned = words.form(at + 1) == "'s"
    here = at + 1 + owned
    if words.form(here) != "end" or not (owned or words.hyphened(here)):
        return None
    day = cal.today.replace(month=12, day=31)
    return Time(at, here + 1, Shape.POINT, "at", day, day, grain=Grain.YEAR)


def as_of(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "as of 30 June", "by the end of March", "up to Tuesday": one day. `None` for whole years."""
    here = at + 2 if words.form(at) == "as" and words.form(at + 1) in ("of", "at", "on") else at + 1
    if words.form(at) == "up":
        if words.form(at + 1) not in ("to", "until"):
            return None
        here = at + 2
    if words.form(at) == "as" and (here == at + 1 or (words.form(at + 1) != "of" and _as_many(words, at))):
        return None
    here += 2 if words.form(here) == "midnight" or words.match(here, "and", "including") else 0
    named = edge(words, here, cal) or _parts_end(words, here, cal)
    if words.form(here) == "last" and named is None:
        told = last(words, here, cal)
        if told and told.end and told.grain in (Grain.DAY, Grain.MONTH):
            return Time(at, told.last, Shape.POINT, "by" if words.form(at) != "at" else "at", told.end, told.end)
    if named is None or named.grain in (Grain.YEAR, Grain.FINANCIAL):
        return None
    grain = unnamed(words, named.after)
    return Time(
        at, named.after, Shape.POINT, "by" if words.form(at) != "at" else "at", named.end, named.end, grain=grain
    )


def year_end(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "by the end of the year": one day."""
    named = edge(words, at + 1, cal) if words.form(at + 1) == "the" else None
    if named is None:
        return None
    return Time(at, named.after, Shape.POINT, "by", named.end, named.end, grain=unnamed(words, named.after))


CLOSED = frozenset({"came", "closed", "ended", "drew", "finished", "was", "closes", "ends", "expired"})
TO_A_CLOSE = {"drew": 4, "came": 4, "was": 2}  # words of "drew to a close"
OPENED = frozenset({"began", "opened", "started", "dawned", "begins", "opens"})


def _closed(words: Words, at: int) -> int:
    """The word after "closed", "came to an end", "drew to a close"; 0 when the verb says something else."""
    verb, ends = words.form(at), (("to", "a", "close"), ("to", "an", "end"))
    done = any(words.match(at + 1, *end) for end in ends) or words.form(at + 1) == "out"
    return 0 if verb in TO_A_CLOSE and not done else at + TO_A_CLOSE.get(verb, 1)


SPOKEN = frozenset({"quarter", "period", "month", "week", "half"})
OVER = frozenset({",", ".", ";", "", "-", "–", "—", "with", "and", "but", "for", "?", "!"})  # no time of its own


def _spoken_of(words: Words, at: int, here: int, cal: Calendar) -> Time | None:
    """As in "in the year to May 300 came, and 60 were there when <it ended>", "the quarter": its last day."""
    verb = here + 1
    if words.form(here) == "the" and words.form(here + 1) in SPOKEN:
        verb += 1
    elif words.form(here) in ("that", "those"):
        verb += 1 + (words.form(here + 2) in cal.spans)
        if not {words.form(here + 1), words.form(verb - 1)} & {*cal.spans, "period", "quarter"}:
            return None
    elif words.form(here) != "it":
        return None
    if words.form(verb) not in CLOSED - OPENED or words.form(verb) == "was":
        return None
    after = _closed(words, verb)
    alone = after and words.form(after) in OVER
    return Time(at, after, Shape.BACK, "at then", grain=Grain.DAY) if alone else None


def closing(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "when 2024 closed", "as the year began", "by the time last year ended": a day."""
    here = at + 3 if words.match(at, "by", "the", "time") else at + 1
    told = _spoken_of(words, at, here, cal)
    if told:
        return told
    if words.match(here, "the", "year") or words.match(here, "this", "year"):
        start, end, after = cal.today.replace(month=1, day=1), cal.today.replace(month=12, day=31), here + 2
    elif words.match(here, "last", "year"):
        year = cal.today.year - 1
        start, end, after = date(year, 1, 1), date(year, 12, 31), here + 2
    else:
        named = read_date(words, here, cal.almanac)
        if named is None or named.grain not in (Grain.YEAR, Grain.MONTH):
            return None
        start, end, after = named.start, named.end, named.after
    verb = words.form(after)
    if verb not in CLOSED and verb not in OPENED:
        return None
    after = _closed(words, after)
    if not after:
        return None
    day = start if verb in OPENED else end
    if words.form(here) == "the" and day > cal.today:  # "as the year ended", told after it
        day = day.replace(year=day.year - 1)
    return Time(at, after, Shape.POINT, "at", day, day, grain=Grain.DAY)
