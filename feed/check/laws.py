"""All laws, in the order in which their checks are listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from feed.check.balances import balances
from feed.check.claims import changes, ratios, shares
from feed.check.facts import Facts
from feed.check.parts import lists, parts_of, sums
from feed.check.totals import differences, so_far
from feed.model.check import Check
from feed.model.figure import Measure

Law = Callable[[Facts], Iterator[Check]]

# Each with the measure that a figure must have for it to say anything; a list may be of anything.
LAWS: tuple[tuple[Measure | None, Law], ...] = (
    (Measure.LEVEL, differences),
    (Measure.CHANGE, changes),
    (Measure.SHARE, shares),
    (Measure.RATIO, ratios),
    (None, lists),
    (Measure.LEVEL, so_far),
    (Measure.LEVEL, parts_of),
    (Measure.LEVEL, sums),
    (Measure.LEVEL, balances),
)


def checks(facts: Facts) -> tuple[Check, ...]:
    """Every check that an article's figures allow, in the order of the laws and of the text; each law kindly read."""
    if len(facts.figures) + len(facts.known) < 2 and not facts.lists:
        return ()  # no law says anything of one figure alone
    told = {figure.series.measure for figure in facts.figures}
    made: list[Check] = []
    for measure, law in LAWS:
        if measure is None or measure in told:
            made += law(facts)
    return tuple(made)
