"""Who holds an office, as an article says it: beside the title, by appointment and departure, or by the title alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from feed.model.actors import Office
from feed.model.fact import Office as OfficeFact
from feed.model.reading import FoundFact
from feed.read.cast import Cast, Person
from feed.read.offices.beside import AROUND, beside
from feed.read.offices.claims import Claim, Words, words
from feed.read.offices.moved import seated
from feed.read.text.lexer import Kind
from feed.read.text.quotes import quoted, stretch
from feed.read.text.surfaces import Found, Surfaces

__all__ = ["offices"]


def offices(cast: Cast) -> tuple[FoundFact, ...]:
    """Every holder and former holder that the article tells, each once, in order of appearance.

    Leaves out what it cannot be sure of: an unknown name beside another country's name, two holders of one office.
    Fills `cast.holders` and admits the people found. Pure but for that; linear in the article's length.
    """
    table = words(cast.telling)
    claims: list[Claim] = []
    for title in cast.titles:
        claims += beside(cast, table, title, cast.sentence_at(title.first))
    claims += seated(cast, table)
    claims = _agreed(cast, claims)
    for claim in claims:
        if not claim.over and claim.country == cast.topic.home:
            cast.holders.setdefault(claim.office.id, claim.holder)
    claims += _bare(cast, claims)
    claims += [*_predecessors(cast, table, claims), *_counterparts(cast, table, claims)]
    return tuple(_fact(cast, claim) for claim in sorted(_once(claims), key=lambda c: c.first))


def _fact(cast: Cast, claim: Claim) -> FoundFact:
    if claim.rule == "title alone":
        sentence = cast.sentence_at(claim.first)
        quote = quoted(cast.document, sentence.start, sentence.end)
    else:
        quote = stretch(cast.document, claim.first, claim.last)
    day = cast.published
    sure = claim.over or cast.held(claim.holder, claim.office.id, claim.country) or not _historic(cast, claim)
    fact = OfficeFact(
        office=claim.office.id,
        country=claim.country,
        holder=claim.holder,
        until=day if claim.over else None,
        quote=quote,
        as_of=day if sure else None,
    )
    return FoundFact(fact, f"office: {claim.rule}")


def _historic(cast: Cast, claim: Claim) -> bool:
    """Whether the sentence names an earlier year, so that somebody unknown may have held the office only then."""
    day, sentence = cast.published, cast.sentence_at(claim.first)
    tokens = cast.tokens[max(sentence.first, claim.first - AROUND) : min(sentence.last, claim.last + AROUND)]
    years = (t.folded for t in tokens if t.kind is Kind.NUMBER and len(t.folded) == 4 and t.folded.isdigit())
    return day is not None and any(1900 < int(year) < day.year for year in years)


def _once(claims: list[Claim]) -> Iterator[Claim]:
    seen: set[tuple[str, str, str, bool]] = set()
    for claim in claims:
        key = (claim.office.id, claim.country, claim.holder, claim.over)
        if key not in seen:
            seen.add(key)
            yield claim


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
    """Former holders told as "her predecessor X": of the office told last before."""
    for found, person, last in _beside_last(cast, table.predecessor, claims):
        yield Claim(last.office, last.country, person.name, True, _possessive(cast, found), person.last, "predecessor")


def _counterparts(cast: Cast, table: Words, claims: list[Claim]) -> Iterator[Claim]:
    """Holders of the same office abroad: "her <country's> counterpart, X"; the country also by the public record."""
    for found, person, last in _beside_last(cast, table.counterpart, claims):
        abroad = cast.names.offices.get(last.office.counterpart or last.office.id)
        place = cast.country_until(found.first)
        terms = cast.names.held.get(person.name, ()) if abroad else ()
        known = {term.country for term in terms if abroad and term.office == abroad.id}
        country = place.value if place else next(iter(known)) if len(known) == 1 else None
        if abroad and country and country != last.country:
            first = place.first if place else found.first
            yield Claim(abroad, country, person.name, False, first, person.last, "counterpart")


def _possessive(cast: Cast, found: Found[str]) -> int:
    """Where "her predecessor" begins."""
    return found.first - 1 if found.first > cast.sentence_at(found.first).first else found.first


def _beside_last(cast: Cast, words: Surfaces[str], claims: list[Claim]) -> Iterator[tuple[Found[str], Person, Claim]]:
    """Those named right after such a word, with the holder told last before it, here or one sentence earlier."""
    tokens = cast.tokens
    current = sorted((c for c in claims if not c.over), key=lambda c: c.last)
    ends = [c.last for c in current]
    for found in words.find(tokens, 0, len(tokens)):
        sentence = cast.sentence_at(found.first)
        at = found.last + (found.last < sentence.last and tokens[found.last].kind is Kind.COMMA)
        person = cast.name_from(at, sentence.last) if at < sentence.last else None
        before = bisect_right(ends, found.first)
        last = current[before - 1] if before else None
        if person and last and cast.sentence_at(last.first).index >= sentence.index - 1:
            yield found, person, last
