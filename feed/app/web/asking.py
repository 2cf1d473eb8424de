"""What stands behind the `?` of an address, read strictly: a word that means nothing is refused, never ignored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from feed.model.alert import AlertClass, Severity
from feed.model.asked import Asked
from feed.publish.feeds import Question

LONGEST = 2048
DIM = "dim."
WORDS = ("class", "metric", "series", "source", "severity")
MOST_DIGITS = 12


def question(query: QueryParams) -> Question:
    """The feed that is asked for. Raises HTTPException (400) with the reason."""
    pairs = _known(query, (*WORDS, "page"))
    page = number(query, "page", 0)
    asked = [pair for pair in pairs if pair[0] != "page"]
    return Question(_asked(asked), urlencode(sorted(asked)), page or None)


def filtered(query: QueryParams, *beside: str) -> Asked:
    """The alerts that are asked for, where the words `beside` may stand too. Raises HTTPException (400)."""
    return _asked([pair for pair in _known(query, (*WORDS, *beside)) if pair[0] not in beside])


def number(query: QueryParams, name: str, default: int) -> int:
    """A whole number, not below 0. Raises HTTPException (400)."""
    said = query.get(name)
    if said is None:
        return default
    if not (said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS):
        raise HTTPException(400, f"`{name}` is a whole number, not below 0.")
    return int(said)


def _known(query: QueryParams, words: Sequence[str]) -> list[tuple[str, str]]:
    if len(str(query)) > LONGEST:
        raise HTTPException(400, f"A question has at most {LONGEST} characters.")
    for name, value in query.multi_items():
        if name not in words and not (name.startswith(DIM) and name != DIM and "class" in words):
            raise HTTPException(400, f"What may be asked: {', '.join(words)}, {DIM}KEY.")
        if not value:
            raise HTTPException(400, f"`{name}` is empty.")
    return query.multi_items()


def _asked(pairs: Iterable[tuple[str, str]]) -> Asked:
    held: dict[str, list[str]] = {}
    for name, value in pairs:
        held.setdefault(name, []).append(value)
    classes = tuple(_one_of(each, get_args(AlertClass), "class") for each in held.get("class", ()))
    severity = _one_of(held.get("severity", [Severity.LOW])[-1], tuple(Severity), "severity")
    return Asked(
        classes=classes,
        metrics=tuple(held.get("metric", ())),
        series=tuple(held.get("series", ())),
        sources=tuple(held.get("source", ())),
        dims=tuple((name.removeprefix(DIM), each[-1]) for name, each in held.items() if name.startswith(DIM)),
        severity=Severity(severity),
    )


def _one_of(word: str, known: Sequence[str], name: str) -> str:
    if word not in known:
        raise HTTPException(400, f"`{name}` is one of: {', '.join(known)}.")
    return word
