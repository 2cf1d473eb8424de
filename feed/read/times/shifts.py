"""Times told by another one: "a year earlier", "the same point last year", "the previous 12 months"."""

from __future__ import annotations

from datetime import date, timedelta

from feed.read.text.lexer import Kind
from feed.read.text.words import Words
from feed.read.times.back import ADJECTIVES, WITHIN, reference
from feed.read.times.dates import Grain, read_date, year_after
from feed.read.times.kinds import ONE_BEFORE, Calendar, Shape, Time, add_months
from feed.read.times.parts import days_long, length
from feed.read.times.windows import year_to


def equivalent(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the equivalent total in 2023": the same time of another year."""
    here, months = length(words, at + 1, cal)  # "the corresponding two months of 2023"
    here = here if months else at + 2
    if words.form(here) in ("in", "for", "of", "during"):
        shift = _shift_back(words, here + 1, cal)
    else:
        shift = _shift_back(words, here, cal)
    if shift is None and words.form(at + 1) in LENGTHY and words.form(at - 1) == "the":
        return Time(at, at + 2, Shape.SHIFT, "same time", months=12)  # "24% higher than in the equivalent period"
    return None if shift is None else Time(at, shift[2], Shape.SHIFT, "same time", months=shift[0], year=shift[1])


# What a year so far can be compared by: "the same point last year"; "the same quarter last year" is another thing.
STAGES = frozenset(
    {"point", "stage", "time", "period", "juncture", "date", "moment", "timeframe", "stretch", "spell", "window"}
)
THAT_OF = "that of"


def that_of(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "in the same quarter of 2024 and in <that of 2023>": the time told before it, in another year."""
    del cal
    told = year_after(words, at + 2) if words.match(at, "that", "of") and words.form(at - 1) in WITHIN else None
    return Time(at, told[1], Shape.SHIFT, THAT_OF, year=told[0]) if told else None


LENGTHY = frozenset({"period", "time", "timeframe", "span", "stretch", "spell", "window"})
BACK = frozenset({"earlier", "before", "ago", "prior", "previously", "previous"})


def same(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the same period last year", "this point in 2022", "the same four months of 2023"."""
    here = at + 1
    while words.form(here) in ADJECTIVES:
        here += 1
    whole = year_to(words, here, cal)
    if whole:
        return whole
    noun = here
    here, months = length(words, here, cal)
    if not months:
        few, days = days_long(words, noun, cal)
        if words.form(here) not in cal.back and not days:
            return None
        here = few if days else here + 1
    if words.form(here) in ("in", "of", "during", "for", "over") or words.form(here) == "the":
        here += 1
    shift = _shift_back(words, here, cal)
    if shift is None:
        before = words.form(at - 2) if words.form(at - 1) == "the" else words.form(at - 1)
        within = words.form(at - 1) in WITHIN and words.form(noun) in LENGTHY
        bare = words.form(at) == "this" and noun == at + 1 and not within  # "this time" is now
        idle = bare or (words.form(noun) == "time" and before not in WITHIN)
        return None if idle else reference(words, at, at + 1, cal)
    months, year, after = shift
    rule = "same time" if words.form(noun) in STAGES or words.form(at) == "this" else "same unit"
    return Time(at, after, Shape.SHIFT, rule, months=months, year=year)


def in_those(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "in those nine months of 2023", "over these months last year": the same ones of another year."""
    time = same(words, at, cal) if words.form(at - 1) in WITHIN else None
    return time if time and time.shape is Shape.SHIFT and time.rule == "same unit" else None


def the_period(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the period 12 months prior", "the total a year ago"."""
    if words.form(at + 1) not in cal.back or year_after(words, at + 2):  # "the years 2018 to 2024"
        return None
    shift = _shift_back(words, at + 2, cal)
    return Time(at, shift[2], Shape.SHIFT, "same time", months=shift[0], year=shift[1]) if shift else None


def _shift_back(words: Words, at: int, cal: Calendar) -> tuple[int, int, int] | None:
    """(months back, or 0 and the year, word after); a financial year as minus the year that it begins in."""
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
    if words.match(at, "this", "year"):
        return 0, cal.today.year, at + 2
    named = read_date(words, at, cal.almanac) if words.number(at) else None
    if named and named.grain is Grain.FINANCIAL:
        return 0, -named.start.year, named.after
    found = year_after(words, at)
    return (0, found[0], found[1]) if found else None


def earlier(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "a year earlier", "three months earlier", "12 months before"; "20 years ago" is only a duration."""
    here = at + 1 if words.form(at) in ("a", "one", "an") else at
    count = 1 if here > at else words.number(at) or cal.numbers.get(words.form(at))
    here = here if here > at else at + 1
    span = cal.spans.get(words.form(here), "")
    opens = at == 0 or words.form(at - 1) in (",", "and", "but", ";", "then")
    on = (
        words.form(here + 1) == "on"
        and opens
        and words.form(here + 2) not in ("year", "a")
        and (not at or words.form(here + 2) != "the")
    )
    that = words.match(here + 1, "after", "that")
    ahead = words.form(here + 1) == "later" or on or that
    if ahead and span in LATER and count and 0 < count * LATER[span] <= LONGEST:
        return Time(at, here + 2 + that, Shape.SHIFT, "later", months=-count * LATER[span])
    if ahead and span in DAYS and count and not words.match(here + 1, "on"):
        return Time(at, here + 2 + that, Shape.SHIFT, "later", days=-count * DAYS[span])
    beside = words.form(here + 1) if span in DAYS and words.form(at - 1) == "," else ""
    if count and beside in AFTER and not read_date(words, here + 2, cal.almanac):
        return Time(at, here + 2, Shape.SHIFT, BESIDE, days=AFTER[beside] * count * DAYS[span])
    if count is None or not span or words.form(here + 1) not in BACK or _rate(words, at, here):
        return None
    if span in DAYS:
        return _by_days(words, at, here, count * DAYS[span], cal)
    months = count * {"year": 12, "month": 1}.get(span, 0)
    ago = words.form(here + 1) == "ago"
    if ago and months and words.form(here + 2) == "today":
        day = add_months(cal.today, -months)
        return Time(at, here + 3, Shape.WINDOW, "date", day, day, grain=Grain.DAY)
    if not months or months > 24 or (ago and months > 12):
        vague = months and ago and opens
        return Time(at, here + 2, Shape.WINDOW, "vague") if vague else Time(at, here + 2, Shape.DURATION, "ago")
    return Time(at, here + 2, Shape.SHIFT, "ago" if ago else "earlier", months=months)


def _rate(words: Words, at: int, here: int) -> bool:
    """As in "no more than 50 people a week before the summer": how many each week, not a week before it."""
    number = words.token(at - 2).kind is Kind.NUMBER and words.token(at - 1).kind is Kind.WORD
    more = words.form(here + 1) == "before" and words.token(here + 2).kind is Kind.WORD
    return number and words.form(at) in ("a", "an") and more and words.form(here + 2) not in ("they", "he", "it", "she")


DAYS = {"day": 1, "week": 7}
AFTER = {"after": 1, "before": -1}
BESIDE = "days beside"
LATER = {"year": 12, "month": 1}
LONGEST = 120  # months that one time may be told behind another


def _by_days(words: Words, at: int, here: int, days: int, cal: Calendar) -> Time:
    """As in "two days earlier", "a week before"; "two days ago" is counted from the article's day."""
    if words.form(here + 1) != "ago":
        return Time(at, here + 2, Shape.SHIFT, "earlier", days=days)
    if words.form(here) not in ("day", "days"):
        return Time(at, here + 2, Shape.DURATION, "ago")
    day = cal.today - timedelta(days=days)
    return Time(at, here + 2, Shape.WINDOW, "ago", day, day, grain=Grain.DAY)


def day_beside(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the day before", "the previous week", "the next day", "the following day", after "the"."""
    at += words.form(at + 1) == "very"
    one, other = words.form(at + 1), words.form(at + 2)
    if words.match(at + 1, "day", "before", "yesterday"):
        day = cal.today - timedelta(days=2)
        return Time(at, at + 4, Shape.WINDOW, "date", day, day, grain=Grain.DAY)
    if one in DAYS and other in ("before", "earlier", "previously"):
        return Time(at, at + 3, Shape.SHIFT, "earlier", days=DAYS[one])
    if one in DAYS and other in ("after", "afterwards") and words.form(at + 3) in CLOSED:
        return Time(at, at + 3, Shape.SHIFT, "later", days=-DAYS[one])
    if other in DAYS and one in ("previous", "preceding"):
        return Time(at, at + 3, Shape.SHIFT, "earlier", days=DAYS[other])
    if other in AHEAD and one in ("next", "following"):
        return Time(at, at + 3, Shape.SHIFT, "later", days=-AHEAD[other])
    return None


AHEAD = DAYS | dict.fromkeys(("morning", "afternoon", "evening", "night", "dawn"), 1)


def one_before(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "in the one before", "in the twelve before": as long a time as the one told before, right before it."""
    if words.form(at - 1) not in WITHIN | {"than", "on"} or words.form(at + 2) not in ("before", "previous"):
        return None
    after = at + 3 + (words.form(at + 3) in ("that", "it") and words.form(at + 4) not in ("was", "were", "had"))
    closed = words.form(after) in CLOSED or words.token(after).kind is Kind.NUMBER
    return Time(at, after, Shape.SHIFT, ONE_BEFORE, months=1) if closed and _so_many(words, at + 1, cal) else None


def _so_many(words: Words, at: int, cal: Calendar) -> bool:
    return words.form(at) == "one" or words.form(at) in cal.numbers or words.number(at) is not None


def previous(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "previous year", "year before", "preceding 12 months", "previous quarter"."""
    here, months = length(words, at + 1, cal)
    if words.form(at + 1) == "financial":
        here, months = at + 3, 12
    if words.form(at + 1) == "month":
        here, months = at + 2, 1
    if words.form(at + 1) == "calendar" or words.form(at + 1) in SEASONS:
        here, months = at + (3 if words.form(at + 1) == "calendar" else 2), 12
    few, days = (here, 0) if months else days_long(words, at + 1, cal)
    if days:
        return Time(at, few, Shape.SHIFT, "previous", days=days)
    if not months:
        return None
    return Time(at, here, Shape.SHIFT, "previous", months=months)


ENDED = frozenset({"", ",", ".", ";", ":", "and", "it", "there", "they", "was", "were", "had"})
SEASONS = frozenset({"spring", "summer", "autumn", "winter"})


def before(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "year before", "12 months before", "month before", after "the"."""
    here, months = length(words, at, cal)
    if words.form(at) == "month" or words.form(at) in SEASONS:
        here, months = at + 1, 1 if words.form(at) == "month" else 12
    if months and words.form(here) == "after" and words.form(here + 1) in CLOSED | {"that"}:
        return Time(at, here + 1 + (words.form(here + 1) == "that"), Shape.SHIFT, "later", months=-months)
    few, days = (here, 0) if months else days_long(words, at, cal)
    if days and words.form(few) in ("before", "previous") and words.form(at - 1) == "the" and not words.number(few + 1):
        after = words.token(few + 1)
        return Time(at, few + 1, Shape.SHIFT, "earlier", days=days) if after.folded in ENDED else None
    if not months or words.form(here) not in BACK - {"ago"}:
        return None
    if months > YEAR and words.form(at - 1) == "the" and words.form(at - 2) in WITHIN:
        return Time(at, here + 1, Shape.SHIFT, "years before", months=months)
    if words.form(at) == "year" and words.match(here, "before", "last"):
        year = cal.today.year - 2
        return Time(at, here + 2, Shape.WINDOW, "date", date(year, 1, 1), date(year, 12, 31), grain=Grain.YEAR)
    that = words.form(here + 1) == "that"
    return Time(at, here + 1 + that, Shape.SHIFT, "before that" if that else "year before", months=months)


def on_year(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "year on year", "month over month"."""
    del cal
    unit = words.form(at)
    months = UNITS.get(unit)
    if months and words.form(at + 1) in ("on", "over") and words.form(at + 2) == unit:
        return Time(at, at + 3, Shape.SHIFT, "year on year", months=months)
    return None


CLOSED = frozenset(
    {"", ".", ",", "and", "but", ";", ")", "–", "it", "they", "there"}
)  # "the year after the vote" is none


def following(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "following year", "following 12 months", after "the"."""
    here, months = length(words, at + 1, cal)
    if words.form(at + 1) == "month":
        here, months = at + 2, 1
    if not months or words.form(at - 1) != "the":
        return None
    return Time(at, here, Shape.SHIFT, "later", months=-months)


def next_told(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "In 2023 it was 300. The next year 400 came", after "the": not "over the next year"."""
    return None if words.form(at - 2) in TO_COME else following(words, at, cal)


TO_COME = frozenset({"over", "in", "within", "for", "during", "by", "of", "to", "until", "till", "into", "across"})
YEAR = 12  # months
UNITS = {"year": 12, "quarter": 3, "month": 1}


def duration(words: Words, at: int, cal: Calendar) -> Time | None:
    """A length of time: "five days", "20 years", "17-year-old"; tells no period."""
    back = earlier(words, at, cal)
    if back:
        return back
    count = words.number(at) or cal.numbers.get(words.form(at))
    if count is None and words.token(at).kind is not Kind.NUMBER:
        return None
    here = _range(words, at, cal)
    if not _spanned(words, here, cal):
        return None
    after = here + 1
    while words.form(after) in ("ago", "old", "later", "olds"):
        after += 1
    return Time(at, after, Shape.DURATION, "duration")


def _range(words: Words, at: int, cal: Calendar) -> int:
    """The word after a number or two, "10 to 12 weeks", "three or four months", "6-8 weeks"."""
    joined = at + 1 if words.hyphened(at + 1) else at + 2
    paired = joined == at + 1 or words.form(at + 1) in ("to", "or", "and", "–", "—")
    second = words.number(joined) is not None or words.form(joined) in cal.numbers
    return joined + 1 if paired and second else at + 1


def _spanned(words: Words, at: int, cal: Calendar) -> bool:
    return words.form(at) in cal.spans
