"""Who holds an office, as an article says it: beside the title, by appointment and departure, or by the title alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from feed.model.actors import Office
from feed.model.fact import Office as OfficeFact
from feed.model.reading import FoundFact
from feed.read.cast import Cast, Person
from feed.read.lexer import Kind, Token
from feed.read.quotes import quoted, stretch
from feed.read.sentences import Sentence
from feed.read.surfaces import Found, Surfaces, phrases
from feed.read.telling import Telling, Terms


class Claim(NamedTuple):
    """Somebody said to hold an office, or to hold it no longer (`over`); token indexes of the words that say it."""

    office: Office
    country: str
    holder: str
    over: bool
    first: int
    last: int
    rule: str


class Lead(NamedTuple):
    """What stands before a title: its first token, whether the term is past, whose office, whether to leave it."""

    first: int
    past: bool
    country: str | None
    foreign: bool
    veto: bool


class Told(NamedTuple):
    """A holder told beside a title: who, whether the term is over, the stretch that says it, and the rule."""

    person: Person
    over: bool
    first: int
    last: int
    rule: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words around titles, compiled."""

    past: frozenset[str]
    kept: frozenset[str]
    veto: frozenset[str]
    was: Surfaces[str]
    at_the_time: Surfaces[str]
    predecessor: Surfaces[str]
    links: Surfaces[str]
    subject: Surfaces[bool]
    object: Surfaces[bool]
    replaced: Surfaces[str]
    replaced_by: Surfaces[str]
    entered: Surfaces[str]
    into: Surfaces[str]
    unreal: frozenset[str]


@lru_cache(maxsize=8)
def _compiled(terms: Terms, modals: tuple[str, ...]) -> Words:
    return Words(
        past=frozenset(terms.past),
        kept=frozenset(terms.kept),
        veto=frozenset(terms.veto),
        was=phrases(terms.was),
        at_the_time=phrases(terms.at_the_time),
        predecessor=phrases(terms.predecessor),
        links=phrases(terms.links),
        subject=Surfaces([*((w, False) for w in terms.starts), *((w, True) for w in terms.ends)]),
        object=Surfaces([*((w, False) for w in terms.starting), *((w, True) for w in terms.ending)]),
        replaced=phrases(terms.replaced),
        replaced_by=phrases(terms.replaced_by),
        entered=phrases(terms.entered),
        into=phrases(terms.into),
        unreal=frozenset(modals),
    )


def words(telling: Telling) -> Words:
    """The table of English about offices, compiled. The same values give the same object."""
    return _compiled(telling.terms, (*telling.assertion.modals, *telling.assertion.denials))


def offices(cast: Cast) -> tuple[FoundFact, ...]:
    """Every holder and former holder that the article tells, each once, in order of appearance.

    Leaves out what it cannot be sure of: an unknown name beside another country's name, two holders of one office.
    Fills `cast.holders` and admits the people found. Pure but for that; linear in the article's length.
    """
    table = words(cast.telling)
    claims: list[Claim] = []
    for title in cast.titles:
        claims += _claims(cast, table, title, cast.sentence_at(title.first))
    claims += _seated(cast, table)
    claims = _agreed(cast, claims)
    for claim in claims:
        if not claim.over and claim.country == cast.topic.home:
            cast.holders.setdefault(claim.office.id, claim.holder)
    claims += _bare(cast, claims)
    claims += _predecessors(cast, table, claims)
    return tuple(_fact(cast, claim) for claim in sorted(_once(claims), key=lambda c: c.first))


def _fact(cast: Cast, claim: Claim) -> FoundFact:
    if claim.rule == "title alone":
        sentence = cast.sentence_at(claim.first)
        quote = quoted(cast.document, sentence.start, sentence.end)
    else:
        quote = stretch(cast.document, claim.first, claim.last)
    day = cast.published
    fact = OfficeFact(
        office=claim.office.id,
        country=claim.country,
        holder=claim.holder,
        until=day if claim.over else None,
        quote=quote,
        as_of=day,
    )
    return FoundFact(fact, f"office: {claim.rule}")


def _once(claims: list[Claim]) -> Iterator[Claim]:
    seen: set[tuple[str, str, str, bool]] = set()
    for claim in claims:
        key = (claim.office.id, claim.country, claim.holder, claim.over)
        if key not in seen:
            seen.add(key)
            yield claim


def _claims(cast: Cast, table: Words, title: Found[Office], sentence: Sentence) -> Iterator[Claim]:
    lead = _lead(cast, table, title, sentence)
    if lead.veto:
        return
    for told in _told(cast, table, title, lead, sentence):
        country = _country(cast, title, lead, told.person, sentence)
        if country:
            cast.admit(told.person)
            yield Claim(title.value, country, told.person.name, told.over, told.first, told.last, told.rule)


def _lead(cast: Cast, table: Words, title: Found[Office], sentence: Sentence) -> Lead:
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
    after = _beside(cast, title, sentence)
    if after:
        late = after.last < sentence.last and table.at_the_time.at(cast.tokens, after.last, sentence.last) is not None
        yield Told(after, lead.past or late, lead.first, after.last, "title and name")
        return
    before = _apposed(cast, table, title, lead, sentence)
    if before:
        yield before
        return
    yield from _moved(cast, table, title, lead, sentence)


def _of_place(cast: Cast, last: int, stop: int) -> Found[str] | None:
    """The country in "prime minister of <country>"."""
    tokens = cast.tokens
    if last < stop and tokens[last].folded in ("of", "for"):
        at = last + 2 if last + 1 < stop and tokens[last + 1].folded == "the" else last + 1
        return cast.country_from(at)
    return None


def _beside(cast: Cast, title: Found[Office], sentence: Sentence) -> Person | None:
    """The name right after a title, or after it and a comma when another mark closes it."""
    tokens = cast.tokens
    place = _of_place(cast, title.last, sentence.last)
    at = place.last if place else title.last
    comma = at < sentence.last and tokens[at].kind is Kind.COMMA
    person = cast.name_from(at + comma, sentence.last) if at + comma < sentence.last else None
    if person is None or not comma:
        return person
    closes = person.last < sentence.last and tokens[person.last].kind in (Kind.COMMA, Kind.STOP, Kind.DASH, Kind.CLOSE)
    return person if closes else None


def _apposed(cast: Cast, table: Words, title: Found[Office], lead: Lead, sentence: Sentence) -> Told | None:
    """The name before a title: "X, the <title>", "X, who was <title>", "X (the <title>)"."""
    tokens, at = cast.tokens, lead.first
    if at > sentence.first and tokens[at - 1].folded in ("the", "a", "an"):
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
FOLLOWING = frozenset({"who", "at", "and", "until", "since", "whose", "from"})


def _closed(tokens: tuple[Token, ...], end: int, stop: int) -> bool:
    return end >= stop or tokens[end].kind in CLOSING or tokens[end].folded in FOLLOWING


def _moved(cast: Cast, table: Words, title: Found[Office], lead: Lead, sentence: Sentence) -> Iterator[Told]:
    """Appointments and departures: "X became <title>", "the replacement of X as <title>", "X replaced Y as <title>"."""
    tokens, at = cast.tokens, lead.first
    link = table.links.ending(tokens, max(sentence.first, at - 4), at)
    at = link.first if link else at
    end = title.last
    named = cast.name_until(at, sentence.first)
    if named is None:
        yield from _subject(cast, table, at, end, sentence, lead)
        return
    for surfaces, over_named, rule in ((table.replaced, True, "replaced"), (table.replaced_by, False, "replaced by")):
        verb = surfaces.ending(tokens, max(sentence.first, named.first - 5), named.first)
        if verb and not _unreal(cast, table, verb.first, sentence):
            yield Told(named, over_named or lead.past, verb.first, end, rule)
            yield from _other(cast, verb.first, sentence, over=not over_named, last=end, rule=rule)
            return
    verb_object = table.object.ending(tokens, max(sentence.first, named.first - 5), named.first)
    if verb_object and not _unreal(cast, table, verb_object.first, sentence):
        first = verb_object.first
        first -= 1 if first > sentence.first and tokens[first - 1].folded == "the" else 0
        yield Told(named, verb_object.value or lead.past, first, end, "object")


def _other(cast: Cast, verb: int, sentence: Sentence, *, over: bool, last: int, rule: str) -> Iterator[Told]:
    person = _before_verb(cast, verb, sentence)
    if person:
        yield Told(person, over, person.first, last, rule)


def _before_verb(cast: Cast, verb: int, sentence: Sentence) -> Person | None:
    """The person who is the subject of a verb: right before it, or before "who" or a comma."""
    tokens, at = cast.tokens, verb
    while at > max(sentence.first, verb - 6) and tokens[at - 1].folded in SKIPPED:
        at -= 1
    return cast.name_until(at, sentence.first)


SKIPPED = frozenset({"who", "has", "had", "was", "is", "then", "later", "recently", "also", ",", "been", "since"})


def _subject(cast: Cast, table: Words, at: int, end: int, sentence: Sentence, lead: Lead) -> Iterator[Told]:
    verb = table.subject.ending(cast.tokens, max(sentence.first, at - 5), at)
    person = _before_verb(cast, verb.first, sentence) if verb else None
    if verb and person and not _unreal(cast, table, verb.first, sentence):
        yield Told(person, verb.value or lead.past, person.first, end, "appointed" if not verb.value else "left")


def _unreal(cast: Cast, table: Words, verb: int, sentence: Sentence) -> bool:
    """Whether the words before a verb take its truth away: "would", "not", "if"."""
    near = cast.tokens[max(sentence.first, verb - 4) : verb]
    return any(token.folded in table.unreal for token in near)


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


def _seated(cast: Cast, table: Words) -> Iterator[Claim]:
    """Holders told by the office's seat or term: "since X entered <seat>", "403 days into X's <term>"."""
    tokens = cast.tokens
    for office in cast.topic.actors.offices.all:
        if not (office.seat or office.terms) or office.country is None:
            continue
        seats, terms = phrases(office.seat), phrases(office.terms)
        for at in range(len(tokens)):
            found = seats.at(tokens, at, len(tokens)) or terms.at(tokens, at, len(tokens))
            if found:
                yield from _sitting(cast, table, office, found, seated=found.value in office.seat)


def _sitting(cast: Cast, table: Words, office: Office, found: Found[str], *, seated: bool) -> Iterator[Claim]:
    tokens, sentence = cast.tokens, cast.sentence_at(found.first)
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


def _agreed(cast: Cast, claims: list[Claim]) -> list[Claim]:
    """Without holders that contradict each other: of two for one office the one on public record, else none."""
    now: dict[tuple[str, str], set[str]] = {}
    gone: set[tuple[str, str, str]] = set()
    for claim in claims:
        if claim.over:
            gone.add((claim.office.id, claim.country, claim.holder))
        else:
            now.setdefault((claim.office.id, claim.country), set()).add(claim.holder)

    def stands(claim: Claim) -> bool:
        rivals = len(now[claim.office.id, claim.country]) > 1 and claim.office.single
        left = (claim.office.id, claim.country, claim.holder) in gone
        return not left and (not rivals or cast.held(claim.holder, claim.office.id, claim.country))

    return [claim for claim in claims if claim.over or stands(claim)]


def _bare(cast: Cast, claims: list[Claim]) -> Iterator[Claim]:
    """Holders told by the title alone, where the article names exactly one person who held the office on its day."""
    home = cast.topic.home
    told = {c.office.id for c in claims if not c.over and c.country == home}
    gone = {(c.office.id, c.holder) for c in claims if c.over}
    for title in cast.titles:
        office = title.value
        if not office.single or office.country != home or office.id in told or not _alone(cast, title):
            continue
        told.add(office.id)
        named = {n for n in cast.surnames.values() if cast.held(n, office.id, home) and (office.id, n) not in gone}
        if len(named) == 1:
            holder = next(iter(named))
            cast.holders.setdefault(office.id, holder)
            yield Claim(office, home, holder, False, title.first, title.last, "title alone")


def _alone(cast: Cast, title: Found[Office]) -> bool:
    tokens = cast.tokens
    return title.first > 0 and tokens[title.first - 1].folded == "the" and tokens[title.first].capital


def _predecessors(cast: Cast, table: Words, claims: list[Claim]) -> Iterator[Claim]:
    """Former holders told as "her predecessor X": of the office told last before, here or one sentence earlier."""
    tokens = cast.tokens
    current = sorted((c for c in claims if not c.over), key=lambda c: c.last)
    ends = [c.last for c in current]
    for found in table.predecessor.find(tokens, 0, len(tokens)):
        sentence = cast.sentence_at(found.first)
        person = cast.name_from(found.last, sentence.last) if found.last < sentence.last else None
        before = bisect_right(ends, found.first)
        if person is None or not before:
            continue
        last = current[before - 1]
        if cast.sentence_at(last.first).index >= sentence.index - 1:
            first = found.first - 1 if found.first > sentence.first else found.first
            yield Claim(last.office, last.country, person.name, True, first, person.last, "predecessor")
