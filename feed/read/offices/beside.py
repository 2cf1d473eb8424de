"""Holders told beside the title: "<title> X", "X, the <title>", "former <title> X"."""

from __future__ import annotations

from collections.abc import Iterator

from feed.model.actors import Office
from feed.read.cast import Cast, Person
from feed.read.offices.claims import Claim, Lead, Told, Words
from feed.read.offices.moved import moved
from feed.read.text.lexer import Kind, Token
from feed.read.text.sentences import Sentence
from feed.read.text.surfaces import Found


def beside(cast: Cast, table: Words, title: Found[Office], sentence: Sentence) -> Iterator[Claim]:
    """What the words around one title claim. Admits the people whom it finds to the cast."""
    lead = lead_of(cast, table, title, sentence)
    if lead.veto:
        return
    for told in _told(cast, table, title, lead, sentence):
        country = _country(cast, title, lead, told.person, sentence)
        if country and not (told.rule in BESIDE and not told.over and _outdated(cast, title.value, country, told)):
            cast.admit(told.person)
            yield Claim(title.value, country, told.person.name, told.over, told.first, told.last, told.rule)


BESIDE = frozenset({"title and name", "name and title"})  # history gives people the titles that they had then


def _outdated(cast: Cast, office: Office, country: str, told: Told) -> bool:
    """Whether the public record has that person in the office, but not on the article's day any more."""
    day = cast.published
    terms = [t for t in cast.names.held.get(told.person.name, ()) if (t.office, t.country) == (office.id, country)]
    return bool(terms) and day is not None and all(t.end is not None and t.end < day for t in terms)


def lead_of(cast: Cast, table: Words, title: Found[Office], sentence: Sentence) -> Lead:
    """What the words right before a title say of it, read leftwards."""
    at, past, country, foreign = title.first, False, None, False
    while at > sentence.first:
        token = cast.tokens[at - 1]
        place = cast.country_until(at) or (cast.country_until(at - 1) if token.folded == "'s" else None)
        if place and place.first >= sentence.first:
            at, country = place.first, place.value
        elif token.folded in table.veto:
            return Lead(at, past, country, foreign, veto=True)
        elif token.folded in table.past:
            at, past = at - 1, True
        elif token.folded in table.kept or token.kind is Kind.HYPHEN:
            at -= 1
        elif token.folded == "'s":
            return Lead(at, past, country, foreign=True, veto=False)
        else:
            break
    return Lead(at, past, country, foreign, veto=False)


def _told(cast: Cast, table: Words, title: Found[Office], lead: Lead, sentence: Sentence) -> Iterator[Told]:
    after = _named_after(cast, title, sentence)
    if after:
        late = after.last < sentence.last and table.at_the_time.at(cast.tokens, after.last, sentence.last) is not None
        yield Told(after, lead.past or late, lead.first, after.last, "title and name")
        return
    before = _apposed(cast, table, title, lead, sentence)
    if before:
        yield before
        return
    yield from moved(cast, table, title, lead, sentence)


def _of_place(cast: Cast, last: int, stop: int) -> Found[str] | None:
    """The country in "prime minister of <country>"."""
    tokens = cast.tokens
    if last < stop and tokens[last].folded in ("of", "for"):
        at = last + 2 if last + 1 < stop and tokens[last + 1].folded == "the" else last + 1
        return cast.country_from(at)
    return None


def _named_after(cast: Cast, title: Found[Office], sentence: Sentence) -> Person | None:
    """The name right after a title, or after it and a comma when another mark closes it."""
    tokens = cast.tokens
    place = _of_place(cast, title.last, sentence.last)
    at = place.last if place else title.last
    comma = at < sentence.last and tokens[at].kind is Kind.COMMA
    person = cast.name_from(at + comma, sentence.last) if at + comma < sentence.last else None
    if person is None or not comma:
        return person
    closes = person.last >= sentence.last or tokens[person.last].kind in CLOSING
    return person if closes else None


def _apposed(cast: Cast, table: Words, title: Found[Office], lead: Lead, sentence: Sentence) -> Told | None:
    """The name before a title: "X, the <title>", "X, who was <title>", "X (the <title>)"."""
    tokens, at = cast.tokens, lead.first
    if at > sentence.first and tokens[at - 1].folded in ("the", "a", "an", "its", "their"):
        at -= 1
    was = table.was.ending(tokens, max(sentence.first, at - 4), at)
    at = was.first if was else at
    if at - 1 <= sentence.first or tokens[at - 1].kind not in (Kind.COMMA, Kind.DASH, Kind.BRACKET):
        return None
    person = cast.name_until(at - 1, sentence.first)
    place = _of_place(cast, title.last, sentence.last)
    end = place.last if place else title.last
    if person is None or not _closed(tokens, end, sentence.last):
        return None
    late = end < sentence.last and table.at_the_time.at(tokens, end, sentence.last) is not None
    return Told(person, bool(was) or lead.past or late, person.first, end, "name and title")


CLOSING = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH, Kind.CLOSE, Kind.UNBRACKET, Kind.SEMICOLON, Kind.COLON})
FOLLOWING = frozenset({"who", "at", "and", "until", "since", "whose", "from", "for", "when", "with", "on", "in"})


def _closed(tokens: tuple[Token, ...], end: int, stop: int) -> bool:
    return end >= stop or tokens[end].kind in CLOSING or tokens[end].folded in FOLLOWING


AROUND = 60  # tokens; a sentence that is longer is a list


def _country(cast: Cast, title: Found[Office], lead: Lead, person: Person, sentence: Sentence) -> str | None:
    """Whose office it is, None when that is not sure."""
    office = title.value
    place = _of_place(cast, title.last, sentence.last)
    if place or lead.country:
        return place.value if place else lead.country
    known = {term.country for term in cast.names.held.get(person.name, ()) if term.office == office.id}
    if len(known) == 1:
        return next(iter(known))
    near = max(sentence.first, title.first - AROUND), min(sentence.last, title.last + AROUND)
    around = {place.value for place in cast.countries(*near)}
    if office.country is None:
        return next(iter(around)) if len(around) == 1 else None
    doubtful = lead.foreign or (office.elsewhere and bool(around - {office.country}))
    return office.country if person.known or not doubtful else None
