"""Qualifiers: the words around a number that make it nearly, over or at least."""

from __future__ import annotations

from feed.model.quantity import Qualifier
from feed.read.numbers.kinds import Arithmetic, Quantity
from feed.read.words import Words


def hedged(words: Words, quantity: Quantity, table: Arithmetic, taken: set[int]) -> Quantity:
    """The quantity with the qualifier that stands before or behind it. `taken`: words of times."""
    if quantity.qualifier is Qualifier.BETWEEN:
        return quantity
    opening, before = _before(words, quantity.first, table, taken)
    closing, after = _after(words, quantity.last, table)
    qualifier = before or after or Qualifier.EXACT
    return quantity._replace(opening=opening, closing=closing, qualifier=qualifier)


# Words that may stand between a qualifier and its number, three at most.
TRANSPARENT = {
    ("a", "total", "of"),
    ("a", "further"),
    ("an", "additional"),
    ("another",),
    ("a", "record"),
    ("an", "average", "of"),
    ("a", "staggering"),
    ("only",),
    ("just",),
    ("a", "whopping"),
    ("a", "massive"),
    ("an", "estimated"),
    ("a", "mere"),
    ("further",),
    ("a",),
}


OPENING = frozenset(phrase[0] for phrase in TRANSPARENT)


def _transparent(words: Words, first: int, last: int) -> bool:
    return tuple(words.form(at) for at in range(first, last)) in TRANSPARENT


def _before(words: Words, first: int, table: Arithmetic, taken: set[int]) -> tuple[int, Qualifier | None]:
    for skip in range(4):
        if skip and (words.form(first - skip) not in OPENING or not _transparent(words, first - skip, first)):
            continue
        end = first - skip
        for phrase, says in table.before.get(words.form(end - 1), ()):
            start = end - len(phrase)
            if start >= 0 and words.match(start, *phrase) and start not in taken:
                return start, says
    return first, None


def _after(words: Words, last: int, table: Arithmetic) -> tuple[int, Qualifier | None]:
    for phrase, says in table.after.get(words.form(last), ()):
        if words.match(last, *phrase):
            return last + len(phrase), says
    return last, None
