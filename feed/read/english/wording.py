"""The word lists of english.toml that single rules ask for, a table for each use; what each is for stands there."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

TABLE = ConfigDict(frozen=True, extra="forbid", defer_build=True)
Words = frozenset[Annotated[str, Field(min_length=1)]]


class Changes(BaseModel):
    """Words of a number that tells a change: "up 24%", "a fall of 300", "lopped £1bn off the bill"."""

    model_config = TABLE

    between: Words
    moved: Words
    sides: Words
    beyond: Words
    cutting: Words
    rates: Words
    verbs: Words


class Comparing(BaseModel):
    """Words of what a number is compared with: "on the 25,065 who", "than in 2023"."""

    model_config = TABLE

    leads: Words
    between: Words
    leaning: Words
    with_to: Words
    before_time: Words
    like: Words
    untimed: Words


class Clauses(BaseModel):
    """Words with which clauses begin and go on, and what stands before a time in them."""

    model_config = TABLE

    before_time: Words
    openers: Words
    links: Words
    finite: Words
    behind_as: Words
    conceding: Words
    turning: Words
    modals: Words


class Stating(BaseModel):
    """Words of what a number states, and of how its noun goes on."""

    model_config = TABLE

    auxiliary: Words
    holding: Words
    passes: Words
    points_left: Words
    remarks: Words
    to_its_change: Words
    to_another_unit: Words
    to_another_rate: Words
    in_phrase: Words
    shares: Words
    does: Words
    stands_for_verb: Words
    expletive: Words


class Ratios(BaseModel):
    """What stands behind a word that may tell how often or how many times."""

    model_config = TABLE

    compared: Words
    never: Words


class Ages(BaseModel):
    """Words by which a number is an age."""

    model_config = TABLE

    between: Words
    persons: Words
    young: Words
    parents: Words
    trades: Words


class Naming(BaseModel):
    """Words by which a number is part of a name."""

    model_config = TABLE

    abbreviated: Words
    common: Words
    filed: Words
    listing: Words
    voting: Words
    calling: Words
    reached: Words
