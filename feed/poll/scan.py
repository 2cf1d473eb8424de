"""What a feed's bytes must not hold, found before anything parses them. Linear in their length."""

from __future__ import annotations

import re

from feed.model.errors import FetchRefused

ITEMS = 2000
_ITEM = re.compile(rb"<(?:[A-Za-z][\w.-]{0,30}:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)

# In all of these a markup byte stands for itself. In others (UTF-7, EBCDIC) markup could hide from a scan of bytes.
_OPEN = re.compile(
    r"utf-?8|us-ascii|ascii|iso-?8859-\d{1,2}|latin-?\d|l1|windows-\d{3,4}|cp125\d|koi8-[ru]|macintosh|utf-?(16|32)(le|be|-le|-be)?"
    r"|gbk|gb2312|gb18030|big5(-hkscs)?|shift_jis|shift-jis|sjis|euc-(jp|kr|tw|cn)|tis-620|ks_c_5601-1987",
    re.IGNORECASE,
)


def refuse_hostile(body: bytes, content_type: str, *, where: str) -> None:
    """Raise FetchRefused for entity declarations, an internal document type, too many items or a hiding encoding.

    A document type that only names a public one passes; the parser leaves it out.
    """
    plain = body.replace(b"\0", b"") if b"\0" in body[:4096] else body  # UTF-16 and UTF-32 spell markup with NULs
    why = _hidden(plain, content_type) or _declarations(plain.lower()) or _items(plain)
    if why:
        raise FetchRefused(why, where=where)


def _hidden(plain: bytes, content_type: str) -> str:
    declared = _DECLARED.match(plain.lstrip(b"\xef\xbb\xbf\xff\xfe"))
    names = [declared[1].decode("latin-1")] if declared else []
    names += [found[1] for found in _CHARSET.finditer(content_type[:200])]
    strange = [name for name in names if not _OPEN.fullmatch(name)]
    return f"the feed says that it is written in {strange[0]}, which is not read" if strange else ""


def _declarations(lower: bytes) -> str:
    if b"<!entity" in lower:
        return "the feed declares XML entities"
    at = lower.find(b"<!doctype")
    while at >= 0:
        end = lower.find(b">", at)
        if b"[" in lower[at : end if end >= 0 else len(lower)]:
            return "the feed carries a document type of its own"
        at = lower.find(b"<!doctype", end) if end >= 0 else -1
    return ""


def _items(plain: bytes) -> str:
    count = sum(1 for _ in _ITEM.finditer(plain))
    return f"the feed lists {count} entries; at most {ITEMS} are read" if count > ITEMS else ""
