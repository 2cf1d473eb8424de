"""How far a figure that was read is to be trusted: what speaks for it and against it, weighed together.

Reading goes wrong less by one rule than where much is doubtful at once: a sentence with a number that nothing claims, a
metric that goes on from afar, another number for the same thing and time. Each such sign has a weight, worked out from
annotated articles (`python -m bench.trust`; trust.toml). Together they give the odds that a figure is right in its
metric, dimensions, time and status.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from feed.model.reading import Fate, FoundFigure, Leftover
from feed.read.claim import Claim
from feed.read.doubt.signs import signs

TOLD = 3  # doubts named where a number is left out


def trusted(
    claims: Sequence[Claim], figures: Sequence[FoundFigure], rest: Iterable[Leftover], least: float
) -> tuple[tuple[FoundFigure, ...], list[Leftover]]:
    """The figures with odds of `least` or more to be right; the others are unplaced, with what spoke against them."""
    kept, left = [], []
    for claim, found, told in zip(claims, figures, signs(claims, figures, rest), strict=True):
        table = claim.scene.tables.english.trust
        weights = sorted(((name, table.weights.get(name, 0.0)) for name in told), key=lambda row: (row[1], row[0]))
        odds = 1 / (1 + math.exp(-table.base - sum(weight for _, weight in weights)))
        if odds >= least:
            kept.append(replace(found, trust=odds, signs=tuple(weights)))
            continue
        span, sentence = found.figure.span, claim.scene.document.text(claim.scene.sentence)
        against = "; ".join(name for name, weight in weights[:TOLD] if weight < 0)
        why = f"too likely wrong ({odds:.2f} of 1 that it is right): {against}"
        left.append(Leftover(found.figure.text, span.start, span.end, sentence, Fate.UNPLACED, why, found.weighed))
    return tuple(kept), left
