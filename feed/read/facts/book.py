"""The pack's schemes compiled: their names and nouns, and the words that must or must not stand beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from feed.model.actors import Scheme, Schemes
from feed.read.cast import Cast
from feed.read.text.lexer import Tokens
from feed.read.text.once import once
from feed.read.text.sentences import Sentence
from feed.read.text.surfaces import Found, Surfaces, phrases


@dataclass(frozen=True, slots=True)
class Book:
    """The pack's schemes, compiled."""

    rows: tuple[Scheme, ...]
    names: Surfaces[tuple[Scheme, ...]]
    heads: Surfaces[str]
    general: frozenset[str]
    also: Surfaces[str]
    themes: Surfaces[tuple[Scheme, ...]]
    conditions: Surfaces[str]
    deal_context: frozenset[str]
    deal_unless: frozenset[str]
    about: frozenset[str]
    home: str
    anaphors: frozenset[str]
    proper: frozenset[str]  # nouns of schemes that go by their names alone: "the barge"
    called: Mapping[str, frozenset[str]]  # scheme -> the words that it goes by


def _plural(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(form, word) for word in words for form in (word, f"{word}s")]


def _grouped(pairs: Iterable[tuple[str, Scheme]]) -> list[tuple[str, tuple[Scheme, ...]]]:
    groups: dict[str, tuple[Scheme, ...]] = {}
    for phrase, row in pairs:
        groups[phrase] = (*groups.get(phrase, ()), row)
    return list(groups.items())


@once
def book(schemes: Schemes, anaphors: tuple[str, ...]) -> Book:
    """The pack's schemes compiled. The same objects give the same one."""
    rows, deals = schemes.scheme, schemes.deals
    general = deals.heads if deals else ()
    heads = dict.fromkeys([*general, *(head for row in rows for head in row.heads)])
    asked = {word for row in rows for word in (*row.owner, *row.unless, *row.context)}
    context = deals.context if deals else ()
    unless = deals.unless if deals else ()
    about = deals.about if deals else ()
    called: dict[str, frozenset[str]] = {}
    for row in rows:
        words = {word for name in row.names for word in name.split()} | set(general if row.partners else ())
        called[row.id] = called.get(row.id, frozenset()) | words | set(row.heads)
    return Book(
        rows=rows,
        called=called,
        names=Surfaces(_grouped((name, row) for row in rows for name in row.names)),
        heads=Surfaces(_plural(heads)),
        general=frozenset(general),
        also=Surfaces((word, row.partners[0]) for row in rows if row.partners for word in row.also),
        themes=Surfaces(_grouped((theme, row) for row in rows for theme in row.theme)),
        conditions=phrases({*asked, *context, *unless, *about}),
        deal_context=frozenset(context),
        deal_unless=frozenset(unless),
        about=frozenset(about),
        home=deals.home if deals else "",
        anaphors=frozenset(anaphors),
        proper=frozenset(head for row in rows if row.names and not (row.partners or row.theme) for head in row.heads),
    )


def conditions(cast: Cast, table: Book, sentence: Sentence) -> frozenset[str]:
    """Which of the pack's condition words stand in a sentence."""
    tokens = cast.tokens
    hits = table.conditions.every(tokens, sentence.first, sentence.last)
    return frozenset(word for hit in hits for word in _inner(table, tokens, hit))


def _inner(table: Book, tokens: Tokens, hit: Found[str]) -> Iterator[str]:
    yield hit.value
    if hit.last - hit.first > 1:
        first = table.conditions.at(tokens, hit.first, hit.last - 1)
        if first:
            yield first.value


def fits(row: Scheme, here: frozenset[str], before: frozenset[str]) -> bool:
    """Whether a row's conditions are met by the words of the sentence (`here`) and of the one before."""
    owned = not row.owner or any(word in here for word in row.owner)
    placed = not row.context or any(word in here or word in before for word in row.context)
    return owned and placed and not any(word in here for word in row.unless)
