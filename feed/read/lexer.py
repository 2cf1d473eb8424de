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
_PATTERN = re.compile(
    "|".join(
        (
            rf"(?P<word>[^\W\d_]+(?:['’](?!s(?![^\W\d_]))[^\W\d_]+)*|(?<=[^\W\d_]){_POSSESSIVE})",
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
)

_KINDS = {kind.value: kind for kind in Kind} | {"rest": Kind.OTHER}
_PLAIN = str.maketrans({"’": "'"})


def _quote_kind(text: str, start: int, end: int) -> Kind:
    # A straight mark opens when space stands before it and none after it; every other one closes.
    before = start == 0 or text[start - 1].isspace() or text[start - 1] in "([{“‘"
    after = end < len(text) and not text[end].isspace()
    return Kind.OPEN if before and after else Kind.CLOSE


def lex(text: str) -> tuple[Token, ...]:
    """All tokens of a text, in order; white space is none. Linear in the text's length."""
    tokens = []
    last = -1
    for match in _PATTERN.finditer(text):
        name = match.lastgroup or "rest"
        start, end = match.span()
        kind = _quote_kind(text, start, end) if name == "straight" else _KINDS[name]
        raw = match.group()
        folded = raw.lower().translate(_PLAIN) if kind is Kind.WORD else raw
        tokens.append(Token(kind, raw, folded, start, end, start == last))
        last = end
    return tuple(tokens)
