"""All quantities of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from feed.read.lexer import Kind
from feed.read.numbers.forms import count, money, multiple
from feed.read.numbers.hedges import hedged
from feed.read.numbers.kinds import Arithmetic, Quantity, Reserved
from feed.read.numbers.parts import fraction, one_in
from feed.read.numbers.values import number_at
from feed.read.times import Time
from feed.read.words import Words


def read_numbers(words: Words, times: Sequence[Time], table: Arithmetic) -> tuple[list[Quantity], list[Reserved]]:
    """All quantities of a sentence, and all numbers that are none. The words of times are left out."""
    taken = {i for time in times for i in range(time.first, time.last)}
    quantities: list[Quantity] = []
    reserved: list[Reserved] = []
    free = 0
    for at, word in enumerate(words.all):
        if at < free or not (word.token.kind in BEGINNING or word.form in table.starters) or at in taken:
            continue
        found = _quantity(words, at, table)
        if isinstance(found, Quantity):
            quantities.append(hedged(words, found, table, taken))
            free = found.last
        elif found:
            reserved.append(found)
            free = found.last
    return quantities, reserved


BEGINNING = frozenset({Kind.NUMBER, Kind.CURRENCY})


def _quantity(words: Words, at: int, table: Arithmetic) -> Quantity | Reserved | None:
    kind = words.at(at).token.kind
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
