"""Numbers that are called or looked up: telephones, short codes, registrations."""

from __future__ import annotations

from feed.read.english.wording import Naming
from feed.read.numbers.kinds import Arithmetic
from feed.read.numbers.values import Value
from feed.read.text.lexer import Kind
from feed.read.text.words import Words


def dialled(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """Telephone and registration numbers: digits that begin with 0, or too many of them without commas."""
    text = words.form(at)
    if value.worded or "." in text or "," in text:
        return False
    after = words.token(value.after)
    return (
        (text.startswith("0") and len(text) > 1)
        or len(text) >= 7
        or (after.kind is Kind.NUMBER and len(after.text) >= 3 and not words.hyphened(value.after))
        or _behind_nought(words, at)
        or _called(words, at, value, table.naming)
    )


def _called(words: Words, at: int, value: Value, naming: Naming) -> bool:
    """As in "text 81333", "has texted us on 84850", "call 101", "dial 999 or": digits that are called."""
    text, after = words.form(at), words.token(value.after)
    if not text.isdigit() or len(text) not in SHORT_CODES or (after.kind is Kind.WORD and after.folded not in BEHIND):
        return False
    here = at - 1
    while words.form(here) in naming.reached:
        here -= 1
    return words.form(here) in naming.calling


SHORT_CODES = range(3, 7)  # digits
BEHIND = frozenset({"to", "or", "and", "if", "for", "free", "from", "at", "when", "with", "now", "in"})


def _behind_nought(words: Words, at: int) -> bool:
    """As in "0800 555 111": digits after digits, of which the first begin with 0."""
    here = at
    while words.token(here - 1).kind is Kind.NUMBER and at - here < LONGEST:
        here -= 1
    return here < at and words.form(here).startswith("0")


LONGEST = 12  # words of such a list
