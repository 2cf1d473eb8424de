"""A figure: one number of an article that states something about a metric, and everything it depends on."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator

from feed.model.period import Period
from feed.model.quantity import STRICT, Interval, Number, Qualifier, printed


class Measure(StrEnum):
    """What a number says of its metric."""

    LEVEL = "level"
    CHANGE = "change"
    SHARE = "share"
    RATIO = "ratio"


class Status(StrEnum):
    """How the text asserts it."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    FORECAST = "forecast"
    TARGET = "target"
    PLAN = "plan"


Name = Annotated[str, Field(min_length=1, max_length=200)]
Dims = dict[str, str]


class Quote(BaseModel):
    """An exact stretch of the captured text, with enough around it to be found again (Web Annotation selectors).

    `start` and `end` count code points of the captured text, end excluded. `exact` is never altered.
    """

    model_config = STRICT

    exact: Annotated[str, Field(min_length=1)]
    prefix: str = ""
    suffix: str = ""
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.end - self.start != len(self.exact):
            message = f"the quote has {len(self.exact)} characters but spans {self.end - self.start}"
            raise ValueError(message)
        return self


class Span(BaseModel):
    """Where the number itself stands in the captured text, in code points, end excluded."""

    model_config = STRICT

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]


class Attribution(BaseModel):
    """Who says so. `named` as the text names it, None in the article's own voice.

    `speaker` said it, `originator` measured it; each only when the text tells. Who printed it is the
    article's publisher.
    """

    model_config = STRICT

    named: Name | None = None
    speaker: Name | None = None
    originator: Name | None = None


class Whole(BaseModel):
    """What a share is a part of."""

    model_config = STRICT

    metric: Name
    dims: Dims


class ReadBy(BaseModel):
    """Who decided this reading: a reader and pack version with the rule that decided, or a reviewer and the reason."""

    model_config = STRICT

    reader: Name | None = None
    pack: Name | None = None
    rule: Name | None = None
    reviewer: Name | None = None
    reason: Name | None = None


class Figure(BaseModel):
    """One figure as the reading guide fixes it.

    `text` is the number as it stands; `numbers` holds one value, or the two of a range; a fall is negative when
    `measure` is `change`. `quote` is its sentence. `step` is the last significant place in the figure's unit.
    `superseded`: the text itself says that another number has taken its place ("649,000, revised down from 728,000");
    left out when it says nothing of the kind.
    """

    model_config = STRICT

    text: Annotated[str, Field(min_length=1)]
    span: Span
    quote: Quote
    numbers: Annotated[tuple[Number, ...], Field(min_length=1, max_length=2)]
    step: Number
    value: Interval
    qualifier: Qualifier
    unit: Name
    metric: Name
    dims: Dims
    measure: Measure
    period: Period | None
    baseline: Period | None = None
    status: Status
    attribution: Attribution
    of: Whole | None = None
    superseded: Annotated[bool, Field(exclude_if=lambda old: not old)] = False

    @property
    def printed(self) -> str:
        """The canonical qualifier word and the number's text: `nearly 19,000`."""
        return printed(self.text, self.qualifier)

    @property
    def number(self) -> Number:
        """The value as printed; of a range, its lower end."""
        return self.numbers[0]


def status_class(status: Status, period: Period | None, published: date | None) -> str:
    """`outturn`, `target`, `plan` or `forecast`.

    An estimate of a period that was not over when it was published is a forecast, whatever the text calls it;
    a running total is never that, since its period ends with what is known.
    """
    if status in (Status.TARGET, Status.PLAN, Status.FORECAST):
        return status.value
    if status is Status.ESTIMATE and period and published and not period.running and period.end > published:
        return Status.FORECAST.value
    return "outturn"
