"""What the web shows now, as bytes that are ready to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from starlette.responses import Response

from feed.model.chain import digest
from feed.publish import jsonfeed, page

# By the end of a path. What has none of these is a page.
MEDIA = {".json": jsonfeed.MEDIA_TYPE, ".css": "text/css; charset=utf-8", ".txt": "text/plain; charset=utf-8"}
# News may be a minute old; whoever shows it asks again, which costs no more than a 304.
FRESH = "public, max-age=60, must-revalidate"


@dataclass(frozen=True)
class Page:
    """One answer. `etag` is strong: other bytes, another tag."""

    body: bytes
    media: str
    cache: str = FRESH

    @cached_property
    def etag(self) -> str:
        """The tag as it stands in the header."""
        return f'"{digest(self.body)[:32]}"'

    def answer(self, known: str, *, head: bool) -> Response:
        """The response to someone who has `known` (the value of If-None-Match, "" for none)."""
        headers = {"ETag": self.etag, "Cache-Control": self.cache}
        if _has(known, self.etag):
            return Response(status_code=304, headers=headers)
        if head:
            headers["Content-Length"] = str(len(self.body))
        return Response(b"" if head else self.body, headers=headers, media_type=self.media)


@dataclass(slots=True)
class Window:
    """What is shown. The thread that tells replaces `pages` and `health` as a whole: no answer mixes two states.

    `made` is what `pages` were made from; `ticked` is when the last round ended, None before the first.
    """

    pages: Mapping[str, Page] = field(default_factory=dict)
    health: Mapping[str, Any] = field(default_factory=dict)
    ticked: datetime | None = None
    made: Mapping[str, bytes] | None = None


def ready(made: Mapping[str, bytes]) -> Mapping[str, Page]:
    """Pages, by path, as the window shows them."""
    return {path: Page(body, media(path)) for path, body in made.items()}


def media(path: str) -> str:
    """The media type of what is shown under a path."""
    return next((kind for end, kind in MEDIA.items() if path.endswith(end)), page.MEDIA_TYPE)


def _has(known: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    return etag in tags or "*" in tags
