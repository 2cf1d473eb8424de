"""Whom and what a topic's articles talk about: schemes, offices, people, organisations. Values of three pack files."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator

from feed.model.figure import Name
from feed.model.rules import PACK

Words = tuple[Annotated[str, Field(min_length=1)], ...]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Scheme(BaseModel):
    """A scheme, deal or law.

    `names` name it alone. `partners` name it together with one of the pack's `Deals.heads` or its own `heads`
    ("deal with Iraq"). `theme` names it together with one of its own `heads` in the same few words. `owner` words must
    stand in the sentence, `unless` words must not, `context` words must stand in the sentence or the one before;
    each only when given. `examples` name it, `not` sentences do not: run as tests.
    """

    model_config = PACK

    id: Name
    title: Name
    names: Words = ()
    partners: tuple[Country, ...] = ()
    also: Words = ()  # other words for a partner: its capital
    heads: Words = ()
    theme: Words = ()
    owner: Words = ()
    unless: Words = ()
    context: Words = ()
    examples: Words = ()
    counter: Words = Field(default=(), alias="not")


class Deals(BaseModel):
    """How deals between countries are called: `heads` are the nouns, `context` tells that they are of this topic.

    `home` is the country whose deals the pack keeps, `about` the words that stand for its side. `unless` words beside
    a head tell that it is about something else.
    """

    model_config = PACK

    home: Country
    about: Words
    heads: Words
    context: Words
    unless: Words = ()


class Incident(BaseModel):
    """A kind of thing that happens once: in one sentence a word of each of `steps`, in this order, and a scheme."""

    model_config = PACK

    what: Name
    steps: tuple[Words, ...]
    examples: Words = ()
    counter: Words = Field(default=(), alias="not")


class Schemes(BaseModel):
    """The pack's schemes.toml."""

    model_config = PACK

    scheme: tuple[Scheme, ...] = ()
    deals: Deals | None = None
    incident: tuple[Incident, ...] = ()


class Office(BaseModel):
    """A public office. `country` holds it when the text names none; `elsewhere` says that other countries have it too.

    `{}` in a title or id stands for each of the file's portfolios. `terms` are words for the time in office.
    `counterpart` is the id of the office that does the same work abroad, where it has another name there.
    """

    model_config = PACK

    id: Name
    titles: Annotated[Words, Field(min_length=1)]
    country: Country | None = None
    elsewhere: bool = False
    single: bool = False  # one holder at a time, so that "the <title>" alone is somebody
    seat: Words = ()
    terms: Words = ()
    counterpart: Name | None = None

    def each(self, portfolios: Words) -> tuple[Self, ...]:
        """The office for each portfolio; itself when it names none."""
        if "{}" not in self.id:
            return (self,)
        return tuple(
            self.model_copy(
                update={
                    "id": self.id.replace("{}", "_".join(word.replace("'", "").split())),
                    "titles": tuple(title.replace("{}", word) for title in self.titles),
                }
            )
            for word in portfolios
        )


class Offices(BaseModel):
    """The pack's offices.toml."""

    model_config = PACK

    office: tuple[Office, ...] = ()
    portfolios: Words = ()

    @property
    def all(self) -> tuple[Office, ...]:
        """Every office, one for each portfolio where a row stands for several."""
        return tuple(office for row in self.office for office in row.each(self.portfolios))


class Held(BaseModel):
    """A term of office as the public record has it; `end` is None while it lasts."""

    model_config = PACK

    office: Name
    country: Country
    start: date
    end: date | None = None

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end is not None and self.end < self.start:
            message = f"the term runs backwards: {self.start} to {self.end}"
            raise ValueError(message)
        return self

    def on(self, day: date) -> bool:
        """Whether the office was held that day."""
        return self.start <= day and (self.end is None or day <= self.end)


class Person(BaseModel):
    """Somebody whom articles name in several ways. `held` helps to tell who "the <title>" is; it is never reported."""

    model_config = PACK

    name: Name
    aliases: Words = ()
    held: tuple[Held, ...] = ()


class Organisation(BaseModel):
    """Who publishes or measures. `kind` is for people who read the pack; `releases`: what it publishes, it says."""

    model_config = PACK

    name: Name
    aliases: Words = ()
    kind: Name
    releases: bool = False


class Names(BaseModel):
    """The pack's actors.toml."""

    model_config = PACK

    person: tuple[Person, ...] = ()
    organisation: tuple[Organisation, ...] = ()


class Actors(BaseModel):
    """The three files together: schemes.toml, offices.toml, actors.toml."""

    model_config = PACK

    schemes: Schemes = Field(default_factory=Schemes)
    offices: Offices = Field(default_factory=Offices)
    names: Names = Field(default_factory=Names)

    @model_validator(mode="after")
    def _known(self) -> Self:
        offices = {office.id for office in self.offices.all}
        unknown = sorted({h.office for p in self.names.person for h in p.held} - offices)
        if unknown:
            message = f"actors.toml: offices that offices.toml does not have: {', '.join(unknown)}"
            raise ValueError(message)
        return self
