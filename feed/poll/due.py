"""When a source is due again. Pure: the clock and the throw of the dice are arguments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

from feed.model.source import Source

DAY = 24 * 60 * 60
JITTER = 0.1
DOUBLINGS = 20  # more than any interval needs to reach a day


class Outcome(StrEnum):
    """How a visit to a source ended."""

    LISTED = "listed"  # a body that we had not seen: its entries
    UNCHANGED = "unchanged"  # 304, or the same bytes again
    FAILED = "failed"  # tried again later
    GONE = "gone"  # 410: not asked again unless a person does


@dataclass(frozen=True, slots=True)
class Validators:
    """What is remembered of a source between visits. `etag` and `last_modified` are as the server spelt them.

    `configured` is the address that the operator wrote, `url` the one that permanent redirects led to since.
    `disabled` says why it is not asked any more; `why` says how the last visit failed.
    """

    name: str
    configured: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    last_polled: datetime | None = None
    last_success: datetime | None = None
    next_due: datetime | None = None
    failures: int = 0
    disabled: str | None = None
    why: str | None = None


def fresh(source: Source) -> Validators:
    """What is remembered of a source that was never asked."""
    return Validators(name=source.name, configured=source.url, url=source.url)


def is_due(source: Source, memory: Validators, now: datetime) -> bool:
    """Whether the source should be asked at `now`. One that is switched off or gone never is."""
    return source.enabled and not memory.disabled and (memory.next_due is None or memory.next_due <= now)


def next_due(source: Source, failures: int, now: datetime, *, at_least: float = 0, jitter: float = 0) -> datetime:
    """When to ask again after the visit at `now` that was the `failures`-th failure in a row (0: it succeeded).

    The source's interval, doubled for each failure, at least `at_least` seconds (the server's own wish), stretched
    by up to a tenth (`jitter` in [0, 1]), never more than a day: a server's mistake should not silence it for longer.
    """
    wait = max(source.every * 2 ** min(failures, DOUBLINGS), at_least)
    return now + timedelta(seconds=min(wait * (1 + JITTER * jitter), DAY))


def retry_after(header: str | None, now: datetime) -> float:
    """Seconds that a Retry-After header asks for: a number or an HTTP date. 0 when it says nothing sensible."""
    if not header:
        return 0
    if header.strip().isdecimal():
        return float(min(int(header.strip()[:9]), DAY))
    try:
        then = parsedate_to_datetime(header)
    except ValueError:
        return 0
    return max(0.0, (then - now).total_seconds()) if then.tzinfo else 0


def max_age(header: str | None) -> float:
    """Seconds for which a Cache-Control header calls the answer fresh. 0 when it doesn't."""
    for directive in (header or "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name == "max-age" and value.strip('"').isdecimal():
            return float(min(int(value.strip('"')[:9]), DAY))
    return 0
