"""Phrases to be found in a text token by token: one look-up a token, the longest phrase wins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from feed.read.text.lexer import Kind, Tokens, lex, wordy

Value = TypeVar("Value")


class Found(NamedTuple, Generic[Value]):
    """A phrase found: token indexes, end excluded, and what it stands for."""

    first: int
    last: int
    value: Value


class Surfaces(Generic[Value]):
    """Phrases and what they stand for; immutable. Of equal phrases the first row wins.

    A phrase written with a capital letter is found only as written; any other in whatever case. Hyphens between
    words may be left out or put in ("ex minister", "ex-minister").
    """

    __slots__ = ("_rows", "_sized")

    def __init__(self, rows: Iterable[tuple[str, Value]]) -> None:
        self._rows: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], Value]]] = {}
        # The same rows by how many words they have, longest first, and these words.
        self._sized: dict[str, dict[int, dict[tuple[str, ...], list[tuple[tuple[str, ...], Value]]]]] = {}
        for phrase, value in rows:
            written = tuple(phrase.split()) if wordy(phrase) else _words(phrase)
            key = tuple([word.lower() for word in written])
            if key:
                cased = written if phrase != phrase.lower() else ()
                self._rows.setdefault(key[0], []).append((key, cased, value))
        for word, kept in self._rows.items():
            kept.sort(key=lambda row: -len(row[0]))
            sized = self._sized[word] = {}
            for key, cased, value in kept:
                sized.setdefault(len(key), {}).setdefault(key, []).append((cased, value))

    def known(self, word: str) -> bool:
        """Whether some phrase begins with that word, in lower case."""
        return word in self._rows

    def at(self, tokens: Tokens, first: int, stop: int) -> Found[Value] | None:
        """The longest phrase that begins at that token and ends before `stop`."""
        forms = tokens.forms
        sized = self._sized.get(forms[first])
        if sized is None:
            return None
        if Kind.HYPHEN in tokens.kinds[first + 1 : first + next(iter(sized))]:
            return self._hyphened(tokens, first, stop)
        for size, keys in sized.items():
            last = first + size
            for cased, value in keys.get(forms[first:last], ()):
                if last <= stop and not (cased and _written(tokens, first, last) != cased):
                    return Found(first, last, value)
        return None

    def _hyphened(self, tokens: Tokens, first: int, stop: int) -> Found[Value] | None:
        """The same where a hyphen stands within reach of the longest phrase."""
        for key, cased, value in self._rows[tokens.forms[first]]:
            last = first + len(key)
            if tokens.forms[first:last] != key:
                hyphened = Kind.HYPHEN in tokens.kinds[first + 1 : last]
                last = _past_hyphens(tokens, first, stop, cased or key, cased=bool(cased)) if hyphened else 0
            elif last > stop or (cased and _written(tokens, first, last) != cased):
                last = 0
            if last:
                return Found(first, last, value)
        return None

    def find(self, tokens: Tokens, first: int, stop: int) -> list[Found[Value]]:
        """Every phrase in that range, longest first at each place, none overlapping another."""
        found: list[Found[Value]] = []
        free = first
        for at in tokens.beginning(self._rows, first, stop):
            hit = self.at(tokens, at, stop) if at >= free else None
            if hit:
                found.append(hit)
                free = hit.last
        return found

    def every(self, tokens: Tokens, first: int, stop: int) -> list[Found[Value]]:
        """The longest phrase at each place in that range, overlapping ones included."""
        hits = [self.at(tokens, at, stop) for at in tokens.beginning(self._rows, first, stop)]
        return [hit for hit in hits if hit]

    def first(self, tokens: Tokens, first: int, stop: int) -> Found[Value] | None:
        """The first phrase in that range."""
        hits = (self.at(tokens, at, stop) for at in tokens.beginning(self._rows, first, stop))
        return next((hit for hit in hits if hit), None)

    def ending(self, tokens: Tokens, first: int, last: int) -> Found[Value] | None:
        """The longest phrase that begins at `first` or later and ends exactly before `last`."""
        for start in tokens.beginning(self._rows, first, last):
            hit = self.at(tokens, start, last)
            if hit and hit.last == last:
                return hit
        return None


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(t.text.replace("’", "'") for t in lex(phrase) if t.kind is not Kind.HYPHEN)


def _written(tokens: Tokens, first: int, last: int) -> tuple[str, ...]:
    return tuple([token.text.replace("’", "'") for token in tokens[first:last]])


def _past_hyphens(tokens: Tokens, first: int, stop: int, key: tuple[str, ...], *, cased: bool) -> int:
    """The token after the phrase, 0 when it does not stand there, hyphens passed over."""
    at = first
    for word in key:
        while at > first and at < stop and tokens[at].kind is Kind.HYPHEN:
            at += 1
        if at >= stop or word != (tokens[at].text.replace("’", "'") if cased else tokens[at].folded):
            return 0
        at += 1
    return at


def phrases(words: Iterable[str]) -> Surfaces[str]:
    """Phrases that stand for themselves."""
    return Surfaces((word, word) for word in words)
