"""The other facts of an article: who holds which office, how far a scheme has come, who said what, what happened."""

from __future__ import annotations

from feed.model.reading import FoundFact
from feed.read.english import English
from feed.read.facts.incidents import incidents
from feed.read.facts.left import left
from feed.read.facts.mentions import Mention
from feed.read.facts.schemes import schemes
from feed.read.facts.statements import statements
from feed.read.speakers import Speech, inside
from feed.read.times.dates import Almanac

__all__ = ["facts"]


def facts(speech: Speech, named: tuple[Mention, ...], english: English) -> tuple[FoundFact, ...]:
    """All facts of an article in order of appearance.

    `named`: every mention of a scheme in it, in order. Pure and linear in the article's length. Nothing is dated when
    the article's day is not known. Not promised: every fact; what is denied, asked, wished or told in somebody's
    quoted words is left out, save as a statement.
    """
    cast = speech.cast
    times, day = english.times, cast.published
    almanac = Almanac(times.months, times.weekdays, frozenset(english.numbers.ordinals), day) if day else None
    spoken = inside(cast.document)
    every = [
        *left(speech.offices, cast, almanac),
        *schemes(cast, named, spoken, almanac),
        *statements(speech),
        *incidents(cast, named, spoken),
    ]
    return tuple(sorted(every, key=lambda one: (one.fact.quote.start, one.fact.kind, one.rule)))
