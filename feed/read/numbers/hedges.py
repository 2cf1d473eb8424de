"""Qualifiers: the words around a number that make it nearly, over or at least."""

from __future__ import annotations

from feed.model.quantity import Qualifier
from feed.read.numbers.kinds import Arithmetic, Quantity
from feed.read.text.words import Words

FARTHEST = 4  # words between a qualifier and its number


def hedged(words: Words, quantity: Quantity, table: Arithmetic, taken: set[int]) -> Quantity:
    """The quantity with the qualifier that stands before or behind it. `taken`: words of times."""
    opening, before = hedge_before(words, quantity, table, taken)
    if quantity.qualifier is Qualifier.BETWEEN:
        return quantity._replace(opening=min(opening, quantity.opening))
    closing, after = _after(words, quantity.last, table)
    if words.form(quantity.last) in table.markers:  # "the 50,000 mark": the mark counts nothing
        closing = quantity.last + 1
    bounded = after if before is Qualifier.ABOUT else None  # "some 30,000 or more"
    qualifier = bounded or before or after or Qualifier.EXACT
    if (opening, closing, qualifier) == (quantity.opening, quantity.closing, quantity.qualifier):
        return quantity
    return quantity._replace(opening=opening, closing=closing, qualifier=qualifier)


def hedge_before(words: Words, quantity: Quantity, table: Arithmetic, taken: set[int]) -> tuple[int, Qualifier | None]:
    """(where the qualifier before a number begins, what it says); the number's own beginning and None for none."""
    first = quantity.opening
    mark = words.form(quantity.last) in table.markers
    for end in range(first, first - FARTHEST - 1, -1):
        sized = table.before.get(words.form(end - 1))
        if sized is None or not _passes(words, end, first, table, mark=mark):
            continue
        for size, phrases in sized:
            start = end - size
            for phrase in phrases.get(words.forms[start:end], ()) if start >= 0 and start not in taken else ():
                if (mark or not phrase.marked) and words.form(start - 1) not in phrase.unless:
                    return start, phrase.says
    return first, None


def _passes(words: Words, start: int, first: int, table: Arithmetic, *, mark: bool) -> bool:
    """Whether what stands between a qualifier and its number is transparent: "more than <a further> 300"."""
    if start == first or (mark and first - start == 1 and words.form(start) == "the"):
        return True
    if words.form(start) not in table.opening:
        return False
    return tuple(words.form(at) for at in range(start, first)) in table.transparent


def _after(words: Words, last: int, table: Arithmetic) -> tuple[int, Qualifier | None]:
    for phrase in table.after.get(words.form(last), ()):
        end = last + len(phrase.words)
        if words.match(last, *phrase.words) and words.form(end) != "than":
            return end, phrase.says
    for phrase in table.after.get(words.form(last + 1), ()):
        end = last + 1 + len(phrase.words)
        if phrase.apart and words.match(last + 1, *phrase.words) and words.form(end) != "than":
            return last, phrase.says
    return last, None
