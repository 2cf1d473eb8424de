"""A check: an arithmetic test between figures, with its operands, its result and its verdict."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from feed.model.figure import Name
from feed.model.law import Law as Law
from feed.model.quantity import STRICT, Interval


class Verdict(StrEnum):
    """What the arithmetic says. `loose`: only rounding or a loose word saves it. `open`: an operand is missing."""

    HOLDS = "holds"
    LOOSE = "loose"
    FAILS = "fails"
    OPEN = "open"


class Operand(BaseModel):
    """A figure (or other fact) that took part: its event id, how it is printed, and the value it was taken to have."""

    model_config = STRICT

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    printed: Name
    role: Name


class Check(BaseModel):
    """One test. `what` says it in words, `formula` with the numbers in, `results` are the values computed, as printed.

    `claimed` and `computed` are the intervals compared. `rounding` names the rule that made a `loose` one pass.
    """

    model_config = STRICT

    law: Law
    verdict: Verdict
    what: Name
    formula: Name
    operands: tuple[Operand, ...]
    results: tuple[str, ...] = ()
    claimed: Interval | None = None
    computed: Interval | None = None
    rounding: Name | None = None

    @property
    def numbers(self) -> str:
        """The law and what it was tried on, as printed: the same for a copy of the article, whenever it came out."""
        return f"{self.law}: {'; '.join(sorted(operand.printed for operand in self.operands))}"
