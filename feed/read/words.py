"""A sentence as the grammars of time and number see it: words without hyphens and quotation marks."""

from __future__ import annotations

from dataclasses import dataclass

from feed.read.lexer import Kind, Token
from feed.read.sentences import Document, Sentence

UNSEEN = frozenset({Kind.HYPHEN, Kind.OPEN, Kind.CLOSE})


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its index among the document's tokens. `hyphened`: a hyphen stood right before it."""

    form: str
    token: Token
    index: int
    hyphened: bool


NONE = Word("", Token(Kind.OTHER, " ", "", 0, 0, glued=False), -1, hyphened=False)


class Words:
    """The words of one sentence. Reading past either end gives the empty word, so that grammars need no bounds."""

    __slots__ = ("all",)

    def __init__(self, document: Document, sentence: Sentence) -> None:
        tokens = document.tokens
        kept: list[Word] = []
        hyphen = False
        for index in range(sentence.first, sentence.last):
            token = tokens[index]
            if token.kind in UNSEEN:
                hyphen = token.kind is Kind.HYPHEN
                continue
            kept.append(Word(token.folded, token, index, hyphen))
            hyphen = False
        self.all = tuple(kept)

    def __len__(self) -> int:
        return len(self.all)

    def at(self, index: int) -> Word:
        """The word there, the empty word beyond the ends."""
        return self.all[index] if 0 <= index < len(self.all) else NONE

    def form(self, index: int) -> str:
        """The folded form there, "" beyond the ends."""
        return self.all[index].form if 0 <= index < len(self.all) else ""

    def match(self, index: int, *phrase: str) -> bool:
        """Whether exactly these forms stand there."""
        for form in phrase:
            if self.form(index) != form:
                return False
            index += 1
        return True

    def number(self, index: int) -> int | None:
        """The whole number written in plain digits there, without commas or points; None for anything else."""
        word = self.at(index)
        if word.token.kind is Kind.NUMBER and word.form.isdigit() and len(word.form) <= 4:
            return int(word.form)
        return None
