"""Bare numbers in digits and words, with their scale."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from feed.model.quantity import Qualifier, is_rounded, step_of
from feed.read.lexer import Kind
from feed.read.numbers.kinds import PERCENT, Arithmetic, Quantity
from feed.read.words import Words


class Value(NamedTuple):
    """A bare number: word after it, value, step, rounded, and whether words wrote it."""

    after: int
    value: Decimal
    step: Decimal
    rounded: bool
    worded: bool = False


def number_at(words: Words, at: int, table: Arithmetic) -> Value | None:
    word = words.at(at)
    if word.token.kind is Kind.NUMBER:
        return digits(words, at, table)
    return _worded(words, at, table)


MAX_DIGITS = 15


def digits(words: Words, at: int, table: Arithmetic) -> Value | None:
    text = words.form(at)
    if len(text) > MAX_DIGITS + 6:
        return None
    value = Decimal(text.replace(",", ""))
    scale, after = Decimal(1), at + 1
    following = words.at(after)
    if following.token.kind is Kind.WORD:
        if following.token.glued and following.form in table.glued:
            scale, after = table.glued[following.form], after + 1
        elif (following.form in table.scales and not following.token.glued and len(following.form) > 2) or (following.form in ("bn", "m", "mn") and words.at(at - 1).token.kind is Kind.CURRENCY):
            scale, after = table.scales[following.form], after + 1
    return Value(after, value * scale, step_of(text, scale), is_rounded(text, scaled=scale != 1, percent=False))


def _worded(words: Words, at: int, table: Arithmetic) -> Value | None:
    value = _small(words, at, table)
    if value is None:
        return None
    number, after = value
    total, step = Decimal(0), Decimal(1)
    while True:
        scale = table.scales.get(words.form(after)) if len(words.form(after)) > 2 else None
        if scale is None:
            return (
                Value(after, total + number, step if number == 0 else Decimal(1), rounded=False, worded=True)
                if not total
                else Value(after, total + number, step, rounded=number == 0, worded=True)
            )
        total, step, after = (
            (total + number) * scale if scale < 1000 and not total else total + number * scale,
            scale,
            after + 1,
        )
        number = 0
        skip = after + 1 if words.form(after) == "and" else after
        more = _small(words, skip, table)
        if more:
            number, after = more
            step = Decimal(1)


def _small(words: Words, at: int, table: Arithmetic) -> tuple[int, int] | None:
    form = words.form(at)
    if form in table.tens:
        unit = table.units.get(words.form(at + 1), 0)
        joined = 0 < unit < 10 and words.at(at + 1).hyphened
        return (table.tens[form] + unit, at + 2) if joined else (table.tens[form], at + 1)
    if form in table.units:
        return table.units[form], at + 1
    if form == "a" and words.form(at + 1) in ("hundred", "thousand", "million", "billion"):
        return 1, at + 1
    return None


def percent_after(words: Words, at: int, table: Arithmetic) -> int | None:
    """The word after a percent sign or word; None for none, and for percentage points."""
    for length in (2, 1):
        if tuple(words.form(at + i) for i in range(length)) in table.percent:
            return at + length
    return None


def plain(first: int, last: int, value: Value, unit: str, *, fraction: bool = False) -> Quantity:
    rounded = value.rounded or unit == PERCENT
    return Quantity(first, first, last, last, (value.value,), value.step, rounded, unit, Qualifier.EXACT, fraction)


FROM = frozenset({"from", "by", "of", "at", "were"})
