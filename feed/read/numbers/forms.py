"""What a number can be: money, a percentage, a count, a range, a ratio."""

from __future__ import annotations

from decimal import Decimal

from feed.model.quantity import Qualifier
from feed.read.lexer import Kind
from feed.read.numbers.kinds import PERCENT, TIMES, Arithmetic, Quantity, Reserved
from feed.read.numbers.reserved import reserved
from feed.read.numbers.values import FROM, Value, digits, number_at, percent_after, plain
from feed.read.words import Words


def money(words: Words, at: int, table: Arithmetic) -> Quantity | None:
    """A sum of money behind its sign, or a range of two that share their scale."""
    value = digits(words, at + 1, table) if words.at(at + 1).token.kind is Kind.NUMBER else None
    if value is None:
        return None
    unit = table.currencies.get(words.form(at), "XXX")
    if words.form(value.after) in ("to", "–", "-") or words.at(value.after).hyphened:
        ranged = _money_range(words, at, value, unit, table)
        if ranged:
            return ranged
    return plain(at, value.after, value, unit)


def _money_range(words: Words, at: int, low: Value, unit: str, table: Arithmetic) -> Quantity | None:
    here = low.after if words.at(low.after).hyphened else low.after + 1
    here += 1 if words.at(here).token.kind is Kind.CURRENCY else 0
    high = digits(words, here, table) if words.at(here).token.kind is Kind.NUMBER else None
    if high is None or words.form(at - 1) == "from" or high.value <= low.value:
        return None
    return Quantity(
        at, at, high.after, high.after, (low.value, high.value), low.step, low.rounded, unit, Qualifier.BETWEEN
    )


def count(words: Words, at: int, value: Value, table: Arithmetic) -> Quantity | Reserved:
    """A bare number in digits or words: a percentage, a ratio, a range, a plain count, or what is no quantity."""
    why = reserved(words, at, value, table)
    if why:
        return Reserved(at, max(value.after, at + 1), why)
    if words.form(value.after) == "percentage" and words.form(value.after + 1) in ("point", "points"):
        return Reserved(at, value.after + 2, "percentage points")
    after = percent_after(words, value.after, table)
    if after:
        return _percentage(words, at, value, after)
    if words.form(value.after) == "times":
        return _times(words, at, value)
    named = table.currencies.get(words.form(value.after), "")
    if named:
        return plain(at, value.after + 1, value, named)
    return _ranged(words, at, value, table) or plain(at, value.after, value, "")


def _percentage(words: Words, at: int, value: Value, after: int) -> Quantity | Reserved:
    if words.form(after) in ("point", "points"):
        return Reserved(at, after + 1, "percentage points")
    return plain(at, after, value, PERCENT)


HIGHER = frozenset(
    {
        "as",
        "the",
        "higher",
        "more",
        "greater",
        "larger",
        "what",
        "that",
        "bigger",
        "last",
        "their",
        "its",
        "those",
        "over",
        "above",
    }
)


def _times(words: Words, at: int, value: Value) -> Quantity | Reserved:
    if words.form(value.after + 1) in HIGHER:
        return plain(at, value.after + 1, value, TIMES)
    return Reserved(at, value.after + 1, "how often")


def _ranged(words: Words, at: int, low: Value, table: Arithmetic) -> Quantity | None:
    between = words.form(at - 1) == "between" and words.form(low.after) == "and"
    joined = words.at(low.after).hyphened or (words.form(low.after) == "–" and words.at(low.after).token.glued)
    spoken = words.form(low.after) == "to" and words.form(at - 1) not in FROM and not _changing(words, at)
    if not (between or joined or spoken):
        return None
    here = low.after if words.at(low.after).hyphened else low.after + 1
    high = number_at(words, here, table)
    if high is None or high.value <= low.value or words.at(here).token.kind is Kind.CURRENCY:
        return None
    percent = percent_after(words, high.after, table)
    last = percent or high.after
    return Quantity(
        at - 1 if between else at,
        at,
        last,
        last,
        (low.value, high.value),
        low.step,
        low.rounded,
        PERCENT if percent else "",
        Qualifier.BETWEEN,
    )


def _changing(words: Words, at: int) -> bool:
    return words.form(at - 1) in ("up", "down", "rose", "fell")


NOT_TIMES = frozenset(
    {"room", "rooms", "bed", "check", "checks", "standards", "glazing", "figures", "agent", "jabbed", "vaccinated"}
)


def multiple(words: Words, at: int, table: Arithmetic) -> Quantity | Reserved | None:
    """A ratio in one word: "doubled", "quadrupled"."""
    worth = table.multiples.get(words.form(at))
    if worth is None:
        return None
    if words.form(at + 1) in NOT_TIMES or (words.form(at) == "twice" and words.form(at + 1) not in HIGHER):
        return Reserved(at, at + 1, "no ratio")
    return Quantity(at, at, at + 1, at + 1, (worth,), Decimal(1), False, TIMES, Qualifier.EXACT)
