"""Holders told by a change or by the office's seat: "X became <title>", "since X entered <seat>"."""

from __future__ import annotations

from collections.abc import Iterator

from feed.model.actors import Office
from feed.read.cast import Cast, Person
from feed.read.offices.claims import Claim, Lead, Told, Words, unreal
from feed.read.text.lexer import Kind
from feed.read.text.sentences import Sentence
from feed.read.text.surfaces import Found


def moved(cast: Cast, table: Words, title: Found[Office], lead: Lead, sentence: Sentence) -> Iterator[Told]:
    """Appointments and departures: "X became <title>", "the replacement of X as <title>", "X replaced Y as <title>"."""
    tokens, at = cast.tokens, lead.first
    link = table.links.ending(tokens, max(sentence.first, at - 4), at)
    at = link.first if link else at
    end = title.last
    if link and tokens[link.first].folded == "into":
        yield from _new(cast, link.first, end, sentence)
        return
    named = cast.name_until(at, sentence.first)
    if named is None:
        yield from _subject(cast, table, at, end, sentence, lead)
        return
    for surfaces, over_named, rule in ((table.replaced, True, "replaced"), (table.replaced_by, False, "replaced by")):
        verb = surfaces.ending(tokens, max(sentence.first, named.first - 5), named.first)
        if verb and not unreal(cast, table, verb.first, sentence):
            yield Told(named, over_named or lead.past, verb.first, end, rule)
            yield from _other(cast, verb.first, sentence, over=not over_named, last=end, rule=rule)
            return
    verb_object = table.object.ending(tokens, max(sentence.first, named.first - 5), named.first)
    if verb_object and not unreal(cast, table, verb_object.first, sentence):
        first = verb_object.first
        first -= 1 if first > sentence.first and tokens[first - 1].folded == "the" else 0
        yield Told(named, verb_object.value or lead.past, first, end, "object")


SPELL = 4  # tokens in ", two weeks into the job of"


def _new(cast: Cast, into: int, end: int, sentence: Sentence) -> Iterator[Told]:
    """As in "X, two weeks into the job of <title>"."""
    low = max(sentence.first, into - SPELL)
    comma = next((at for at in range(into - 1, low, -1) if cast.tokens[at].kind is Kind.COMMA), None)
    person = cast.name_until(comma, sentence.first) if comma else None
    if person:
        yield Told(person, False, person.first, end, "new in office")


def _other(cast: Cast, verb: int, sentence: Sentence, *, over: bool, last: int, rule: str) -> Iterator[Told]:
    person = _before_verb(cast, verb, sentence)
    if person:
        yield Told(person, over, person.first, last, rule)


SKIPPED = frozenset({"who", "has", "had", "was", "is", "then", "later", "recently", "also", ",", "been", "since"})


def _before_verb(cast: Cast, verb: int, sentence: Sentence) -> Person | None:
    """The person who is the subject of a verb: right before it, or before "who" or a comma."""
    tokens, at = cast.tokens, verb
    while at > max(sentence.first, verb - 6) and tokens[at - 1].folded in SKIPPED:
        at -= 1
    return cast.name_until(at, sentence.first)


def _subject(cast: Cast, table: Words, at: int, end: int, sentence: Sentence, lead: Lead) -> Iterator[Told]:
    verb = table.subject.ending(cast.tokens, max(sentence.first, at - 5), at)
    person = _before_verb(cast, verb.first, sentence) if verb else None
    if verb and person and not unreal(cast, table, verb.first, sentence):
        yield Told(person, verb.value or lead.past, person.first, end, "left" if verb.value else "appointed")
        if verb.value and end + 1 < sentence.last and cast.tokens[end].folded == "by":
            heir = cast.name_from(end + 1, sentence.last)
            if heir:
                yield Told(heir, False, person.first, heir.last, "replaced by")


def seated(cast: Cast, table: Words) -> Iterator[Claim]:
    """Holders told by the office's seat or term: "since X entered <seat>", "403 days into X's <term>"."""
    end = len(cast.tokens)
    for seated, surfaces in ((True, cast.names.seats), (False, cast.names.terms)):
        for found in surfaces.find(cast.tokens, 0, end):
            if found.value.country is not None:
                yield from _sitting(cast, table, found, seated=seated)


def _sitting(cast: Cast, table: Words, found: Found[Office], *, seated: bool) -> Iterator[Claim]:
    tokens, sentence, office = cast.tokens, cast.sentence_at(found.first), found.value
    if seated:
        verb = table.entered.ending(tokens, max(sentence.first, found.first - 3), found.first)
        person = cast.name_until(verb.first, sentence.first) if verb else None
        since = person is not None and person.first > sentence.first and tokens[person.first - 1].folded == "since"
    else:
        genitive = found.first - 1 if tokens[found.first - 1].folded == "'s" else found.first
        person = cast.name_until(genitive, sentence.first) if genitive > sentence.first else None
        into = table.into.ending(tokens, max(sentence.first, person.first - 1), person.first) if person else None
        since = into is not None and into.last > into.first
    if person and since and cast.held(person.name, office.id, office.country or ""):
        yield Claim(office, office.country or "", person.name, False, person.first, found.last, "seat or term")
