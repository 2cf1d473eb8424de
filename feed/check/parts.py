"""Parts and wholes: a part is not more than its whole, complete parts add up, a list is as long as it is said to be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import product

from feed.check.facts import Facts, counts, kindest, near, operand
from feed.check.sums import added, closed, ends, meet, shown
from feed.model.check import Check, Law, Operand, Verdict
from feed.model.figure import Dims, Measure
from feed.model.quantity import Interval, plain
from feed.model.rules import Parts
from feed.model.series import narrowed, pairs
from feed.model.standing import Reported

CHOICES = 3  # candidates for each part that are tried: more are copies of each other


def parts_of(facts: Facts) -> Iterator[Check]:
    """A part is not more than its whole: the same thing, narrowed, in the same period."""
    for part in facts.figures:
        wholes = part.series.wholes if part.figure.measure is Measure.LEVEL else ()
        if wholes:
            for whole in facts.pick(wholes, lambda o, part=part: _alike(o, part)):  # type: ignore[misc]
                yield _part(part, whole)


def _alike(a: Reported, b: Reported) -> bool:
    one, other = a.series, b.series
    if (one.measure, one.unit, one.status) != (other.measure, other.unit, other.status):
        return False
    return a.figure.period == b.figure.period or near(a.figure.period, b.figure.period, timedelta())


def _part(part: Reported, whole: Reported) -> Check:
    over_it = whole.figure.value.below(part.figure.value)
    less, more = part.figure.printed, whole.figure.printed
    # Without a period nobody can say that both are about the same time.
    broken = Verdict.OPEN if part.figure.period is None else Verdict.FAILS
    return Check(
        law=Law.PART,
        verdict=broken if over_it else Verdict.HOLDS,
        what=f"{less} is part of {more}",
        formula=f"{less} {'>' if over_it else '<='} {more}",
        operands=(operand(part, "part"), operand(whole, "whole")),
        claimed=part.figure.value,
        computed=whole.figure.value,
    )


def sums(facts: Facts) -> Iterator[Check]:
    """Parts that the pack calls disjoint and complete add up to their whole; nothing else is ever added.

    The article must tell the whole and a part of it: one outlet's whole is not held against another's parts.
    """
    for row in facts.parts:
        for whole in facts.figures:
            f = whole.figure
            if f.metric == row.metric and row.dim not in f.dims and f.measure is Measure.LEVEL:
                yield from kindest(_sums(whole, row, facts))


def _sums(whole: Reported, row: Parts, facts: Facts) -> Iterator[Check]:
    each = [_parts(whole, {**whole.figure.dims, row.dim: value}, facts)[:CHOICES] for value in row.values]
    for parts in product(*each):
        if any(part in facts.figures for part in parts):
            yield from _sum(whole, parts)


def _parts(whole: Reported, dims: Dims, facts: Facts) -> list[Reported]:
    counted, period = narrowed(whole.figure.metric, pairs(dims)), whole.figure.period
    return facts.pick((counted,), lambda o: counts(o) and near(o.figure.period, period, timedelta()))


def _sum(whole: Reported, parts: tuple[Reported, ...]) -> Iterator[Check]:
    values = [value for part in parts if (value := ends(part.figure.value)) is not None]
    claimed = ends(whole.figure.value)
    if claimed is None or len(values) < len(parts):
        return
    total = added(values)
    point = sum((part.figure.number for part in parts), Decimal(0))
    yield Check(
        law=Law.SUM,
        verdict=Verdict.HOLDS if meet(total, claimed) else Verdict.FAILS,
        what=f"the sum of the parts of {whole.figure.printed}",
        formula=f"{' + '.join(part.figure.text for part in parts)} = {shown(point)}",
        operands=(*(operand(part, "part") for part in parts), operand(whole, "whole")),
        results=(plain(point),),
        claimed=closed(claimed),
        computed=closed(total),
    )


def lists(facts: Facts) -> Iterator[Check]:
    """A stated number of things is the length of the list that the article gives; "more than" leaves it open."""
    for stated in facts.figures:
        for fact_id, listed in facts.lists:
            f = stated.figure
            if f.dims.get("scheme") != listed.scheme or f.unit != listed.term or not isinstance(listed.value, tuple):
                continue
            length = Decimal(len(listed.value))
            fits = Interval(low=length, high=length).within(f.value)
            sign = ("=" if f.number == length else "and") if fits else "but"
            missed = Verdict.OPEN if f.value.high is None else Verdict.FAILS  # "more than 10": these need not be all
            yield Check(
                law=Law.LIST,
                verdict=Verdict.HOLDS if fits else missed,
                what=f"{f.printed} {f.unit}, {length} names",
                formula=f"{f.printed} {sign} {length}: {', '.join(listed.value)}",
                operands=(operand(stated, "stated"), Operand(id=fact_id, printed=", ".join(listed.value), role="list")),
                results=(plain(length),),
            )
