"""As in "Last year", "the past week": windows counted back from the article's day."""

from __future__ import annotations

from datetime import date, timedelta

from feed.model.period import month_end
from feed.read.text.words import Words
from feed.read.times.dates import Grain, read_date
from feed.read.times.kinds import Calendar, Shape, Time, add_months
from feed.read.times.partial import first
from feed.read.times.parts import HOURS, financial
from feed.read.times.windows import year_to


def last(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "last week", "last July", "the last six months of 2023", "the last 12 months"."""
    part = year_to(words, at + 1, cal) or first(words, at, cal)
    if part:
        return part
    unit = words.form(at + 1)
    if unit == "night":
        day = cal.today - timedelta(days=1)
        return Time(at, at + 2, Shape.WINDOW, "date", day, day, grain=Grain.DAY)
    if unit in ("year", "month", "week") and words.form(at - 1) == "the":
        return past(words, at, cal)
    if unit in LAST:
        start, end, grain = LAST[unit](cal.today)
        return Time(at, at + 2, Shape.WINDOW, f"last {unit}", start, end, grain=grain)
    if words.match(at + 1, "financial", "year") or words.match(at + 1, "tax", "year"):
        start = financial(cal.today)
        return Time(at, at + 3, Shape.WINDOW, "last financial year", add_months(start, -12), start - timedelta(days=1))
    named = read_date(words, at + 1, cal.almanac)
    if named:
        late = named.grain is Grain.MONTH and named.start.year == cal.today.year and not named.dated
        back = -12 if late and (cal.today - named.end).days < 31 else 0
        return Time(
            at,
            named.after,
            Shape.WINDOW,
            "last date",
            add_months(named.start, back),
            month_end(add_months(named.end, back)) if back else named.end,
            grain=named.grain,
        )
    return past(words, at, cal)


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


MONTHS = {"month": 1, "year": 12, "decade": 120}
LAST = {"year": _whole_year, "week": _last_week, "month": _last_month, "quarter": _last_quarter}


GONE = frozenset({"gone", "ended", "past", "finished", "closed", "over", "passed"})


def gone(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "month just gone", "financial year just ended", after "the": the last whole one."""
    money = words.form(at + 1) in ("financial", "tax")
    here = at + 2 + money
    if words.form(here) != "just" or words.form(here + 1) not in GONE or words.form(here - 1) not in LAST:
        return None
    if money:
        start = financial(cal.today)
        bounds = add_months(start, -12), start - timedelta(days=1), Grain.FINANCIAL
    else:
        bounds = LAST[words.form(here - 1)](cal.today)
    return Time(at, here + 2, Shape.WINDOW, "just gone", bounds[0], bounds[1], grain=bounds[2])


def past(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the past week", "the last seven days", "the past 12 months": windows that end on the article's day."""
    count = words.number(at + 1) or cal.numbers.get(words.form(at + 1))
    unit = words.form(at + 2) if count else words.form(at + 1)
    after = at + 3 if count else at + 2
    unit = cal.spans.get(unit, "")
    end = cal.today
    if unit == "hour" and count and not count % HOURS:
        unit, count = "day", count // HOURS
    if unit == "fortnight":
        unit, count = "week", 2 * (count or 1)
    if unit in ("day", "week"):
        days = (count or 1) * (7 if unit == "week" else 1)
        return Time(at, after, Shape.WINDOW, "past days", end - timedelta(days=days - 1), end)
    if unit in MONTHS and words.form(after) != "of":  # "the last year of the old government" is none that is known
        months = (count or 1) * MONTHS[unit]
        return Time(
            at, after, Shape.WINDOW, "past months", add_months(end, -months) + timedelta(days=1), end, months=months
        )
    return None


def weekend(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "over the weekend", "last weekend", "at the weekend": the latest Saturday and Sunday that were over."""
    here = at
    while words.form(here) in ("over", "the", "this", "past"):
        here += 1
    if words.form(here) != "weekend" or (here == at and words.form(at - 1) not in ("the", "this", "last", "past")):
        return None
    named = read_date(words, here + 2, cal.almanac) if words.form(here + 1) == "of" else None
    if named and named.grain is Grain.DAY:
        saturday = named.start - timedelta(days=(named.start.weekday() - 5) % 7)
        return Time(at, named.after, Shape.WINDOW, "weekend", saturday, saturday + timedelta(days=1))
    sunday = cal.today - timedelta(days=(cal.today.weekday() + 1) % 7)
    return Time(at, here + 1, Shape.WINDOW, "weekend", sunday - timedelta(days=1), sunday)
