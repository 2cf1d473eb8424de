"""A series: the figures that can be compared with each other because they measure the same thing in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from feed.model.figure import Figure, Measure, status_class
from feed.model.period import Period

TOLERANCE = timedelta(days=3)


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """Metric, dimensions, measure, unit and status class; a share also belongs by its whole (`of`).

    `dims` and `of` are sorted pairs written `key=value`. `str(series)` is its name everywhere:
    `sales{shop=leeds}/change/percent`, with `/target` and the like behind unless it is an outturn.
    """

    metric: str
    dims: tuple[str, ...]
    measure: str
    unit: str
    status: str
    of: str = ""

    def __str__(self) -> str:
        parts = [self.counted, self.measure, self.unit]
        if self.status != "outturn":
            parts.append(self.status)
        return "/".join(parts) + (f" of {self.of}" if self.of else "")

    @property
    def counted(self) -> str:
        """What is counted, whatever is said of it: `sales{shop=leeds}`."""
        return narrowed(self.metric, self.dims)

    @property
    def slug(self) -> str:
        """Its name as it can stand in an address."""
        return slug(str(self))


def narrowed(metric: str, dims: Sequence[str]) -> str:
    """A metric with its dimensions, which are sorted pairs: `sales{shop=leeds}`."""
    return f"{metric}{{{','.join(dims)}}}" if dims else metric


def slug(series: str) -> str:
    """The name of a series as it can stand in an address: letters, digits, dots, underscores and dashes."""
    kept = (c if c.isalnum() or c in "._" else "-" for c in series.replace("=", ".").replace("}", ""))
    return "".join(kept).strip("-")


def pairs(dims: dict[str, str]) -> tuple[str, ...]:
    """Dimensions as sorted `key=value` words, hashable and in one order."""
    return tuple(f"{key}={value}" for key, value in sorted(dims.items()))


def series_of(figure: Figure, published: date | None) -> Series:
    """The series of a figure. `published` decides whether an estimate is one of the future."""
    whole = "" if figure.of is None else narrowed(figure.of.metric, pairs(figure.of.dims))
    return Series(
        metric=figure.metric,
        dims=pairs(figure.dims),
        measure=figure.measure.value,
        unit=figure.unit,
        status=status_class(figure.status, figure.period, published),
        of=whole if figure.measure is Measure.SHARE else "",
    )


def baseline_kind(period: Period | None, baseline: Period | None) -> str | None:
    """What kind of comparison a change states: `1 year before`, `window before`, `since 2010-01-01`; None if none.

    Two figures whose stated kinds differ never meet; None meets any.
    """
    if baseline is None or period is None:
        return None
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


def _starts_near(period: Period, baseline: Period, years: int) -> bool:
    if period.start is None or baseline.start is None:
        return period.start is baseline.start
    return _near(baseline.start, _years_before(period.start, years))
