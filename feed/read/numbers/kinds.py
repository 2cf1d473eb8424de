"""What a quantity is, and the tables that it is read by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from feed.model.quantity import Qualifier
from feed.read.english import English
from feed.read.english.wording import Ages, Naming, Ratios
from feed.read.text.words import Words

PERCENT = "percent"


TIMES = "times"


class Quantity(NamedTuple):
    """A number that may be a figure. Words `first` to `last` hold it as it stands, `opening` its qualifier.

    `unit`: a currency code, `percent`, `times`, or "" for a count. `fraction`: told as a part ("a third", "one in 10").
    `closing`: the word after everything that belongs to it ("or so"). `scale`: what its scale word is worth, else 1.
    `sign`: 1 or -1 when a plus or minus stands before it, else 0. `points`: told in percentage points.
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
    scale: Decimal = Decimal(1)
    sign: int = 0
    points: bool = False


class Reserved(NamedTuple):
    """A number that is no quantity, with the reason: an age, a clock time, an act's section."""

    first: int
    last: int
    why: str


class Phrase(NamedTuple):
    """Words that hedge a number. `marked`: only one that is a mark. `apart`: also behind its noun."""

    words: tuple[str, ...]
    says: Qualifier
    unless: frozenset[str] = frozenset()
    marked: bool = False
    apart: bool = False


Sized = tuple[int, dict[tuple[str, ...], tuple[Phrase, ...]]]  # the phrases of so many words, by these


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The tables of numbers, compiled: phrases as tuples of words."""

    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, Decimal]
    glued: dict[str, Decimal]
    fractions: dict[str, Decimal]
    vulgar: dict[str, Decimal]  # ½ and its like
    multiples: dict[str, Decimal]
    currencies: dict[str, str]
    percent: frozenset[tuple[str, ...]]
    transparent: frozenset[tuple[str, ...]]  # what may stand between a qualifier and its number
    opening: frozenset[str]  # their first words
    markers: frozenset[str]  # "the 30,000 mark"
    before: dict[str, tuple[Sized, ...]]  # by the last word, longest first
    after: dict[str, tuple[Phrase, ...]]  # by the first word
    starters: frozenset[str]
    proper: frozenset[str]
    ordinals: frozenset[str]
    moving: frozenset[str]  # words of rise and fall: "rose 12 to 300" is no range
    measures: frozenset[str]  # miles, kilos
    ordered: frozenset[str]  # "a third man"
    ratios: Ratios
    ages: Ages
    naming: Naming


def arithmetic(english: English, split: Callable[[str], tuple[str, ...]], moving: frozenset[str]) -> Arithmetic:
    """The tables of english.toml, ready to be compared with words; `split` cuts a phrase as a text would be cut."""
    n = english.numbers
    folds = {f"{word}fold": Decimal(worth) for word, worth in (n.units | n.tens).items() if worth > 1}
    multiples = folds | n.multiples
    transparent = frozenset(split(phrase) for phrase in n.transparent)
    return Arithmetic(
        n.units,
        n.tens,
        n.scales,
        n.glued_scales,
        n.fractions,
        n.vulgar,
        multiples,
        n.currencies,
        frozenset(split(phrase) for phrase in n.percent),
        transparent,
        frozenset(phrase[0] for phrase in transparent),
        frozenset(n.markers),
        {word: _sized(rows) for word, rows in _keyed(list(_before(english, split)), -1).items()},
        _keyed(list(_after(english, split)), 0),
        frozenset([*n.units, *n.tens, *multiples, *n.fractions, *SIGNS, *ZERO, "a", "an"]),
        frozenset(english.roles.proper),
        frozenset(n.ordinals),
        moving,
        frozenset(n.measures),
        frozenset(n.ordered),
        n.ratios,
        n.ages,
        n.naming,
    )


ZERO = frozenset({"nought", "zero", "oh"})  # "nought point five"
SIGNS = {"+": 1, "-": -1, "−": -1}


def _before(english: English, split: Callable[[str], tuple[str, ...]]) -> Iterator[Phrase]:
    for row in english.qualifier:
        unless = frozenset(row.unless)
        yield from (Phrase(split(phrase), row.says, unless) for phrase in row.before)
        yield from (Phrase(split(phrase), row.says, marked=True) for phrase in row.mark)
        for degree in english.numbers.slight:
            yield from (Phrase(split(f"{degree} {phrase}"), row.says) for phrase in row.slightly)


def _after(english: English, split: Callable[[str], tuple[str, ...]]) -> Iterator[Phrase]:
    for row in english.qualifier:
        yield from (Phrase(split(phrase), row.says) for phrase in row.after)
        yield from (Phrase(split(phrase), row.says, apart=True) for phrase in row.apart)


def _keyed(rows: list[Phrase], at: int) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, tuple[Phrase, ...]] = {}
    for row in sorted(rows, key=lambda row: -len(row.words)):
        found[row.words[at]] = (*found.get(row.words[at], ()), row)
    return found


def _sized(rows: tuple[Phrase, ...]) -> tuple[Sized, ...]:
    found: dict[int, dict[tuple[str, ...], tuple[Phrase, ...]]] = {}
    for row in rows:
        alike = found.setdefault(len(row.words), {})
        alike[row.words] = (*alike.get(row.words, ()), row)
    return tuple(found.items())


MARKS = ("list mark", "number of a section")


def behind_mark(words: Words, reserved: Sequence[Reserved]) -> int:
    """The word with which a line begins behind "3.2", "4." or "(b)": what only counts lines says nothing in them."""
    end = next((row.last for row in reserved if row.first == 0 and row.why in MARKS), 0)
    return end + (end > 0 and words.form(end) in (".", ")"))
