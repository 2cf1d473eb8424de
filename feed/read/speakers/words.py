"""The words that introduce what somebody said, compiled; and whoever may be the subject of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from feed.read.cast import Cast
from feed.read.english.telling import Speech as SpeechTable
from feed.read.text.lexer import Kind, Token
from feed.read.text.once import once
from feed.read.text.sentences import Document
from feed.read.text.surfaces import Surfaces, phrases


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


@once
def words(table: SpeechTable) -> Words:
    """The table compiled. The same objects give the same one."""
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


class Subject(NamedTuple):
    """Who does something: the first token, the name, and what kind of somebody it is."""

    first: int
    name: str
    person: bool
    organisation: bool


DETERMINERS = frozenset(
    {"a", "an", "the", "one", "another", "this", "its", "his", "her", "their", "but", "and", "even"}
)
INDEFINITE = frozenset({"a", "an", "one", "another"})
RELATIVES = frozenset({"who", "which", "whose"})
PREPOSITIONS = frozenset({"for", "of", "from", "at", "in", "to", "with", "by"})
NOUN_STOPS = frozenset({"that", "as", "while", "because", "when", "where", "after", "before", "which", "although"})
BOUNDARY = frozenset({Kind.COMMA, Kind.COLON, Kind.SEMICOLON, Kind.DASH, Kind.OPEN, Kind.CLOSE, Kind.BRACKET})
SPOKEN = frozenset({"told", "tells", "said", "says", "added", "adds"})
SHORT = 5  # tokens of a subject that no word for a role confirms
LONGEST = 12  # tokens of a noun phrase that speaks


def subject_until(cast: Cast, table: Words, last: int, start: int, person: str) -> Subject | None:
    """Who the words that end before `last` are: a person, a title, an organisation, or somebody in a role."""
    tokens = cast.tokens
    if tokens[last - 1].folded in table.pronouns:
        return Subject(last - 1, person, person=True, organisation=False) if person else None
    found = _by_name(cast, last, start)
    if found is None or _within(tokens, found.first, start):
        return _role(cast, table, last, start) or found
    return found


def _by_name(cast: Cast, last: int, start: int) -> Subject | None:
    name = cast.name_until(last, max(start, last - 6))
    if name:
        cast.admit(name)
        return Subject(name.first, name.name, person=True, organisation=False)
    title = cast.title_until(last)
    if title and title.first >= start:
        text = cast.holders.get(title.value.id) or verbatim(cast.document, title.first, title.last)
        return Subject(title.first, text, person=True, organisation=False)
    organisation = cast.organisation_until(last)
    if organisation and organisation.first >= start:
        text = verbatim(cast.document, organisation.first, organisation.last)
        return Subject(organisation.first, text, person=False, organisation=True)
    return None


def _within(tokens: tuple[Token, ...], first: int, start: int) -> bool:
    """Whether a name only belongs to who speaks: "a spokesperson for the <organisation>"."""
    at = first - 1 if first > start and tokens[first - 1].folded == "the" else first
    return at > start and tokens[at - 1].folded in PREPOSITIONS


def _role(cast: Cast, table: Words, last: int, start: int) -> Subject | None:
    """Somebody told by a role alone: "a ministry spokesperson", "one campaigner, 67,", "officials"."""
    tokens, at, low = cast.tokens, last, max(start, last - LONGEST)
    forms = tokens.forms[low:last]
    if table.roles.isdisjoint(forms) and INDEFINITE.isdisjoint(forms):
        return None
    while at > low and not stops(tokens[at - 1]):
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
    return Subject(at, verbatim(cast.document, at, head), person=True, organisation=False)


def _heard(tokens: tuple[Token, ...], last: int, table: Words) -> bool:
    """Whether the verb near that token is one that only people do: told, said."""
    near = (t.folded for t in tokens[last : last + 6])
    return next((word in SPOKEN for word in near if word in SPOKEN or table.verbs.known(word)), False)


def stops(token: Token) -> bool:
    """Whether a noun phrase cannot go on over that token."""
    return token.kind in BOUNDARY or token.kind is Kind.STOP or token.folded in NOUN_STOPS


def verbatim(document: Document, first: int, last: int) -> str:
    """The tokens `first` to `last`, end excluded, as they stand."""
    return document.article.text[document.tokens[first].start : document.tokens[last - 1].end]
