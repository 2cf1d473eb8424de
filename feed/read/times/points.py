"""Single days of a state: "at the end of September", "by 30 June"."""

from __future__ import annotations

from feed.read.dates import Grain
from feed.read.times.kinds import Calendar, Shape, Time
from feed.read.times.parts import edge
from feed.read.words import Words

POINTED = frozenset({"at", "by", "as", "of", "on", "until", "till", "to", "up"})


def end_of(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "the end of September", "end of last year": a day."""
    named = edge(words, at, cal)
    if named is None:
        return None
    return Time(at, named.after, Shape.POINT, "end of", named.end, named.end, grain=Grain.DAY)


def as_of(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "as of 30 June", "by the end of March", "up to Tuesday": one day. `None` for whole years."""
    here = at + 2 if words.form(at) == "as" and words.form(at + 1) in ("of", "at", "on") else at + 1
    if words.form(at) == "up":
        if words.form(at + 1) not in ("to", "until"):
            return None
        here = at + 2
    if words.form(at) == "as" and here == at + 1:
        return None
    if words.form(here) == "midnight":
        here += 2
    named = edge(words, here, cal)
    if named is None or named.grain in (Grain.YEAR, Grain.FINANCIAL):
        return None
    return Time(
        at, named.after, Shape.POINT, "by" if words.form(at) != "at" else "at", named.end, named.end, grain=named.grain
    )


def year_end(words: Words, at: int, cal: Calendar) -> Time | None:
    """As in "by the end of the year": one day."""
    named = edge(words, at + 1, cal) if words.form(at + 1) == "the" else None
    return None if named is None else Time(at, named.after, Shape.POINT, "by", named.end, named.end)
