"""How a figure is told to people: what it counts, how much, and when. One place for sentences, pages and tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from feed.model.window import MONTHS, Window

if TYPE_CHECKING:
    from feed.model.figure import Dims
    from feed.model.notice import Shown
    from feed.model.window import Days


class Words(Protocol):
    """The wording of a topic: how metrics, values of dimensions, offices and schemes are called."""

    def title(self, metric: str, /) -> str:
        """A metric as a short noun phrase: "Sales"."""
        ...

    def wording(self, dim: str, value: str, /) -> str:
        """A dimension's value as a word or phrase: "online"."""
        ...

    def subject(self, subject: str, /) -> str:
        """An office or scheme (`office XX/name`, `scheme name`) as people call it: "Prime Minister"."""
        ...


def day(when: date, *, year: bool = True) -> str:
    """`5 July 2024`, or `5 July`."""
    return f"{when.day} {MONTHS[when.month]}" + (f" {when.year}" if year else "")


def narrowed(words: Words, metric: str, dims: Dims) -> str:
    """A metric with what narrows it: `Sales, online`."""
    return ", ".join((words.title(metric), *(words.wording(key, value) for key, value in sorted(dims.items()))))


MEASURES = {"level": "", "change": "change", "share": "share", "ratio": "times over"}
ASSERTED = {"outturn": "", "target": "target", "plan": "planned", "forecast": "forecast"}


def what(shown: Shown, words: Words) -> str:
    """What a figure counts: `Sales, online`, `Sales, change`, `Sales (target)`."""
    named = narrowed(words, shown.metric, shown.dims)
    measured = f"{named}, {said}" if (said := MEASURES.get(shown.measure, shown.measure)) else named
    return f"{measured} ({said})" if (said := ASSERTED.get(shown.asserted, shown.asserted)) else measured


UNITS = {"GBP/year": " a year", "GBP/day": " a day", "GBP/person": " a person"}  # what the number's own text leaves out


def number(shown: Shown) -> str:
    """How much: `more than 24,000`, `down 21 per cent`, `£110million a year`."""
    if shown.measure != "change":
        return shown.printed + UNITS.get(shown.unit, "")
    return change(shown.printed, down=shown.number.startswith("-"))


def change(printed: str, *, down: bool) -> str:
    """A change as people say it: `down 21 per cent`, whether or not it is printed with a sign."""
    return f"{'down' if down else 'up'} {printed.replace('-', '').replace('−', '')}"


def _since(period: Days) -> str:
    return f"since {day(period.start)}" if period.start else "so far"


def _calendar_year(period: Days) -> str:
    over = (period.end.month, period.end.day) == (12, 31)
    return f"in {period.end.year}" + ("" if over else f" to {day(period.end, year=False)}")


def _financial_year(period: Days) -> str:
    return f"in {period.end.year - 1}/{period.end.year % 100:02d}"


def _span(period: Days) -> str:
    return f"from {day(period.start or period.end)} to {day(period.end)}"


TIMES: dict[Window, Callable[[Days], str]] = {
    Window.SINCE: _since,  # since 5 July 2024
    Window.CALENDAR_YEAR: _calendar_year,  # in 2024 to 28 August
    Window.AT: lambda p: f"at {day(p.end)}",  # at 30 September 2024
    Window.DAY: lambda p: f"on {day(p.end)}",
    Window.WEEK: lambda p: f"in the week to {day(p.end)}",
    Window.MONTH: lambda p: f"in {MONTHS[p.end.month]} {p.end.year}",
    Window.QUARTER: lambda p: f"in the three months to {MONTHS[p.end.month]} {p.end.year}",
    Window.FINANCIAL_YEAR: _financial_year,  # in 2023/24
    Window.YEAR_ENDING: lambda p: f"in the year to {MONTHS[p.end.month]} {p.end.year}",
    Window.SPAN: _span,
    Window.UNKNOWN: lambda _: "",
}


def when(shown: Shown) -> str:
    """What time a figure is about: `since 5 July 2024`, `in 2023/24`. Empty when the text does not say."""
    return "" if shown.period is None else TIMES[shown.window](shown.period)


def until(old: Shown, new: Shown) -> str:
    """Up to when an old figure counted, where a new one counts on: ` to 31 January`. The year only when it differs."""
    p, q = old.period, new.period
    if p is None or q is None or p.end == q.end:
        return ""
    if old.window in (Window.SINCE, Window.CALENDAR_YEAR):
        return f" to {day(p.end, year=p.end.year != q.end.year)}"
    return f" {when(old)}"


def plain_value(value: str) -> str:
    """A status word without its underscore; a name unchanged."""
    return value.replace("_", " ")
