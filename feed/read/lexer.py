"""Characters to tokens: what kind each is, how it compares, where it stands, and whether it touches the one before."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a token is by its characters alone."""

    WORD = "word"
    NUMBER = "number"
    CURRENCY = "currency"
    PERCENT = "percent"
    HYPHEN = "hyphen"
    DASH = "dash"
    SLASH = "slash"
    OPEN = "open"
    CLOSE = "close"
    BRACKET = "bracket"
    UNBRACKET = "unbracket"
    STOP = "stop"
    COMMA = "comma"
    COLON = "colon"
    SEMICOLON = "semicolon"
    OTHER = "other"


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

_NAMED = {kind.value: kind for kind in Kind}
_KINDS = (Kind.OTHER, *(_NAMED.get(name, Kind.OTHER) for name in _PATTERN.groupindex))  # by number of the group
_STRAIGHT = _PATTERN.groupindex["straight"]
_made = tuple.__new__  # the constructor of a named tuple costs twice as much


def _quote_kind(text: str, start: int, end: int) -> Kind:
    # A straight mark opens when space stands before it and none after it; every other one closes.
    before = start == 0 or text[start - 1].isspace() or text[start - 1] in "([{“‘"
    after = end < len(text) and not text[end].isspace()
    return Kind.OPEN if before and after else Kind.CLOSE


def lex(text: str) -> tuple[Token, ...]:
    """All tokens of a text, in order; white space is none. Linear in the text's length."""
    tokens = []
    last = -1
    for match in _PATTERN.finditer(text.rstrip()):
        group = match.lastindex or 0
        start, end = match.span(group)
        kind = _quote_kind(text, start, end) if group == _STRAIGHT else _KINDS[group]
        raw = folded = text[start:end]
        if kind is Kind.WORD:
            folded = raw.lower().replace("’", "'")
        tokens.append(_made(Token, (kind, raw, folded, start, end, start == last)))
        last = end
    return tuple(tokens)
