"""An article as we have it: the text that was captured and what is known of its publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum


class PublishedBasis(StrEnum):
    """How a publication time is known."""

    FEED = "feed"
    PAGE = "page"
    TEXT = "text"
    URL = "url"
    INFERRED = "inferred"
    GIVEN = "given"  # whoever handed the article in said so


class Precision(StrEnum):
    """How fine a publication time is known."""

    DAY = "day"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published: an aware UTC instant (midnight UTC of the day when only the day is known)."""

    time: datetime
    basis: PublishedBasis
    precision: Precision
    note: str = ""

    def day(self, zone: tzinfo) -> date:
        """The day of publication in the topic's zone."""
        return self.time.date() if self.precision is Precision.DAY else self.time.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Article:
    """What the reader reads. `name` is how answers call it: the id it was handed in under, else its address.

    `published` is None when no date is known; never today for want of better.
    """

    name: str
    text: str
    publisher: str | None = None
    title: str = ""
    url: str | None = None
    published: Published | None = None
    language: str | None = None
    source: str | None = None
