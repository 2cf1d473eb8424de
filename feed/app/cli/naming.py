"""How figures, subjects and days are called in the tables of the commands: in the topic's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any, NamedTuple, Self
from zoneinfo import ZoneInfo

from feed.app import checked
from feed.app.home import Home
from feed.model import wording
from feed.model.instant import parse_instant
from feed.model.labels import Labels
from feed.model.notice import Shown

UNKNOWN = "unknown"
SOURCE = ("PUBLISHER", "ARTICLE", "PUBLISHED")


class Naming(NamedTuple):
    """The words and the zone of one topic."""

    labels: Labels
    zone: tzinfo

    @classmethod
    def of(cls, home: Home) -> Self:
        """Those of a data directory's pack. Raises PackRefused."""
        labels = checked.labels(home)
        return cls(labels, ZoneInfo(labels.zone))

    def what(self, shown: Shown) -> str:
        """What a figure counts: `Butter prices, salted, change`, and whether it is no outturn."""
        return wording.what(shown, self.labels)

    def number(self, shown: Shown) -> str:
        """A figure as printed; a change says which way."""
        return wording.number(shown)

    def end(self, shown: Shown) -> str:
        """The last day that a figure is about, empty when unknown."""
        return "" if shown.period is None else shown.period.end.isoformat()

    def day(self, time: datetime | None) -> str:
        """The day of publication, in the topic's zone."""
        return UNKNOWN if time is None else time.astimezone(self.zone).date().isoformat()

    def source(self, shown: Shown) -> tuple[str, str, str]:
        """What stands under SOURCE for a figure."""
        return shown.publisher or UNKNOWN, shown.article, self.day(shown.time)

    def recorded(self, time: str) -> str:
        """The day on which our log took something, in the topic's zone."""
        return self.day(_time(time))

    def state(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """How an office or scheme stands: its name, holder or status, from which day, and what stands under SOURCE."""
        source = row["publisher"] or UNKNOWN, row["article"], self.day(_time(row["time"]))
        return self.labels.subject(row["subject"]), self.value(row["value"]), row["as_of"] or "", *source

    def value(self, value: str) -> str:
        """A holder or status in words."""
        return wording.plain_value(value)


def _time(text: str | None) -> datetime | None:
    time = parse_instant(text)
    return time if isinstance(time, datetime) else None
