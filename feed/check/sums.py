"""Interval arithmetic for checks: closed ends, infinite ends first drawn in to one printed step."""

from __future__ import annotations

from decimal import Decimal

from feed.model.quantity import Interval, plain

Ends = tuple[Decimal, Decimal]


def ends(value: Interval) -> Ends | None:
    """Both ends of what a figure admits, infinite ones drawn in; None when one stays infinite."""
    soft = value.softened()
    return None if soft.low is None or soft.high is None else (soft.low, soft.high)


def minus(a: Ends | None, b: Ends | None) -> Ends | None:
    """All differences; None when one of the two is infinite."""
    return None if a is None or b is None else (a[0] - b[1], a[1] - b[0])


def over(a: Ends | None, b: Ends | None) -> Ends | None:
    """All quotients of values that are not negative; None when one is infinite or the divisor may be nothing."""
    if a is None or b is None or b[0] <= 0 or a[0] < 0:
        return None
    return a[0] / b[1], a[1] / b[0]


def scaled(a: Ends, by: Decimal, shift: Decimal = Decimal(0)) -> Ends:
    """Each end times `by` (positive), plus `shift`."""
    return a[0] * by + shift, a[1] * by + shift


def added(parts: list[Ends]) -> Ends:
    """All sums."""
    return sum((p[0] for p in parts), Decimal(0)), sum((p[1] for p in parts), Decimal(0))


def meet(a: Ends, b: Ends) -> bool:
    """Whether some value lies in both."""
    return a[0] <= b[1] and b[0] <= a[1]


def closed(a: Ends) -> Interval:
    """As an interval of the model, cut to six decimals so that every machine prints the same."""

    def cut(end: Decimal) -> Decimal:
        return round(end, 6).normalize()

    return Interval(low=Decimal(plain(cut(a[0]))), high=Decimal(plain(cut(a[1]))))


def shown(value: Decimal) -> str:
    """A computed value as people write it: whole numbers plain, large ones without decimals, others with two."""
    rounded = round(value, 0 if abs(value) >= 1000 else 2)
    return f"{int(rounded):,}" if rounded == rounded.to_integral_value() else f"{rounded:,}"
