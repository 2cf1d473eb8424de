"""A series: the figures that can be compared with each other because they measure the same thing in the same way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations

from feed.model.figure import Figure, Measure, status_class
from feed.model.period import Period
from feed.model.window import Days

TOLERANCE = timedelta(days=3)


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """Metric, dimensions, measure, unit and status class; a share also belongs by its whole (`of`).

    `counted` is what is counted, whatever is said of it: `sales{shop=leeds}`; `wholes` are what it is a part of: the
    same with any of its dimensions left out. `dims` and `of` are sorted pairs written `key=value`. `str(series)` is its
    name everywhere: `sales{shop=leeds}/change/percent`, with `/target` and the like behind unless it is an outturn;
    `slug` is that name as it can stand in an address.
    """

    metric: str
    dims: tuple[str, ...]
    measure: str
    unit: str
    status: str
    of: str = ""
    counted: str = field(init=False, repr=False, compare=False)
    wholes: tuple[str, ...] = field(init=False, repr=False, compare=False)
    slug: str = field(init=False, repr=False, compare=False)
    _name: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        counted = narrowed(self.metric, self.dims)
        parts = [counted, self.measure, self.unit, *([] if self.status == "outturn" else [self.status])]
        object.__setattr__(self, "counted", counted)
        object.__setattr__(self, "wholes", tuple(_wholes(self.metric, self.dims)))
        name = "/".join(parts) + (f" of {self.of}" if self.of else "")
        object.__setattr__(self, "_name", name)
        object.__setattr__(self, "slug", slug(name))

    def __str__(self) -> str:
        return self._name


def _wholes(metric: str, dims: tuple[str, ...]) -> Iterator[str]:
    for count in range(len(dims)):
        for left in combinations(dims, count):
            yield narrowed(metric, left)


def narrowed(metric: str, dims: Sequence[str]) -> str:
    """A metric with its dimensions, which are sorted pairs: `sales{shop=leeds}`."""
    return f"{metric}{{{','.join(dims)}}}" if dims else metric


def slug(series: str) -> str:
    """The name of a series as it can stand in an address: letters, digits, dots, underscores and dashes."""
    kept = (c if c.isalnum() or c in "._" else "-" for c in series.replace("=", ".").replace("}", ""))
    return "".join(kept).strip("-")


def pairs(dims: dict[str, str]) -> tuple[str, ...]:
    """Dimensions as sorted `key=value` words, hashable and in one order."""
    return tuple([f"{key}={value}" for key, value in sorted(dims.items())])


def series_of(figure: Figure, published: date | None) -> Series:
    """The series of a figure. `published` decides whether an estimate is one of the future."""
    whole = "" if figure.of is None else narrowed(figure.of.metric, pairs(figure.of.dims))
    status = status_class(figure.status, figure.period, published)
    of = whole if figure.measure is Measure.SHARE else ""
    return _one(figure.metric, pairs(figure.dims), figure.measure.value, figure.unit, status, of)


@lru_cache(4_096)
def _one(metric: str, dims: tuple[str, ...], measure: str, unit: str, status: str, of: str) -> Series:
    """A series, the same one for all its figures: they are many, and are held by the hundred thousand."""
    return Series(metric, dims, measure, unit, status, of)


def baseline_kind(period: Period | None, baseline: Period | None) -> str | None:
    """What kind of comparison a change states: `1 year before`, `window before`, `since 2010-01-01`; None if none.

    Two figures whose stated kinds differ never meet; None meets any.
    """
    return None if baseline is None or period is None else _baseline_kind(period.bounds, baseline.bounds)


@lru_cache(1_024)  # all figures of an article have few times
def _baseline_kind(period: Days, baseline: Days) -> str:
    for years in range(1, 11):
        if _near(baseline.end, _years_before(period.end, years)) and _starts_near(period, baseline, years):
            return f"{years} year{'s' if years > 1 else ''} before"
    if period.start is not None and _near(baseline.end, period.start - timedelta(days=1)):
        return "window before"
    return f"since {baseline.start or baseline.end}"


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _near(a: date, b: date) -> bool:
    return abs(a - b) <= TOLERANCE


def _starts_near(period: Days, baseline: Days, years: int) -> bool:
    if period.start is None or baseline.start is None:
        return period.start is baseline.start
    return _near(baseline.start, _years_before(period.start, years))
