"""What somebody said, in the words that the article quotes."""

from __future__ import annotations

from collections.abc import Iterator

from feed.model.fact import Statement
from feed.model.reading import FoundFact
from feed.read.speakers import Speech
from feed.read.text.quotes import stretch


def statements(speech: Speech) -> Iterator[FoundFact]:
    """One statement for each quotation of a known speaker, paragraph by paragraph; the marks are left out."""
    for spoken in speech.spoken:
        quote = stretch(speech.cast.document, spoken.first, spoken.last)
        fact = Statement(speaker=spoken.speaker[:200], quote=quote, as_of=speech.cast.published)
        yield FoundFact(fact, "statement")
