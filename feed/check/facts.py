"""What checks are made from: the article's figures, what is on record, and how operands are chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import NamedTuple

from feed.model.check import Check, Operand, Verdict
from feed.model.figure import Measure
from feed.model.period import Period
from feed.model.report import SchemeReported
from feed.model.rules import Balance, Parts
from feed.model.series import TOLERANCE
from feed.model.standing import Reported


class Facts(NamedTuple):
    """What one article tells, with what is on record besides it.

    `known` are figures of the same metrics from other articles; `lists` the listed terms of schemes with
    their event ids; `parts` what the pack says is disjoint and complete, `balances` what is
    the difference of what; `titles` how metrics are called.
    """

    figures: tuple[Reported, ...]
    known: tuple[Reported, ...] = ()
    lists: tuple[tuple[str, SchemeReported], ...] = ()
    parts: tuple[Parts, ...] = ()
    balances: tuple[Balance, ...] = ()
    titles: Mapping[str, str] = MappingProxyType({})

    def title(self, metric: str) -> str:
        """How a metric is called, in lower case."""
        return self.titles.get(metric, metric).lower()

    def pick(self, counted: Collection[str], fits: Callable[[Reported], bool]) -> list[Reported]:
        """The figures of what is counted (`Series.counted`) that fit: the article's own when there are any, else those
        on record.
        """
        own = [f for f in self.figures if f.series.counted in counted and fits(f)]
        return own or [f for f in self.known if f.series.counted in counted and fits(f)]


def operand(told: Reported, role: str) -> Operand:
    """A figure in its role."""
    return Operand(id=told.id, printed=told.figure.printed, role=role)


def counts(told: Reported) -> bool:
    """Whether a figure is an outturn of how much there was: no change or share of it, and no target."""
    return told.figure.measure is Measure.LEVEL and told.series.status == "outturn"


def near(a: Period | None, b: Period | None, slack: timedelta = TOLERANCE) -> bool:
    """Whether two periods are one, give or take what an inferred day may be off."""
    if a is None or b is None or abs(a.end - b.end) > slack:
        return False
    if a.start is None or b.start is None:
        return a.start is b.start
    return abs(a.start - b.start) <= slack


def kindest(options: Iterable[Check]) -> Iterator[Check]:
    """The kindest reading of a claim: one choice of operands that holds is enough."""
    order = [Verdict.HOLDS, Verdict.LOOSE, Verdict.OPEN, Verdict.FAILS]
    best = min(options, key=lambda c: order.index(c.verdict), default=None)
    if best is not None:
        yield best
