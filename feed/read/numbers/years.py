"""Bare numbers that are years: "in 2024", "built in 1871"."""

from __future__ import annotations

from feed.read.numbers.kinds import Arithmetic
from feed.read.numbers.values import Value
from feed.read.text.lexer import Kind
from feed.read.text.words import Words
from feed.read.times.dates import YEARS


def bare_year(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """A bare 1900-2099, unless a count noun or a qualifier beside it says otherwise."""
    del table
    text = words.form(at)
    bare = not value.worded and len(text) == 4 and text.isdigit() and value.after == at + 1
    return bare and (int(text) in YEARS or (int(text) in LONG_AGO and _then(words, at, value)))


LONG_AGO = range(1000, 1900)


def _then(words: Words, at: int, value: Value) -> bool:
    """As in "built in 1871 and", "in 1789,": a year long ago, where no noun follows."""
    noun = words.token(value.after).kind is Kind.WORD and words.form(value.after) not in (
        "and",
        "but",
        "by",
        "for",
        "to",
    )
    return words.form(at - 1) in ("in", "since", "of", "from", "until", "circa") and not noun
