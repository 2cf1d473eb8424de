"""What a topic pack says about consequence: how loud an alert is, what is part of what, what a word means."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from feed.model.alert import Severity
from feed.model.figure import Dims, Name

PACK = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class SeverityRow(BaseModel):
    """One row of the severity table; the first row that fits decides.

    `alert` is an alert class; `metric`, `measure` narrow it when given; `moved_less` (a fraction) fits when the new
    value is nearer to the old one than that; `moved_more` the contrary.
    """

    model_config = PACK

    alert: Name
    metric: Name | None = None
    measure: Name | None = None
    moved_less: Annotated[Decimal, Field(gt=0)] | None = None
    moved_more: Annotated[Decimal, Field(gt=0)] | None = None
    severity: Severity


class Parts(BaseModel):
    """The values of one dimension that are disjoint and together the whole of a metric."""

    model_config = PACK

    metric: Name
    dim: Name
    values: Annotated[tuple[Name, ...], Field(min_length=2)]


class Balance(BaseModel):
    """A metric that is by its definition the difference of two others: `metric` = `plus` - `minus`."""

    model_config = PACK

    metric: Name
    plus: Name
    minus: Name


class Gloss(BaseModel):
    """A sentence that explains words which are easily confused, shown beside figures of the metric."""

    model_config = PACK

    metric: Name
    dims: Dims = {}
    text: Name


class Rules(BaseModel):
    """The pack's rules.toml."""

    model_config = PACK

    severity: tuple[SeverityRow, ...]
    parts: tuple[Parts, ...] = ()
    balance: tuple[Balance, ...] = ()
    gloss: tuple[Gloss, ...] = ()
    caps: tuple[Name, ...] = ()  # metrics whose target is a limit, not an aim
    official: tuple[Name, ...] = ()  # publishers and originators that publish the numbers as a duty
