"""What a source wrote, made fit for one line, one header or one link. HTML is escaped by the templates, not here."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

HEADER_LENGTH = 200
URL_LENGTH = 2048
# Controls, formats (direction marks among them), line and paragraph separators, and halves of characters.
BREAKING = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


def line(text: str) -> str:
    """The text in NFC on one line: whatever could break, hide or turn it round becomes a space, runs of spaces one."""
    kept = (" " if unicodedata.category(c) in BREAKING else c for c in unicodedata.normalize("NFC", text))
    return " ".join("".join(kept).split())


def header(text: str) -> str:
    """`line`, and no encoded word (CVE-2024-6923), and at most 200 characters: fit for the value of a mail header."""
    return line(text).replace("=?", "= ?")[:HEADER_LENGTH].rstrip()


def xml(text: str) -> str:
    """The text without the characters that no XML document may hold: each becomes a space. Markup is not escaped."""
    return "".join(c if _in_xml(ord(c)) else " " for c in text)


def _in_xml(code: int) -> bool:
    return code in (0x9, 0xA) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def link(url: str | None) -> str | None:
    """The address when it is one of http or https that we would send people to, else None."""
    if url is None or len(url) > URL_LENGTH or line(url) != url or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
