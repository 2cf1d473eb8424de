"""What the laws may look for on record, by name: so that nothing else need be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from feed.model.figure import Measure
from feed.model.rules import Balance, Parts
from feed.model.series import narrowed, pairs
from feed.model.standing import Reported
from feed.model.window import Window


def asked(figures: Sequence[Reported], parts: Iterable[Parts], balances: Iterable[Balance]) -> set[str]:
    """Metrics with dimensions (`Series.counted`) of all that a law may take from the record for these figures.

    Of metrics that the figures speak of; what comes back may hold more than a law takes, never less.
    """
    names: set[str] = set()
    for told in figures:
        names.update(_operands(told))
        for part in parts:
            if part.metric == told.series.metric and part.dim not in told.figure.dims:
                names.update(_parts(told, part))
        for balance in balances:
            if balance.metric == told.series.metric:
                names.update(_sides(told, balance, figures))
    return names


def _operands(told: Reported) -> Sequence[str]:
    """What a change, ratio or share is of; what was counted so far in a whole year; the wholes of a part."""
    series, whole = told.series, told.figure.of
    names = series.wholes if series.measure == Measure.LEVEL else (series.counted,)
    if told.frame.window is Window.CALENDAR_YEAR:
        names = (*names, series.counted)
    return names if whole is None else (*names, narrowed(whole.metric, pairs(whole.dims)))


def _parts(told: Reported, row: Parts) -> Iterator[str]:
    return (narrowed(row.metric, pairs({**told.figure.dims, row.dim: value})) for value in row.values)


def _sides(told: Reported, row: Balance, figures: Sequence[Reported]) -> Iterator[str]:
    metrics = {each.series.metric for each in figures} | {f.of.metric for each in figures if (f := each.figure).of}
    return (narrowed(metric, told.series.dims) for metric in (row.plus, row.minus) if metric in metrics)
