"""Two numbers that are the ends of one range: "between 10 and 20", "10-20", "£3-5 billion", "5 to 7 per cent"."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from feed.model.quantity import Qualifier
from feed.read.numbers.hedges import hedge_before
from feed.read.numbers.kinds import PERCENT, TIMES, Arithmetic, Quantity
from feed.read.numbers.values import FROM
from feed.read.text.lexer import Kind
from feed.read.text.words import Words

NEAR = 3  # the most that the high end of "10-12,000" may be of its low end
THOUSAND = Decimal(1000)
Read = Callable[[int], Quantity | None]


def ranged(words: Words, low: Quantity, table: Arithmetic, read: Read) -> Quantity | None:
    """The range that begins with a number; None when it stands for itself. `read`: the number at a word."""
    between = words.form(low.first - 1) == "between"
    here = _high_at(words, low, table, between=between)
    high = read(here) if here else None
    if high is None or TIMES in (low.unit, high.unit) or high.unit not in _units(low) or low.points or high.points:
        return None
    start = _scaled(low, high)
    if not start < high.numbers[0]:
        return None
    opening = low.first - 1 if between else low.first
    return low._replace(
        opening=opening,
        last=high.last,
        closing=high.last,
        numbers=(start, high.numbers[0]),
        step=high.step,
        rounded=low.rounded or high.rounded,
        unit=low.unit or high.unit,
        qualifier=Qualifier.BETWEEN,
        scale=high.scale,
    )


def _units(low: Quantity) -> tuple[str, ...]:
    """The units that the high end may have: what the low end leaves out is told once."""
    return (low.unit,) if low.unit == PERCENT else (low.unit, "") if low.unit else ("", PERCENT)


def _high_at(words: Words, low: Quantity, table: Arithmetic, *, between: bool) -> int:
    """The word where the high end begins, 0 when no word joins one."""
    at = low.last
    joint = words.token(at)
    if between:
        return at + 1 if joint.folded == "and" else 0
    if words.hyphened(at) and joint.kind in (Kind.NUMBER, Kind.CURRENCY):
        return at
    if joint.folded in ("–", "—") and joint.glued and words.token(at + 1).glued:
        return at + 1
    if joint.folded != "to" or _moves(words, low, table):
        return 0
    return at + 1


def _moves(words: Words, low: Quantity, table: Arithmetic) -> bool:
    """As in "from 12 to 300", "rose 12 to 300": two numbers, no range. "By 5 to 7 per cent" is one."""
    opening, _ = hedge_before(words, low, table, set())
    before = words.form(opening - 1)
    if before in table.moving or before == "from":
        return True
    return before in FROM and not _shared_percent(words, low)


def _shared_percent(words: Words, low: Quantity) -> bool:
    return not low.unit and any(
        words.form(at) in ("%", "per", "percent", "pc") for at in range(low.last + 2, low.last + 4)
    )


def _scaled(low: Quantity, high: Quantity) -> Decimal:
    """The low end with the scale that only the high end tells: "£3-5 billion", "10-12,000"."""
    start, end = low.numbers[0], high.numbers[0]
    if low.scale > 1 or (high.scale == 1 and end % THOUSAND):
        return start
    by = high.scale if high.scale > 1 else THOUSAND
    shared = by > 1 and start < end / by and (high.scale > 1 or (start < THOUSAND and end / by <= NEAR * start))
    return start * by if shared else start
