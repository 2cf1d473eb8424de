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

# Each with what an article must tell for it to say anything: a figure of a measure (None for any), so many figures, and
# what `Facts` must have besides.
LAWS: tuple[tuple[Measure | None, int, str, Law], ...] = (
    (Measure.LEVEL, 4, "figures", differences),  # two totals, each told for two days
    (Measure.CHANGE, 1, "figures", changes),
    (Measure.SHARE, 1, "figures", shares),
    (Measure.RATIO, 1, "figures", ratios),
    (None, 1, "lists", lists),
    (Measure.LEVEL, 1, "figures", so_far),
    (Measure.LEVEL, 1, "figures", parts_of),
    (Measure.LEVEL, 1, "parts", sums),
    (Measure.LEVEL, 1, "balances", balances),
)


def checks(facts: Facts) -> tuple[Check, ...]:
    """Every check that an article's figures allow, in the order of the laws and of the text; each law kindly read."""
    count = len(facts.figures)
    if count + len(facts.known) < 2 and not facts.lists:
        return ()  # no law says anything of one figure alone
    told = {figure.series.measure for figure in facts.figures}
    made: list[Check] = []
    for measure, least, needed, law in LAWS:
        if count >= least and (measure is None or measure in told) and getattr(facts, needed):
            made += law(facts)
    return tuple(made)
