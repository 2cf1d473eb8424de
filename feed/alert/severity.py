"""How loud an alert is: the first row of the pack's table that fits."""

from __future__ import annotations

from decimal import Decimal

from feed.model.alert import Severity
from feed.model.rules import Rules, SeverityRow


def severity(rules: Rules, alert: str, metric: str, measure: str, moved: Decimal | None) -> Severity:
    """The severity of an alert of that class; medium when no row fits.

    `moved` is the fraction by which the value moved (or by which a check misses), None when that means nothing: then
    rows that ask for it do not fit.
    """
    return next((row.severity for row in rules.severity if _fits(row, alert, metric, measure, moved)), Severity.MEDIUM)


def _fits(row: SeverityRow, alert: str, metric: str, measure: str, moved: Decimal | None) -> bool:
    if row.alert != alert or row.metric not in (None, metric) or row.measure not in (None, measure):
        return False
    if row.moved_less is not None and (moved is None or moved >= row.moved_less):
        return False
    return row.moved_more is None or (moved is not None and moved >= row.moved_more)
