"""When a subscriber wants to hear of a change: thresholds that know intervals. `alert.condition` tries them.

"At least 20,000" is certain of "more than 24,000", possible of "about 20,000", and not so of "nearly 19,000".
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from feed.model.quantity import STRICT, Number, plain


class Surety(StrEnum):
    """How sure a condition is of what was printed: of every value that it admits, of some, or of none."""

    NO = "no"
    POSSIBLE = "possible"
    CERTAIN = "certain"

    @property
    def rank(self) -> int:
        """0 for no to 2 for certain."""
        return list(Surety).index(self)


def _typed(value: object) -> object:
    """A number of a settings file, which is an integer or a float there, as the plain decimal string of the model."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return plain(number) if number.is_finite() else value
    return value


Threshold = Annotated[Number, BeforeValidator(_typed)]
Amount = Annotated[Threshold, Field(gt=0)]
FactId = Annotated[str, Field(pattern=r"^[0-9a-f]{8,32}$")]
Facts = Annotated[tuple[FactId, ...], Field(strict=False)]


class Condition(BaseModel):
    """What must be so of an alert. Everything that is given must hold; at least one thing is given.

    `at_least`, `at_most`: the value passes this mark, which it did not before: told once for each passing.
    `moved_by`, `moved_part`: it moved by so much, or by this fraction of what it was; `direction` says which way only.
    `base_at_least`: it was at least so much before, so that "from 42 to 23" is no fall by half.
    `cites`: facts by id, or the first eight characters or more of one: anything that happens to one of them.
    `possible`: tell it too where the printed numbers leave it open. Without it only what is certain is told.
    """

    model_config = STRICT

    at_least: Threshold | None = None
    at_most: Threshold | None = None
    moved_by: Amount | None = None
    moved_part: Amount | None = None
    direction: Literal["up", "down"] | None = None
    base_at_least: Threshold | None = None
    cites: Facts = ()
    possible: bool = False

    @model_validator(mode="after")
    def _asks(self) -> Self:
        if not (self.of_value or self.cites):
            message = "a condition asks for something: a mark, a move, a direction, or facts that it cites"
            raise ValueError(message)
        return self

    @property
    def of_value(self) -> bool:
        """Whether it asks for anything about the numbers themselves."""
        marks = (self.at_least, self.at_most, self.moved_by, self.moved_part, self.direction, self.base_at_least)
        return any(mark is not None for mark in marks)
