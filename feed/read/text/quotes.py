"""Exact stretches of an article's text as quotes that can be found again."""

from __future__ import annotations

from feed.model.figure import Quote
from feed.read.text.sentences import Document

AROUND = 30


def quoted(document: Document, start: int, end: int) -> Quote:
    """The text from code point `start` to `end`, without white space at its ends, with what stands around it."""
    text = document.article.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return exactly(text, start, end)


def exactly(text: str, start: int, end: int) -> Quote:
    """A text from code point `start` to `end` as it stands there, with what stands around it."""
    return Quote(
        exact=text[start:end],
        prefix=text[max(0, start - AROUND) : start],
        suffix=text[end : end + AROUND],
        start=start,
        end=end,
    )


def stretch(document: Document, first: int, last: int) -> Quote:
    """The tokens `first` to `last`, end excluded, as a quote."""
    return quoted(document, document.tokens[first].start, document.tokens[last - 1].end)
