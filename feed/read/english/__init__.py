"""What English says about numbers, times and assertion, as values; the words themselves stand in english.toml."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from feed.model.quantity import Qualifier
from feed.read.english.telling import Telling
from feed.read.english.wording import TABLE, Ages, Changes, Clauses, Comparing, Naming, Ratios, Stating, Words

Phrases = tuple[Annotated[str, Field(min_length=1)], ...]


class QualifierRow(BaseModel):
    """Words that hedge a number; `after` stand behind it ("or more"), `apart` also behind its noun.

    `slightly`: words that hedge so after a word of small degree ("just under"). `mark`: only before "the 30,000 mark".
    `unless`: what must not stand right before `before` ("is up to" tells a rise).
    """

    model_config = TABLE

    says: Qualifier
    before: Phrases = ()
    after: Phrases = ()
    apart: Phrases = ()
    slightly: Phrases = ()
    mark: Phrases = ()
    unless: Phrases = ()


class Layout(BaseModel):
    """How a paragraph that is not running text is told, by its first or last words or by words in it.

    `trailers`: whole lines under which the titles of other articles stand.
    """

    model_config = TABLE

    caption: Phrases
    boilerplate: Phrases
    trailers: Phrases
    abbreviations: Phrases


class Numbers(BaseModel):
    """Number words and what they are worth.

    `transparent`: what may stand between a qualifier and its number. `slight`: words of small degree. `markers`: nouns
    of a round number ("the 30,000 mark"). `idioms`: phrases with numbers that count nothing. `measures`: what is
    measured, never counted. `ordered`: nouns of one in a row ("a third man").
    """

    model_config = TABLE

    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, Decimal]
    glued_scales: dict[str, Decimal]
    fractions: dict[str, Decimal]
    vulgar: dict[str, Decimal]
    multiples: dict[str, Decimal]
    percent: Phrases
    transparent: Phrases
    slight: Phrases
    markers: Phrases
    idioms: Phrases
    measures: Phrases
    currencies: dict[str, str]
    ordinals: Phrases
    ordered: Phrases
    ratios: Ratios
    ages: Ages
    naming: Naming


class Times(BaseModel):
    """Words of time."""

    model_config = TABLE

    months: dict[str, int]
    weekdays: dict[str, int]
    spans: Phrases
    days: Phrases  # words that are a day by themselves
    otherwise: Words
    after_the_year: Words
    feasts: dict[str, str]  # days with names: "12-25"
    back: dict[str, Literal["", "day", "week", "month", "quarter", "year"]]  # "that <noun>": which kind of time it was


class Roles(BaseModel):
    """Words that tell what a number says: a rise, a fall, an aim, a plan.

    `cues`: patterns by what they tell. `open_words`: words that may follow a number whose noun is left out, and end
    the search for it. `participles`: those that no ending shows. `neutral`: those that say no more than that something
    was counted. `qualities`: those that a total may have. `classes`: word classes for the patterns.
    """

    model_config = TABLE

    up: Phrases
    down: Phrases
    phrasal: dict[str, Phrases]  # verbs by their particles, with blanks between those
    open_words: Phrases
    participles: Phrases
    qualities: Phrases
    neutral: Phrases
    proper: Phrases
    cues: dict[str, Phrases]
    classes: dict[str, Phrases]


class Trust(BaseModel):
    """trust.toml: how much what speaks for or against a figure weighs, and from which odds on it is told.

    `silent`: how likely the words around a number must speak of a metric where no cue does.
    `base`: the log odds without any sign; `weights`: what each sign adds. `relative`, `clause`, `negation`,
    `condition`: words that begin or make those.
    """

    model_config = TABLE

    least: float = Field(ge=0, lt=1)
    silent: float = Field(gt=0, le=1)
    base: float
    relative: Words
    clause: Words
    negation: Words
    condition: Words
    weights: dict[str, float]


class English(BaseModel):
    """The whole of english.toml; `telling`: telling.toml; `trust`: trust.toml.

    `irregular`: forms that no rule of spelling gives. `classes`: word classes that every pack may use.
    """

    model_config = TABLE

    version: str
    irregular: dict[str, Phrases]
    classes: dict[str, Phrases]
    layout: Layout
    numbers: Numbers
    times: Times
    changes: Changes
    comparing: Comparing
    clauses: Clauses
    stating: Stating
    roles: Roles
    qualifier: tuple[QualifierRow, ...]
    telling: Telling
    trust: Trust
