"""Parts of a whole in words: "a third", "one in five"."""

from __future__ import annotations

from decimal import Decimal

from feed.model.quantity import Qualifier
from feed.read.numbers.kinds import PERCENT, TIMES, Arithmetic, Quantity, Reserved
from feed.read.numbers.values import Value, number_at, percent_after, plain, scaled_part
from feed.read.text.lexer import Kind
from feed.read.text.words import Words
from feed.read.times.dates import YEARS


def fraction(words: Words, at: int, table: Arithmetic) -> Quantity | Reserved | None:
    """A share in words: "a third", "two-fifths", "half"; none in "half a decade"."""
    form = words.form(at)
    parts = table.units.get(form, 1 if form in ("a", "an") else 0)
    here = at + 1 if parts else at
    noun = words.form(here)
    worth = table.fractions.get(noun)
    if worth is None or (not parts and noun not in ("half", "halves")) or scaled_part(words, at, table):
        return None
    small = _of_percent(words, here + 1, table)
    if small:
        little = Value(small, worth * max(parts, 1) / 100, Decimal("0.1"), rounded=True, worded=True)
        return plain(at, small, little, PERCENT)
    if _ratio(words, here + 1) or _of_a_level(words, here + 1):
        worth = (worth * max(parts, 1) / 100).quantize(Decimal("0.001"))
        return Quantity(at, at, here + 1, here + 1, (worth,), Decimal("0.1"), False, TIMES, Qualifier.EXACT)
    none = (parts == 1 and _one_in_a_row(words, here, table)) or _half_done(words, here, table)
    if none or (noun == "half" and _half_of_something(words, at, here)):
        return Reserved(at, here + 1, "no share")
    if parts and noun.endswith("s") is (parts == 1) and form not in ("a", "an"):
        return None
    value = (max(parts, 1) * HUNDRED / (HUNDRED / worth).quantize(Decimal(1))).quantize(Decimal("0.1"))
    return Quantity(at, at, here + 1, here + 1, (value,), Decimal(1), True, PERCENT, Qualifier.EXACT, fraction=True)


def _one_in_a_row(words: Words, here: int, table: Arithmetic) -> bool:
    """As in "a twelfth man", "a third party", "a quarter century"."""
    noun, after = words.form(here), words.form(here + 1)
    if noun in ("half", "quarter", "third") and after in LONG:
        return True
    return noun not in ("half", "quarter") and after in table.ordered


LONG = frozenset({"year", "decade", "century", "million", "an", "time", "country", "party", "way", "quarter"})


def _half_done(words: Words, here: int, table: Arithmetic) -> bool:
    """As in "a half-sunk boat", "half-empty rooms": part of an adjective; not "half-a-million"."""
    after = words.token(here + 1)
    joined = words.form(here) == "half" and words.hyphened(here + 1) and after.kind is Kind.WORD
    return joined and after.folded not in table.scales and after.folded not in ("a", "an", "of", "the", "as")


def _half_of_something(words: Words, at: int, here: int) -> bool:
    """As in "half a year", "the first half", "four and a half"."""
    return (
        words.form(here + 1) in ("a", "an", "year", "decade", "term", "time", "past", "way")
        or words.form(at - 1) in ("first", "second", "other", "each", "latter")
        or (words.form(at - 1) == "and" and words.form(here + 1) != "of")
    )


def _of_percent(words: Words, at: int, table: Arithmetic) -> int | None:
    """The word after "half <of one per cent>", "half <a per cent>"; None for none."""
    here = at + 1 if words.form(at) == "of" else at
    return percent_after(words, here + 1, table) if words.form(here) in ("a", "one", "1") else None


def _ratio(words: Words, at: int) -> bool:
    """As in "half <as many>", "a third <as much>": a ratio; "half as many again" is a rise."""
    return words.form(at) == "as" and words.form(at + 1) in EXTENTS and words.form(at + 2) != "again"


EXTENTS = frozenset({"many", "much", "high", "big", "large", "great", "numerous"})
LEVELS = frozenset({"number", "level", "total", "figure", "rate", "size", "amount"})
REACHED = frozenset({"level", "peak", "high", "height", "rate", "size", "strength", "figure", "tally", "average"})
WAS = frozenset({"was", "were", "had", "stood", "used"})
SEEN = frozenset({"seen", "recorded", "reached", "logged", "made", "counted", "registered", "reported", "set", "odd"})
DATED = frozenset({"year", "previous", "same", "preceding", "quarter", "month", "decade", "summer", "winter", "peak"})


def _of_a_level(words: Words, at: int) -> bool:
    """As in "half <the 860,000>", "a fifth <of what it was>", "half <that of a year before>": a ratio, no part."""
    direct = words.form(at) != "of"
    at += 0 if direct else 1
    form, after = words.form(at), words.form(at + 1)
    if form == "what":
        return after in ("it", "they", "there", "we") and words.form(at + 2) in WAS
    if form in ("that", "those"):
        return after == "of" or (form == "that" and after in SEEN | {"in"})
    if form in ("its", "their", "the") and {after, words.form(at + 2)} & REACHED:
        return direct or form != "the" or _dated(words, at + 2)
    if form != "the":
        return False
    if direct:
        return words.token(at + 1).kind in (Kind.NUMBER, Kind.CURRENCY) or after in LEVELS
    return words.token(at + 1).kind is Kind.NUMBER and _dated(words, at + 2)


def _dated(words: Words, at: int) -> bool:
    """As in "the 21,425 <of 2004>", "the 15,100 <seen in the year before>": a number of another time."""
    if words.form(at) in SEEN:
        at += 1
    if words.form(at) == "a":  # "the 1,839 a year earlier"
        return words.form(at + 1) in DATED
    if words.form(at) not in ("of", "in"):
        return False
    article = words.form(at + 1) in ("the", "a", "last", "that")
    year = words.form(at + 1)
    return (article and words.form(at + 2) in DATED) or (year.isdigit() and int(year) in YEARS)


HUNDRED = Decimal(100)


def _labels(words: Words, at: int) -> bool:
    """As in "67 / Out of every 100 claims, those that ...": behind a number that is a line of its own."""
    return words.match(at, "out", "of") and words.token(at).capital and not words.token(at + 1).capital


def _joint(words: Words, at: int, parts: Value) -> int:
    """How many words join a part to its whole: of "in", "out of", "of"; 0 when none do."""
    if words.form(at) == "in" or words.match(at, "of", "every"):
        return 1
    one = parts.value == 1 and parts.worded and words.form(at + 1) == "in"  # "one cafe in three"
    return 2 if one or words.match(at, "out", "of") else 0


def one_in(words: Words, at: int, parts: Value, table: Arithmetic) -> Quantity | Reserved | None:
    """As in "one in five", "seven in 10", "nine out of ten", "86 in every hundred": a share."""
    here = parts.after
    if words.token(at - 1).kind is Kind.CURRENCY:
        return None
    if _labels(words, here):
        return Reserved(at, here, "a line of its own")
    here += _joint(words, here, parts)
    if here == parts.after:
        return None
    each = words.form(here) in ("every", "each")
    here += 1 if each else 0
    hundred = Value(here + 1, HUNDRED, Decimal(1), rounded=False) if each and words.form(here) == "hundred" else None
    whole = hundred or number_at(words, here, table)
    if whole is None or not 2 <= whole.value <= 1000 or parts.value >= whole.value or whole.value in (YEARS):
        return None
    many = parts.value > 20 and not (whole.value == HUNDRED and (each or words.form(here - 2) == "out"))
    if many or words.form(whole.after) in ("per", "%", "months", "years", "days", "weeks"):
        return None
    value = (parts.value * 100 / whole.value).quantize(Decimal("0.1"))
    return Quantity(
        at, at, whole.after, whole.after, (value,), Decimal(1), True, PERCENT, Qualifier.EXACT, fraction=True
    )
