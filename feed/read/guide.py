"""A reading written down with exactly the keys of the reading guide, for `feed read` and for the scorer."""

from __future__ import annotations

from decimal import Decimal

from feed.model.figure import Figure
from feed.model.period import Period
from feed.model.reading import Reading
from feed.read.facts.written import written


def record(reading: Reading) -> dict[str, object]:
    """{"figures", "facts", "unplaced"}: in the guide's form, and the numbers that no metric claimed.

    And "unread", the span of the rest with the law that refused it, when the article was too large to be read whole.
    """
    told: dict[str, object] = {
        "figures": [figure(found.figure) for found in reading.figures],
        "facts": [written(found.fact) for found in reading.facts],
        "unplaced": [
            {
                "text": row.text,
                "span": [row.start, row.end],
                "sentence": row.sentence,
                "fate": row.fate.value,
                "why": row.why,
            }
            for row in reading.leftovers
            if row.fate.value != "reserved"
        ],
    }
    if reading.unread:
        told["unread"] = {"span": [reading.unread.start, reading.unread.end], "why": reading.unread.why}
    return told


def figure(found: Figure) -> dict[str, object]:
    """One figure with the guide's keys; `of` only when the text tells the whole."""
    told: dict[str, object] = {
        "text": found.text,
        "span": [found.span.start, found.span.end],
        "number": _number(found.numbers),
        "qualifier": found.qualifier.value,
        "unit": found.unit,
        "metric": found.metric,
        "dims": dict(found.dims),
        "measure": found.measure.value,
        "period": _period(found.period),
        "baseline": _period(found.baseline),
        "status": found.status.value,
        "attribution": found.attribution.named,
    }
    if found.of:
        told["of"] = {"metric": found.of.metric, "dims": dict(found.of.dims)}
    return told


def _number(numbers: tuple[Decimal, ...]) -> object:
    plain = [int(n) if n == n.to_integral_value() else float(n) for n in numbers]
    return plain[0] if len(plain) == 1 else plain


def _period(period: Period | None) -> dict[str, str | None] | None:
    if period is None:
        return None
    return {"start": period.start.isoformat() if period.start else None, "end": period.end.isoformat()}
