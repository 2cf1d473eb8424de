"""When somebody left an office: the day told right after the words that tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from feed.model.fact import Office
from feed.model.reading import FoundFact
from feed.read.cast import Cast
from feed.read.facts.asof import dates
from feed.read.times.dates import Almanac

NEAR = 3  # tokens between "resigned as <title>" and "Monday"


def left(told: Iterable[FoundFact], cast: Cast, almanac: Almanac | None) -> Iterator[FoundFact]:
    """The same facts; a term that is over ends on the day that its sentence tells right after, where it tells one.

    Without such a day it stays as it was: over by the day of publication.
    """
    for found in told:
        day = _day(found.fact, cast, almanac) if almanac and isinstance(found.fact, Office) else None
        yield replace(found, fact=found.fact.model_copy(update={"until": day, "as_of": day})) if day else found


def _day(fact: Office, cast: Cast, almanac: Almanac) -> date | None:
    if fact.until is None:
        return None
    sentence = next(s for s in cast.document.sentences if s.start <= fact.quote.start < s.end)
    within = range(sentence.first, sentence.last)
    after = next((at for at in within if cast.tokens[at].start >= fact.quote.end), sentence.last)
    near = (day for day in dates(cast.document, sentence, almanac) if after <= day.first <= after + NEAR)
    return next((day.end for day in near if day.start == day.end <= fact.until), None)
