"""Numbers that are no quantities: times of day, ages, names, lists, scores, years."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from feed.read.english.wording import Naming
from feed.read.numbers.ages import age
from feed.read.numbers.dialled import dialled
from feed.read.numbers.kinds import Arithmetic
from feed.read.numbers.values import FROM, Value, number_at, percent_after
from feed.read.numbers.years import bare_year
from feed.read.text.lexer import Kind
from feed.read.text.words import Words


def reserved(words: Words, at: int, value: Value, table: Arithmetic) -> str:
    """Why a number is no quantity, "" when it may be one."""
    for why, test in RESERVING:
        if test(words, at, value, table):
            return why
    return ""


def _clock(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    del table
    after = words.form(value.after)
    if after in ("am", "pm", "noon", "o'clock") or any(words.match(value.after, half, ".", "m") for half in "ap"):
        return True
    if words.match(value.after, "in", "the") and words.form(value.after + 2) in ("morning", "afternoon", "evening"):
        return value.value <= 12
    if after in ("to", "past", "before") and words.form(value.after + 1) in MIDDLE:  # "five to midnight"
        return value.value < 60
    if words.form(at - 1) in ("+", "-") and words.form(at - 2) in ("gmt", "utc"):
        return True
    colon = (
        words.form(value.after) == ":"
        and words.token(value.after).glued
        and words.token(value.after + 1).kind is Kind.NUMBER
        and words.token(value.after + 1).glued  # "it came to 204,000: 898,000 less 694,000"
    )
    before = (
        words.form(at - 1) == ":"
        and words.token(at).glued
        and words.token(at - 1).glued
        and words.token(at - 2).kind is Kind.NUMBER
    )
    return colon or before


MIDDLE = frozenset({"midnight", "midday", "noon"})


def _dotted(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "27.10.23": the end of a date that is written with dots."""
    del value, table
    glued = words.token(at).glued and words.token(at - 1).glued
    return glued and words.form(at - 1) == "." and words.token(at - 2).kind is Kind.NUMBER


LEAST = 16  # the age of a man of some trade


def _ordinal(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    del at
    return words.form(value.after) in table.ordinals and words.token(value.after).glued


def _compound(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "27-member", "three-day": part of an adjective. "25,000-plus" is not."""
    del at
    following = words.token(value.after)
    return (
        words.hyphened(value.after)
        and following.kind is Kind.WORD
        and following.folded not in ("plus", "odd", "strong")
        and not value.worded | (following.folded in table.units)
    ) or (
        value.worded
        and words.hyphened(value.after)
        and following.folded not in table.fractions
        and following.folded not in table.scales
    )


def _named(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "Section 12", "page 19", "sections 4, 95 or 98", "cols 611-614": a name's number."""
    head = _head(words, at)
    before = words.token(head - 1)
    if before.folded == "." and words.form(head - 2) in table.naming.abbreviated:
        return True
    if before.folded not in table.proper or before.kind is not Kind.WORD:
        return False
    if before.folded == "top":
        return value.value <= 100
    form = words.form(at)
    return "," not in form and (
        before.capital
        or before.folded not in table.naming.common
        or _catalogued(before.folded, form, table.naming)
        or _referred(words, head, value, table.naming)
    )


def _referred(words: Words, head: int, value: Value, naming: Naming) -> bool:
    """As in "first printed in issue 47.": one of a filed row, without an article and with nothing counted behind."""
    single = words.form(head - 1) in naming.filed and not words.form(head - 1).endswith("s")
    after = words.token(value.after)
    return single and words.form(head - 2) in LEADING and after.kind not in (Kind.WORD, Kind.PERCENT, Kind.CURRENCY)


LEADING = frozenset({"in", "of", "from", "see", "under", "with"})


def _catalogued(name: str, form: str, naming: Naming) -> bool:
    """As in "questions 55214 and 55215": so many things asked would have a comma."""
    return name in naming.filed and form.isdigit() and len(form) >= CATALOGUE


CATALOGUE = 4  # digits


JOINTS = frozenset({",", "or", "and", "to", "–", "&"})
LONGEST = 12  # words of such a list


def _head(words: Words, at: int) -> int:
    """Where a list of plain numbers begins that holds the one at that word."""
    here = at
    while at - here < LONGEST:
        before = here - 1 if words.hyphened(here) or words.form(here - 1) not in JOINTS else here - 2
        token = words.token(before)
        if before == here or before < 0 or token.kind is not Kind.NUMBER or "," in token.text:
            break
        here = before
    return here


def _list_mark(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "1." or "2.1" or "(3)" at the head of a line; "to ask (1) how many ... and (2) what" within it."""
    if _enumerates(words, at, value, table.naming):
        return True
    if (at > 1 and words.form(at - 1) != "|") or value.worded or value.value >= 100:
        return False
    after = words.token(value.after)
    alone = not words.form(value.after + 1) and at > 0 and words.form(at - 1) != "|"
    return (after.folded in (".", ")") and after.glued and not alone) or (
        at == 0 and "." in words.form(at) and words.token(at + 1).capital
    )


def _enumerates(words: Words, at: int, value: Value, naming: Naming) -> bool:
    bracketed = words.form(at - 1) == "(" and words.form(value.after) == ")" and not value.worded
    if not bracketed or value.value > 20:
        return False
    going_on = words.token(value.after + 1)
    before = words.form(at - 2)
    if _numbered(words, at, int(value.value)):
        return True
    opens = before in ("|", "") or before in naming.listing or words.token(at - 2).kind in (Kind.STOP, Kind.CLOSE)
    return opens and going_on.kind is Kind.WORD


def _numbered(words: Words, at: int, mark: int) -> bool:
    """As in "were held (1) in May, and (2) in June": whether the next or the last mark stands in brackets, too."""
    others = (here for here, form in enumerate(words.forms) if form == "(" and words.form(here + 2) == ")")
    return any(words.number(here + 1) in (mark - 1, mark + 1) for here in others if here + 1 != at)


def _measured(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "21 miles", "12 sq m", "three financial years": a length, a weight, no count."""
    del at
    years = words.form(value.after) in YEARLY and words.form(value.after + 1) in LENGTHS
    return years or words.form(value.after) in table.measures


def _beside_measure(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "average stay: 33 days (31)": another number of days. Not in "over the past 12 months (9,072)"."""
    if words.form(at - 1) != "(" or words.form(value.after) != ")" or words.number(at - 3) is None:
        return False
    return words.form(at - 2) in table.measures | LENGTHS and words.form(at - 4) in TELLING


YEARLY = frozenset({"financial", "calendar", "fiscal", "tax", "working", "parliamentary"})
LENGTHS = frozenset({"days", "weeks", "months", "years", "hours", "minutes", "nights"})
TELLING = frozenset({":", "of", "was", "is", "were", "are", "averaged", "lasted", "took", "takes", "about", "–", "-"})


def _score(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "22 to 14", "3–1", "by 313 to 269": votes and goals, the greater first."""
    if words.form(at - 1) in ("to", "against") and words.form(at - 2) in ("vote", "votes", "goals"):
        return True  # "by 366 votes to 265"
    before = at - 1 if words.hyphened(at) or words.form(at - 1) not in BETWEEN else at - 2
    first = number_at(words, before, table) if words.token(before).kind is Kind.NUMBER else None
    return _won(words, at, value, table) or (first is not None and _won(words, before, first, table))


BETWEEN = frozenset({"–", "to", "-"})
MOST_VOTES = 700
DIVISION = 16  # words from "voted" to how


def _won(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """Whether a number is the greater one of a score; one that is told with "to" only where something was voted on."""
    here = value.after
    if words.form(here) not in BETWEEN and not words.hyphened(here):
        return False
    second = number_at(words, here if words.hyphened(here) else here + 1, table)
    if second is None or not second.value < value.value < MOST_VOTES or here != at + 1:
        return False
    if words.form(here) != "to":
        return words.form(at - 1) not in FROM
    told = any(words.form(i) in table.naming.voting for i in range(max(0, at - DIVISION), at))
    return told and words.form(at - 1) == "by" and not words.form(second.after).startswith("per")


def _idiom(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "one of", "no one", "two or more", "one day": small number words that count nothing."""
    if value.worded and value.value == 1 and words.match(value.after, "was", "a"):  # "and one was a woman"
        return words.form(value.after + 2) not in table.ages.young
    return value.worded and (
        (value.value == 1 and not _aboard(words, at))
        or (value.value < 10 and words.form(at - 1) in ("the", "these", "those", "both", "all", "other"))
    )


def _ranked(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "the busiest nine that were ever seen", "its worst three months": how many are ranked, not counted."""
    if not value.worded or value.value > RANKS:
        return False
    before, after = words.form(at - 1), words.form(value.after)
    best = (before.endswith("est") and len(before) > len("west") and before not in table.units) or before in EXTREME
    return best and (not after[:1].isalpha() or after in BEHIND_RANKED)


RANKS = 20
EXTREME = frozenset({"worst", "best"})
BEHIND_RANKED = frozenset({"that", "on", "since", "ever", "yet", "of", "in", "so", "for", "we", "they", "it", "to"})


def _aboard(words: Words, at: int) -> bool:
    """As in "52 people in one boat": a count beside another one."""
    near = (words.token(at - back).kind is Kind.NUMBER for back in (2, 3))
    return words.form(at - 1) in ("in", "aboard") and any(near)


def _fractional(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "2.2" at the head of a paragraph, "3.2/5": no count of whole things has a fraction."""
    del at
    if value.value == value.value.to_integral_value():
        return False
    return percent_after(words, value.after, table) is None and words.form(value.after) not in FRACTIONAL


FRACTIONAL = frozenset({"percentage", "times", "pounds", "euros", "per", "-", "–", "to"})


def _glued(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """Digits that are part of a name or code: "V10", "24A", "Asy_D02"."""
    del table
    before = (
        words.token(at).glued
        and words.token(at - 1).end == words.token(at).start  # a quotation mark between is no word
        and words.form(at - 1) not in MARKS
        and words.token(at - 1).kind in (Kind.WORD, Kind.SLASH, Kind.OTHER)
        and not words.hyphened(at)
    )
    after = words.token(value.after)
    dated = after.kind is Kind.SLASH and after.glued and words.token(value.after + 1).kind is Kind.NUMBER  # "7/2024"
    return (
        before
        or (dated and not value.worded)
        or (
            after.glued
            and after.kind is Kind.WORD
            and value.after == at + 1
            and not words.hyphened(value.after)
            and after.folded not in SUFFIXES
        )
    )


MARKS = frozenset({"+", "~", "≈", "<", ">", "≤", "≥"})  # what may touch a number that follows
SUFFIXES = frozenset({"pc", "percent", "ish", "odd", "plus"})


Test = Callable[[Words, int, Value, Arithmetic], bool]
WEEKDAYS = frozenset({"mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri"})
MONTH = 31  # days


def _diary(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "Wed 24 | Committee": a day of the month behind a day of the week cut short."""
    del table
    return words.form(at - 1) in WEEKDAYS and value.value <= MONTH and not words.form(value.after)[:1].isalpha()


def _foreign(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "Rs 24 lakh", "Rs. 500", "SEK 40m": a sum in a coin that stands before its number as a word."""
    del value
    here = at - 2 if words.form(at - 1) == "." else at - 1
    word = words.token(here)
    return word.kind is Kind.WORD and word.capital and table.currencies.get(word.folded, "EUR") not in OURS


OURS = frozenset({"GBP", "EUR"})


def _below_zero(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "with the thermometer at minus two", "in minus 5": how cold it is."""
    alone = words.number(at - 2) is None and words.form(at - 2) not in table.units
    return words.form(at - 1) == "minus" and value.value < COLD and alone and not words.form(value.after)[:1].isalpha()


COLD = 60


def _section(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """As in "2 Who came" over "2.1 ...": the number of a section of a bulletin."""
    del table
    if at or value.worded or value.value >= MONTH or not words.token(value.after).capital:
        return False
    return words.next_line == f"{int(value.value)}.1"


RESERVING: Sequence[tuple[str, Test]] = (
    ("clock time", _clock),
    ("date", _dotted),
    ("date", _diary),
    ("ordinal", _ordinal),
    ("part of a name", _named),
    ("list mark", _list_mark),
    ("number of a section", _section),
    ("temperature", _below_zero),
    ("telephone or reference number", dialled),
    ("part of an adjective", _compound),
    ("score", _score),
    ("measure", _measured),
    ("measure", _beside_measure),
    ("foreign money", _foreign),
    ("age", age),
    ("year", bare_year),
    ("idiom", _idiom),
    ("a rank", _ranked),
    ("part of a code", _glued),
    ("no whole number", _fractional),
)
