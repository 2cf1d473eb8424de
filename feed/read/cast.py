"""Who is on stage in an article: the people, offices, organisations and countries that it names, found in one pass."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from feed.model.actors import Actors, Held, Office
from feed.model.topic import Place, Topic
from feed.read.english.telling import Naming, Telling
from feed.read.text.lexer import Kind, Tokens
from feed.read.text.once import once
from feed.read.text.sentences import Document, Sentence
from feed.read.text.surfaces import Found, Surfaces


class Person(NamedTuple):
    """A person named in the text: token indexes with titles of respect, end excluded; the name without them."""

    first: int
    last: int
    name: str
    known: bool


@dataclass(frozen=True, slots=True)
class Lexica:
    """Everything nameable of a pack and of English, compiled once."""

    people: Surfaces[str]
    surnames: dict[str, str]
    held: dict[str, tuple[Held, ...]]
    organisations: Surfaces[str]
    canonical: dict[str, str]
    releases: frozenset[str]
    titles: Surfaces[Office]
    seats: Surfaces[Office]
    terms: Surfaces[Office]
    offices: dict[str, Office]
    places: Surfaces[str]
    honorifics: frozenset[str]
    particles: frozenset[str]
    never: frozenset[str]


@once
def lexica(actors: Actors, places: tuple[Place, ...], naming: Naming) -> Lexica:
    """The compiled names of a pack. The same objects give the same one."""
    people = actors.names.person
    offices = actors.offices.all
    return Lexica(
        people=Surfaces((form, p.name) for p in people for form in (p.name, *p.aliases)),
        surnames={p.name.rsplit(" ", 1)[-1]: p.name for p in reversed(people)},
        held={p.name: p.held for p in people},
        organisations=Surfaces((form, o.name) for o in actors.names.organisation for form in (o.name, *o.aliases)),
        canonical={form: o.name for o in actors.names.organisation for form in (o.name, *o.aliases)},
        releases=frozenset(form for o in actors.names.organisation if o.releases for form in (o.name, *o.aliases)),
        titles=Surfaces((title, office) for office in offices for title in office.titles),
        seats=Surfaces((seat, office) for office in offices for seat in office.seat),
        terms=Surfaces((term, office) for office in offices for term in office.terms),
        offices={office.id: office for office in offices},
        places=Surfaces((form, p.code) for p in places for form in (*p.names, *p.people)),
        honorifics=frozenset(naming.honorifics),
        particles=frozenset(naming.particles),
        never=frozenset(naming.never),
    )


@dataclass(slots=True)
class Cast:
    """What an article names, by token index. Made by `stage`; `holders` and `surnames` fill up while it is read."""

    document: Document
    topic: Topic
    telling: Telling
    names: Lexica
    published: date | None
    titles: tuple[Found[Office], ...]
    organisations: tuple[Found[str], ...]
    places: tuple[Found[str], ...]
    surnames: dict[str, str] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    _taken: frozenset[int] = frozenset()
    _entitled: dict[int, Found[Office]] = field(default_factory=dict)
    _titled: dict[int, Found[Office]] = field(default_factory=dict)
    _organised: dict[int, Found[str]] = field(default_factory=dict)
    _begins: dict[int, Found[str]] = field(default_factory=dict)
    _ends: dict[int, Found[str]] = field(default_factory=dict)

    @property
    def tokens(self) -> Tokens:
        """The document's tokens."""
        return self.document.tokens

    def held(self, name: str, office: str, country: str) -> bool:
        """Whether the pack's public record has that person in that office on the article's day."""
        day = self.published
        terms = self.names.held.get(name, ())
        return day is not None and any(t.office == office and t.country == country and t.on(day) for t in terms)

    def sentence_at(self, token: int) -> Sentence:
        """The sentence that holds a token."""
        sentences = self.document.sentences
        return sentences[bisect_right(sentences, token, key=_first) - 1]

    def countries(self, first: int, last: int) -> tuple[Found[str], ...]:
        """The countries whose names begin between two token indexes, `last` excluded."""
        low = bisect_left(self.places, first, key=_first)
        return self.places[low : bisect_left(self.places, last, low, key=_first)]

    def country_from(self, first: int) -> Found[str] | None:
        """The country whose name begins at that token."""
        return self._begins.get(first)

    def country_until(self, last: int) -> Found[str] | None:
        """The country whose name ends right before that token."""
        return self._ends.get(last)

    def title_from(self, first: int) -> Found[Office] | None:
        """The office whose title begins at that token."""
        return self._entitled.get(first)

    def title_until(self, last: int) -> Found[Office] | None:
        """The office whose title ends right before that token."""
        return self._titled.get(last)

    def organisation_until(self, last: int) -> Found[str] | None:
        """The organisation whose name ends right before that token."""
        return self._organised.get(last)

    def organisations_in(self, first: int, last: int) -> tuple[Found[str], ...]:
        """The organisations whose names begin between two token indexes, `last` excluded."""
        low = bisect_left(self.organisations, first, key=_first)
        return self.organisations[low : bisect_left(self.organisations, last, low, key=_first)]

    def name_from(self, first: int, stop: int) -> Person | None:
        """The person whose name begins at that token, titles of respect included."""
        tokens, at = self.tokens, first
        while at < stop and self._honours(at):
            at += 2 if at + 1 < stop and tokens[at + 1].text == "." else 1
        known = self.names.people.at(tokens, first, stop) or (
            self.names.people.at(tokens, at, stop) if at > first and at < stop else None
        )
        if known:
            return Person(first, known.last, known.value, known=True)
        last = self._run(at, stop)
        return self._person(first, at, last) if last > at else None

    def name_until(self, last: int, start: int) -> Person | None:
        """The person whose name ends right before that token and begins at `start` or later."""
        tokens = self.tokens
        for first in range(max(start, last - 6), last):
            if tokens[first].kind is not Kind.WORD or not tokens[first].capital:
                continue
            person = self.name_from(first, last)
            if person and person.last == last:
                return person
        return None

    def _honours(self, at: int) -> bool:
        return self.tokens[at].text in self.names.honorifics

    def _run(self, at: int, stop: int) -> int:
        """The token after the capitalised words of one name that begin there."""
        tokens, end = self.tokens, at
        while at < stop and at - end < 3:
            token = tokens[at]
            if self._namely(at):
                at += 1
                end = at
            elif end and ((token.kind is Kind.HYPHEN and token.glued) or token.folded in self.names.particles):
                at += 1
            else:
                break
        return end

    def _namely(self, at: int) -> bool:
        token = self.tokens[at]
        named = token.kind is Kind.WORD and token.capital and token.folded not in self.names.never
        shouted = len(token.text) > 4 and token.text.isupper()
        return named and not shouted and at not in self._taken and not self._honours(at)

    def _person(self, first: int, at: int, last: int) -> Person | None:
        text = self.document.article.text
        name = " ".join(text[self.tokens[at].start : self.tokens[last - 1].end].split())
        if last - at > 4:
            return None
        if last - at > 1:
            return Person(first, last, name, known=name in self.names.held)
        full = self.surnames.get(name) or (self.names.surnames.get(name) if at > first else None)
        return Person(first, last, full, known=full in self.names.held) if full else None

    def admit(self, person: Person) -> None:
        """From here on the person's surname alone names the person."""
        self.surnames.setdefault(person.name.rsplit(" ", 1)[-1], person.name)


def stage(document: Document, topic: Topic, telling: Telling) -> Cast:
    """Everybody and everything named in an article. Pure; linear in its length."""
    names = lexica(topic.actors, topic.places, telling.naming)
    tokens = document.tokens
    end = len(tokens)
    titles = tuple(t for t in names.titles.find(tokens, 0, end) if not _clock(tokens, t))
    organisations = tuple(names.organisations.find(tokens, 0, end))
    places = tuple(_countries(tokens, names))
    taken = _covered(titles) | _covered(organisations) | _covered(places)
    article = document.article
    day = article.published.day(ZoneInfo(topic.zone)) if article.published else None
    cast = Cast(
        document,
        topic,
        telling,
        names,
        day,
        titles,
        organisations,
        places,
        _taken=taken,
        _entitled={title.first: title for title in titles},
        _titled={title.last: title for title in titles},
        _organised={organisation.last: organisation for organisation in organisations},
        _begins={place.first: place for place in places},
        _ends={place.last: place for place in places},
    )
    for known in names.people.find(tokens, 0, end):
        cast.admit(Person(known.first, known.last, known.value, known=True))
    return cast


def _first(part: Found[Any] | Sentence) -> int:
    return part.first


def _covered(found: Iterable[Found[Any]]) -> frozenset[int]:
    return frozenset(index for phrase in found for index in range(phrase.first, phrase.last))


def _clock(tokens: Tokens, title: Found[Office]) -> bool:
    # "12:47 PM" is a time of day.
    after_number = title.first > 0 and tokens[title.first - 1].kind is Kind.NUMBER
    return after_number and title.last - title.first == 1 and tokens[title.first].text.isupper()


def _countries(tokens: Tokens, names: Lexica) -> Iterator[Found[str]]:
    for place in names.places.find(tokens, 0, len(tokens)):
        if any(token.capital for token in tokens[place.first : place.last]):
            yield place
