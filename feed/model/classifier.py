"""What a pack has learned of the words around numbers: the weights of a classifier, as a value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

NONE = "none"  # the class of numbers that count nothing
UNIT = 100  # weights are hundredths of log odds: whole numbers add up to the same on any machine

Weights = dict[str, int]


class Classifier(BaseModel):
    """A multinomial logistic regression that tells which metric a number counts by the words around it.

    `base` and `weights` hold hundredths of log odds by metric, `none` for numbers that count nothing: `base` before
    anything is known, `weights` for each feature, as in "before hotel" (`feed.read.metric.around` says what they are).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    base: Annotated[Weights, Field(min_length=2)]
    weights: dict[str, Weights]

    def odds(self, features: Iterable[str]) -> Mapping[str, float]:
        """How likely each class is, from 0 to 1; they add up to 1."""
        sums = dict(self.base)
        for feature in features:
            for name, weight in self.weights.get(feature, NOTHING).items():
                sums[name] += weight
        most = max(sums.values())
        parts = {name: math.exp((sum_ - most) / UNIT) for name, sum_ in sums.items()}
        whole = sum(parts.values())
        return {name: part / whole for name, part in parts.items()}


NOTHING: Weights = {}
