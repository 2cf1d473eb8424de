"""Who says it: the speakers of quotations, and to whom a number in a sentence is ascribed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from feed.model.figure import Attribution
from feed.model.reading import FoundFact
from feed.model.topic import Topic
from feed.read.cast import Cast, stage
from feed.read.lexer import Kind, Token
from feed.read.offices import offices
from feed.read.sentences import Document, Paragraph, Quotation, Sentence
from feed.read.surfaces import Surfaces, phrases
from feed.read.telling import Speech as SpeechTable
from feed.read.telling import Telling


class Voice(NamedTuple):
    """Somebody who is said to say or to show something: `first` to `last` are the tokens of subject and verb."""

    first: int
    verb: int
    last: int
    name: str
    person: bool
    organisation: bool


class Spoken(NamedTuple):
    """Words that somebody said: token indexes without the marks, end excluded, and the speaker."""

    first: int
    last: int
    speaker: str


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
        low = bisect_right(self.voices, first - 1, key=_verb)
        return self.voices[low : bisect_right(self.voices, last - 1, low, key=_verb)]


def _verb(voice: Voice) -> int:
    return voice.verb


@dataclass(frozen=True, slots=True)
class Words:
    """The table of English about speech, compiled."""

    verbs: Surfaces[str]
    sources: frozenset[str]
    shows: frozenset[str]
    according: Surfaces[str]
    pronouns: frozenset[str]
    carries: frozenset[str]
    unstressed: frozenset[str]
    first_person: frozenset[str]
    roles: frozenset[str]


@lru_cache(maxsize=8)
def words(table: SpeechTable) -> Words:
    """The table compiled. The same values give the same object."""
    return Words(
        verbs=phrases(table.verbs),
        sources=frozenset(table.sources),
        shows=frozenset(table.shows),
        according=phrases(table.according),
        pronouns=frozenset(table.pronouns),
        carries=frozenset(table.carries),
        unstressed=frozenset(table.unstressed),
        first_person=frozenset(table.first_person),
        roles=frozenset(table.roles),
    )


DETERMINERS = frozenset(
    {"a", "an", "the", "one", "another", "this", "its", "his", "her", "their", "but", "and", "even"}
)
INDEFINITE = frozenset({"a", "an", "one", "another"})
RELATIVES = frozenset({"who", "which", "whose"})
PREPOSITIONS = frozenset({"for", "of", "from", "at", "in", "to", "with", "by"})
NOUN_STOPS = frozenset({"that", "as", "while", "because", "when", "where", "after", "before", "which", "although"})
BOUNDARY = frozenset({Kind.COMMA, Kind.COLON, Kind.SEMICOLON, Kind.DASH, Kind.OPEN, Kind.CLOSE, Kind.BRACKET})
SPOKEN = frozenset({"told", "tells", "said", "says", "added", "adds"})
ADDRESSED = frozenset({"told", "tells"})  # what follows is who heard it
SHORT = 5  # tokens of a subject that no word for a role confirms
LONGEST = 12  # tokens of a noun phrase that speaks
FEWEST = 5  # words of a quotation that is more than a term in quotation marks


def speech(document: Document, topic: Topic, telling: Telling) -> Speech:
    """Who is who and who speaks where in an article. Pure; linear in the article's length."""
    cast = stage(document, topic, telling)
    holders = offices(cast)
    table = words(cast.telling.speech)
    voices = tuple(_voices(cast, table))
    publisher = cast.document.article.publisher
    releases = publisher if publisher in cast.names.releases else None
    return Speech(cast, holders, voices, tuple(_spoken(cast, table, voices)), releases)


def _voices(cast: Cast, table: Words) -> Iterator[Voice]:
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
    found = _named(cast, table, at, sentence.first, person)
    return Voice(found.first, verb, last, *found[1:]) if found else None


def _opening_comma(tokens: tuple[Token, ...], closing: int, start: int) -> int:
    """The comma that opens the apposition which the one at `closing` closes; `start` when none does."""
    for at in range(closing - 1, max(start, closing - 40), -1):
        if tokens[at].kind is Kind.COMMA:
            return at
    return start


class _Subject(NamedTuple):
    first: int
    name: str
    person: bool
    organisation: bool


def _named(cast: Cast, table: Words, last: int, start: int, person: str) -> _Subject | None:
    """Who the words that end before `last` are: a person, a title, an organisation, or somebody in a role."""
    tokens = cast.tokens
    if tokens[last - 1].folded in table.pronouns:
        return _Subject(last - 1, person, person=True, organisation=False) if person else None
    found = _by_name(cast, last, start)
    if found is None or _within(tokens, found.first, start):
        return _role(cast, table, last, start) or found
    return found


def _by_name(cast: Cast, last: int, start: int) -> _Subject | None:
    name = cast.name_until(last, max(start, last - 6))
    if name:
        cast.admit(name)
        return _Subject(name.first, name.name, person=True, organisation=False)
    title = cast.title_until(last)
    if title and title.first >= start:
        text = cast.holders.get(title.value.id) or _text(cast.document, title.first, title.last)
        return _Subject(title.first, text, person=True, organisation=False)
    organisation = cast.organisation_until(last)
    if organisation and organisation.first >= start:
        text = _text(cast.document, organisation.first, organisation.last)
        return _Subject(organisation.first, text, person=False, organisation=True)
    return None


def _within(tokens: tuple[Token, ...], first: int, start: int) -> bool:
    """Whether a name only belongs to who speaks: "a spokesperson for the <organisation>"."""
    at = first - 1 if first > start and tokens[first - 1].folded == "the" else first
    return at > start and tokens[at - 1].folded in PREPOSITIONS


def _role(cast: Cast, table: Words, last: int, start: int) -> _Subject | None:
    """Somebody told by a role alone: "a Home Office spokesperson", "one campaigner, 67,", "officials"."""
    tokens, at = cast.tokens, last
    while at > max(start, last - LONGEST) and not _stops(tokens[at - 1]):
        at -= 1
    head = next((i for i in range(at, last) if tokens[i].folded in RELATIVES), last)
    role = next((i for i in range(at, head) if tokens[i].folded in table.roles), head)
    some = next((i for i in range(at, role) if tokens[i].folded in INDEFINITE), -1)
    at = max(at, some)
    while at < head and tokens[at].folded in DETERMINERS:
        at += 1
    told = role < head or (some >= 0 and head - at <= SHORT and _heard(tokens, last, table))
    if not told or at >= head or tokens[at].kind is not Kind.WORD:
        return None
    return _Subject(at, _text(cast.document, at, head), person=True, organisation=False)


def _heard(tokens: tuple[Token, ...], last: int, table: Words) -> bool:
    """Whether the verb near that token is one that only people do: told, said."""
    near = (t.folded for t in tokens[last : last + 6])
    return next((word in SPOKEN for word in near if word in SPOKEN or table.verbs.known(word)), False)


def _stops(token: Token) -> bool:
    return token.kind in BOUNDARY or token.kind is Kind.STOP or token.folded in NOUN_STOPS


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
    while end < min(sentence.last, last + LONGEST) and not _stops(tokens[end]):
        end += 1
    found = _named(cast, table, end, last, person) if end > last else None
    return Voice(verb, verb, end, *found[1:]) if found else None


def _text(document: Document, first: int, last: int) -> str:
    return document.article.text[document.tokens[first].start : document.tokens[last - 1].end]


def _spoken(cast: Cast, table: Words, voices: tuple[Voice, ...]) -> Iterator[Spoken]:
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
    at = bisect_right(voices, paragraph.last - 1, key=_verb)
    return voices[at - 1] if at and voices[at - 1].verb >= paragraph.first else None


def _speaker(cast: Cast, voices: tuple[Voice, ...], paragraph: Paragraph, quotation: Quotation) -> str:
    """Who is told beside a quotation: before it in its sentence, right after it, or before a colon."""
    sentence = cast.sentence_at(quotation.first)
    at = bisect_right(voices, quotation.first, key=_verb)
    before = voices[at - 1] if at else None
    if before and before.verb >= sentence.first and sentence.first < quotation.first:
        return before.name
    low = bisect_right(voices, quotation.last - 1, key=_verb)
    after = voices[low] if low < len(voices) else None
    if after and after.first - quotation.last <= 1 and after.verb < paragraph.last:
        return after.name
    if sentence.first < quotation.first - 1 and cast.tokens[quotation.first - 1].kind is Kind.COLON:
        found = _named(cast, words(cast.telling.speech), quotation.first - 1, sentence.first, "")
        return found.name if found else ""
    return ""


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
            name = _text(cast.document, found.first, found.last)
            return Attribution(named=name, originator=_official(cast, name))
    return None
