"""To whom an article ascribes what stands at a place in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from feed.model.figure import Attribution
from feed.model.reading import FoundFact
from feed.read.cast import Cast
from feed.read.speakers.quotations import Spoken
from feed.read.speakers.voices import Voice, verb_of
from feed.read.speakers.words import Words, verbatim, words
from feed.read.text.lexer import Token
from feed.read.text.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Speech:
    """Who is who and who speaks where in an article. `spoken` and `voices` are in order of appearance.

    `offices` are the holders that it tells. `publisher` is the article's publisher when what it publishes is its own
    word, else None.
    """

    cast: Cast
    offices: tuple[FoundFact, ...]
    voices: tuple[Voice, ...]
    spoken: tuple[Spoken, ...]
    publisher: str | None

    def voices_in(self, first: int, last: int) -> tuple[Voice, ...]:
        """The voices whose verb stands between two token indexes, `last` excluded."""
        low = bisect_right(self.voices, first - 1, key=verb_of)
        return self.voices[low : bisect_right(self.voices, last - 1, low, key=verb_of)]


def attribute(speech: Speech, sentence: Sentence, position: int) -> Attribution:
    """To whom the text ascribes what stands at that code point of the sentence; all None in the article's own voice.

    A quotation's speaker first, then who is told in the sentence, then who was told in the one before when this one
    carries on, then a publisher that speaks for itself. Costs no more than the sentence's voices and organisations.
    """
    document = speech.cast.document
    token = max(0, bisect_right(document.tokens, position, key=_start) - 1)
    at = bisect_right(speech.spoken, token, key=_first) - 1
    if at >= 0 and speech.spoken[at].last > token:
        speaker = speech.spoken[at].speaker
        return Attribution(named=speaker, speaker=speaker)
    told = _told(speech, sentence, token)
    table = words(speech.cast.telling.speech)
    if told is None and sentence.index and document.tokens[sentence.first].folded in table.carries:
        before = document.sentences[sentence.index - 1]
        near = sentence.paragraph - before.paragraph <= 1
        told = _told(speech, before, before.last) if near else None
    if told is None and speech.publisher:
        told = Attribution(named=speech.publisher, originator=speech.publisher)
    return told or Attribution()


def _start(token: Token) -> int:
    return token.start


def _first(spoken: Spoken) -> int:
    return spoken.first


def _told(speech: Speech, sentence: Sentence, token: int) -> Attribution | None:
    """Who is told in a sentence: the source of figures, "according to", or the nearest verb of saying."""
    cast = speech.cast
    table = words(cast.telling.speech)
    source = _source(cast, table, sentence)
    if source:
        return source
    voices = speech.voices_in(sentence.first, sentence.last)
    if not voices:
        return None
    before = [v for v in voices if v.verb <= token]
    voice = before[-1] if before else voices[0]
    if voice.organisation:
        return Attribution(named=voice.name, originator=_official(cast, voice.name))
    return Attribution(named=voice.name[:200], speaker=voice.name[:200])


def _official(cast: Cast, name: str) -> str:
    """An organisation's full name in the pack; the words themselves when the pack has none."""
    return cast.names.canonical.get(name, name)


def _source(cast: Cast, table: Words, sentence: Sentence) -> Attribution | None:
    """The organisation whose figures show something in the sentence: "<organisation> data", "figures from ..."."""
    tokens = cast.tokens
    for found in cast.organisations_in(sentence.first, sentence.last):
        after = found.last + 1 if found.last < sentence.last and tokens[found.last].folded == "'s" else found.last
        owned = any(t.folded in table.sources for t in tokens[after : min(after + 3, sentence.last)])
        start = max(sentence.first, found.first - 4)
        by = [t.folded for t in tokens[start : found.first]]
        given = "from" in by or "by" in by
        sourced = given and any(word in table.sources for word in by)
        according = table.according.ending(tokens, start, found.first) or (
            by[-1:] == ["the"] and table.according.ending(tokens, max(sentence.first, start - 1), found.first - 1)
        )
        shown = any(t.folded in table.shows for t in tokens[found.last : sentence.last])
        if according or ((owned or sourced) and shown):
            name = verbatim(cast.document, found.first, found.last)
            return Attribution(named=name, originator=_official(cast, name))
    return None
