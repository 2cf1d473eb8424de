"""What a quantity is, and the tables that it is read by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from feed.model.quantity import Qualifier
from feed.read.english import English

PERCENT = "percent"


TIMES = "times"


class Quantity(NamedTuple):
    """A number that may be a figure. Words `first` to `last` hold it as it stands, `opening` its qualifier.

    `unit`: a currency code, `percent`, `times`, or "" for a count. `scaled`: with a scale word. `fraction`: told as a
    part ("a third", "one in 10"). `closing`: the word after everything that belongs to it ("or so").
    """

    opening: int
    first: int
    last: int
    closing: int
    numbers: tuple[Decimal, ...]
    step: Decimal
    rounded: bool
    unit: str
    qualifier: Qualifier
    fraction: bool = False


class Reserved(NamedTuple):
    """A number that is no quantity, with the reason: an age, a clock time, an act's section."""

    first: int
    last: int
    why: str


Phrase = tuple[tuple[str, ...], Qualifier]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The tables of numbers, compiled: phrases as tuples of words."""

    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, Decimal]
    glued: dict[str, Decimal]
    fractions: dict[str, Decimal]
    multiples: dict[str, Decimal]
    currencies: dict[str, str]
    percent: frozenset[tuple[str, ...]]
    before: dict[str, tuple[Phrase, ...]]  # by the last word, longest first
    after: dict[str, tuple[Phrase, ...]]  # by the first word
    starters: frozenset[str]
    proper: frozenset[str]
    ordinals: frozenset[str]


def arithmetic(english: English, split: Callable[[str], tuple[str, ...]]) -> Arithmetic:
    """The tables of english.toml, ready to be compared with words; `split` cuts a phrase as a text would be cut."""
    n = english.numbers
    before = [(split(phrase), row.says) for row in english.qualifier for phrase in row.before]
    after = [(split(phrase), row.says) for row in english.qualifier for phrase in row.after]
    return Arithmetic(
        n.units,
        n.tens,
        n.scales,
        n.glued_scales,
        n.fractions,
        n.multiples,
        n.currencies,
        frozenset(split(phrase) for phrase in n.percent),
        _keyed(before, -1),
        _keyed(after, 0),
        frozenset([*n.units, *n.tens, *n.multiples, *n.fractions, "a", "an"]),
        frozenset(english.roles.proper),
        frozenset(n.ordinals),
    )


def _keyed(rows: list[Phrase], at: int) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, tuple[Phrase, ...]] = {}
    for row in sorted(rows, key=lambda row: -len(row[0])):
        found[row[0][at]] = (*found.get(row[0][at], ()), row)
    return found
