"""Bare numbers in digits and words, with their scale."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from feed.model.quantity import Qualifier, is_rounded, step_of
from feed.read.numbers.kinds import PERCENT, ZERO, Arithmetic, Quantity
from feed.read.text.lexer import Kind
from feed.read.text.words import Words


class Value(NamedTuple):
    """A bare number: word after it, value, step, rounded, whether words wrote it, and by what its scale word scales."""

    after: int
    value: Decimal
    step: Decimal
    rounded: bool
    worded: bool = False
    scale: Decimal = Decimal(1)


def number_at(words: Words, at: int, table: Arithmetic) -> Value | None:
    """The bare number that begins at that word: "4.7 billion", "two and a half million", "half a million"."""
    word = words.token(at)
    if word.kind is Kind.NUMBER:
        value = digits(words, at, table)
        return value and _and_part(words, value, table)
    part = scaled_part(words, at, table)
    if part:
        return part
    value = _worded(words, at, table)
    return value and _and_part(words, value, table)


PARTS = {("and", "a", "half"): "0.5", ("and", "a", "quarter"): "0.25", ("and", "three", "quarters"): "0.75"}


def _and_part(words: Words, value: Value, table: Arithmetic) -> Value:
    """As in "two and a half million", "a million and a half", "one and a half times": the half belongs to it."""
    if words.form(value.after) in table.vulgar and words.token(value.after).glued:  # 2½
        return _plus(words, value, table.vulgar[words.form(value.after)], value.after + 1, table)
    part = PARTS.get((words.form(value.after), words.form(value.after + 1), words.form(value.after + 2)))
    if part is None:
        return value
    after = value.after + 3
    closes = words.form(after) in ("times", "fold") or percent_after(words, after, table) is not None
    if value.scale == 1 and not closes and words.form(after) not in table.scales:
        return value
    return _plus(words, value, Decimal(part), after, table)


def _plus(words: Words, value: Value, part: Decimal, after: int, table: Arithmetic) -> Value:
    if value.scale > 1:
        more = part * value.scale
        return value._replace(after=after, value=value.value + more, step=more)
    scale = table.scales.get(words.form(after))
    by = scale or Decimal(1)
    end = after if scale is None else after + 1
    return Value(end, (value.value + part) * by, by / 10, scale is not None, value.worded, by)


def scaled_part(words: Words, at: int, table: Arithmetic) -> Value | None:
    """As in "half a million", "a quarter of a million", "three-quarters of a billion", "half a dozen"."""
    form = words.form(at)
    parts = table.units.get(form, 1 if form in ("a", "an") else 0)
    here = at + 1 if parts else at
    worth = table.fractions.get(words.form(here))
    if worth is None:
        return None
    after = here + 2 if words.form(here + 1) == "of" else here + 1
    scale = table.scales.get(words.form(after + 1), Decimal(0))
    if words.form(after) not in ("a", "an") or len(words.form(after + 1)) <= 2 or scale < 10:
        return None
    by = worth * max(parts, 1) / 100
    return Value(after + 2, by * scale, scale / 10, rounded=True, worded=True, scale=scale)


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
    rounded = is_rounded(text, scaled=scale is not None, percent=False)
    return Value(after, value * by, step_of(text, by), rounded, scale=by)


SHORT = frozenset({"bn", "m", "mn"})  # scales that stand apart only behind a sum of money


def _scale(words: Words, at: int, table: Arithmetic) -> Decimal | None:
    """The scale glued to digits or behind them."""
    following = words.token(at + 1)
    if following.kind is not Kind.WORD:
        return None
    if following.glued:
        return table.glued.get(following.folded)
    money = words.token(at - 1).kind is Kind.CURRENCY
    form = following.folded
    return table.scales.get(form) if len(form) > 2 or (money and form in SHORT) else None


def _worded(words: Words, at: int, table: Arithmetic) -> Value | None:
    """A number in words: "seven", "twenty-eight thousand", "two hundred and six"."""
    if words.form(at) in ZERO:  # "nought point five per cent"
        told = words.form(at + 1) == "point" and words.form(at + 2) in table.units
        return _pointed(words, 0, at + 2, table) if told else None
    small = _small(words, at, table)
    if small is None:
        return None
    number, after = small
    if words.form(after) == "point":
        return _pointed(words, number, after + 1, table)
    total, step, top = Decimal(0), Decimal(1), Decimal(1)
    while len(words.form(after)) > 2 and words.form(after) in table.scales:
        scale = table.scales[words.form(after)]
        total = (total + number) * scale if total < scale else total + number * scale
        step, number, after, top = scale, 0, after + 1, max(scale, top)
        more = _small(words, after + 1 if words.form(after) == "and" else after, table)
        if more:
            number, after = more
            step = Decimal(1)
    return Value(after, total + number, step, rounded=step > 1, worded=True, scale=top)


def _pointed(words: Words, whole: int, at: int, table: Arithmetic) -> Value:
    """As in "four point seven six billion", "two point five per cent": digits told one by one behind a point."""
    told = ""
    while words.form(at) in ZERO or 0 < table.units.get(words.form(at), 0) < 10:
        told += "0" if words.form(at) in ZERO else str(table.units[words.form(at)])
        at += 1
    if not told:
        return Value(at - 1, Decimal(whole), Decimal(1), rounded=False, worded=True)
    scale = table.scales.get(words.form(at)) if len(words.form(at)) > 2 else None
    by = scale or Decimal(1)
    end = at if scale is None else at + 1
    return Value(end, Decimal(f"{whole}.{told}") * by, by.scaleb(-len(told)), scale is not None, worded=True, scale=by)


def _small(words: Words, at: int, table: Arithmetic) -> tuple[int, int] | None:
    form = words.form(at)
    if form in table.tens:
        unit = table.units.get(words.form(at + 1), 0)
        joined = 0 < unit < 10 and words.hyphened(at + 1)
        return (table.tens[form] + unit, at + 2) if joined else (table.tens[form], at + 1)
    if form in table.units:
        return table.units[form], at + 1
    if form == "a" and len(words.form(at + 1)) > 3 and words.form(at + 1) in table.scales:
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
    return Quantity(
        first, first, last, last, (value.value,), value.step, rounded, unit, Qualifier.EXACT, fraction, value.scale
    )


FROM = frozenset({"from", "by", "of", "at", "were"})
