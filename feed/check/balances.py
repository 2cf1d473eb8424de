"""Balances: a metric that is the difference of two others, by the pack's definition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from feed.check.claims import verdict_of
from feed.check.facts import Facts, counts, kindest, near, operand
from feed.check.sums import closed, ends, minus, shown
from feed.model.check import Check, Law
from feed.model.figure import Measure
from feed.model.quantity import plain
from feed.model.series import narrowed
from feed.model.standing import Reported

CHOICES = 3  # candidates for each side that are tried: more are copies of each other


def balances(facts: Facts) -> Iterator[Check]:
    """What came in less what went out is what is told to be left, for the same period.

    The article must tell the balance and one of its sides: one outlet's balance is not held against another's sides.
    """
    for row in facts.balances:
        for told in facts.figures:
            if told.figure.metric == row.metric and told.figure.measure is Measure.LEVEL:
                came, went = (_side(told, metric, facts) for metric in (row.plus, row.minus))
                yield from kindest(_balances(told, came, went, facts))


def _side(told: Reported, metric: str, facts: Facts) -> list[Reported]:
    counted, period = narrowed(metric, told.series.dims), told.figure.period
    return facts.pick((counted,), lambda o: counts(o) and near(o.figure.period, period, timedelta()))[:CHOICES]


def _balances(told: Reported, came: list[Reported], went: list[Reported], facts: Facts) -> Iterator[Check]:
    for plus in came:
        for less in went:
            if (plus in facts.figures or less in facts.figures) and plus.figure.unit == less.figure.unit:
                yield from _balance(told, plus, less)


def _balance(told: Reported, plus: Reported, less: Reported) -> Iterator[Check]:
    claimed, left = ends(told.figure.value), minus(ends(plus.figure.value), ends(less.figure.value))
    if claimed is None or left is None or told.series.status != "outturn":
        return
    point = plus.figure.number - less.figure.number
    verdict, rounding = verdict_of(told, claimed, left, point)
    yield Check(
        law=Law.SUM,
        verdict=verdict,
        rounding=rounding,
        what=f"the balance of {told.figure.printed}",
        formula=f"{plus.figure.text} - {less.figure.text} = {shown(point)}",
        operands=(operand(plus, "plus"), operand(less, "minus"), operand(told, "claim")),
        results=(plain(point),),
        claimed=closed(claimed),
        computed=closed(left),
    )
