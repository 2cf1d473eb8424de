"""Which time is meant by one that refers back: "that day", "in the same 12 months", "in those years"."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from feed.model.period import Basis, Period, month_end
from feed.read.claim import Memory, Said
from feed.read.dating import when
from feed.read.grammar.against import compared
from feed.read.grammar.asides import times_of
from feed.read.grammar.fences import in_bracket
from feed.read.patterns.lexicon import QUANTITY, TIME
from feed.read.scene import Scene
from feed.read.times import Shape, Time, add_months, periods
from feed.read.times.dates import Grain

REACH = 16  # paragraphs
KEPT = 24  # times


def said(view: Scene, memory: Memory, windows: periods.Windows) -> None:
    """Take in the times that a sentence tells, before its numbers are read."""
    times = times_of(view, len(view.line.forms))
    for atom, time in times.items():
        period = _told(view, atom, times, windows)
        if period:
            main = not compared(view, atom) and not in_bracket(view, atom) and time.shape is not Shape.SHIFT
            memory.said.append(Said(view, time, atom, period, main))
    del memory.said[:-KEPT]
    if view.told("likewise"):
        memory.likewise = view.sentence.paragraph


def _told(view: Scene, atom: int, times: dict[int, Time], windows: periods.Windows) -> Period | None:
    time = times[atom]
    if time.shape is Shape.SHIFT and time.year > 0:  # "by that point in 2019": names a year, too
        return Period(start=date(time.year, 1, 1), end=date(time.year, 12, 31))
    if time.shape in (Shape.SHIFT, Shape.BACK):
        return None
    return periods.period(time, windows, when.end_of(view, atom, times, time), None)


def referred(view: Scene, atom: int, time: Time, memory: Memory, windows: periods.Windows) -> Period | None:
    """The period meant by a time of shape BACK for the number at that atom, None when none told before fits."""
    at = next(where for where, told in view.times.items() if told is time)
    before = _before(view, at, memory)
    if time.rule == "one of those":
        return _one(before, time)
    if time.rule == "since then":
        return _since(before, windows)
    turn = _listed(view, atom, before) if time.rule == "those" else None
    return turn or _last(before, time)


def told_to_come(view: Scene, time: Time, memory: Memory, windows: periods.Windows) -> Period | None:
    """As in "I want 500 more by December. We are adding 290 by the same date": the day to come that was told last."""
    day = windows.published
    if day is None or time.rule != "by then":
        return None
    at = next(where for where, told in view.times.items() if told is time)
    rows = [row for row in _before(view, at, memory) if _near(view, row) and row.period.end > day]
    return periods.at_day(rows[-1].period.end, rows[-1].period.end_basis) if rows else None


UNNAMED = frozenset({Grain.YEAR, Grain.MONTH})


def year_end(view: Scene, time: Time, memory: Memory, windows: periods.Windows) -> Period | None:
    """The day meant by "the year's end", "the end of the month": of the one told last, else of the latest one over."""
    at = next(where for where, told in view.times.items() if told is time)
    spoken = time._replace(rule="that")
    told = _last([row for row in _before(view, at, memory) if _near(view, row)], spoken)
    if time.end is None:
        return None
    day = told.end if told and not told.running else time.end
    if told and told.running:
        day = date(told.end.year, 12, 31) if time.grain is Grain.YEAR else month_end(told.end)
    if windows.published and day > windows.published:
        day = month_end(add_months(day, -12 if time.grain is Grain.YEAR else -1))
    return periods.at_day(day, Basis.STATED)


def _near(view: Scene, row: Said) -> bool:
    """Whether a time was told in the same paragraph or the one before."""
    return view.sentence.paragraph - row.scene.sentence.paragraph <= 1


def _last(before: list[Said], time: Time) -> Period | None:
    """The last time told of that kind, the main ones first; "that year" may be one only compared with."""
    if time.grain is Grain.DAY and time.rule in ("that", "back"):  # "the same morning": of a day, if one was told near
        before = [row for row in before if row.period.days == 1] or before
    strict = [row for row in before if row.main]
    if time.rule == "the":
        return _latest(strict, time)
    any_ = time.rule == "then" or (time.rule == "that" and time.grain is Grain.YEAR)
    for rows in (before, strict) if any_ else (strict, before if time.grain else []):
        for row in reversed(rows):
            found = _meant(row, time)
            if found:
                return found
    return None


def _latest(rows: list[Said], time: Time) -> Period | None:
    """As in "in the quarter": the last one that the text told, not one that it was compared with on the way."""
    fits = [found for row in rows if (found := _meant(row, time))]
    return max(fits, key=lambda found: found.end, default=None)


def _before(view: Scene, at: int, memory: Memory) -> list[Said]:
    """The times told before that atom, near enough to be meant."""
    here = view.sentence.paragraph
    return [
        row
        for row in memory.said
        if here - row.scene.sentence.paragraph <= REACH and (row.scene is not view or row.atom < at)
    ]


def _meant(row: Said, time: Time) -> Period | None:
    """The time told before as that kind of time, None when it is of another kind."""
    if time.rule == "then":
        return row.period
    if time.rule == "to that day":
        start = month_end(add_months(row.period.end.replace(day=1), -time.months)) + timedelta(days=1)
        return Period(start=start, end=row.period.end)
    if time.rule == "at then" and row.period.days == 1:
        return periods.at_day(_close(row), row.period.end_basis)
    if time.grain is Grain.MONTH and row.time.rule == "year to":
        return _month(
            periods.at_day(row.period.end, Basis.STATED)
        )  # "in the year to June ...; on the last day of that month"
    return FITTING[time.grain](row.period) if time.grain in FITTING else _span(row.period, time.months)


def _close(row: Said) -> date:
    """As in "45,768 at the start of 2024 and 38,079 at its end": the last day of what began on the day told."""
    forms, day = row.scene.words.forms[row.time.first : row.time.last], row.period.end
    if OPENED.isdisjoint(forms) or day.day != 1:
        return day
    yearly = day.month == 1 and ("year" in forms or forms[-1].isdigit())
    return date(day.year, 12, 31) if yearly else month_end(day)


OPENED = frozenset({"start", "beginning"})


def _span(period: Period, months: int) -> Period | None:
    days = period.days or 0
    if not months:
        return period if days > 1 else None
    return period if abs(days - months * 30.44) <= months + 1 else None


def _day(period: Period) -> Period:
    return periods.at_day(period.end, period.end_basis)


def _month(period: Period) -> Period | None:
    whole = period.start and (period.start.year, period.start.month) == (period.end.year, period.end.month)
    if not whole:
        return None
    return Period(start=period.end.replace(day=1), end=month_end(period.end))


def _year(period: Period) -> Period | None:
    if period.start is None:
        return None
    if (period.days or 0) > MOST_OF_A_YEAR or (period.running and (period.start.month, period.start.day) == (1, 1)):
        return period
    one = period.start.year == period.end.year and period.days != 1
    return Period(start=date(period.end.year, 1, 1), end=date(period.end.year, 12, 31)) if one else None


def _week(period: Period) -> Period | None:
    days = period.days or 0
    if days == DAYS:
        return period
    monday = period.end - timedelta(days=period.end.weekday())
    return Period(start=monday, end=monday + timedelta(days=DAYS - 1)) if days == 1 else None


def _quarter(period: Period) -> Period | None:
    return _span(period, 3)


DAYS = 7
MOST_OF_A_YEAR = 360  # days
FITTING = {Grain.DAY: _day, Grain.MONTH: _month, Grain.YEAR: _year, Grain.WEEK: _week, Grain.QUARTER: _quarter}


def _since(before: list[Said], windows: periods.Windows) -> Period | None:
    """From the day told last until the article's day."""
    told = next((row for row in reversed(before) if row.main), None)
    if told is None or windows.published is None:
        return None
    start = told.period.start
    if start is None or told.time.grain not in STARTING:
        start = told.period.end
    if start > windows.published:
        return None
    return Period(start=start, end=windows.published, end_basis=Basis.PUBLISHED, running=True)


STARTING = frozenset({Grain.DAY, Grain.MONTH, Grain.YEAR})


def _one(before: list[Said], time: Time) -> Period | None:
    """As in "the last of the dates": of those of the sentence that told several last."""
    side = _side(before[-1], time) if before else None
    if side:
        return side
    fits = _several([row for row in before if (row.period.days == 1) is (time.grain is Grain.DAY)])
    index = time.year - 1 if time.year > 0 else time.year
    return fits[index].period if len(fits) > 1 and -len(fits) <= index < len(fits) else None


def _side(row: Said, time: Time) -> Period | None:
    """As in "Between 2022 and 2023 ... in the former year": one end of a range."""
    start, end = row.time.start, row.time.end
    if row.time.rule != "range" or start is None or end is None or row.time.grain is not time.grain:
        return None
    day = start if time.year > 0 else end
    one = periods.at_day(day, Basis.STATED)
    return periods.at_year(day) if time.grain is Grain.YEAR else _month(one)


def _several(before: list[Said]) -> list[Said]:
    """The times of the sentence that told more than one last."""
    for row in reversed(before):
        rows = [other for other in before if other.scene is row.scene]
        if len(rows) > 1:
            return rows
    return []


def _listed(view: Scene, atom: int, before: list[Said]) -> Period | None:
    """As in "in those years it was 5, 6 and 7 respectively": each in its turn."""
    run = listed(view, atom)
    rows = _several([row for row in before if row.period.days != 1])
    return rows[run.index(atom)].period if len(run) > 1 and len(run) == len(rows) else None


def listed(view: Scene, atom: int) -> list[int]:
    """The numbers of the list that a number stands in, joined by nothing but commas and "and"."""
    run = [atom]
    for step in (-1, 1):
        at = atom + step
        while view.form(at) in (",", "and"):
            at += step
            if view.form(at) == QUANTITY and view.quantities[at].unit == view.quantities[atom].unit:
                run.append(at)
                at += step
    return sorted(run)


def in_turn(view: Scene, atom: int) -> int | None:
    """The atom of the time that a number has in turn: "in 2022 and 2023 there were 300 and 400 respectively"."""
    run = listed(view, atom)
    if len(run) < 2:
        return None
    times = [at for at in view.times if view.form(at) == TIME]
    for first in range(len(times)):
        row = times[first : first + len(run)]
        joined = all(set(_between(view, one, other)) <= JOINED for one, other in pairwise(row))
        if len(row) == len(run) and joined and _whole_list(view, row):
            return row[run.index(atom)]
    return None


def month_in_turn(view: Scene, atom: int) -> Period | None:
    """As in "in June and July 3,200 and 3,593 came": of months told together, the one that a number has in turn."""
    run = listed(view, atom)
    if len(run) < 2:
        return None
    for time in view.times.values():
        if time.grain is not Grain.MONTH or time.rule != "date" or time.start is None or time.end is None:
            continue
        months = 12 * (time.end.year - time.start.year) + time.end.month - time.start.month + 1
        if months == len(run):
            return _month(periods.at_day(add_months(time.start, run.index(atom)), Basis.STATED))
    return None


JOINED = frozenset({",", "and", "in", "to", "the"})


def _between(view: Scene, one: int, other: int) -> list[str]:
    return [view.form(at) for at in range(one + 1, other)]


def _whole_list(view: Scene, row: list[int]) -> bool:
    before = view.form(row[0] - 1)
    return view.form(row[0] - 2) != TIME if before in (",", "and") else before != TIME
