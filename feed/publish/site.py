"""Where what we publish can be found, and under which name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from urllib.parse import urlsplit

from feed.model.series import slug
from feed.model.wording import Words
from feed.publish.words import Ids


@dataclass(frozen=True, slots=True)
class Site:
    """`base` is the public address without a slash at its end; `about` explains our JSON Feed extension.

    `zone` is where days are counted when a time is shown as a day; `words` are the topic's; `hub` is the WebSub hub
    that is told of news, if there is one.
    """

    base: str
    title: str
    description: str
    about: str
    author: str
    language: str = "en"
    zone: tzinfo = UTC
    words: Words = field(default_factory=Ids)
    hub: str | None = None

    def url(self, path: str = "") -> str:
        """The public address of a path such as `feed.json`."""
        return f"{self.base}/{path}"

    def path(self, path: str = "") -> str:
        """The same from the root of the server, for links between our own pages."""
        return f"{urlsplit(self.base).path}/{path}"


def alert_path(alert: str) -> str:
    """The page of an alert, by its id."""
    return f"alerts/{alert}"


def series_path(series: str) -> str:
    """The page of a series, by its name; with `.json` behind, its feed."""
    return f"series/{slug(series)}"
