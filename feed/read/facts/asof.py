"""From which day something holds, as a sentence tells it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from feed.model.period import month_end
from feed.read.text.sentences import Document, Sentence
from feed.read.text.words import Words
from feed.read.times.dates import Almanac, read_date


class Dated(NamedTuple):
    """A date in a sentence: token indexes of its words, end excluded; first and last day; whether it named its year."""

    first: int
    last: int
    start: date
    end: date
    dated: bool


def dates(document: Document, sentence: Sentence, almanac: Almanac) -> tuple[Dated, ...]:
    """The dates of a sentence in order, resolved against the article's day. Linear in its length."""
    words = Words(document, sentence)
    found: list[Dated] = []
    at = 0
    while at < len(words):
        named = read_date(words, at, almanac) or _ago(words, at, almanac.today)
        if named is None:
            at += 1
            continue
        after, start, end, dated = named[0], named[1], named[2], named[-1]
        found.append(Dated(words.place(at), words.place(after - 1) + 1, start, end, bool(dated)))
        at = max(after, at + 1)
    return tuple(found)


def _ago(words: Words, at: int, today: date) -> tuple[int, date, date, bool] | None:
    """ "last year", "last month", "last week"; "a year ago"."""
    if words.form(at) not in AGO:
        return None
    if words.match(at, "last", "year"):
        return at + 2, date(today.year - 1, 1, 1), date(today.year - 1, 12, 31), True
    if words.match(at, "last", "month"):
        end = today.replace(day=1) - timedelta(days=1)
        return at + 2, end.replace(day=1), month_end(end), True
    if words.match(at, "last", "week"):
        end = today - timedelta(days=today.weekday() + 1)
        return at + 2, end - timedelta(days=6), end, True
    if words.match(at, "year", "ago") or words.match(at, "a", "year", "since"):
        day = today - timedelta(days=365)
        return at + 2, day, day, True
    return None


AGO = frozenset({"last", "year", "a"})


def coming(found: Dated, today: date) -> date:
    """The last day of a date that lies ahead: the next one when it did not name its year."""
    if found.dated or found.end >= today:
        return found.end
    year = found.end.year + 1
    day = min(found.end.day, month_end(date(year, found.end.month, 1)).day)
    return date(year, found.end.month, day)
