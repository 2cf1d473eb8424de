"""What somebody wants no news of for a time. It stays on record and in the feed, marked; it is pushed to nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from feed.model.asked import source_slug, topics
from feed.model.notice import Muted, Notice


class Mute(NamedTuple):
    """One muting, as the log has it at `sequence`: from `start` up to `until`. Of the same thing the latest counts."""

    sequence: int
    scope: str
    name: str
    start: datetime
    until: datetime
    reason: str
    by: str

    def covers(self, notice: Notice) -> bool:
        """Whether an alert is about what is muted, whenever it was raised."""
        match self.scope:
            case "series":
                return notice.series == self.name
            case "metric":
                return self.name in topics(notice)
            case "source":
                return notice.publisher is not None and source_slug(notice.publisher) == source_slug(self.name)
            case _:
                return notice.alert == self.name


def muted(notice: Notice, mutes: Iterable[Mute]) -> Muted | None:
    """Why an alert was pushed to nobody, None if it was not muted when it was recorded: later ones change nothing."""
    before = [mute for mute in mutes if mute.sequence < notice.sequence and mute.covers(notice)]
    holding = [mute for mute in latest(before) if mute.start <= notice.recorded < mute.until]
    return max((Muted(mute.until, mute.reason) for mute in holding), key=lambda each: each.until, default=None)


def latest(mutes: Iterable[Mute]) -> tuple[Mute, ...]:
    """Of each thing the muting that counts."""
    return tuple({(mute.scope, mute.name): mute for mute in sorted(mutes, key=lambda each: each.sequence)}.values())
