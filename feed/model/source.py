"""A source that we poll, and the entries that it lists."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field, field_validator, model_validator

from feed.model.article import Published
from feed.model.quantity import STRICT

EVERY = 900
POLITE = 300


class Source(BaseModel):
    """A news source as the operator names it.

    `kind` is `page` for one without a feed; `links` selects the links on it that are its entries, as in a style sheet.
    `every` is the wish in seconds between polls, at least `min`; lower `min` only for a site of your own.
    `publisher` and `language` hold for all its articles, unless None. `zone` is where its clock hangs: it is used
    only for page times without an offset. What it lists when it is new is recorded as history, which raises no alert,
    unless `alert_old`.
    """

    model_config = STRICT

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
    url: Annotated[str, Field(pattern=r"^https?://", max_length=2048)]
    kind: Literal["feed", "page"] = "feed"
    links: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    enabled: bool = True
    publisher: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    every: Annotated[int, Field(ge=1)] = EVERY
    min: Annotated[int, Field(ge=1)] = POLITE
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = None
    zone: str = "UTC"
    alert_old: bool = False

    @field_validator("zone")
    @classmethod
    def _on_the_map(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            message = f"{zone!r} is no time zone; write it as in Europe/London"
            raise ValueError(message) from unknown
        return zone

    @model_validator(mode="after")
    def _selects(self) -> Self:
        if (self.kind == "page") != (self.links is not None):
            message = 'a page needs links = "SELECTOR", and a feed has none'
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _polite(self) -> Self:
        if self.every < self.min:
            message = f"every = {self.every} is less than min = {self.min} seconds"
            raise ValueError(message)
        return self


@dataclass(frozen=True, slots=True)
class Entry:
    """What a source's feed lists: where an article is and what the feed says of it.

    `id` is the feed's own (its guid), else the link. `published` is None when the feed tells no credible time.
    Texts are as the feed has them, perhaps with markup: escape them where they are shown.
    """

    id: str
    link: str
    title: str = ""
    published: Published | None = None
    updated: str = ""
    author: str | None = None
    publisher: str | None = None
    summary: str = ""

    @property
    def version(self) -> str:
        """Changes when the feed says that the article has moved, was retitled or updated; not with its summary."""
        return hashlib.sha256("\n".join((self.link, self.title, self.updated)).encode()).hexdigest()[:16]
