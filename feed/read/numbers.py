"""Quantities in a sentence: what is left of its numbers when times have taken theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from feed.model.quantity import Qualifier, is_rounded, step_of
from feed.read.dates import YEARS
from feed.read.english import English
from feed.read.lexer import Kind
from feed.read.times import Time
from feed.read.words import Words

PERCENT = "percent"
TIMES = "times"


class Quantity(NamedTuple):
    """A number that may be a figure. Word indexes: `first` to `last` hold the number as it stands, `opening` its qualifier.

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
    before: tuple[tuple[tuple[str, ...], Qualifier], ...]
    after: tuple[tuple[tuple[str, ...], Qualifier], ...]
    proper: frozenset[str]
    ordinals: frozenset[str]


def arithmetic(english: English, split: Callable[[str], tuple[str, ...]]) -> Arithmetic:
    """The tables of english.toml, ready to be compared with words; `split` cuts a phrase as a text would be cut."""
    n = english.numbers
    before = [(split(p), row.says) for row in english.qualifier for p in row.before]
    after = [(split(p), row.says) for row in english.qualifier for p in row.after]
    longest = sorted(before, key=lambda row: -len(row[0]))
    return Arithmetic(
        n.units, n.tens, n.scales, n.glued_scales, n.fractions, n.multiples, n.currencies,
        frozenset(split(p) for p in n.percent), tuple(longest), tuple(sorted(after, key=lambda row: -len(row[0]))),
        frozenset(english.roles.proper), frozenset(n.ordinals),
    )


class _Value(NamedTuple):
    """A bare number: word after it, value, step, rounded, and whether words wrote it."""

    after: int
    value: Decimal
    step: Decimal
    rounded: bool
    worded: bool = False


def read_numbers(words: Words, times: Sequence[Time], table: Arithmetic) -> tuple[list[Quantity], list[Reserved]]:
    """All quantities of a sentence, and all numbers that are none. The words of times are left out."""
    taken = {i for time in times for i in range(time.first, time.last)}
    quantities: list[Quantity] = []
    reserved: list[Reserved] = []
    at = 0
    while at < len(words):
        found = None if at in taken else _quantity(words, at, table)
        if isinstance(found, Quantity):
            quantities.append(_hedged(words, found, table, taken))
            at = max(found.last, at + 1)
        elif isinstance(found, Reserved):
            reserved.append(found)
            at = max(found.last, at + 1)
        else:
            at += 1
    return quantities, reserved


def _quantity(words: Words, at: int, table: Arithmetic) -> Quantity | Reserved | None:
    for grammar in (_multiple, _one_in, _fraction, _money, _count):
        found = grammar(words, at, table)
        if found:
            return found
    return None


# --- bare numbers


def _value(words: Words, at: int, table: Arithmetic) -> _Value | None:
    word = words.at(at)
    if word.token.kind is Kind.NUMBER:
        return _digits(words, at, table)
    return _worded(words, at, table)


MAX_DIGITS = 15


def _digits(words: Words, at: int, table: Arithmetic) -> _Value | None:
    text = words.form(at)
    if len(text) > MAX_DIGITS + 6:
        return None
    value = Decimal(text.replace(",", ""))
    scale, after = Decimal(1), at + 1
    following = words.at(after)
    if following.token.kind is Kind.WORD:
        if following.token.glued and following.form in table.glued:
            scale, after = table.glued[following.form], after + 1
        elif following.form in table.scales and not following.token.glued and len(following.form) > 2:
            scale, after = table.scales[following.form], after + 1
        elif following.form in ("bn", "m", "mn") and words.at(at - 1).token.kind is Kind.CURRENCY:
            scale, after = table.scales[following.form], after + 1
    return _Value(after, value * scale, step_of(text, scale), is_rounded(text, scaled=scale != 1, percent=False))


def _worded(words: Words, at: int, table: Arithmetic) -> _Value | None:
    value = _small(words, at, table)
    if value is None:
        return None
    number, after = value
    total, step = Decimal(0), Decimal(1)
    while True:
        scale = table.scales.get(words.form(after)) if len(words.form(after)) > 2 else None
        if scale is None:
            return _Value(after, total + number, step if number == 0 else Decimal(1), rounded=False, worded=True) if not total else \
                _Value(after, total + number, step, rounded=number == 0, worded=True)
        total, step, after = (total + number) * scale if scale < 1000 and not total else total + number * scale, scale, after + 1
        number = 0
        skip = after + 1 if words.form(after) == "and" else after
        more = _small(words, skip, table)
        if more:
            number, after = more
            step = Decimal(1)


def _small(words: Words, at: int, table: Arithmetic) -> tuple[int, int] | None:
    form = words.form(at)
    if form in table.tens:
        unit = table.units.get(words.form(at + 1), 0)
        joined = 0 < unit < 10 and words.at(at + 1).hyphened
        return (table.tens[form] + unit, at + 2) if joined else (table.tens[form], at + 1)
    if form in table.units:
        return table.units[form], at + 1
    if form == "a" and words.form(at + 1) in ("hundred", "thousand", "million", "billion"):
        return 1, at + 1
    return None


# --- what a number can be


def _percent_after(words: Words, at: int, table: Arithmetic) -> int | None:
    """The word after a percent sign or word; None for none, and for percentage points."""
    for length in (2, 1):
        if tuple(words.form(at + i) for i in range(length)) in table.percent:
            return at + length
    return None


def _money(words: Words, at: int, table: Arithmetic) -> Quantity | Reserved | None:
    if words.at(at).token.kind is not Kind.CURRENCY:
        return None
    value = _digits(words, at + 1, table) if words.at(at + 1).token.kind is Kind.NUMBER else None
    if value is None:
        return None
    unit = table.currencies.get(words.form(at), "XXX")
    if words.form(value.after) in ("to", "–", "-") or words.at(value.after).hyphened:
        ranged = _money_range(words, at, value, unit, table)
        if ranged:
            return ranged
    return _plain(at, value.after, value, unit)


def _money_range(words: Words, at: int, low: _Value, unit: str, table: Arithmetic) -> Quantity | None:
    here = low.after if words.at(low.after).hyphened else low.after + 1
    here += 1 if words.at(here).token.kind is Kind.CURRENCY else 0
    high = _digits(words, here, table) if words.at(here).token.kind is Kind.NUMBER else None
    if high is None or words.form(at - 1) == "from" or high.value <= low.value:
        return None
    return Quantity(at, at, high.after, high.after, (low.value, high.value), low.step, low.rounded, unit, Qualifier.BETWEEN)


def _plain(first: int, last: int, value: _Value, unit: str, *, fraction: bool = False) -> Quantity:
    rounded = value.rounded or unit == PERCENT
    return Quantity(first, first, last, last, (value.value,), value.step, rounded, unit, Qualifier.EXACT, fraction)


def _count(words: Words, at: int, table: Arithmetic) -> Quantity | Reserved | None:
    value = _value(words, at, table)
    if value is None:
        return None
    why = _reserved(words, at, value, table)
    if why:
        return Reserved(at, max(value.after, at + 1), why)
    after = _percent_after(words, value.after, table)
    if after:
        return _percentage(words, at, value, after)
    if words.form(value.after) == "times":
        return _times(words, at, value)
    return _ranged(words, at, value, table) or _plain(at, value.after, value, "")


def _percentage(words: Words, at: int, value: _Value, after: int) -> Quantity | Reserved:
    if words.form(after) in ("point", "points"):
        return Reserved(at, after + 1, "percentage points")
    return _plain(at, after, value, PERCENT)


HIGHER = frozenset({"as", "the", "higher", "more", "greater", "larger", "what", "that", "bigger", "last", "their", "its", "those", "over", "above"})


def _times(words: Words, at: int, value: _Value) -> Quantity | Reserved:
    if words.form(value.after + 1) in HIGHER:
        return _plain(at, value.after + 1, value, TIMES)
    return Reserved(at, value.after + 1, "how often")


def _ranged(words: Words, at: int, low: _Value, table: Arithmetic) -> Quantity | None:
    between = words.form(at - 1) == "between" and words.form(low.after) == "and"
    joined = words.at(low.after).hyphened or words.form(low.after) == "–" and words.at(low.after).token.glued
    spoken = words.form(low.after) == "to" and words.form(at - 1) not in FROM and not _changing(words, at)
    if not (between or joined or spoken):
        return None
    here = low.after if words.at(low.after).hyphened else low.after + 1
    high = _value(words, here, table)
    if high is None or high.value <= low.value or words.at(here).token.kind is Kind.CURRENCY:
        return None
    percent = _percent_after(words, high.after, table)
    last = percent or high.after
    return Quantity(at - 1 if between else at, at, last, last, (low.value, high.value), low.step, low.rounded,
                    PERCENT if percent else "", Qualifier.BETWEEN)


FROM = frozenset({"from", "by", "of", "at", "were"})


def _changing(words: Words, at: int) -> bool:
    return words.form(at - 1) in ("up", "down", "rose", "fell")


def _fraction(words: Words, at: int, table: Arithmetic) -> Quantity | Reserved | None:
    form = words.form(at)
    parts = table.units.get(form, 1 if form in ("a", "an") else 0)
    here = at + 1 if parts else at
    noun = words.form(here)
    worth = table.fractions.get(noun)
    if worth is None or (not parts and noun not in ("half", "halves")):
        return None
    if parts == 1 and noun in ("half", "quarter", "third") and words.form(here + 1) in ("year", "decade", "century", "million", "an", "time", "country", "party", "way", "quarter"):
        return Reserved(at, here + 1, "no share")
    if noun == "half" and (words.form(here + 1) in ("a", "an", "year", "decade", "term", "time", "past", "way") or words.form(at - 1) in ("first", "second", "other", "and", "each", "latter")):
        return Reserved(at, here + 1, "no share")
    if parts and noun.endswith("s") is (parts == 1) and form not in ("a", "an"):
        return None
    value = THIRDS.get((parts, worth), worth * max(parts, 1))
    return Quantity(at, at, here + 1, here + 1, (value,), Decimal(1), True, PERCENT, Qualifier.EXACT, fraction=True)


THIRDS = {(2, Decimal("33.3")): Decimal("66.7")}


def _one_in(words: Words, at: int, table: Arithmetic) -> Quantity | None:
    """"one in five", "seven in 10", "nine out of ten": a share; numbers on both sides, the second one round or small."""
    parts = _value(words, at, table)
    if parts is None or words.at(at - 1).token.kind is Kind.CURRENCY:
        return None
    here = parts.after
    if words.form(here) == "in":
        here += 1
    elif words.match(here, "out", "of"):
        here += 2
    else:
        return None
    whole = _value(words, here + 1 if words.form(here) == "every" else here, table)
    if whole is None or not 2 <= whole.value <= 1000 or parts.value >= whole.value or whole.value in (YEARS):
        return None
    if parts.value > 20 or words.form(whole.after) in ("per", "%", "months", "years", "days", "weeks"):
        return None
    value = (parts.value * 100 / whole.value).quantize(Decimal("0.1"))
    return Quantity(at, at, whole.after, whole.after, (value,), Decimal(1), True, PERCENT, Qualifier.EXACT, fraction=True)


NOT_TIMES = frozenset({"room", "rooms", "bed", "check", "checks", "standards", "glazing", "figures", "agent", "jabbed", "vaccinated"})


def _multiple(words: Words, at: int, table: Arithmetic) -> Quantity | Reserved | None:
    worth = table.multiples.get(words.form(at))
    if worth is None:
        return None
    if words.form(at + 1) in NOT_TIMES or (words.form(at) == "twice" and words.form(at + 1) not in HIGHER):
        return Reserved(at, at + 1, "no ratio")
    return Quantity(at, at, at + 1, at + 1, (worth,), Decimal(1), False, TIMES, Qualifier.EXACT)


# --- what is no quantity


def _reserved(words: Words, at: int, value: _Value, table: Arithmetic) -> str:
    for why, test in RESERVING:
        if test(words, at, value, table):
            return why
    return ""


def _clock(words: Words, at: int, value: _Value, table: Arithmetic) -> bool:
    del table
    after = words.form(value.after)
    if after in ("am", "pm", "noon") or words.match(value.after, "p", ".", "m"):
        return True
    colon = words.form(value.after) == ":" and words.at(value.after).token.glued and words.at(value.after + 1).token.kind is Kind.NUMBER
    before = words.form(at - 1) == ":" and words.at(at).token.glued and words.at(at - 2).token.kind is Kind.NUMBER
    return colon or before


def _age(words: Words, at: int, value: _Value, table: Arithmetic) -> bool:
    del table
    if value.value >= 115 or value.value != value.value.to_integral_value():
        return False
    if words.form(at - 1) in ("aged", "age", "under", "over") and words.form(at - 1) in ("aged", "age"):
        return True
    if words.form(at - 1) in ("to", "and", "–") and words.form(at - 3) == "aged":
        return True
    if words.form(at - 1) in ("under", "over") and words.form(value.after) in (".", ",", "") and words.form(at - 2) in ("were", "was", "are", "those", "anyone", "people"):
        return True
    named = words.form(at - 1) == "," and words.form(value.after) in (",", ".", ";", ")") or words.form(at - 1) == "," and not words.form(value.after)
    return named and not value.worded and value.value < 115 and words.at(at - 2).token.kind is Kind.WORD


def _ordinal(words: Words, at: int, value: _Value, table: Arithmetic) -> bool:
    return words.form(value.after) in table.ordinals and words.at(value.after).token.glued


def _compound(words: Words, at: int, value: _Value, table: Arithmetic) -> bool:
    """"27-member", "three-day": part of an adjective. "25,000-plus" is not."""
    following = words.at(value.after)
    return following.hyphened and following.token.kind is Kind.WORD and following.form not in ("plus", "odd", "strong") \
        and not value.worded | (following.form in table.units) or (value.worded and following.hyphened and following.form not in table.fractions and following.form not in table.scales)


def _named(words: Words, at: int, value: _Value, table: Arithmetic) -> bool:
    """"Section 12", "page 19", "Channel 4": a name's number. A capital or a lower-case table word stands before it."""
    before = words.at(at - 1)
    if before.form == "." and words.form(at - 2) in ("no", "ref", "nos"):
        return True
    if before.form not in table.proper or before.token.kind is not Kind.WORD:
        return False
    if before.form == "top":
        return value.value <= 100
    return "," not in words.form(at) and (before.token.capital or before.form not in ("no", "top", "figure", "number", "day", "series", "claim"))


def _list_mark(words: Words, at: int, value: _Value, table: Arithmetic) -> bool:
    """"1." or "2.1" or "(3)" at the head of a line."""
    del table
    if (at > 1 and words.form(at - 1) != "|") or value.worded or value.value >= 100:
        return False
    after = words.at(value.after)
    alone = not words.form(value.after + 1) and at > 0 and words.form(at - 1) != "|"
    return (after.form in (".", ")") and after.token.glued and not alone) or (
        at == 0 and "." in words.form(at) and words.at(at + 1).token.capital)


def _long(words: Words, at: int, value: _Value, table: Arithmetic) -> bool:
    """Telephone and registration numbers: digits that begin with 0, or too many of them without commas."""
    del table
    text = words.form(at)
    if value.worded or "." in text or "," in text:
        return False
    neighbour = words.at(value.after).token
    return (text.startswith("0") and len(text) > 1) or len(text) >= 7 or (neighbour.kind is Kind.NUMBER and len(neighbour.text) >= 3)


def _year(words: Words, at: int, value: _Value, table: Arithmetic) -> bool:
    """A bare 1900-2099, unless a count noun or a qualifier beside it says otherwise."""
    del table
    text = words.form(at)
    return not value.worded and len(text) == 4 and text.isdigit() and int(text) in YEARS and value.after == at + 1


def _score(words: Words, at: int, value: _Value, table: Arithmetic) -> bool:
    """"22 to 14", "3–1": votes and goals, the greater first."""
    here = value.after
    if words.form(here) not in ("–", "to", "-") and not words.at(here).hyphened:
        return False
    second = _value(words, here if words.at(here).hyphened else here + 1, table)
    return second is not None and second.value < value.value < 700 and words.form(at - 1) not in FROM and words.form(here) != "to" and value.after == at + 1


def _idiom(words: Words, at: int, value: _Value, table: Arithmetic) -> bool:
    """"one of", "no one", "two or more", "one day": small number words that count nothing."""
    del table
    return value.worded and (value.value == 1 or (value.value < 10 and words.form(at - 1) in ("the", "these", "those", "both", "all", "other")))


def _glued(words: Words, at: int, value: _Value, table: Arithmetic) -> bool:
    """Digits that are part of a name or code: "V10", "24A", "Asy_D02"."""
    del table
    before = words.at(at).token.glued and words.at(at - 1).token.kind in (Kind.WORD, Kind.SLASH, Kind.OTHER) and not words.at(at).hyphened
    after = words.at(value.after).token
    return before or (after.glued and after.kind is Kind.WORD and value.after == at + 1 and not words.at(value.after).hyphened and after.folded not in ("pc", "percent"))


Test = Callable[[Words, int, _Value, Arithmetic], bool]
RESERVING: Sequence[tuple[str, Test]] = (
    ("clock time", _clock), ("ordinal", _ordinal), ("part of a name", _named), ("list mark", _list_mark),
    ("telephone or reference number", _long), ("part of an adjective", _compound), ("score", _score), ("age", _age),
    ("year", _year), ("idiom", _idiom), ("part of a code", _glued),
)


# --- qualifiers


def _hedged(words: Words, quantity: Quantity, table: Arithmetic, taken: set[int]) -> Quantity:
    if quantity.qualifier is Qualifier.BETWEEN:
        return quantity
    opening, before = _before(words, quantity.first, table, taken)
    closing, after = _after(words, quantity.last, table)
    qualifier = before or after or Qualifier.EXACT
    return quantity._replace(opening=opening, closing=closing, qualifier=qualifier)


TRANSPARENT = (("a", "total", "of"), ("a", "further"), ("an", "additional"), ("another",), ("a", "record"),
               ("an", "average", "of"), ("a", "staggering"), ("only",), ("just",), ("a", "whopping"), ("a", "massive"), ("an", "estimated"), ("a", "mere"), ("further",), ("a",))


def _before(words: Words, first: int, table: Arithmetic, taken: set[int]) -> tuple[int, Qualifier | None]:
    for skip in (0, *sorted({len(row) for row in TRANSPARENT})):
        if skip and tuple(words.form(first - skip + i) for i in range(skip)) not in TRANSPARENT:
            continue
        end = first - skip
        for phrase, says in table.before:
            start = end - len(phrase)
            if start >= 0 and words.match(start, *phrase) and start not in taken:
                return start, says
    return first, None


def _after(words: Words, last: int, table: Arithmetic) -> tuple[int, Qualifier | None]:
    for phrase, says in table.after:
        if words.match(last, *phrase):
            return last + len(phrase), says
    return last, None
