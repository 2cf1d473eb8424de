"""What somebody asks to hear of: one question, the same for subscriptions, feeds and streams."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from feed.model.alert import Severity
from feed.model.chain import content_id

if TYPE_CHECKING:
    from feed.model.figure import Dims
    from feed.model.notice import Notice, Shown


class Asked(NamedTuple):
    """Which alerts are wanted; whatever is empty asks for all.

    `metrics` also takes the names of offices and schemes. `dims` (pairs of key and value) asks for figures that are
    narrowed in just these ways, and maybe more. `sources` are publishers, by name or by `source_slug`, of either side.
    `series` are whole names.
    """

    classes: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    dims: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.LOW

    def admits(self, notice: Notice) -> bool:
        """Whether this alert is asked for."""
        return (
            (not self.classes or notice.alert in self.classes)
            and notice.severity.rank >= self.severity.rank
            and (not self.metrics or not topics(notice).isdisjoint(self.metrics))
            and (not self.series or notice.series in self.series)
            and (not self.sources or not publishers(notice).keys().isdisjoint(map(source_slug, self.sources)))
            and (not self.dims or any(set(self.dims) <= dims.items() for dims in _dims(notice)))
        )


def named(series: str, pattern: str) -> bool:
    """Whether a pattern names a series: the whole name or its beginning up to a `/`; with `*` at its end any beginning.

    `sales` means the whole only, `sales{shop=leeds}` that part of it, `sales/level` one measure.
    """
    if pattern.endswith("*"):
        return series.startswith(pattern[:-1])
    return series == pattern or series.startswith(f"{pattern}/")


def source_slug(publisher: str) -> str:
    """A publisher's name as it can stand in an address: `the-daily-crumb`. The same for every spelling of its case."""
    plain = unicodedata.normalize("NFKD", publisher.casefold())
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split()
    return "-".join(words) or content_id("source", publisher.casefold())[:12]


def publishers(notice: Notice) -> dict[str, str]:
    """Who printed either side of an alert: names by slug."""
    sides = (notice, notice.new, notice.old, notice.new_state, notice.old_state)
    return {source_slug(side.publisher): side.publisher for side in sides if side is not None and side.publisher}


def topics(notice: Notice) -> frozenset[str]:
    """The names that an alert is about: its metrics, or its office or scheme (with and without country)."""
    metrics = {side.metric for side in _sides(notice)}
    if notice.series is not None:
        metrics.add(notice.series.partition("/")[0].partition("{")[0])
    if notice.subject is not None:
        kind, _, name = notice.subject.partition(" ")
        metrics |= {kind, name, name.rpartition("/")[2]}
    return frozenset(metrics)


def _sides(notice: Notice) -> tuple[Shown, ...]:
    return tuple(side for side in (notice.new, notice.old) if side is not None)


def _dims(notice: Notice) -> tuple[Dims, ...]:
    sides = tuple(side.dims for side in _sides(notice))
    # A failed check shows no side, only the series that it belongs to.
    return sides or (_narrowing(notice.series or ""),)


def _narrowing(series: str) -> Dims:
    inside = series.partition("{")[2].partition("}")[0]
    return dict(pair.split("=", 1) for pair in inside.split(",") if "=" in pair)
