"""How long we wait after a failure, and when we give up: Standard Webhooks' schedule, with a probe at least hourly."""

from __future__ import annotations

from datetime import datetime, timedelta

# Standard Webhooks: how long after each failure the next attempt is made. The first attempt is made at once.
SCHEDULE = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
# How long a letter is tried: to the end of that schedule.
PATIENCE = sum(SCHEDULE, timedelta())
# While a receiver is down its first letter knocks at least so often: the rest must not wait a day for it.
PROBE = timedelta(hours=1)
# A receiver may ask for more time, but not for ever.
LONGEST_WISH = timedelta(days=7)
# Then a webhook is switched off, and the owner is told.
GIVEN_UP = timedelta(days=5)
# So often a receiver may refuse a letter that it could read; then it is parked, and the next one has its turn.
REFUSALS = 3
SECOND = timedelta(seconds=1)


def pause(failures: int, after: int | None, jitter: float) -> timedelta:
    """How long to wait after so many failures in a row, times `jitter`, but no less than the `after` seconds wished."""
    planned = min(SCHEDULE[min(failures, len(SCHEDULE)) - 1], PROBE)
    return max(planned * jitter, timedelta(seconds=min(after or 0, LONGEST_WISH.total_seconds())))


def whole(time: datetime) -> datetime:
    """The next whole second: times are kept in those, and rounded down a receiver would hear from us too early."""
    return time if time.microsecond == 0 else time.replace(microsecond=0) + SECOND
