"""When somebody wants to be told: at once, gathered at certain times, and not at night. Values only; no clock here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, InstanceOf, PlainSerializer, WithJsonSchema

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MORNING = time(7)  # before a desk's first meeting
LONGEST_BATCH = 24 * 60
SPELT = re.compile(
    r"(?:(?P<now>immediate)|(?P<hourly>hourly)|batch (?P<minutes>[0-9]{1,4})m"
    r"|(?:daily|weekly(?: (?P<day>mon|tue|wed|thu|fri|sat|sun))?)(?: (?P<at>[0-9]{2}:[0-9]{2}))?(?: (?P<zone>\S+))?)"
)
BETWEEN = re.compile(r"(?P<begin>[0-9]{2}:[0-9]{2})-(?P<end>[0-9]{2}:[0-9]{2})(?: (?P<zone>\S+))?")
KNOWN = "immediate, batch 15m, hourly, daily 07:30 Europe/London, weekly mon 07:30"


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often: every so many `minutes` (0: at once), or at a time of each day, or of one day a week.

    `zone` is the one in which `at` is meant, None for the topic's.
    """

    text: str
    minutes: int = 0
    at: time | None = None
    weekday: int | None = None
    zone: ZoneInfo | None = None

    @classmethod
    def of(cls, text: str) -> Cadence:
        """`immediate`, `batch 15m`, `hourly`, `daily 07:30 Europe/London`, `weekly mon 07:30`. Raises ValueError."""
        found = SPELT.fullmatch(text)
        if found is None:
            message = f"{text!r} is no cadence. Known: {KNOWN}"
            raise ValueError(message)
        if found["now"]:
            return cls(text)
        if found["hourly"] or found["minutes"]:
            return cls(text, minutes=_minutes(found["minutes"] or "60"))
        weekday = DAYS.index(found["day"] or DAYS[0]) if text.startswith("weekly") else None
        return cls(text, at=_clock(found["at"]) if found["at"] else MORNING, weekday=weekday, zone=_zone(found["zone"]))

    @property
    def gathers(self) -> bool:
        """Whether several alerts are gathered into one letter."""
        return bool(self.minutes) or self.at is not None

    def after(self, moment: datetime, zone: tzinfo) -> datetime:
        """When something that happened at that moment is told: the next time after it; the moment itself if at once."""
        if self.at is not None:
            return next(each for each in self._days(moment, zone, 1) if each > moment)
        if not self.minutes:
            return moment
        step = self.minutes * 60
        return datetime.fromtimestamp((int(moment.timestamp()) // step + 1) * step, UTC)

    def before(self, moment: datetime, zone: tzinfo) -> datetime:
        """The last such time at or before a moment. Only for a time of the day or week."""
        return next(each for each in self._days(moment, zone, -1) if each <= moment)

    def _days(self, moment: datetime, zone: tzinfo, way: int) -> Iterator[datetime]:
        """The times of the days around a moment, from it on in one direction, in UTC."""
        where = self.zone or zone
        start = moment.astimezone(where).date()
        for days in range(-1, 9):
            day = start + timedelta(days=days * way)
            if self.weekday in (None, day.weekday()):
                yield _moment(day, self.at or MORNING, where)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of each day in which nothing is told. They may go over midnight."""

    text: str
    begin: time
    end: time
    zone: ZoneInfo | None = None

    @classmethod
    def of(cls, text: str) -> Quiet:
        """`22:00-07:00`, with a zone behind it when it isn't the topic's. Raises ValueError."""
        found = BETWEEN.fullmatch(text)
        if found is None or found["begin"] == found["end"]:
            message = f"{text!r} are no quiet hours: write 22:00-07:00, or 22:00-07:00 Europe/London"
            raise ValueError(message)
        return cls(text, _clock(found["begin"]), _clock(found["end"]), _zone(found["zone"]))

    def after(self, moment: datetime, zone: tzinfo) -> datetime:
        """The moment itself, or the end of the quiet hours that it falls into."""
        where = self.zone or zone
        day = moment.astimezone(where).date()
        for start in (day - timedelta(days=1), day):
            over = timedelta(days=1) if self.end <= self.begin else timedelta()
            if _moment(start, self.begin, where) <= moment < (end := _moment(start + over, self.end, where)):
                return end
        return moment

    def __str__(self) -> str:
        return self.text


def _moment(day: date, at: time, zone: tzinfo) -> datetime:
    # A wall time that a clock change leaves out is taken by the offset before; of one that comes twice, the first.
    return datetime.combine(day, at, zone).astimezone(UTC)


def _minutes(text: str) -> int:
    minutes = int(text)
    if not 1 <= minutes <= LONGEST_BATCH:
        message = f"a batch takes 1 to {LONGEST_BATCH} minutes"
        raise ValueError(message)
    return minutes


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as none:
        message = f"{text!r} is no time of the day"
        raise ValueError(message) from none


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return None if name is None else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        message = f"{name!r} is no time zone like Europe/London"
        raise ValueError(message) from unknown


def _cadence(given: object) -> Any:
    return Cadence.of(given) if isinstance(given, str) else given


def _quiet(given: object) -> Any:
    return Quiet.of(given) if isinstance(given, str) else given


_AS_TEXT = (PlainSerializer(str, return_type=str), WithJsonSchema({"type": "string"}))
CadenceField = Annotated[InstanceOf[Cadence], BeforeValidator(_cadence), *_AS_TEXT]
QuietField = Annotated[InstanceOf[Quiet], BeforeValidator(_quiet), *_AS_TEXT]
