"""All laws, in the order in which their checks are listed."""

from __future__ import annotations

from feed.check.balances import balances
from feed.check.claims import changes, ratios, shares
from feed.check.facts import Facts
from feed.check.parts import lists, parts_of, sums
from feed.check.totals import differences, so_far
from feed.model.check import Check

LAWS = (differences, changes, shares, ratios, lists, so_far, parts_of, sums, balances)


def checks(facts: Facts) -> tuple[Check, ...]:
    """Every check that an article's figures allow, in the order of the laws and of the text; each law kindly read."""
    return tuple(check for law in LAWS for check in law(facts))
