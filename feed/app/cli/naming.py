"""How figures, subjects and days are called in the tables of the commands: in the topic's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Self
from zoneinfo import ZoneInfo

from feed.alert.sentence import plain_value
from feed.app.packs import topic_of
from feed.app.settings import Settings
from feed.app.wording import TopicWords
from feed.model import wording
from feed.model.notice import Shown
from feed.model.report import parse_instant
from feed.model.topic import Topic

UNKNOWN = "unknown"
SOURCE = ("PUBLISHER", "ARTICLE", "PUBLISHED")


@dataclass(frozen=True, slots=True)
class Naming:
    """The words and the zone of one topic."""

    topic: Topic
    words: TopicWords
    zone: tzinfo

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Those of a data directory's pack. Raises PackRefused."""
        topic = topic_of(settings)
        return cls(topic, TopicWords(topic), ZoneInfo(topic.zone))

    def what(self, shown: Shown) -> str:
        """What a figure counts: `Butter prices, salted, change`, and whether it is no outturn."""
        return wording.what(shown, self.words)

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

    def state(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """How an office or scheme stands: its name, holder or status, from which day, and what stands under SOURCE."""
        source = row["publisher"] or UNKNOWN, row["article"], self.day(_time(row["time"]))
        return self.words.subject(row["subject"]), self.value(row["value"]), row["as_of"] or "", *source

    def value(self, value: str) -> str:
        """A holder or status in words."""
        return plain_value(value)


def _time(text: str | None) -> datetime | None:
    time = parse_instant(text)
    return time if isinstance(time, datetime) else None
