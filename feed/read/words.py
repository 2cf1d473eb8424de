"""A sentence as the grammars of time and number see it: words without hyphens and quotation marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from feed.read.endless import Endless
from feed.read.lexer import Kind, Token, made
from feed.read.sentences import Document, Sentence

UNSEEN = frozenset({Kind.HYPHEN, Kind.OPEN, Kind.CLOSE})


class Word(NamedTuple):
    """A token with its `place` among the document's tokens. `hyphened`: a hyphen stood right before it."""

    form: str
    token: Token
    place: int
    hyphened: bool


NONE = Word("", Token(Kind.OTHER, " ", "", 0, 0, glued=False), -1, hyphened=False)


def _signs(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether a hyphen is a minus: it touches the number behind it, and nothing before it but a bracket."""
    joined = tokens[at].glued and tokens[at - 1].kind is not Kind.BRACKET
    number = at + 1 < last and tokens[at + 1].glued and tokens[at + 1].kind in (Kind.NUMBER, Kind.CURRENCY)
    return number and not joined


class Words:
    """The words of one sentence. Reading past either end gives the empty word, so that grammars need no bounds.

    `at` gives the word at an index, `form` its folded form: "" beyond the ends.
    """

    __slots__ = ("all", "at", "form")

    def __init__(self, document: Document, sentence: Sentence) -> None:
        tokens = document.tokens
        kept: list[Word] = []
        hyphen = False
        for index in range(sentence.first, sentence.last):
            token = tokens[index]
            if token.kind in UNSEEN:
                hyphen = token.kind is Kind.HYPHEN
                if not (hyphen and _signs(tokens, index, sentence.last)):
                    continue
            kept.append(made(Word, (token.folded, token, index, hyphen)))
            hyphen = False
        self.all = tuple(kept)
        self.at: Callable[[int], Word] = Endless(kept, NONE).__getitem__
        self.form: Callable[[int], str] = Endless([word.form for word in kept], "").__getitem__

    def __len__(self) -> int:
        return len(self.all)

    def match(self, index: int, *phrase: str) -> bool:
        """Whether exactly these forms stand there."""
        for form in phrase:
            if self.form(index) != form:
                return False
            index += 1
        return True

    def number(self, index: int) -> int | None:
        """The whole number written in plain digits there, without commas or points; None for anything else."""
        form = self.form(index)
        return int(form) if form.isdigit() and len(form) <= 4 and self.at(index).token.kind is Kind.NUMBER else None
