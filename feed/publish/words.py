"""How classes, days, periods and series are called in plain English."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from feed.model.alert import AlertClass
from feed.model.window import MONTHS, Days
from feed.model.wording import Words, narrowed

if TYPE_CHECKING:
    from feed.model.figure import Dims

UNKNOWN_DAY = "date unknown"


class Named(NamedTuple):
    """An alert class for people: its title and what it means, without a verdict on who is right."""

    title: str
    meaning: str


CLASSES: dict[AlertClass, Named] = {
    "superseded": Named("Superseded", "A later figure of the same series now stands."),
    "revised": Named("Revised", "The same originator now gives another figure for the same period."),
    "contradicted": Named("Contradicted", "Two sources give figures for the same period that cannot both hold."),
    "inconsistent": Named("Inconsistent", "Figures that belong together do not add up."),
    "rescoped": Named("Rescoped", "The same number was told of something else before."),
    "stale": Named("Stale", "An article gives a figure as current that a later one has superseded."),
    "withdrawn": Named("Withdrawn", "A figure on record was taken back."),
    "state_changed": Named("Changed", "An office has another holder, or a scheme another status."),
    "target_met": Named("Target met", "The outturn reaches its target."),
    "target_missed": Named("Target missed", "The outturn falls short of its target, or passes one that is a limit."),
}


def day(moment: datetime | date | None, zone: tzinfo) -> str:
    """`31 January 2025`, of a time in that zone, or of a date as it is; `date unknown` of None."""
    if moment is None:
        return UNKNOWN_DAY
    if isinstance(moment, datetime):
        moment = moment.astimezone(zone)
    return f"{moment.day} {MONTHS[moment.month]} {moment.year}"


def period(span: Days | None, zone: tzinfo) -> str:
    """`5 July 2024 to 31 January 2025`, `to 31 January 2025`, `31 January 2025`; empty when no period is known."""
    if span is None:
        return ""
    if span.start == span.end:
        return day(span.end, zone)
    start = "" if span.start is None else f"{day(span.start, zone)} "
    return f"{start}to {day(span.end, zone)}"


class Ids:
    """The wording of no topic: everything is called by its id."""

    def title(self, metric: str, /) -> str:
        """`Butter prices` for `butter_prices`."""
        spaced = metric.replace("_", " ")
        return spaced[:1].upper() + spaced[1:]

    def wording(self, dim: str, value: str, /) -> str:
        """`kind salted` for `kind=salted`."""
        return f"{dim} {value}".replace("_", " ")

    def subject(self, subject: str, /) -> str:
        """`Chief baker (XX)` for `office XX/chief_baker`."""
        country, slash, name = subject.partition(" ")[2].rpartition("/")
        return f"{self.title(name)} ({country})" if slash else self.title(name)


def series(words: Words, name: str) -> str:
    """A series for people, from its name: `Butter prices, salted (change, percent)`."""
    metric, dims = narrowing(name)
    return f"{narrowed(words, metric, dims)} ({name.partition('/')[2].replace('/', ', ').replace('_', ' ')})"


def narrowing(series: str) -> tuple[str, Dims]:
    """The metric and dimensions in a series' name: `butter{kind=salted}/level/GBP`."""
    metric, _, inside = series.partition("/")[0].partition("{")
    return metric, dict(pair.split("=", 1) for pair in inside.removesuffix("}").split(",") if "=" in pair)
