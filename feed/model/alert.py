"""Of which class an alert is, and how loud."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

AlertClass = Literal[
    "superseded",
    "revised",
    "contradicted",
    "inconsistent",
    "rescoped",
    "stale",
    "withdrawn",
    "state_changed",
    "target_met",
    "target_missed",
]


class Severity(StrEnum):
    """How loud an alert is. An immediate subscription takes medium and up unless it says otherwise."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 for low to 2 for high."""
        return list(Severity).index(self)
