"""Quotations with their speakers, and paragraphs that a colon hands over to somebody."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from feed.read.cast import Cast
from feed.read.speakers.voices import FEWEST, Voice, verb_of
from feed.read.speakers.words import Words, subject_until, words
from feed.read.text.lexer import Kind, Token
from feed.read.text.sentences import Paragraph, Quotation


class Spoken(NamedTuple):
    """Words that somebody said: token indexes without the marks, end excluded, and the speaker."""

    first: int
    last: int
    speaker: str


def quotations(cast: Cast, table: Words, voices: tuple[Voice, ...]) -> Iterator[Spoken]:
    """Quotations with their speakers, and paragraphs that a colon hands over to somebody."""
    document = cast.document
    by_paragraph: dict[int, list[Quotation]] = {}
    starts = [p.first for p in document.paragraphs]
    for quotation in document.quotations:
        by_paragraph.setdefault(bisect_right(starts, quotation.first) - 1, []).append(quotation)
    going = _Going("", quoting=False, unmarked=False)
    for paragraph in document.paragraphs:
        quotations = by_paragraph.get(paragraph.index, [])
        found, going = _paragraph(cast, table, voices, paragraph, quotations, going)
        yield from found


class _Going(NamedTuple):
    """Who may go on speaking in the next paragraph: after a quotation (`quoting`), or by a colon without marks."""

    speaker: str
    quoting: bool
    unmarked: bool


def _paragraph(
    cast: Cast,
    table: Words,
    voices: tuple[Voice, ...],
    paragraph: Paragraph,
    quotations: list[Quotation],
    going: _Going,
) -> tuple[list[Spoken], _Going]:
    tokens = cast.tokens
    begins = bool(quotations) and quotations[0].first == paragraph.first
    if going.unmarked and not begins and going.speaker and _first_person(tokens, paragraph, table, going):
        return [Spoken(paragraph.first, paragraph.last, going.speaker)], going._replace(quoting=True)
    speaker = going.speaker if begins else ""
    found: list[Spoken] = []
    for quotation in quotations:
        speaker = _speaker(cast, voices, paragraph, quotation) or (speaker if _opens(cast, quotation) else "")
        inner = Spoken(quotation.first + 1, quotation.last - quotation.closed, speaker)
        if speaker and _wordy(tokens, inner):
            found.append(inner)
    if tokens[paragraph.last - 1].kind is Kind.COLON:
        last = _last_voice(voices, paragraph)
        return found, _Going(last.name if last else "", quoting=False, unmarked=last is not None)
    ended = bool(quotations) and quotations[-1].last >= paragraph.last - 1
    return found, _Going(speaker if ended else "", quoting=ended, unmarked=False)


def _first_person(tokens: tuple[Token, ...], paragraph: Paragraph, table: Words, going: _Going) -> bool:
    """Whether a paragraph without marks goes on with the words that a colon introduced: the first one always does."""
    told = any(t.folded in table.first_person for t in tokens[paragraph.first : paragraph.last])
    return told or not going.quoting


def _opens(cast: Cast, quotation: Quotation) -> bool:
    """Whether a quotation begins a sentence, so that it goes on with whoever spoke before."""
    return cast.sentence_at(quotation.first).first == quotation.first


def _wordy(tokens: tuple[Token, ...], spoken: Spoken) -> bool:
    count = 0
    for token in tokens[spoken.first : spoken.last]:
        count += token.kind is Kind.WORD
        if count >= FEWEST:
            return True
    return False


def _last_voice(voices: tuple[Voice, ...], paragraph: Paragraph) -> Voice | None:
    at = bisect_right(voices, paragraph.last - 1, key=verb_of)
    return voices[at - 1] if at and voices[at - 1].verb >= paragraph.first else None


def _speaker(cast: Cast, voices: tuple[Voice, ...], paragraph: Paragraph, quotation: Quotation) -> str:
    """Who is told beside a quotation: before it in its sentence, right after it, or before a colon."""
    sentence = cast.sentence_at(quotation.first)
    at = bisect_right(voices, quotation.first, key=verb_of)
    before = voices[at - 1] if at else None
    if before and before.verb >= sentence.first and sentence.first < quotation.first:
        return before.name
    low = bisect_right(voices, quotation.last - 1, key=verb_of)
    after = voices[low] if low < len(voices) else None
    if after and after.first - quotation.last <= 1 and after.verb < paragraph.last:
        return after.name
    if sentence.first < quotation.first - 1 and cast.tokens[quotation.first - 1].kind is Kind.COLON:
        found = subject_until(cast, words(cast.telling.speech), quotation.first - 1, sentence.first, "")
        return found.name if found else ""
    return ""
