"""A sentence as the grammars of time and number see it: words without hyphens and quotation marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import repeat
from typing import NamedTuple

from feed.read.endless import blank, endless
from feed.read.lexer import UNSEEN, Kind, Token, Tokens, made
from feed.read.sentences import Document, Sentence

YEAR_LONG = 4  # digits


class Word(NamedTuple):
    """A token with its `place` among the document's tokens. `hyphened`: a hyphen stood right before it."""

    form: str
    token: Token
    place: int
    hyphened: bool


NONE = Word("", Token(Kind.OTHER, " ", "", 0, 0, glued=False), -1, hyphened=False)
NO_WORDS = blank(NONE)
NO_FORMS = blank("")


def _signs(tokens: Tokens, at: int, last: int) -> bool:
    """Whether a hyphen is a minus: it touches the number behind it, and nothing before it but a bracket."""
    joined = tokens[at].glued and tokens[at - 1].kind is not Kind.BRACKET
    number = at + 1 < last and tokens[at + 1].glued and tokens[at + 1].kind in (Kind.NUMBER, Kind.CURRENCY)
    return number and not joined


def _kept(tokens: Tokens, first: int, last: int) -> list[Word]:
    kept: list[Word] = []
    hyphen = False
    for index in range(first, last):
        token = tokens[index]
        if token.kind in UNSEEN:
            hyphen = token.kind is Kind.HYPHEN
            if not (hyphen and _signs(tokens, index, last)):
                continue
        kept.append(made(Word, (token.folded, token, index, hyphen)))
        hyphen = False
    return kept


class Words:
    """The words of one sentence. Reading past either end gives the empty word, so that grammars need no bounds.

    `kinds` and `forms`: of each word its kind, a character each, and its folded form. `at` gives the word at an index,
    `form` its form, "" beyond the ends; `number` the whole number written in plain digits there, without commas or
    points, None for anything else.
    """

    __slots__ = ("all", "at", "form", "forms", "kinds", "number")

    def __init__(self, document: Document, sentence: Sentence) -> None:
        kinds, forms = document.seen(sentence)
        first, last = sentence.first, sentence.last
        if UNSEEN.isdisjoint(kinds):
            tokens = document.tokens[first:last]
            kept = list(map(made, repeat(Word), zip(forms, tokens, range(first, last), repeat(False), strict=False)))
        else:
            kept = _kept(document.tokens, first, last)
            forms = tuple([word.form for word in kept])
            kinds = "".join([word.token.kind for word in kept])
        self.all: Sequence[Word] = kept
        self.forms: tuple[str, ...] = forms
        self.kinds = kinds
        self.at: Callable[[int], Word] = endless(kept, NO_WORDS)
        self.form: Callable[[int], str] = endless(forms, NO_FORMS)
        self.number: Callable[[int], int | None] = _numbers(kinds, forms).get

    def __len__(self) -> int:
        return len(self.all)

    def match(self, index: int, *phrase: str) -> bool:
        """Whether exactly these forms stand there."""
        return self.forms[index : index + len(phrase)] == phrase


def _numbers(kinds: str, forms: Sequence[str]) -> dict[int, int]:
    if Kind.NUMBER not in kinds:
        return {}
    found = {}
    at = kinds.find(Kind.NUMBER)
    while at >= 0:
        if len(forms[at]) <= YEAR_LONG and forms[at].isdigit():
            found[at] = int(forms[at])
        at = kinds.find(Kind.NUMBER, at + 1)
    return found
