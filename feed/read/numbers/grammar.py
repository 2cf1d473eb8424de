"""All quantities of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from feed.read.numbers.forms import bare, count, money, multiple
from feed.read.numbers.hedges import hedged
from feed.read.numbers.kinds import PERCENT, SIGNS, Arithmetic, Quantity, Reserved
from feed.read.numbers.parts import fraction, one_in
from feed.read.numbers.ranges import ranged
from feed.read.numbers.values import number_at
from feed.read.text.lexer import Kind
from feed.read.text.words import Words
from feed.read.times import Time


def read_numbers(words: Words, times: Sequence[Time], table: Arithmetic) -> tuple[list[Quantity], list[Reserved]]:
    """All quantities of a sentence, and all numbers that are none. The words of times are left out."""
    starters = table.starters
    both = enumerate(zip(words.kinds, words.forms, strict=True))
    begin = [at for at, (kind, form) in both if form in starters or kind in BEGINNING]
    quantities: list[Quantity] = []
    reserved: list[Reserved] = []
    if not begin:
        return quantities, reserved
    taken = {i for time in times for i in range(time.first, time.last)}
    free = 0
    for at in begin:
        if at < free or at in taken:
            continue
        found = _quantity(words, at, table, taken)
        if isinstance(found, Quantity):
            quantities.append(hedged(words, found, table, taken))
            free = found.last
        elif found:
            reserved.append(found)
            free = found.last
    return _sharing(words, _listed(words, quantities)), reserved


def _sharing(words: Words, quantities: list[Quantity]) -> list[Quantity]:
    """As in "from 61 to 48 per cent", "from £4.5 to £15.3bn": what is told once, behind the second, holds for both."""
    for index, (one, two) in enumerate(pairwise(quantities)):
        joined = words.form(one.opening - 1) == "from" and words.form(one.last) == "to" and two.opening == one.last + 1
        if joined and one.unit in ("", two.unit) and one.scale == 1 and (two.unit == PERCENT or two.scale > 1):
            by = two.scale if one.numbers[0] < THOUSAND else Decimal(1)
            numbers = tuple(number * by for number in one.numbers)
            quantities[index] = one._replace(unit=two.unit, numbers=numbers, step=one.step * by, scale=by, points=False)
    return quantities


def _listed(words: Words, quantities: list[Quantity]) -> list[Quantity]:
    """As in "up by 48 and 51 per cent", "41, 47 and 52 per cent": the sign is told once, behind the last."""
    shared = -1  # where the last one stands that has its sign from another
    for index in range(len(quantities) - 2, -1, -1):
        one, two = quantities[index], quantities[index + 1]
        joint = words.form(one.last)
        joined = joint in ("and", "or") or (joint == "," and shared == index + 1)
        bare_ = not one.unit and one.scale == 1 and max(one.numbers) <= WHOLE
        if joined and bare_ and two.unit == PERCENT and not two.fraction and two.opening == one.last + 1:
            quantities[index] = one._replace(unit=PERCENT, rounded=two.rounded)
            shared = index
    return quantities


WHOLE = 100  # per cent
THOUSAND = 1000  # what is less may leave its scale to the other end


BEGINNING = frozenset({Kind.NUMBER, Kind.CURRENCY})


def _quantity(words: Words, at: int, table: Arithmetic, taken: set[int]) -> Quantity | Reserved | None:
    if words.form(at) in SIGNS:
        return _signed(words, at, table)
    found = _single(words, at, table)
    if not isinstance(found, Quantity) or (found.fraction and words.form(found.first - 1) != "between"):
        return found

    def high(here: int) -> Quantity | None:
        return None if here in taken else _end(words, here, table)

    return ranged(words, found, table, high) or found


def _signed(words: Words, at: int, table: Arithmetic) -> Quantity | None:
    """As in "+12%", "-93,000": a sign that touches its number and nothing before it."""
    sign, number = words.token(at), words.token(at + 1)
    loose = not sign.glued or words.token(at - 1).kind in (Kind.BRACKET, Kind.COMMA)
    if not (loose and number.glued and number.kind in BEGINNING):
        return None
    found = _single(words, at + 1, table)
    if not isinstance(found, Quantity) or found.fraction:
        return None
    return found._replace(opening=at, first=at, sign=SIGNS[sign.text])


def _end(words: Words, here: int, table: Arithmetic) -> Quantity | None:
    """The number that may be the high end of a range."""
    if words.token(here).kind is Kind.CURRENCY:
        return money(words, here, table)
    part = fraction(words, here, table)
    if part is not None:
        return part if isinstance(part, Quantity) else None
    value = number_at(words, here, table)
    found = value and bare(words, here, value, table)
    return found if isinstance(found, Quantity) else None


def _single(words: Words, at: int, table: Arithmetic) -> Quantity | Reserved | None:
    kind = words.token(at).kind
    if kind is Kind.CURRENCY:
        return money(words, at, table)
    value = number_at(words, at, table)
    if kind is Kind.NUMBER:
        if value is None:
            return Reserved(at, at + 1, "telephone or reference number")
        return one_in(words, at, value, table) or count(words, at, value, table)
    return (
        multiple(words, at, table)
        or (value and one_in(words, at, value, table))
        or fraction(words, at, table)
        or (value and count(words, at, value, table))
    )
