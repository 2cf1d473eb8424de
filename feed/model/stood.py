"""What stood at the end of a day gone by, as it is kept."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Clock(StrEnum):
    """Which time counts for what was known on a day: when it was published, or when our log took it."""

    PUBLISHED = "published"
    RECORDED = "recorded"


class Stood(NamedTuple):
    """What stood at the end of a day, and until the next day that tells of the same; `fact` is None when nothing did.

    Of a series and frame, or of an office or scheme, whose name then stands alone in `name`. `day` is an ISO date.
    `gone`: all that was published on that day was withdrawn, so that the days before tell what stood, and what is kept
    of it must go: it would hide what comes late and was published before it.
    """

    clock: Clock
    name: tuple[str, ...]
    day: str
    fact: str | None
    gone: bool = False
