"""A sentence as the grammars of time and number see it: words without hyphens and quotation marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from feed.read.text.endless import blank, endless
from feed.read.text.lexer import UNSEEN, Kind, Token, Tokens
from feed.read.text.sentences import Document, Sentence

YEAR_LONG = 4  # digits
NEVER: frozenset[int] = frozenset()


NO_TOKENS = blank(Token(Kind.OTHER, " ", "", 0, 0, glued=False))
NO_FORMS = blank("")
NO_PLACES = blank(-1)


def _signs(tokens: Tokens, at: int, last: int) -> bool:
    """Whether a hyphen is a minus: it touches the number behind it, and nothing before it but a bracket."""
    joined = tokens[at].glued and tokens[at - 1].kind is not Kind.BRACKET
    number = at + 1 < last and tokens[at + 1].glued and tokens[at + 1].kind in (Kind.NUMBER, Kind.CURRENCY)
    return number and not joined


def _seen(tokens: Tokens, first: int, last: int) -> tuple[list[int], set[int]]:
    """The tokens that grammars see, and at which words of these a hyphen stood right before."""
    places: list[int] = []
    hyphened: set[int] = set()
    for place in range(first, last):
        kind = tokens[place].kind
        if kind not in UNSEEN or (kind is Kind.HYPHEN and _signs(tokens, place, last)):
            after = place > first and tokens[place - 1].kind is Kind.HYPHEN and places[-1:] != [place - 1]
            if after or kind is Kind.HYPHEN:
                hyphened.add(len(places))
            places.append(place)
    return places, hyphened


class Words:
    """The words of one sentence. Reading past either end gives the empty word, so that grammars need no bounds.

    `tokens`, `kinds` and `forms`: of each word its token, its kind, a character each, and its folded form. By the index
    of a word, `token` gives its token, `place` its place among the document's tokens, `form` its form, "" beyond the
    ends; `hyphened` whether a hyphen stood right before it; `number` the whole number written in plain digits there,
    without commas or points, None for anything else. `next_line`: the token behind the sentence, "" for none.
    """

    __slots__ = ("form", "forms", "hyphened", "kinds", "next_line", "number", "place", "token", "tokens")

    def __init__(self, document: Document, sentence: Sentence) -> None:
        kinds, forms = document.seen(sentence)
        places: Sequence[int] = range(sentence.first, sentence.last)
        tokens: Sequence[Token] = document.tokens[sentence.first : sentence.last]
        hyphened: Set[int] = NEVER
        if not UNSEEN.isdisjoint(kinds):
            places, hyphened = _seen(document.tokens, sentence.first, sentence.last)
            tokens = [document.tokens[place] for place in places]
            forms = tuple([token.folded for token in tokens])
            kinds = "".join([token.kind for token in tokens])
        self.next_line = document.tokens[sentence.last].text if sentence.last < len(document.tokens) else ""
        self.forms: tuple[str, ...] = forms
        self.kinds = kinds
        self.tokens = tokens
        self.token: Callable[[int], Token] = endless(tokens, NO_TOKENS)
        self.form: Callable[[int], str] = endless(forms, NO_FORMS)
        self.place: Callable[[int], int] = endless(places, NO_PLACES)
        self.hyphened: Callable[[int], bool] = hyphened.__contains__
        self.number: Callable[[int], int | None] = _numbers(kinds, forms).get

    def __len__(self) -> int:
        return len(self.forms)

    def match(self, index: int, *phrase: str) -> bool:
        """Whether exactly these forms stand there."""
        return self.forms[index : index + len(phrase)] == phrase


def each(kinds: str, kind: Kind) -> list[int]:
    """The indexes of all words of that kind."""
    found = []
    at = kinds.find(kind)
    while at >= 0:
        found.append(at)
        at = kinds.find(kind, at + 1)
    return found


def _numbers(kinds: str, forms: Sequence[str]) -> dict[int, int]:
    plain = (at for at in each(kinds, Kind.NUMBER) if len(forms[at]) <= YEAR_LONG and forms[at].isdigit())
    return {at: int(forms[at]) for at in plain}
