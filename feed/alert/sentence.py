"""The sentence of an alert: plain English from the facts, the news first. Compares nothing, decides nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from feed.model.figure import Measure
from feed.model.period import MONTHS, Period, Window
from feed.model.quantity import WORDS, Qualifier
from feed.model.standing import Reported, State


class Words(Protocol):
    """The wording of a topic: how metrics, dimension values, offices and schemes are called."""

    def title(self, metric: str) -> str:
        """A metric as a short noun phrase: "Sales"."""

    def wording(self, dim: str, value: str) -> str:
        """A dimension's value as an adjective or phrase: "online"."""

    def subject(self, subject: str) -> str:
        """An office or scheme as people call it: "Prime Minister", "the loyalty scheme"."""


def day(when: date, *, year: bool = True) -> str:
    """`5 July 2024`."""
    return f"{when.day} {MONTHS[when.month]}" + (f" {when.year}" if year else "")


def _since(period: Period) -> str:
    return f"since {day(period.start)}" if period.start else "so far"


def _calendar_year(period: Period) -> str:
    return f"in {period.end.year}" + (" so far" if period.running else "")


def _financial_year(period: Period) -> str:
    return f"in {period.end.year - 1}/{period.end.year % 100:02d}"


def _span(period: Period) -> str:
    return f"from {day(period.start or period.end)} to {day(period.end)}"


TIMES = {
    Window.SINCE: _since,  # since 5 July 2024
    Window.CALENDAR_YEAR: _calendar_year,  # in 2024 so far
    Window.AT: lambda p: f"at {day(p.end)}",  # at 30 September 2024
    Window.DAY: lambda p: f"on {day(p.end)}",
    Window.WEEK: lambda p: f"in the week to {day(p.end)}",
    Window.MONTH: lambda p: f"in {MONTHS[p.end.month]} {p.end.year}",
    Window.QUARTER: lambda p: f"in the three months to {MONTHS[p.end.month]} {p.end.year}",
    Window.FINANCIAL_YEAR: _financial_year,  # in 2023/24
    Window.YEAR_ENDING: lambda p: f"in the year to {MONTHS[p.end.month]} {p.end.year}",
    Window.SPAN: _span,
}


def when(told: Reported) -> str:
    """What time a figure is about, in words: `since 5 July 2024`. Empty when the text does not say."""
    period = told.figure.period
    return "" if period is None or told.frame.window is Window.UNKNOWN else TIMES[told.frame.window](period)


STATUS_WORDS = {"target": "target for", "plan": "planned", "forecast": "forecast of"}


def what(told: Reported, words: Words) -> str:
    """What a figure counts: `Sales, online`; a change or share says so."""
    f = told.figure
    narrowed = ", ".join([words.title(f.metric), *(words.wording(k, v) for k, v in sorted(f.dims.items()))])
    status = STATUS_WORDS.get(told.series.status)
    named = f"{status.capitalize()} {narrowed[:1].lower()}{narrowed[1:]}" if status else narrowed
    return f"{named}, {f.measure.value}" if f.measure in (Measure.CHANGE, Measure.SHARE) else named


UNITS = {"percent": "", "times": "", "GBP": "", "GBP/year": " a year", "GBP/day": " a day", "GBP/person": " a person"}


def number(told: Reported) -> str:
    """A figure as the sentence says it: `more than 24,000`, `down 21 per cent`, `£5.38bn`."""
    f = told.figure
    if f.measure is Measure.CHANGE and f.unit == "percent":
        hedge = WORDS[f.qualifier] + " " if f.qualifier is not Qualifier.EXACT else ""
        return f"{'down' if f.number < 0 else 'up'} {hedge}{f.text.lstrip('-−')}"
    return f.printed + UNITS.get(f.unit, "")


def superseding(old: Reported, new: Reported, words: Words) -> str:
    """`Sales since 5 July 2024: more than 24,000 (was nearly 19,000 to 31 January)`."""
    return f"{_head(new, words)}: {number(new)} (was {number(old)}{_until(old, new)})"


def disputing(old: Reported, new: Reported, words: Words, verb: str) -> str:
    """`Sales since 5 July 2024: 18,200, which contradicts nearly 19,000 (Biscuit Office)`."""
    source = f" ({old.originator})" if old.originator else ""
    return f"{_head(new, words)}: {number(new)}, which {verb} {number(old)}{_until(old, new)}{source}"


def quoting_old(old: Reported, new: Reported, words: Words) -> str:
    """`Sales since 5 July 2024: nearly 19,000, an old figure: it has been more than 24,000 since 31 March (Crumb)`."""
    p, q = old.figure.period, new.figure.period
    until = f" since {day(p.end, year=q is None or p.end.year != q.end.year)}" if p is not None else ""
    source = f" ({old.originator})" if old.originator else ""
    return f"{_head(new, words)}: {number(new)}, an old figure: it has been {number(old)}{until}{source}"


def rescoping(old: Reported, new: Reported, words: Words) -> str:
    """`24,000 is told of biscuits, sweet; on record it is of biscuits`."""
    return f"{new.figure.printed} is told of {_lower(what(new, words))}; on record it is of {_lower(what(old, words))}"


def state_change(old: State, new: State, words: Words) -> str:
    """`Prime Minister: Ann Baker (was Bea Cook)`."""
    return f"{words.subject(new.subject)}: {plain_value(new.value)} (was {plain_value(old.value)})"


def plain_value(value: str) -> str:
    """A status word without its underscore; a name unchanged."""
    return value.replace("_", " ")


def against_target(target: Reported, outturn: Reported, words: Words, *, met: bool) -> str:
    """`Sales in 2024: 15,100, target of 14,500 met`."""
    return f"{_head(outturn, words)}: {number(outturn)}, target of {number(target)} {'met' if met else 'missed'}"


def _head(told: Reported, words: Words) -> str:
    return f"{what(told, words)} {when(told)}".strip()


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _until(old: Reported, new: Reported) -> str:
    """Up to when the old figure counted, where that differs; the year only when it differs too."""
    p, q = old.figure.period, new.figure.period
    if p is None or q is None or p.end == q.end:
        return ""
    if old.frame.window in (Window.SINCE, Window.CALENDAR_YEAR):
        return f" to {day(p.end, year=p.end.year != q.end.year)}"
    if old.frame.window is Window.AT or (p.end - (p.start or p.end)) < timedelta(days=1):
        return f" on {day(p.end, year=p.end.year != q.end.year)}"
    return f" {when(old)}"
