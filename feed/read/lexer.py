"""Characters to tokens: what kind each is, how it compares, where it stands, and whether it touches the one before."""

from __future__ import annotations

import re
from itertools import islice
from typing import ClassVar, NamedTuple

from feed.read.marks import Mark


class Kind(Mark):
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


# A possessive 's is a token of its own, so that "Anna's" is Anna; "don't" stays one word.
_POSSESSIVE = r"['’]s(?![^\W\d_])"
# Space before a token is taken with it, so that no alternative is tried on space; plain words are the first of them.
_PATTERN = re.compile(
    r"\s*+(?:"
    + "|".join(
        (
            r"(?P<word>[A-Za-z]++(?![^\W\d_]|['’])|"
            rf"[^\W\d_]+(?:['’](?!s(?![^\W\d_]))[^\W\d_]+)*|(?<=[^\W\d_]){_POSSESSIVE})",
            r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)",
            r"(?P<currency>[£$€¥₦₹])",
            r"(?P<percent>%)",
            r"(?P<hyphen>[-\u2010\u2011])",
            r"(?P<dash>[–—−])",
            r"(?P<slash>/)",
            r"(?P<open>[“‘«])",
            r"(?P<close>[”’»])",
            r"(?P<straight>[\"'`])",
            r"(?P<bracket>[(\[{])",
            r"(?P<unbracket>[)\]}])",
            r"(?P<other>…|\.{2,})",
            r"(?P<stop>[.!?])",
            r"(?P<comma>,)",
            r"(?P<colon>:)",
            r"(?P<semicolon>;)",
            r"(?P<rest>\S)",
        )
    )
    + ")"
)

# By number of the group. Those that are no kinds, "straight" and "rest", are OTHER.
_KINDS: tuple[Kind, ...] = (Kind.OTHER, *(getattr(Kind, name.upper(), Kind.OTHER) for name in _PATTERN.groupindex))
_STRAIGHT = _PATTERN.groupindex["straight"]
made = tuple.__new__  # the constructor of a named tuple costs twice as much


def _quote_kind(text: str, start: int, end: int) -> Kind:
    # A straight mark opens when space stands before it and none after it; every other one closes.
    before = start == 0 or text[start - 1].isspace() or text[start - 1] in "([{“‘"
    after = end < len(text) and not text[end].isspace()
    return Kind.OPEN if before and after else Kind.CLOSE


def lex(text: str, most: int | None = None) -> tuple[Token, ...]:
    """All tokens of a text (or so many of them), in order; white space is none. Linear in the text's length."""
    tokens = []
    last = -1
    for match in islice(_PATTERN.finditer(text.rstrip()), most):
        group = match.lastindex or 0
        start, end = match.span(group)
        kind = _quote_kind(text, start, end) if group == _STRAIGHT else _KINDS[group]
        raw = folded = text[start:end]
        if kind is Kind.WORD:
            folded = raw.lower().replace("’", "'")
        tokens.append(made(Token, (kind, raw, folded, start, end, start == last)))
        last = end
    return tuple(tokens)
