"""The one spelling of a time. Apart from the models: whoever only shows what is on record loads none of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

SPELLING = "%Y-%m-%dT%H:%M:%SZ"
UNZONED = len("2025-02-10T09:30:00")
SHAPE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


@lru_cache(maxsize=64)  # what is recorded at once has few times, and each line has two of them and more
def instant(time: datetime) -> str:
    """The one spelling of a time: UTC, whole seconds, `2025-02-10T09:30:00Z`. Refuses a time without a zone."""
    if time.tzinfo is None:
        message = f"{time} has no zone"
        raise ValueError(message)
    there = time if time.tzinfo is UTC else time.astimezone(UTC)
    return f"{there.isoformat(timespec='seconds')[:UNZONED]}Z"


def parse_instant(text: object) -> object:
    """The aware datetime of that one spelling; datetimes pass, anything else raises ValueError."""
    if isinstance(text, str):
        if not SHAPE.fullmatch(text):
            message = f"{text!r} is not spelt like 2025-02-10T09:30:00Z"
            raise ValueError(message)
        return datetime.fromisoformat(text)
    return text
