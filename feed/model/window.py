"""The kinds of time that a figure is told of, and its first and last day: what people are shown of a period."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

MONTHS = (
    *("", "January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Basis(StrEnum):
    """How a bound of a period is known."""

    STATED = "stated"  # the sentence says it
    INHERITED = "inherited"  # from the article's one data window, or carried from the text before
    NAMED = "named"  # a named event of the pack's calendar ("since the election")
    PUBLISHED = "published"  # the article's own day, for want of better


class Window(StrEnum):
    """The kinds of period that a series can be cut into."""

    SINCE = "since"
    CALENDAR_YEAR = "calendar year"
    AT = "at"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    FINANCIAL_YEAR = "financial year"
    YEAR_ENDING = "year ending"
    SPAN = "span"
    UNKNOWN = "unknown"


class Days(NamedTuple):
    """`start` to `end`, both included; `start` is None when it is not said."""

    start: date | None
    end: date
