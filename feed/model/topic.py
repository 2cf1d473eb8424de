"""A topic pack as a value: what is counted, how it is worded, where, since when. The engine knows nothing else of it.

A pattern of a pack is a line of words. `~word` stands for all its forms, `@name` for any phrase of that word class,
`#` for the quantity itself, `[T]` for a time, `..` for up to three and `...` for up to eight words of the same clause.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from feed.model.actors import Actors
from feed.model.classifier import NONE, Classifier
from feed.model.figure import Dims, Name
from feed.model.labels import Labels
from feed.model.rules import Rules

PACK = ConfigDict(frozen=True, extra="forbid", defer_build=True, populate_by_name=True)
BREAKING = frozenset({*";:–—−([{)]}…", "while", "whereas", "but", "although", "though"})


def _within_clauses(pattern: str) -> str:
    """A pattern that can be found: what ends a clause is read as a break, so its own form never stands there."""
    for part in pattern.split():
        if part in BREAKING:
            message = f"{part!r} ends a clause, so {pattern!r} is never found: write | where a clause ends"
            raise ValueError(message)
    return pattern


Pattern = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_within_clauses)]
Patterns = tuple[Pattern, ...]
MetricKind = Literal["flow", "stock", "rate"]


class Row(BaseModel):
    """Patterns with the sentences that they must find (`examples`) and must leave alone (`not`)."""

    model_config = PACK

    say: Annotated[Patterns, Field(min_length=1)]
    examples: tuple[str, ...] = ()
    counter: Annotated[tuple[str, ...], Field(alias="not")] = ()


class Cue(Row):
    """Words that name a metric. `dims` and `unit` are what the words themselves add.

    `weak`: they count only where nothing stronger in the sentence speaks. `context`: a word class of which the article
    must have spoken before. `measure`: the only one that these words tell, when they tell one.
    """

    dims: Dims = {}
    unit: Name | None = None
    weak: bool = False
    kind: MetricKind | None = None
    context: Name | None = None
    measure: Name | None = None
    noun: bool = True  # whether the patterns with `#` hold the noun that is counted
    lately: bool = False  # whether the context must stand in the sentence itself or in one of the two before


class Metric(BaseModel):
    """One metric: what it counts, as a short human noun phrase (`title`), in which units (the first is its own)."""

    model_config = PACK

    id: Name
    kind: MetricKind
    title: Name
    units: Annotated[tuple[Name, ...], Field(min_length=1)]
    rank: int = 1  # of two metrics in one clause the higher is the statement
    members: Dims = {}  # what its people are called when another metric counts a part of them
    needs: Name | None = None  # a dimension without which it cannot be told
    schemes: bool = True  # whether it is counted scheme by scheme
    least: int = 0  # a smaller sum of money is not told of all: the price of a room
    cue: Annotated[tuple[Cue, ...], Field(min_length=1)]

    @property
    def has_state(self) -> bool:
        """Whether a number that is told of one day is its state on that day, though other words may count a flow."""
        return "stock" in {self.kind, *(cue.kind for cue in self.cue)}


class DimValue(Row):
    """One value of a dimension. `metrics` that it may narrow (empty: any); `wording` for people ("enforced").

    `population`: it tells who is counted, so that a number without a noun of its own goes on with it. `who`: the word
    class of those people; every construction of the pack tells them.
    """

    dim: Name
    value: Name
    wording: Name
    metrics: tuple[Name, ...] = ()
    population: bool = False
    near: bool = False  # only where the words themselves hold the number
    who: Name | None = None
    beside: Name | None = None  # only where the sentence tells another figure with this value of the dimension


class Place(BaseModel):
    """A country: ISO 3166-1 alpha-2 code, names and what its people and things are called, in lower case."""

    model_config = PACK

    code: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    title: Name
    names: Annotated[tuple[str, ...], Field(min_length=1)]
    people: tuple[str, ...] = ()


class PlaceDim(BaseModel):
    """How a place narrows a metric: the dimension, and the patterns in which `@place` or `@people` tells it.

    `who`: the one of them that every construction of the pack tells too.
    """

    model_config = PACK

    dim: Name
    say: Annotated[Patterns, Field(min_length=1)]
    metrics: tuple[Name, ...]
    population: bool = False
    who: Name | None = None
    examples: tuple[str, ...] = ()
    counter: Annotated[tuple[str, ...], Field(alias="not")] = ()


class Event(Row):
    """A named event from which people count: its day, and the words that name it after "since"."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """All the ways to name it."""
        told = (f"{who}{did}" if did.startswith("'") else f"{who} {did}" for who in self.who for did in self.did)
        return (*self.say, *told)

    id: Name
    title: Name
    day: date
    who: tuple[str, ...] = ()  # together with each of `did` it names the event too
    did: tuple[str, ...] = ()
    until: date | None = None
    anchor: bool = True  # "since" it starts a frame of its own
    term: bool = False  # a term of office: told with "under", it means `day` to `until`


class Refusal(Row):
    """Words that narrow or turn a number so that no dimension can express it; `why` is told in the leftovers.

    `unless`: longer phrases in which the same words narrow nothing ("main applicants and their dependants").
    """

    why: Name
    unless: Patterns = ()
    metrics: tuple[Name, ...] = ()
    money: bool = False  # it refuses sums of money, and nothing else


class Unit(BaseModel):
    """What a noun counts: "customers" are people. `metrics`: only for these; empty for any that takes the unit."""

    model_config = PACK

    unit: Name
    nouns: Annotated[Patterns, Field(min_length=1)]
    foreign: bool = False


class Topic(BaseModel):
    """A whole pack. Says what it was given; that every reference leads somewhere is checked when it is made."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, ignored_types=(cached_property,))

    name: Name
    version: Name
    title: Name
    zone: Name
    home: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    metrics: Annotated[tuple[Metric, ...], Field(min_length=1)]
    dims: tuple[DimValue, ...]
    classes: dict[str, Patterns]
    constructions: Patterns = ()  # ways to tell that a number counts those whom the class `@who` names
    verbs: dict[str, Patterns] = {}  # classes whose words never stand between a number and its noun
    units: Annotated[tuple[Unit, ...], Field(min_length=1)]
    places: tuple[Place, ...]
    placing: tuple[PlaceDim, ...]
    events: tuple[Event, ...]
    refusals: tuple[Refusal, ...]
    reserved: tuple[Row, ...]
    actors: Actors
    rules: Rules
    classifier: Classifier | None = None  # what was learned from annotated articles; a pack may do without

    @model_validator(mode="after")
    def _sound(self) -> Self:
        known = {m.id for m in self.metrics}
        strange = self.classifier.base.keys() - known - {NONE} if self.classifier else ()
        if strange:
            message = f"classifier.json weighs {min(strange)!r}, which is not in metrics.toml: make it anew"
            raise ValueError(message)
        _once("metric", (m.id for m in self.metrics))
        _once("place", (p.code for p in self.places))
        _once("event", (e.id for e in self.events))
        rows: tuple[DimValue | PlaceDim | Refusal, ...] = (*self.dims, *self.placing, *self.refusals)
        for row in rows:
            for metric in row.metrics:
                if metric not in known:
                    message = f"metric {metric!r} is not in metrics.toml"
                    raise ValueError(message)
        return self

    def says(self, row: DimValue | PlaceDim) -> tuple[str, ...]:
        """All patterns of a row: its own, and the pack's constructions about those whom it names."""
        told = (say.replace("@who", f"@{row.who}") for say in self.constructions) if row.who else ()
        return tuple(dict.fromkeys((*row.say, *told)))

    def metric(self, name: str) -> Metric:
        """The metric of that id. Raises KeyError when the pack has none."""
        return self._by_id[name]

    @cached_property
    def _by_id(self) -> dict[str, Metric]:
        return {metric.id: metric for metric in self.metrics}

    @cached_property
    def labels(self) -> Labels:
        """What the pack calls everything."""
        wordings: dict[str, dict[str, str]] = {}
        for row in self.dims:
            wordings.setdefault(row.dim, {})[row.value] = row.wording
        for dim in dict.fromkeys(row.dim for row in self.placing):
            wordings.setdefault(dim, {}).update({place.code: f"{dim} {place.title}" for place in self.places})
        return Labels(
            version=self.version,
            home=self.home,
            zone=self.zone,
            titles={row.id: row.title for row in self.metrics},
            wordings=wordings,
            offices={row.id: row.titles[0] for row in self.actors.offices.all},
            schemes={row.id: row.title for row in reversed(self.actors.schemes.scheme)},  # the first row wins
            glosses=tuple((row.metric, row.dims, row.text) for row in self.rules.gloss),
        )

    @cached_property
    def starts(self) -> frozenset[date]:
        """The days of the events from which a stated window counts as a running total."""
        return frozenset(event.day for event in self.events if event.anchor)


def _once(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            message = f"{what} {name!r} stands twice"
            raise ValueError(message)
        seen.add(name)
