"""What a number can be: money, a percentage, a count, a ratio."""

from __future__ import annotations

from decimal import Decimal

from feed.model.quantity import Qualifier
from feed.read.numbers.kinds import PERCENT, TIMES, Arithmetic, Quantity, Reserved
from feed.read.numbers.reserved import reserved
from feed.read.numbers.values import Value, number_at, percent_after, plain
from feed.read.text.words import Words


def money(words: Words, at: int, table: Arithmetic) -> Quantity | None:
    """A sum of money behind its sign."""
    value = number_at(words, at + 1, table)
    return value and plain(at, value.after, value, table.currencies.get(words.form(at), "XXX"))


def count(words: Words, at: int, value: Value, table: Arithmetic) -> Quantity | Reserved:
    """A bare number in digits or words: a percentage, a ratio, a plain count, or what is no quantity."""
    if words.form(value.after) == "fold":
        return _times(words, at, value, table)
    why = reserved(words, at, value, table)
    if why:
        return Reserved(at, max(value.after, at + 1), why)
    return bare(words, at, value, table)


def bare(words: Words, at: int, value: Value, table: Arithmetic) -> Quantity | Reserved:
    """A number with the unit behind it, whatever else it may be."""
    form = words.form(value.after)
    if form in POINTS or (form == "percentage" and words.form(value.after + 1) in POINTS):
        return _points(at, value.after + (1 if form in POINTS else 2), value)
    after = percent_after(words, value.after, table)
    if after:
        pointed = words.form(after) in POINTS
        return _points(at, after + 1, value) if pointed else plain(at, after, value, PERCENT)
    if form == "times":
        return _times(words, at, value, table)
    named = table.currencies.get(form, "")
    return plain(at, value.after + 1, value, named) if named else plain(at, value.after, value, "")


POINTS = frozenset({"point", "points", "pt", "pts", "ppt", "ppts", "pp"})


def _points(at: int, after: int, value: Value) -> Quantity:
    return plain(at, after, value, PERCENT)._replace(points=True)


def _times(words: Words, at: int, value: Value, table: Arithmetic) -> Quantity | Reserved:
    if words.form(value.after) == "fold" or words.form(value.after + 1) in table.ratios.compared:
        return plain(at, value.after + 1, value, TIMES)
    return Reserved(at, value.after + 1, "how often")


WHOLES = frozenset({"both", "two", "the", "these", "those", "equal", "second", "first"})  # "both halves"


def multiple(words: Words, at: int, table: Arithmetic) -> Quantity | Reserved | None:
    """A ratio in one word: "doubled", "quadrupled", "threefold", "halves"."""
    form = words.form(at)
    worth = table.multiples.get(form)
    if worth is None:
        return None
    parts = form == "halves" and words.form(at - 1) in WHOLES
    if (
        parts
        or words.form(at + 1) in table.ratios.never
        or (form == "twice" and words.form(at + 1) not in table.ratios.compared)
    ):
        return Reserved(at, at + 1, "no ratio")
    return Quantity(at, at, at + 1, at + 1, (worth,), Decimal(1), False, TIMES, Qualifier.EXACT)
