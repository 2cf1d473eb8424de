"""What the laws may look for on record, by name: so that nothing else need be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

from feed.model.figure import Measure
from feed.model.rules import Balance, Parts
from feed.model.series import narrowed, pairs
from feed.model.standing import Reported
from feed.model.window import Window


def asked(figures: Sequence[Reported], parts: Iterable[Parts], balances: Iterable[Balance]) -> frozenset[str]:
    """Metrics with dimensions (`Series.counted`) of all that a law may take from the record for these figures.

    Of metrics that the figures speak of; what comes back may hold more than a law takes, never less.
    """
    metrics = {told.series.metric for told in figures} | {f.of.metric for told in figures if (f := told.figure).of}
    names = chain.from_iterable(
        chain(_operands(told), _parts(told, parts), _sides(told, balances, metrics)) for told in figures
    )
    return frozenset(names)


def _operands(told: Reported) -> Iterator[str]:
    """What a change, ratio or share is of; what was counted so far in a whole year; the wholes of a part."""
    series, whole = told.series, told.figure.of
    if series.measure != Measure.LEVEL or told.frame.window is Window.CALENDAR_YEAR:
        yield series.counted
    if whole is not None:
        yield narrowed(whole.metric, pairs(whole.dims))
    if series.measure == Measure.LEVEL:
        for count in range(len(series.dims)):
            for dims in combinations(series.dims, count):
                yield narrowed(series.metric, dims)


def _parts(told: Reported, parts: Iterable[Parts]) -> Iterator[str]:
    dims = told.figure.dims
    for row in parts:
        if row.metric == told.series.metric and row.dim not in dims:
            yield from (narrowed(row.metric, pairs({**dims, row.dim: value})) for value in row.values)


def _sides(told: Reported, balances: Iterable[Balance], metrics: set[str]) -> Iterator[str]:
    for row in balances:
        if row.metric == told.series.metric:
            yield from (narrowed(metric, told.series.dims) for metric in (row.plus, row.minus) if metric in metrics)
