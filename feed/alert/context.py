"""What is known beside a figure that people are told of: its parts and its whole, as they were last counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from feed.model.figure import Measure
from feed.model.notice import shown
from feed.model.rules import Parts, Rules
from feed.model.series import pairs
from feed.model.standing import Reported
from feed.model.standings import Standings
from feed.model.wording import Words, day, narrowed, number


def beside(known: Standings, new: Reported, rules: Rules, words: Words) -> tuple[str, ...]:
    """Sentences on the parts or the whole of a figure that the pack says belong together, empty when none is known.

    Of the same frame, each with the day up to which it counts; nothing is added up.
    """
    if new.figure.measure is not Measure.LEVEL or new.series.status != "outturn":
        return ()
    rows = [row for row in rules.parts if row.metric == new.series.metric]
    return tuple(line for row in rows for line in _lines(known, new, row, words))


def _lines(known: Standings, new: Reported, row: Parts, words: Words) -> Iterator[str]:
    dims = new.figure.dims
    if row.dim in dims:
        whole = _standing(known, new, {key: value for key, value in dims.items() if key != row.dim})
        if whole is not None:
            yield f"{narrowed(words, whole.series.metric, whole.figure.dims)} in all: {_told(whole)}{_until(whole)}."
        return
    counted: dict[str, list[str]] = {}
    for value in row.values:
        part = _standing(known, new, {**dims, row.dim: value})
        if part is not None:
            last = "" if part.figure.period == new.figure.period else ", the last count known"
            counted.setdefault(last + _until(part), []).append(f"{_told(part)} were {words.wording(row.dim, value)}")
    for until, parts in counted.items():
        yield f"Of these, {_and(parts)}{until}."


def _standing(known: Standings, new: Reported, dims: dict[str, str]) -> Reported | None:
    return known.figure((str(replace(new.series, dims=pairs(dims))), str(new.frame)))


def _told(told: Reported) -> str:
    return number(shown(told, None))


def _until(told: Reported) -> str:
    period = told.figure.period
    return "" if period is None else f" (to {day(period.end)})"


def _and(parts: Sequence[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
