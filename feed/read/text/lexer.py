"""Characters to tokens: what kind each is, how it compares, where it stands, and whether it touches the one before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, islice, repeat
from operator import add, not_
from typing import ClassVar, NamedTuple

from feed.read.text.marks import Mark
from feed.read.text.once import lazily


class Kind(Mark, letters=True):
    """What a token is by its characters alone."""

    __slots__ = ()

    WORD: ClassVar[Kind]
    NUMBER: ClassVar[Kind]
    CURRENCY: ClassVar[Kind]
    PERCENT: ClassVar[Kind]
    HYPHEN: ClassVar[Kind]
    DASH: ClassVar[Kind]
    SLASH: ClassVar[Kind]
    OPEN: ClassVar[Kind]
    CLOSE: ClassVar[Kind]
    BRACKET: ClassVar[Kind]
    UNBRACKET: ClassVar[Kind]
    STOP: ClassVar[Kind]
    COMMA: ClassVar[Kind]
    COLON: ClassVar[Kind]
    SEMICOLON: ClassVar[Kind]
    OTHER: ClassVar[Kind]


class Token(NamedTuple):
    """One token. `text` as it stands; `folded` lower case with plain apostrophes; code points, end excluded.

    `glued`: nothing, not even a space, stands between it and the token before.
    """

    kind: Kind
    text: str
    folded: str
    start: int
    end: int
    glued: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


class Tokens(tuple[Token, ...]):
    """The tokens of a text. Of each: `kinds`, a character each, `forms`, its folded text, and `starts`, its place."""

    kinds: str
    forms: tuple[str, ...]
    starts: tuple[int, ...]

    def __new__(cls, tokens: Iterable[Token]) -> Tokens:
        """These tokens."""
        made_ = super().__new__(cls, tokens)
        columns = zip(*made_, strict=True) if made_ else ((),) * len(Token._fields)
        kinds, _, made_.forms, made_.starts, _, _ = columns
        made_.kinds = "".join(kinds)
        made_._found = {}
        return made_

    @lazily
    def _places(self) -> dict[str, list[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for at, form in enumerate(self.forms):
            places[form].append(at)
        return places

    _found: dict[int, tuple[Mapping[str, object], list[int]]]

    def beginning(self, words: Mapping[str, object], first: int, stop: int) -> Sequence[int]:
        """Where in that range one of these words stands, in order. All places are looked up once for the same words."""
        kept = self._found.get(id(words))
        if kept is None:
            found = sorted([at for form in words.keys() & self._places.keys() for at in self._places[form]])
            self._found[id(words)] = words, found  # the words, too, so that nothing else gets their identity
        else:
            found = kept[1]
        if not found:
            return found
        low = bisect_left(found, first)
        return found[low : bisect_left(found, stop, low)]


# A possessive 's is a token of its own, so that "Anna's" is Anna; "don't" stays one word.
_POSSESSIVE = r"['’]s(?![^\W\d_])"
# Space before a token is taken with it, so that the pieces are the whole text; plain words are tried first.
_PATTERN = re.compile(
    r"\s*+(?:"
    + "|".join(
        (
            r"[A-Za-z]++(?![^\W\d_]|['’])",
            rf"[^\W\d_]+(?:['’](?!s(?![^\W\d_]))[^\W\d_]+)*|(?<=[^\W\d_]){_POSSESSIVE}",
            r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?",
            r"\.{2,}",
            r"\S",
        )
    )
    + ")"
)
_WORD = re.compile(rf"[^\W\d_]|{_POSSESSIVE}")
_SIGNS = {
    "0123456789": Kind.NUMBER,
    "£$€¥₦₹": Kind.CURRENCY,
    "%": Kind.PERCENT,
    "-\u2010\u2011": Kind.HYPHEN,
    "–—−": Kind.DASH,
    "/": Kind.SLASH,
    "“‘«": Kind.OPEN,
    "”’»\"'`": Kind.CLOSE,
    "([{": Kind.BRACKET,
    ")]}": Kind.UNBRACKET,
    ".!?": Kind.STOP,
    ",": Kind.COMMA,
    ":": Kind.COLON,
    ";": Kind.SEMICOLON,
}
_BY_SIGN = {sign: kind for signs, kind in _SIGNS.items() for sign in signs}
_STRAIGHT = frozenset("\"'`")
made = tuple.__new__  # the constructor of a named tuple costs twice as much


class _Seen(dict[str, tuple[Kind, str, str, int]]):
    """Kind, text, folded text and space before it, of every piece of text seen lately: few of them are new."""

    ROOM = 1 << 14
    SHORT = 32  # characters; what is longer seldom comes again

    def __missing__(self, piece: str) -> tuple[Kind, str, str, int]:
        text = piece.lstrip()
        lead = len(piece) - len(text)
        if _WORD.match(text):
            found = Kind.WORD, text, text.lower().replace("’", "'"), lead
        else:
            kind = Kind.OTHER if text[:2] == ".." else _BY_SIGN.get(text[0], Kind.OTHER)
            found = kind, text, text, lead
        if len(piece) < self.SHORT:
            if len(self) >= self.ROOM:
                self.clear()
            self[piece] = found
        return found


_seen = _Seen()


def _opens(text: str, start: int, end: int) -> bool:
    # A straight mark opens when space stands before it and none after it; every other one closes.
    before = start == 0 or text[start - 1].isspace() or text[start - 1] in "([{“‘"
    return before and end < len(text) and not text[end].isspace()


def lex(text: str, most: int | None = None) -> Tokens:
    """All tokens of a text (or so many of them), in order; white space is none. Linear in the text's length."""
    pieces = list(map(re.Match.group, islice(_PATTERN.finditer(text.rstrip()), most)))
    if not pieces:
        return Tokens(())
    kinds: Sequence[Kind]
    folded: Sequence[str]
    kinds, raws, folded, leads = zip(*map(_seen.__getitem__, pieces), strict=True)
    ends = list(accumulate(map(len, pieces)))
    starts = list(map(add, (0, *ends), leads))
    if not _STRAIGHT.isdisjoint(raws):
        signs = zip(kinds, raws, starts, ends, strict=True)
        kinds = tuple(Kind.OPEN if raw in _STRAIGHT and _opens(text, *at) else kind for kind, raw, *at in signs)
    apart = _dashes(text, kinds, starts, ends) if " - " in text else set[int]()
    if apart:
        kinds = [Kind.DASH if at in apart else kind for at, kind in enumerate(kinds)]
        folded = ["–" if at in apart else form for at, form in enumerate(folded)]
    glued = (False, *map(not_, leads[1:]))
    return Tokens(map(made, repeat(Token), zip(kinds, raws, folded, starts, ends, glued, strict=True)))


def _dashes(text: str, kinds: Sequence[Kind], starts: Sequence[int], ends: Sequence[int]) -> set[int]:
    """The hyphens that stand for a dash: a space on either side, and not between two numbers."""
    found = set()
    for at, kind in enumerate(kinds):
        if kind is Kind.HYPHEN and 0 < at < len(kinds) - 1 and text[starts[at] - 1 : ends[at] + 1] == " - ":
            numbers = kinds[at - 1] is kinds[at + 1] is Kind.NUMBER
            found |= set() if numbers else {at}
    return found


UNSEEN = frozenset({Kind.HYPHEN, Kind.OPEN, Kind.CLOSE})  # what grammars and patterns pass over


def wordy(phrase: str) -> bool:
    """Whether a phrase is nothing but plain words, so that its words are its tokens."""
    return phrase.isascii() and phrase.replace(" ", "").isalpha()


def split(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as those of a sentence are compared with patterns: folded, without hyphens and quotes."""
    if wordy(phrase):
        return tuple(phrase.lower().split())
    return tuple([token.folded for token in lex(phrase) if token.kind not in UNSEEN])
