"""A fact written down with exactly the keys of the reading guide."""

from __future__ import annotations

from datetime import date

from feed.model.fact import Fact, Incident, Office, Scheme, Statement


def written(fact: Fact) -> dict[str, object]:
    """The guide's form: `type`, its keys, `quote` as words, `as_of` as an ISO date or None."""
    told: dict[str, object] = {key: _plain(getattr(fact, key)) for key in _keys(fact)}
    kind = fact.kind if not isinstance(fact, Scheme) else ("scheme_status" if fact.status else "scheme_term")
    given = {key: value for key, value in told.items() if value is not None}
    return {"type": kind, **given, "quote": fact.quote.exact, "as_of": _plain(fact.as_of)}


def _keys(fact: Fact) -> tuple[str, ...]:
    match fact:
        case Scheme():
            return ("scheme", "status", "term", "value")
        case Office():
            return ("office", "country", "holder", "until")
        case Statement():
            return ("speaker",)
        case Incident():
            return ("what", "scheme")


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
