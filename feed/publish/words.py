"""How classes, days, periods and series are called in plain English."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import NamedTuple

from feed.model.event import AlertClass
from feed.model.period import MONTHS, Period

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
    "target_missed": Named("Target missed", "The outturn falls short of its target."),
}
MEASURES = {"level": "", "change": "change", "share": "share", "ratio": "ratio"}


def day(moment: datetime | date | None, zone: tzinfo) -> str:
    """`31 January 2025`, of a time in that zone, or of a date as it is; `date unknown` of None."""
    if moment is None:
        return UNKNOWN_DAY
    if isinstance(moment, datetime):
        moment = moment.astimezone(zone)
    return f"{moment.day} {MONTHS[moment.month]} {moment.year}"


def period(span: Period | None, zone: tzinfo) -> str:
    """`5 July 2024 to 31 January 2025`, `to 31 January 2025`, `31 January 2025`; empty when no period is known."""
    if span is None:
        return ""
    if span.start == span.end:
        return day(span.end, zone)
    start = "" if span.start is None else f"{day(span.start, zone)} "
    return f"{start}to {day(span.end, zone)}"


def metric(name: str) -> str:
    """`Small boat arrivals` for `small_boat_arrivals`."""
    spaced = name.replace("_", " ")
    return spaced[:1].upper() + spaced[1:]


def narrowed(name: str, dims: dict[str, str], measure: str) -> str:
    """A metric with what narrows it and what is measured of it: `Returns, type enforced: change`."""
    parts = (metric(name), *(f"{key} {value}".replace("_", " ") for key, value in sorted(dims.items())))
    said = MEASURES.get(measure, measure)
    return ", ".join(parts) + (f": {said}" if said else "")


def series(name: str) -> str:
    """A series for people, from its name: `Returns, type enforced (change, percent)`."""
    head, _, rest = name.partition("/")
    base, _, inside = head.partition("{")
    dims = dict(pair.split("=", 1) for pair in inside.removesuffix("}").split(",") if "=" in pair)
    return f"{narrowed(base, dims, 'level')} ({rest.replace('/', ', ').replace('_', ' ')})"


def subject(name: str) -> str:
    """An office or scheme for people: `Home secretary (GB)` for `office GB/home_secretary`."""
    _, _, rest = name.partition(" ")
    country, slash, office = rest.rpartition("/")
    return f"{metric(office)} ({country})" if slash else metric(rest)
