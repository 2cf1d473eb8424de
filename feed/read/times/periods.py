"""From a time as the text tells it to the days that it names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from feed.model.period import Basis, Period, month_end
from feed.read.times import ONE_BEFORE, Shape, Time, add_months
from feed.read.times.dates import Grain


@dataclass(frozen=True, slots=True)
class Windows:
    """What an article says of its own data: windows by their start, and its day."""

    by_start: dict[date, date]
    published: date | None


def period(time: Time, windows: Windows, end: date | None, shifted: Period | None) -> Period | None:
    """The period that a time names. `shifted`: what an earlier or later one is counted from."""
    if time.shape is Shape.SHIFT:
        return shift(time, shifted)
    if time.shape is Shape.BACK:
        return shifted
    if time.shape is Shape.RUNNING:
        return _running(time, windows, end)
    if shifted and time.rule == "date" and time.grain is Grain.YEAR and shifted.running and time.start:
        whole = (
            shifted.start
            and (shifted.start.month, shifted.start.day) == (1, 1)
            and shifted.start.year == shifted.end.year
        )
        if whole and shifted.end.year != time.start.year:
            return moved(shifted, 12 * (time.start.year - shifted.end.year))
    if time.start is None or time.end is None:
        return None
    basis = Basis.NAMED if time.event else Basis.STATED
    return _known(time.start, time.end, basis, basis)


@lru_cache(maxsize=1024)
def _known(start: date, end: date, begun: Basis, basis: Basis, *, running: bool = False) -> Period:
    # The same time is asked for again by each number of its sentence.
    return Period(start=start, end=end, start_basis=begun, end_basis=basis, running=running)


def _running(time: Time, windows: Windows, end: date | None) -> Period | None:
    start = time.start
    if start is None:
        return so_far(windows.published) if windows.published else None
    last, basis = end, Basis.STATED
    if time.rule == "the year" and end is not None:
        start = end.replace(month=1, day=1)
    if last is None and start in windows.by_start:
        last, basis = windows.by_start[start], Basis.INHERITED
    if last is None:
        last, basis = windows.published, Basis.PUBLISHED
    if last is None or last < start:
        return None
    begun = Basis.NAMED if time.event else Basis.STATED
    return _known(start, last, begun, basis, running=True)


MONTH = 30.44  # days


def shift(time: Time, base: Period | None) -> Period | None:
    """The period moved back by the time's months or days, or into its year; a shift by days only from as many."""
    if base is None or (time.days and base.days not in (1, 2, 7, time.days)):
        return None
    if time.days:
        start, end = (base.start or base.end) - timedelta(days=time.days), base.end - timedelta(days=time.days)
        return base.model_copy(update={"start": start, "end": end})
    if time.rule == "years before" and base.start and base.days != 1:  # "over the three years before"
        start = add_months(base.start, -time.months)
        return base.model_copy(update={"start": start, "end": base.start - timedelta(days=1), "running": False})
    if time.rule == ONE_BEFORE:
        whole = round((base.days or 0) / MONTH)
        return moved(base, -whole) if whole else None
    return moved(base, -(time.months or _to_year(base, time.year)))


def _to_year(base: Period, year: int) -> int:
    """How many months back a period goes into a year; below 0: into the financial year that begins in it."""
    if year >= 0:
        return 12 * (base.end.year - year) if year else 0
    begun = base.end.year if base.end.month >= APRIL else base.end.year - 1
    return 12 * (begun + year)


APRIL = 4  # the month in which a financial year begins


def moved(base: Period, months: int) -> Period:
    """The same period so many months later; whole months stay whole."""
    end = add_months(base.end, months)
    if base.end == month_end(base.end):
        end = month_end(end)
    start = add_months(base.start, months) if base.start else None
    if base.start and base.start.day == 1 and start:
        start = start.replace(day=1)
    closed = base.model_copy(update={"start": start, "end": end})
    return closed if start is None or start <= end else base


def at_day(day: date, basis: Basis) -> Period:
    """A state's day."""
    return _known(day, day, basis, basis)


def at_year(day: date) -> Period:
    """The calendar year of a day."""
    return Period(start=day.replace(month=1, day=1), end=day.replace(month=12, day=31))


def so_far(published: date) -> Period:
    """A running total whose start is not said."""
    return Period(start=None, end=published, start_basis=Basis.PUBLISHED, end_basis=Basis.PUBLISHED, running=True)


def until(day: Period, start: date | None) -> Period:
    """A running total that ends on a day; its start None when it is not said."""
    return day.model_copy(update={"start": start, "running": True})


def whole_year(period_: Period) -> Period:
    """The year in which an aim is to be met."""
    first = period_.start
    if first and period_.running and (first.month, first.day) in ((1, 1), (4, 1)):
        return Period(start=first, end=add_months(first, 12) - timedelta(days=1))
    return period_


def to_come(told: Period, published: date | None, *, stock: bool) -> Period:
    """The time in which an aim or a forecast is to be met: the year that is told, "by December" as the one to come."""
    ahead = told
    if (
        published
        and not told.running
        and told.end < published
        and told.end_basis is Basis.STATED
        and (published - told.end).days < 366
    ):
        ahead = moved(told, 12)
    if ahead.start is not None and ahead.start == ahead.end and not stock:
        return Period(start=ahead.start.replace(month=1, day=1), end=ahead.end)
    return whole_year(ahead)


def last_day(period_: Period) -> Period:
    """A stock's state at the end of a window."""
    return period_.model_copy(update={"start": period_.end, "start_basis": period_.end_basis, "running": False})
