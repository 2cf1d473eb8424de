"""When a page says that it was published."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta, tzinfo
from urllib.parse import urlsplit

from feed.model.article import Precision, Published, PublishedBasis

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(hours=48)
MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_PATH = re.compile(r"/(\d{4})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/.-]|$)", re.IGNORECASE)


def told(written: str, basis: PublishedBasis, zone: tzinfo, now: datetime, note: str = "") -> Published | None:
    """A machine-readable time of a page. Without an offset it is in `zone`; midnight there is a day without a time.

    None when it is malformed, before 1990 or more than 48 hours ahead of `now`. Never guesses at prose.
    """
    try:
        local = datetime.fromisoformat(written.strip().replace("/", "-"))
    except ValueError:
        return None
    day_only = local.time() == time()
    local = local if local.tzinfo else local.replace(tzinfo=zone)
    try:
        instant = local.replace(tzinfo=UTC) if day_only else local.astimezone(UTC)
    except OverflowError:
        return None
    if not EARLIEST <= instant <= now + AHEAD:
        return None
    return Published(instant, basis, Precision.DAY if day_only else Precision.INSTANT, note)


def first(claims: Iterable[tuple[str, str]], url: str, zone: tzinfo, now: datetime) -> Published | None:
    """The first claim of a page that can be believed, else the day in its address, else None."""
    for note, written in claims:
        found = told(written, PublishedBasis.PAGE, zone, now, note)
        if found:
            return found
    return in_address(url, now)


def in_address(url: str, now: datetime) -> Published | None:
    """The day that stands in an address (`/2024/08/29/`, `/2024/aug/29/`, `/2024-08-29-`), if one does."""
    found = _IN_PATH.search(urlsplit(url).path)
    if not found:
        return None
    year, month, day = found.groups()
    if month.isalpha() and month.lower() not in MONTHS:
        return None
    number = MONTHS.index(month.lower()) if month.isalpha() else int(month)
    return told(f"{year}-{number:02}-{int(day):02}", PublishedBasis.URL, UTC, now)
