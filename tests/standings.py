"""Standings for tests, of figures and states that no event told."""

from __future__ import annotations

from collections.abc import Iterable

from feed.model.standing import Reported, State
from feed.model.standings import Standings


def with_told(
    before: Standings, figures: Iterable[Reported], states: Iterable[State], withdrawn: frozenset[str]
) -> Standings:
    """The standings with these figures and states added, and those withdrawn taken out."""
    after = before.without(withdrawn)
    for figure in figures:
        after = after.with_figure(figure)
    for one in states:
        after = after.with_state(one)
    return after
