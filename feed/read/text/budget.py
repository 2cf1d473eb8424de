"""How much of an article is read.

The laws count letters, tokens, numbers and findings, never time: the same text stops at the same place on any machine
and at every replay. No article that a person wrote comes near them; a text that does is made to cost time.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import islice

from feed.model.reading import FoundFact, FoundFigure, Leftover, Reading, Unread
from feed.read.text.lexer import Kind, Tokens, lex

LETTERS = 500_000
TOKENS = 100_000
NUMBERS = 2_000  # and words that may begin one, or a date: what costs the most to read
FOUND = 300  # figures and facts; with the alerts that they raise they go to the log in one batch


def afford(text: str, counted: Set[str]) -> tuple[Tokens, str]:
    """The tokens of a text as far as the laws allow, and the law that stopped them: "" when that is all of them.

    `counted`: words that count as numbers.
    """
    tokens = lex(text[:LETTERS], TOKENS + 1)
    if len(tokens) > TOKENS:
        tokens, why = Tokens(tokens[:TOKENS]), f"more than {TOKENS:,} words and signs"
    else:
        why = f"more than {LETTERS:,} characters" if len(text) > LETTERS else ""
    if len(tokens) <= NUMBERS:
        return tokens, why
    numbers = (at for at, token in enumerate(tokens) if token.kind is Kind.NUMBER or token.folded in counted)
    over = next(islice(numbers, NUMBERS, None), None)
    return (tokens, why) if over is None else (Tokens(tokens[:over]), f"more than {NUMBERS:,} numbers")


def within(reading: Reading, figures: Sequence[FoundFigure], length: int) -> Reading:
    """The reading up to the sentence in which as much was found as may be; `length` is the article's.

    `figures`: all that were found, those among them that are not told because they are too likely wrong.
    """
    found = sorted(_starts(figures, reading.facts))
    if len(found) <= FOUND:
        return reading
    stop = found[FOUND]
    return Reading(
        tuple(each for each in reading.figures if each.figure.quote.start < stop),
        tuple(each for each in reading.facts if each.fact.quote.start < stop),
        _before(reading.leftovers, stop),
        reader=reading.reader,
        pack=reading.pack,
        unread=Unread(stop, length, f"more than {FOUND:,} figures and facts"),
    )


def _starts(figures: Sequence[FoundFigure], facts: Sequence[FoundFact]) -> list[int]:
    return [each.figure.quote.start for each in figures] + [each.fact.quote.start for each in facts]


def _before(leftovers: Sequence[Leftover], stop: int) -> tuple[Leftover, ...]:
    return tuple(row for row in leftovers if row.start < stop)
