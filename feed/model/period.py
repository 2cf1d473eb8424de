"""What time a figure is about, and how a series' periods are cut into frames.

All dates are days of the topic's own zone, both ends included. Never confused with when something was said or recorded.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

from pydantic import BaseModel, model_validator

from feed.model.quantity import STRICT
from feed.model.window import MONTHS, Days, Window
from feed.model.window import Basis as Basis


class Period(BaseModel):
    """`start` to `end`, both included; a state at one time has start = end.

    `start` is None for a running total whose start is not said. `running` says that the text tells a running
    total ("since ...", "so far", "this year" in a year not over); a closed window ("in January") is not running.
    """

    model_config = STRICT

    start: date | None
    end: date
    start_basis: Basis = Basis.STATED
    end_basis: Basis = Basis.STATED
    running: bool = False

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.start is not None and self.start > self.end:
            message = f"the period runs backwards: {self.start} to {self.end}"
            raise ValueError(message)
        return self

    @property
    def bounds(self) -> Days:
        """Its first and last day, without how they are known."""
        return Days(self.start, self.end)

    @property
    def days(self) -> int | None:
        """Length in days, both ends counted; None when the start is not said."""
        return None if self.start is None else (self.end - self.start).days + 1


class Frame(BaseModel):
    """One cut of a series: `since 2024-07-05`, `calendar year 2024`, `at`, `month`, `year ending June`, ...

    Figures of different frames are never compared. `str(frame)` is how it is written everywhere.
    """

    model_config = STRICT

    window: Window
    anchor: str = ""

    def __str__(self) -> str:
        return f"{self.window} {self.anchor}".strip()


def month_end(day: date) -> date:
    """The last day of that day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _months(start: date, end: date) -> int | None:
    """How many whole calendar months a window covers, None when it does not begin and end on their bounds."""
    if start.day != 1 or end != month_end(end):
        return None
    return (end.year - start.year) * 12 + end.month - start.month + 1


def frame(period: Period | None, *, stock: bool = False, starts: frozenset[date] = frozenset()) -> Frame:
    """The frame that a period belongs to.

    `stock`: the metric is a state at a time. `starts`: the days of the pack's named events, from which a stated
    window counts as a running total too ("between 5 July 2024 and 31 January 2025" is since the election).
    """
    if period is None:
        return _frame(Window.UNKNOWN)
    start, end = period.start, period.end
    if start is None:
        return _frame(Window.SINCE, "unknown")
    if start == end:
        return _frame(Window.AT if stock else Window.DAY)
    return _cut(start, end, running=period.running, named=start in starts)


@lru_cache(1_024)  # all figures of an article have few times
def _cut(start: date, end: date, *, running: bool, named: bool) -> Frame:
    if (running or named) and not _year_so_far(start, end):
        return _frame(Window.SINCE, start.isoformat())
    return _closed(start, end, running=running)


@lru_cache(4_096)
def _frame(window: Window, anchor: str = "") -> Frame:
    """A frame, the same one for all that is cut so."""
    return Frame(window=window, anchor=anchor)


def _year_so_far(start: date, end: date) -> bool:
    return (start.month, start.day) == (1, 1) and start.year == end.year


def _closed(start: date, end: date, *, running: bool) -> Frame:
    months = _months(start, end)
    if _year_so_far(start, end) and (running or months not in (1, 3)):
        return _frame(Window.CALENDAR_YEAR, str(end.year))
    if months == 1:
        return _frame(Window.MONTH)
    if months == 3:
        return _frame(Window.QUARTER)
    if months == 12 and start.month == 4:
        return _frame(Window.FINANCIAL_YEAR)
    if months == 12:
        return _frame(Window.YEAR_ENDING, MONTHS[end.month])
    if (end - start) == timedelta(days=6):
        return _frame(Window.WEEK)
    return _frame(Window.SPAN, start.isoformat())
