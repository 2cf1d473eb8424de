"""Schemes named by partner and noun: "the X plan", "deals with X, Y and Z", "the deal he struck with X"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from feed.model.actors import Scheme
from feed.read.cast import Cast
from feed.read.facts.book import Book, fits
from feed.read.text.lexer import Kind
from feed.read.text.sentences import Sentence


class Mention(NamedTuple):
    """Some schemes named at tokens `first` to `last`, end excluded. `again`: by a general noun or "it" only.

    `inner` is the first token of a relative clause inside it ("the deal <he struck with X>"), else `last`.
    """

    first: int
    last: int
    schemes: tuple[str, ...]
    again: bool
    inner: int


def deals(
    cast: Cast, table: Book, sentence: Sentence, here: frozenset[str], before: frozenset[str], named: set[str]
) -> Iterator[Mention]:
    """The deals of a sentence. `here` and `before` are the condition words of it and of the one before.

    `named`: schemes that the article has named, which need no context any more.
    """
    for head in table.heads.find(cast.tokens, sentence.first, sentence.last):
        left, first = _left(cast, table, head.first, sentence.first)
        right, last, inner = _right(cast, table, head.last, sentence.last)
        told = (*left, *right)
        partners = [code for code in told if code != table.home]
        if not partners:
            partners = _parties(cast, table, sentence, (first, head.last), at_home=table.home in told)
        loose = not left and bool(_sent_to(cast, head.last, min(sentence.last, head.last + SENT)))
        rows = [_row(table, head.value, code, here, before, named, loose=loose) for code in dict.fromkeys(partners)]
        ids = tuple(row.id for row in rows if row)
        if ids and not _foreign(cast, table, head.first, sentence, partners, here):
            yield Mention(first, last, ids, again=False, inner=inner)


PARTY = 9  # tokens between the parties and "a deal" that they strike
LEADERS = 14  # tokens after "a deal" in which those who signed it are named


def _parties(cast: Cast, table: Book, sentence: Sentence, noun: tuple[int, int], *, at_home: bool) -> list[str]:
    """The one other side of a deal that is told apart from its noun, none when several or none can be meant.

    "X and home have struck a <deal>", "X has signed a <deal> with home", "the <deal> between the two countries", "the
    <deal> that <X's leader> signed".
    """
    first, last = noun
    near = {place.value for place in cast.countries(max(sentence.first, first - PARTY), first)}
    if not at_home and table.home not in near:
        near = set()
    if _both(cast, last, sentence.last):
        near = {place.value for place in cast.countries(sentence.first, sentence.last)}
    others = sorted((near or _led(cast, last, min(sentence.last, last + LEADERS))) - {table.home})
    return others if len(others) == 1 else []


def _both(cast: Cast, at: int, stop: int) -> bool:
    """Whether "between the two countries" follows."""
    words = [token.folded for token in cast.tokens[at : min(stop, at + 4)]]
    return words[:1] == ["between"] and bool(SIDES.intersection(words[1:]))


SIDES = frozenset({"countries", "governments", "nations", "sides", "capitals"})


def _led(cast: Cast, first: int, last: int) -> set[str]:
    """The countries whose leaders the public record knows among the people named there."""
    people = cast.names.people.find(cast.tokens, first, last)
    return {term.country for person in people for term in cast.names.held.get(person.value, ())}


def _row(
    table: Book,
    head: str,
    partner: str,
    here: frozenset[str],
    before: frozenset[str],
    named: set[str],
    *,
    loose: bool,
) -> Scheme | None:
    """The first row of that partner that goes with that noun in this context; `loose` ones need its words near."""
    context = bool((here | before) & table.deal_context)
    off = bool(here & table.deal_unless)
    for row in table.rows:
        if partner not in row.partners or head not in (row.heads or table.general) or not fits(row, here, before):
            continue
        if not off and ((row.heads and not loose) or context or row.id in named):
            return row
    return None


def _left(cast: Cast, table: Book, head: int, start: int) -> tuple[list[str], int]:
    """Countries right before a noun, and where the noun phrase begins: "the X-Y <deal>"."""
    tokens, codes, at, first = cast.tokens, [], head, head
    low = max(start, head - 7)
    while at > low:
        place = cast.country_until(at) or table.also.ending(tokens, max(low, at - 3), at)
        if place and place.first >= low:
            codes.append(place.value)
            at = first = place.first
        elif tokens[at - 1].kind in NOUNY and tokens[at - 1].folded not in cast.telling.closed:
            at -= 1
        else:
            break
    return codes, first


NOUNY = frozenset({Kind.WORD, Kind.HYPHEN, Kind.OPEN, Kind.CLOSE, Kind.DASH, Kind.SLASH})


def _right(cast: Cast, table: Book, head: int, stop: int) -> tuple[list[str], int, int]:
    """Countries after a noun's "with" or "between"; the phrase's end, and where a clause inside it begins."""
    tokens = cast.tokens
    sent = _sent_to(cast, head, min(stop, head + SENT))
    if sent:
        codes, last = _listed(cast, table, sent, stop)
        return codes, last, last
    for at in range(head, min(stop, head + 8)):
        if tokens[at].folded in ("with", "between"):
            codes, last = _listed(cast, table, at + 1, stop)
            return (codes, last, head if at > head else last) if codes else ([], head, head)
        if tokens[at].kind not in NOUNY or tokens[at].folded in ("and", "while", "but"):
            break
    return [], head, head


SENT = 9  # tokens between "a plan" and "to X"


def _sent_to(cast: Cast, head: int, stop: int) -> int:
    """The token of the country in "flights to X", "plan to send <people> to X"; 0 when there is none."""
    tokens = cast.tokens
    if head >= stop or tokens[head].folded != "to":
        return 0
    for at in range(head, stop):
        if tokens[at].folded == "to" and cast.country_from(at + 1):
            return at + 1
        if tokens[at].kind not in NOUNY or tokens[at].folded in BETWEEN:
            return 0
    return 0


BETWEEN = frozenset({"and", "while", "but", "that", "which", "who", "with"})


def _listed(cast: Cast, table: Book, at: int, stop: int) -> tuple[list[str], int]:
    """The countries of a list "X, Y and the Z" that begins there, and its end."""
    codes: list[str] = []
    last = at
    while at < stop:
        place = cast.country_from(at) or table.also.at(cast.tokens, at, stop)
        if place:
            codes.append(place.value)
            at = last = place.last
        elif cast.tokens[at].folded in JOINING or cast.tokens[at].kind is Kind.COMMA:
            at += 1
        else:
            break
    return codes, last


JOINING = frozenset({"the", "and", "both", "or"})


def _foreign(cast: Cast, table: Book, head: int, sentence: Sentence, partners: list[str], here: frozenset[str]) -> bool:
    """Whether another country than the two is told before the noun, and nothing of home: then the deal is theirs."""
    others = {p.value for p in cast.countries(max(sentence.first, head - 40), head)} - {table.home, *partners}
    return bool(others) and not here & table.about
