"""How English tells who holds an office, who says something and how far a scheme has come; the words stand in
telling.toml.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from feed.model.fact import SchemeState
from feed.read.english.wording import TABLE, Words

Phrases = tuple[Annotated[str, Field(min_length=1)], ...]


class Naming(BaseModel):
    """Words around names: titles of respect, particles inside a name, capitalised words that are no name."""

    model_config = TABLE

    honorifics: Phrases
    particles: Phrases
    never: Phrases


class Terms(BaseModel):
    """Words around the title of an office.

    `past`, `kept` and `veto` stand before it. `starts` and `ends` are told of the subject, `starting` and `ending` of
    the object that is named before "as"; `replaced` end the object and start the subject; `replaced_by` the contrary.
    """

    model_config = TABLE

    past: Phrases
    kept: Phrases
    veto: Phrases
    was: Phrases
    at_the_time: Phrases
    predecessor: Phrases
    counterpart: Phrases
    links: Phrases
    starts: Phrases
    ends: Phrases
    starting: Phrases
    ending: Phrases
    replaced: Phrases
    replaced_by: Phrases
    entered: Phrases
    into: Phrases


class Speech(BaseModel):
    """Words that introduce what somebody said or found."""

    model_config = TABLE

    verbs: Phrases
    sources: Phrases
    shows: Phrases
    according: Phrases
    pronouns: Phrases
    carries: Phrases
    unstressed: Phrases
    first_person: Phrases
    roles: Phrases


class StatusRow(BaseModel):
    """How one status is told of a scheme.

    `bare`, `done`, `doing`: forms of a verb whose object is the scheme. `before`: phrases that lead to the scheme.
    `after`: told of the scheme as something that happened. `now`: told of it as lasting. `since`: told of it as
    lasting since the day that follows. `needs`: words without which the row says nothing, somewhere in the sentence.
    """

    model_config = TABLE

    status: SchemeState
    bare: Phrases = ()
    done: Phrases = ()
    doing: Phrases = ()
    before: Phrases = ()
    after: Phrases = ()
    now: Phrases = ()
    since: Phrases = ()
    adjectives: Phrases = ()
    needs: Phrases = ()


class Assertion(BaseModel):
    """Words that tell whether something is said to have happened."""

    model_config = TABLE

    denials: Phrases
    modals: Phrases
    deciding: Phrases
    gerund_after: Phrases
    has: Phrases
    had: Phrases
    be: Phrases
    recent: Phrases
    breaks: Phrases
    adverbs: Phrases


class Limits(BaseModel):
    """Words that tell a scheme's terms."""

    model_config = TABLE

    runs: Phrases
    until: Phrases
    takers: Phrases
    listing: Phrases


class Telling(BaseModel):
    """The whole of telling.toml."""

    model_config = TABLE

    naming: Naming
    terms: Terms
    speech: Speech
    assertion: Assertion
    limits: Limits
    anaphors: Phrases
    closed: Words
    status: tuple[StatusRow, ...]
