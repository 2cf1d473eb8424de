"""The other facts of an article: schemes, offices, statements, incidents."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from feed.model.figure import Name, Quote
from feed.model.quantity import STRICT

SchemeState = Literal[
    "considered",
    "proposed",
    "announced",
    "agreed",
    "in_force",
    "expanded",
    "delayed",
    "blocked",
    "ruled_unlawful",
    "scrapped",
    "ended",
]
# The life of a scheme. Told after a later stage, an earlier one is history; what is missing here can come at any stage.
STAGES: dict[str, int] = {
    "considered": 0, "proposed": 1, "announced": 2, "agreed": 3, "in_force": 4, "expanded": 5,
    "scrapped": 9, "ended": 9,
}  # fmt: skip
OVER = STAGES["ended"]
Term = Literal["countries", "starts", "ends", "provides", "value", "counterparty"]


class Scheme(BaseModel):
    """What an article says of a scheme: its `status`, or one `term` with its `value`, never both.

    `as_of` is the day that it holds from or at; None when it is told as past history without a date.
    """

    model_config = STRICT

    kind: Literal["scheme"] = "scheme"
    scheme: Name
    status: SchemeState | None = None
    term: Term | None = None
    value: Annotated[str, Field(min_length=1)] | Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    quote: Quote
    as_of: date | None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.status is None) == (self.term is None) or (self.term is None) != (self.value is None):
            message = "a scheme fact states either a status, or a term with its value"
            raise ValueError(message)
        return self


class Office(BaseModel):
    """Who holds an office. `until` is set when the text says that the term is over by that day."""

    model_config = STRICT

    kind: Literal["office"] = "office"
    office: Name
    country: Name
    holder: Name
    until: date | None = None
    quote: Quote
    as_of: date | None


class Statement(BaseModel):
    """Quoted words and who said them."""

    model_config = STRICT

    kind: Literal["statement"] = "statement"
    speaker: Name
    quote: Quote
    as_of: date | None


class Incident(BaseModel):
    """Something that happened once; `scheme` when one is meant."""

    model_config = STRICT

    kind: Literal["incident"] = "incident"
    what: Name
    scheme: Name | None = None
    quote: Quote
    as_of: date | None


Fact = Annotated[Scheme | Office | Statement | Incident, Field(discriminator="kind")]
