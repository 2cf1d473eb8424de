"""Numbers that are ages: "aged 22, 19 and 18", "a boy of 12", "taking nobody under 18"."""

from __future__ import annotations

from feed.read.english.wording import Ages
from feed.read.numbers.kinds import Arithmetic
from feed.read.numbers.values import Value
from feed.read.text.lexer import Kind
from feed.read.text.words import Words


def age(words: Words, at: int, value: Value, table: Arithmetic) -> bool:
    """Whether the number at that word is somebody's age."""
    if value.value >= 115 or value.value != value.value.to_integral_value():
        return False
    if _of_age(words, at, table):
        return True
    if words.form(at - 1) in ("was", "is") and words.form(at - 2) == "who":  # "the MP, who is 48,"
        return words.form(value.after) in (",", ".", ";", ")", "and", "")
    if words.form(at - 1) in ("was", "were", "is", "are", "at") and any(
        words.form(at - i) in AGED for i in range(2, 8)
    ):
        return True
    if words.form(at - 1) == "of" and _somebody(words, at, value, table.ages):
        return True
    if (
        words.form(at - 1) in ("under", "over")
        and words.form(value.after) in (".", ",", "")
        and (words.form(at - 2) in table.ages.persons or words.token(at - 2).kind is Kind.NUMBER)
    ):
        return True
    if _of_law(words, at, value) or _of_child(words, at, value, table.ages) or _of_parent(words, at, table.ages):
        return True
    lead = at - 2 if words.form(at - 1) in NOW else at - 1  # "says Jo, now 23, who", "two men, both 28, were"
    named = words.form(lead) == "," and words.form(value.after) in (",", ".", ";", ":", ")", "")
    timed = words.form(lead - 1) in TIMED  # "Last year, 83."
    return named and not value.worded and not timed and words.token(lead - 1).kind is Kind.WORD


def _somebody(words: Words, at: int, value: Value, ages: Ages) -> bool:
    """As in "a boy of 12", "an <engineer> of 44,", "a retired <nurse> of 71.": one person."""
    who = at - 2
    if words.form(who) in ages.young and words.token(who).kind is Kind.WORD:
        return True
    article = any(words.form(who - back) in ("a", "an", "another", "one") for back in (1, 2, 3))
    ends = words.form(value.after) in (",", ".", ")", "", "who", "with", "from", "and")
    return article and ends and not value.worded and words.form(who) in ages.trades


def _of_law(words: Words, at: int, value: Value) -> bool:
    """As in "stopped taking arrivals under 18", "men over 21 are held elsewhere"."""
    if words.form(at - 1) not in ("under", "over") or value.value not in LEGAL_AGES or value.worded:
        return False
    before = words.token(at - 2)
    return before.kind is Kind.WORD and before.folded.endswith("s") and len(before.folded) > PLURAL


def _of_child(words: Words, at: int, value: Value, ages: Ages) -> bool:
    """As in "the girl who drowned in March was seven.", "I was 17 when I came"."""
    someone = words.form(at - 2) in ("i", "he", "she") and words.form(at - 1) in ("was", "am", "is", "were", "turned")
    if someone or words.form(at - 1) == "i'm":
        return True
    ends = words.form(at - 1) in ("was", "is") and words.form(value.after) in (".", ";", "")
    return ends and any(words.form(at - back) in ages.young for back in range(2, TOLD))


def _of_parent(words: Words, at: int, ages: Ages) -> bool:
    """As in "a mother of three", "dad-of-two": how many children somebody has."""
    return words.form(at - 1) == "of" and words.form(at - 2) in ages.parents


def _of_age(words: Words, at: int, table: Arithmetic) -> bool:
    """As in "aged 40", "aged under 40", "ages 18 to 34", "aged 22, 19 and 18", "over the age of 65"."""
    here, between, ends = at - 1, table.ages.between, not words.form(at + 1)[:1].isalpha()
    while at - here < AGES and (
        words.form(here) in between
        or words.form(here) in table.units
        or words.token(here).kind is Kind.NUMBER
        or (words.form(here) == "," and (ends or words.form(at + 1) in LISTING))
    ):
        here -= 1
    return words.form(here) in AGE


LEGAL_AGES = frozenset({16, 18, 21, 25, 65})
TOLD = 15  # words from "the girl" to her age
PLURAL = 3  # letters of "was", "has", "its"
AGE = frozenset({"aged", "age", "ages"})
LISTING = frozenset({"and", "or", "respectively", "were", "was", "have", "had", "are", "who"})  # "aged 22, 19 <and> 18"
AGES = 6  # words of "aged between 18 and 34"
NOW = frozenset({"now", "then", "just", "only", "both", "all", "also", "still", "aged"})
TIMED = frozenset(
    {"year", "month", "week", "quarter", "weekend", "earlier", "before", "yesterday", "today", "ago", "january"}
    | {"february", "july", "september", "october", "november", "december", "monday", "tuesday", "wednesday"}
    | {"thursday", "friday", "saturday", "sunday"}
)
AGED = frozenset({"youngest", "oldest", "eldest", "age"})
