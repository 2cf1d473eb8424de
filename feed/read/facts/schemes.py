"""What an article says of schemes: how far they have come, and their terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from feed.model.fact import Scheme, Term
from feed.model.reading import FoundFact
from feed.read.cast import Cast
from feed.read.english.telling import Limits
from feed.read.facts.asof import Dated, coming, dates
from feed.read.facts.cues import Form
from feed.read.facts.mentions import Mention
from feed.read.facts.statuses import Told, statuses
from feed.read.text.lexer import Kind
from feed.read.text.once import once
from feed.read.text.quotes import quoted, stretch
from feed.read.text.sentences import Sentence
from feed.read.text.surfaces import Found, Surfaces, phrases
from feed.read.times.dates import Almanac

LEAST = 3  # countries that make a list of those that take part


def schemes(
    cast: Cast, found: tuple[Mention, ...], spoken: frozenset[int], almanac: Almanac | None
) -> Iterator[FoundFact]:
    """Statuses and terms of the mentioned schemes, each once, in no particular order.

    Of two statuses of one scheme that both hold now, only the one further down the table is told.
    `spoken` are tokens of quoted speech, which tells statements and no facts. Linear in the article's length.
    """
    told = tuple(statuses(cast, found, spoken, almanac))
    yield from _statuses(cast, told)
    yield from _partners(cast, told)
    if almanac:
        yield from _terms(cast, found, spoken, almanac)


def _statuses(cast: Cast, told: tuple[Told, ...]) -> Iterator[FoundFact]:
    today = cast.published
    rank: dict[str, int] = {}
    for one in told:
        if one.as_of == today:
            rank |= {scheme: max(one.rank, rank.get(scheme, 0)) for scheme in one.mention.schemes}
    best: dict[tuple[str, str], Told] = {}
    for one in told:
        for scheme in one.mention.schemes:
            if one.as_of == today and one.rank < rank[scheme]:
                continue
            key = scheme, one.row.status
            if key not in best or (best[key].as_of is None and one.as_of is not None):
                best[key] = one
    for (scheme, status), one in best.items():
        quote = stretch(cast.document, one.first, one.last)
        fact = Scheme(scheme=scheme, status=one.row.status, quote=quote, as_of=one.as_of)
        yield FoundFact(fact, f"scheme: {status}, {one.form}")


def _partners(cast: Cast, told: tuple[Told, ...]) -> Iterator[FoundFact]:
    """The other side of a deal that is told as agreed now."""
    partners = {row.id: row.partners for row in cast.topic.actors.schemes.scheme}
    seen: set[str] = set()
    for one in told:
        if one.row.status != "agreed" or one.form is not Form.DONE or one.as_of != cast.published:
            continue
        for scheme in one.mention.schemes:
            if partners[scheme] and not one.mention.again and scheme not in seen:
                seen.add(scheme)
                quote = stretch(cast.document, one.first, one.last)
                yield _term(cast, scheme, "counterparty", partners[scheme][0], quote, "deal with")


def _term(cast: Cast, scheme: str, term: Term, value: str | tuple[str, ...], quote: object, rule: str) -> FoundFact:
    fact = Scheme.model_validate(
        {"scheme": scheme, "term": term, "value": value, "quote": quote, "as_of": cast.published}
    )
    return FoundFact(fact, f"scheme: {rule}")


@dataclass(frozen=True, slots=True)
class Words:
    """The table of English about terms, compiled."""

    runs: Surfaces[str]
    until: Surfaces[str]
    takers: frozenset[str]
    listing: Surfaces[str]


@once
def words(limits: Limits) -> Words:
    """The table compiled. The same objects give the same one."""
    return Words(phrases(limits.runs), phrases(limits.until), frozenset(limits.takers), phrases(limits.listing))


def _terms(cast: Cast, found: tuple[Mention, ...], spoken: frozenset[int], almanac: Almanac) -> Iterator[FoundFact]:
    table = words(cast.telling.limits)
    seen: set[tuple[str, Term]] = set()
    at, last = 0, None
    for sentence in cast.document.sentences:
        while at < len(found) and found[at].first < sentence.last:
            at, last = at + 1, found[at]
        if last is None or len(last.schemes) != 1 or sentence.first in spoken:
            continue
        near = sentence.index - cast.sentence_at(last.first).index
        if near > 1:
            continue
        for fact in (*_runs(cast, table, sentence, last, almanac), *_takers(cast, table, sentence, last)):
            scheme = fact.fact
            if isinstance(scheme, Scheme) and scheme.term and (scheme.scheme, scheme.term) not in seen:
                seen.add((scheme.scheme, scheme.term))
                yield fact


def _runs(cast: Cast, table: Words, sentence: Sentence, mention: Mention, almanac: Almanac) -> Iterator[FoundFact]:
    """First and last day: "would run from D to D", "will now run until D"."""
    runs = table.runs.first(cast.tokens, sentence.first, sentence.last)
    until = None if runs else table.until.first(cast.tokens, sentence.first, sentence.last)
    if not (runs or until):
        return
    days = dates(cast.document, sentence, almanac)
    scheme = mention.schemes[0]
    if runs:
        bounds = [d for d in days if runs.last <= d.first][:2]
        if len(bounds) == 2 and bounds[0].first == runs.last:
            quote = stretch(cast.document, runs.first, bounds[1].last)
            yield _term(cast, scheme, "starts", bounds[0].start.isoformat(), quote, "runs from")
            yield _term(cast, scheme, "ends", bounds[1].end.isoformat(), quote, "runs from")
    if until:
        yield from _until(cast, scheme, until, days, almanac)


def _until(
    cast: Cast, scheme: str, until: Found[str], days: tuple[Dated, ...], almanac: Almanac
) -> Iterator[FoundFact]:
    bound = next((d for d in days if until.last <= d.first <= until.last + 1), None)
    if bound:
        quote = stretch(cast.document, until.first, bound.last)
        yield _term(cast, scheme, "ends", coming(bound, almanac.today).isoformat(), quote, "runs until")


def _takers(cast: Cast, table: Words, sentence: Sentence, mention: Mention) -> Iterator[FoundFact]:
    """The countries that take part: "the nations it names are A, B and C"."""
    listing = _listing(cast, table, sentence)
    if listing is None:
        return
    codes: list[str] = []
    at = listing.last
    while at < sentence.last:
        place = cast.country_from(at)
        if place:
            codes.append(place.value)
        elif not (cast.tokens[at].kind is Kind.COMMA or cast.tokens[at].folded in ("and", "the")):
            break
        at = place.last if place else at + 1
    if len(codes) >= LEAST:
        quote = quoted(cast.document, sentence.start, sentence.end)
        yield _term(cast, mention.schemes[0], "countries", tuple(codes), quote, "list of countries")


def _listing(cast: Cast, table: Words, sentence: Sentence) -> Found[str] | None:
    """The "are" or "include" soon after "the countries"."""
    tokens = cast.tokens
    taker = next((i for i in range(sentence.first, sentence.last) if tokens[i].folded in table.takers), sentence.last)
    return table.listing.first(tokens, taker + 1, min(taker + 6, sentence.last))
