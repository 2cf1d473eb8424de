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
    """The bare number that begins at that word."""
    word = words.at(at)
    if word.token.kind is Kind.NUMBER:
        return digits(words, at, table)
    return _worded(words, at, table)


MAX_DIGITS = 15


def digits(words: Words, at: int, table: Arithmetic) -> Value | None:
    """A number in digits, with the scale glued to it or behind it."""
    text = words.form(at)
    if len(text) > MAX_DIGITS + 6:
        return None
    value = Decimal(text.replace(",", ""))
    scale = _scale(words, at, table)
    after = at + 1 if scale is None else at + 2
    by = scale or Decimal(1)
    return Value(after, value * by, step_of(text, by), is_rounded(text, scaled=scale is not None, percent=False))


SHORT = frozenset({"bn", "m", "mn"})  # scales that stand apart only behind a sum of money


def _scale(words: Words, at: int, table: Arithmetic) -> Decimal | None:
    """The scale glued to digits or behind them."""
    following = words.at(at + 1)
    if following.token.kind is not Kind.WORD:
        return None
    if following.token.glued:
        return table.glued.get(following.form)
    money = words.at(at - 1).token.kind is Kind.CURRENCY
    return table.scales.get(following.form) if len(following.form) > 2 or (money and following.form in SHORT) else None


def _worded(words: Words, at: int, table: Arithmetic) -> Value | None:
    """A number in words: "seven", "twenty-eight thousand", "two hundred and six"."""
    small = _small(words, at, table)
    if small is None:
        return None
    number, after = small
    total, step = Decimal(0), Decimal(1)
    while len(words.form(after)) > 2 and words.form(after) in table.scales:
        scale = table.scales[words.form(after)]
        total = (total + number) * scale if total < scale else total + number * scale
        step, number, after = scale, 0, after + 1
        more = _small(words, after + 1 if words.form(after) == "and" else after, table)
        if more:
            number, after = more
            step = Decimal(1)
    return Value(after, total + number, step, rounded=step > 1, worded=True)


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
    first = words.form(at)
    if (first, words.form(at + 1)) in table.percent:
        return at + 2
    return at + 1 if (first,) in table.percent else None


def plain(first: int, last: int, value: Value, unit: str, *, fraction: bool = False) -> Quantity:
    """A quantity of one number over the words `first` to `last`."""
    rounded = value.rounded or unit == PERCENT
    return Quantity(first, first, last, last, (value.value,), value.step, rounded, unit, Qualifier.EXACT, fraction)


FROM = frozenset({"from", "by", "of", "at", "were"})
