"""The watchdog: looks how each source is, and notes what begins to be wrong and what is well again.

So that nothing new can be told from nothing working.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from feed.model.instant import instant
from feed.model.source import Source
from feed.poll.alarms import Alarm
from feed.poll.health import Health, Seen, health
from feed.poll.memory import Memory

LISTINGS, ARTICLES = 31, 40


def healths(memory: Memory, sources: Iterable[Source], now: datetime) -> list[Health]:
    """How each source is, in the given order."""
    return [_health(memory, source, now) for source in sources]


def watch(memory: Memory, sources: Iterable[Source], now: datetime) -> list[Alarm]:
    """Note how each source is; gives the alarms that were raised or ended just now."""
    return [alarm for each in healths(memory, sources, now) if (alarm := memory.alarms.note(each, now)) is not None]


def polled(memory: Memory, sources: Sequence[Source], since: datetime) -> str:
    """`48 of 50 sources polled, last success 2026-01-05T09:00:00Z`: those that answered after `since`."""
    asked = [memory.of(source).last_success for source in sources if source.enabled]
    answered = [time for time in asked if time is not None]
    last = f", last success {instant(max(answered))}" if answered else ""
    return f"{sum(time > since for time in answered)} of {len(asked)} sources polled{last}"


def _health(memory: Memory, source: Source, now: datetime) -> Health:
    looks = memory.looks
    seen = Seen(memory.listings(source.name, LISTINGS), looks.thin(source.name), looks.figures(source.name, ARTICLES))
    return health(source, memory.of(source), seen, now)
