"""Every verb of saying in an article with its subject."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from feed.read.cast import Cast
from feed.read.speakers.words import LONGEST, Words, stops, subject_until
from feed.read.text.lexer import Kind, Token
from feed.read.text.sentences import Document, Sentence


class Voice(NamedTuple):
    """Somebody who is said to say or to show something: `first` to `last` are the tokens of subject and verb."""

    first: int
    verb: int
    last: int
    name: str
    person: bool
    organisation: bool


def verb_of(voice: Voice) -> int:
    """The token of the voice's verb, by which voices are in order."""
    return voice.verb


FEWEST = 5  # words of a quotation that is more than a term in quotation marks
ADDRESSED = frozenset({"told", "tells"})  # what follows is who heard it


def every_voice(cast: Cast, table: Words) -> Iterator[Voice]:
    """Every verb of saying with its subject. A pronoun is the last person who spoke before it."""
    quoted = inside(cast.document)
    person = ""
    for sentence in cast.document.sentences:
        person = _opening(cast, sentence) or person
        for hit in table.verbs.find(cast.tokens, sentence.first, sentence.last):
            if hit.first in quoted:
                continue
            voice = _before(cast, table, hit.first, hit.last, sentence, person)
            voice = voice or _after(cast, table, hit.first, hit.last, sentence, person)
            if voice:
                person = voice.name if voice.person else person
                yield voice


def _opening(cast: Cast, sentence: Sentence) -> str:
    """The person whom a sentence begins with, by name or by title, "" when none."""
    tokens = cast.tokens
    name = cast.name_from(sentence.first, sentence.last)
    if name:
        return name.name if name.known or name.name in cast.surnames.values() else ""
    at = sentence.first + (tokens[sentence.first].folded == "the")
    title = cast.title_from(at)
    return cast.holders.get(title.value.id, "") if title else ""


def inside(document: Document) -> frozenset[int]:
    """The tokens inside quotations that are long enough to be speech."""
    return frozenset(i for q in document.quotations if q.last - q.first > FEWEST + 2 for i in range(q.first, q.last))


def _before(cast: Cast, table: Words, verb: int, last: int, sentence: Sentence, person: str) -> Voice | None:
    """The subject before a verb: right before it, or before an apposition between commas."""
    tokens, at = cast.tokens, verb
    low = max(sentence.first, verb - 6)
    while at > low and tokens[at - 1].folded in table.unstressed:
        at -= 1
    if at > sentence.first and tokens[at - 1].kind is Kind.COMMA:
        at = _opening_comma(tokens, at - 1, sentence.first)
    if at <= sentence.first:
        return None
    found = subject_until(cast, table, at, sentence.first, person)
    return Voice(found.first, verb, last, *found[1:]) if found else None


def _opening_comma(tokens: tuple[Token, ...], closing: int, start: int) -> int:
    """The comma that opens the apposition which the one at `closing` closes; `start` when none does."""
    for at in range(closing - 1, max(start, closing - 40), -1):
        if tokens[at].kind is Kind.COMMA:
            return at
    return start


def _after(cast: Cast, table: Words, verb: int, last: int, sentence: Sentence, person: str) -> Voice | None:
    """The subject after a verb that follows a quotation or a comma: "...," said X."""
    tokens = cast.tokens
    if verb == sentence.first or tokens[verb - 1].kind not in (Kind.COMMA, Kind.CLOSE) or last >= sentence.last:
        return None
    if tokens[verb].folded in ADDRESSED:
        return None
    name = cast.name_from(last, sentence.last)
    if name:
        cast.admit(name)
        return Voice(verb, verb, name.last, name.name, person=True, organisation=False)
    end = last
    while end < min(sentence.last, last + LONGEST) and not stops(tokens[end]):
        end += 1
    found = subject_until(cast, table, end, last, person) if end > last else None
    return Voice(verb, verb, end, *found[1:]) if found else None
