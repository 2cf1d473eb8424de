"""A new figure against what is on record, beside the plain fold over the figures of its series and frame."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from pathlib import Path

from bench.corpus import drafts
from bench.harness import Clock, Comparison, Work, steady
from feed.alert.decision import Told
from feed.alert.rules import decide
from feed.app.judge import judged
from feed.app.packs import load
from feed.model.event import Draft
from feed.model.line import standing
from feed.model.period import Period
from feed.model.quantity import Interval
from feed.model.rules import Rules
from feed.model.standing import Cut, Reported, reported
from feed.model.standings import EMPTY, Standings
from feed.model.topic import Topic

SIZES = (1_000, 10_000, 100_000)
SERIES = (400, 1)
NEW = 500
METRICS = 20
WHOLE = 10**9  # more than any part
START = date(1000, 2, 1)
RULES = Rules(severity=())


@dataclass(frozen=True)
class Plain:
    """Words as they are."""

    def title(self, metric: str) -> str:
        """The metric itself."""
        return metric

    def wording(self, dim: str, value: str) -> str:
        """The value itself."""
        return f"{dim} {value}"

    def subject(self, subject: str) -> str:
        """The subject itself."""
        return subject


def comparisons(_: Path) -> Iterator[Comparison]:
    """Bringing a figure in, deciding what it means and taking it back, with few and many on record, spread and in one
    series.
    """
    topic = load()
    for size in SIZES:
        for series in SERIES:
            held = figures(size + NEW, series)
            new = held[size:]
            on_record = reduce(Standings.with_figure, held[:size], EMPTY)
            own = [one for one in held[:size] if one.group == new[0].group]
            gc.collect()
            gc.freeze()  # what is on record is not what is measured
            title = f"a figure against {size:,} in {series} series"
            floor = steady("the fold over its series", _folding(own, new[0]))
            again = figures(NEW, series)  # what is told once more: nobody hears of it
            beside = reduce(Standings.with_figure, wholes(NEW, series), on_record)
            cases = (
                steady("bring in", _bringing(on_record, new)),
                steady("decide, nothing to tell", _deciding(on_record, again)),
                steady("decide, with its alert", _deciding(on_record, new)),
                steady("check and decide, nothing to tell", _judging(on_record, again, topic)),
                steady("check and decide, as part of a whole", _judging(beside, again, topic)),
                steady("withdraw", _withdrawing(on_record, again)),
            )
            yield Comparison(title, "figure", Clock.CPU, floor, cases)
            gc.unfreeze()


def figures(count: int, series: int) -> list[Reported]:
    """So many figures over so many series, each of a later day than the one before it in its series."""
    (_, one) = drafts(2)
    return [reported(_figure(one, number % series, number // series, number), Cut()) for number in range(count)]


def wholes(count: int, series: int) -> list[Reported]:
    """The figures that the first so many are a part of: of the same metrics and days, without a region."""
    (_, one) = drafts(2)
    told = sorted({(number % series % METRICS, number // series) for number in range(count)})
    made = (_figure(one, metric, step, WHOLE + at) for at, (metric, step) in enumerate(told))
    return [
        reported(each.model_copy(update={"data": each.data.model_copy(update={"dims": {}})}), Cut()) for each in made
    ]


def _figure(one: Draft, series: int, step: int, number: int) -> Draft:
    end = START + timedelta(days=step + 1)
    name, value = f"{number:032x}", Decimal(1000 + number)
    told = {
        "numbers": (value,),
        "value": Interval(low=value, high=value),
        "baseline": None,
        "period": Period(start=START, end=end, running=True),
        "article": name,
        "published": end,
        "metric": f"metric_{series % METRICS:02d}",
        "dims": {"region": str(series)},
    }
    time = datetime(end.year, end.month, end.day, tzinfo=UTC)
    return one.model_copy(update={"id": name, "time": time, "data": one.data.model_copy(update=told)})


def _folding(held: list[Reported], new: Reported) -> Work:
    def work() -> int:
        standing([*held, new])
        return 1

    return work


def _bringing(on_record: Standings, new: list[Reported]) -> Work:
    def work() -> int:
        reduce(Standings.with_figure, new, on_record)
        return len(new)

    return work


def _judging(on_record: Standings, new: list[Reported], topic: Topic) -> Work:
    """All that is asked of an article of one figure: what is on record beside it, its checks and what it means."""

    def work() -> int:
        for one in new:
            judged(on_record, (), (one,), topic)
        return len(new)

    return work


def _withdrawing(on_record: Standings, old: list[Reported]) -> Work:
    def work() -> int:
        for one in old:
            on_record.without((one.id,))
        return len(old)

    return work


def _deciding(on_record: Standings, new: list[Reported]) -> Work:
    def work() -> int:
        for one in new:
            decide(on_record, Told("new", (one,), ()), (), RULES, Plain())
        return len(new)

    return work
