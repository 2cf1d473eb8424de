"""All quantities of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from feed.read.lexer import Kind
from feed.read.numbers.forms import count, money, multiple
from feed.read.numbers.hedges import hedged
from feed.read.numbers.kinds import Arithmetic, Quantity, Reserved
from feed.read.numbers.parts import fraction, one_in
from feed.read.times import Time
from feed.read.words import Words


def read_numbers(words: Words, times: Sequence[Time], table: Arithmetic) -> tuple[list[Quantity], list[Reserved]]:
    """All quantities of a sentence, and all numbers that are none. The words of times are left out."""
    taken = {i for time in times for i in range(time.first, time.last)}
    quantities: list[Quantity] = []
    reserved: list[Reserved] = []
    at = 0
    while at < len(words):
        word = words.at(at)
        begins = word.token.kind in BEGINNING or word.form in table.starters
        found = _quantity(words, at, table) if begins and at not in taken else None
        if isinstance(found, Quantity):
            quantities.append(hedged(words, found, table, taken))
            at = max(found.last, at + 1)
        elif isinstance(found, Reserved):
            reserved.append(found)
            at = max(found.last, at + 1)
        else:
            at += 1
    return quantities, reserved


BEGINNING = frozenset({Kind.NUMBER, Kind.CURRENCY})


def _quantity(words: Words, at: int, table: Arithmetic) -> Quantity | Reserved | None:
    for grammar in (multiple, one_in, fraction, money, count):
        found = grammar(words, at, table)
        if found:
            return found
    return None
