"""What the web shows now, as bytes that are ready to be sent."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import Any

from starlette.responses import Response

from feed.app.site import Made
from feed.model.chain import digest
from feed.publish import atom, feeds, jsonfeed, page
from feed.publish.feeds import Question
from feed.publish.item import EVENT_TYPE, Items

# By the end of a path. What has none of these is a page.
MEDIA = {
    ".json": jsonfeed.MEDIA_TYPE,
    ".atom": atom.MEDIA_TYPE,
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
# News may be a minute old; whoever shows it asks again, which costs no more than a 304.
FRESH = "public, max-age=60, must-revalidate"
WORTH_PACKING = 1000  # bytes
ANSWERS = 256
REFUSED = ("q=0", "q=0.0", "q=0.00", "q=0.000")


@dataclass(frozen=True)
class Page:
    """One answer. `etag` is strong: other bytes, another tag; so the packed form has a tag of its own."""

    body: bytes
    media: str
    cache: str = FRESH

    @cached_property
    def etag(self) -> str:
        """The tag as it stands in the header."""
        return f'"{digest(self.body)[:32]}"'

    @cached_property
    def packed(self) -> bytes:
        """The body as gzip, the same bytes on every machine and at any time."""
        return gzip.compress(self.body, compresslevel=6, mtime=0)

    def answer(self, known: str, *, head: bool, accepts: str = "") -> Response:
        """The response to someone who has `known` (the value of If-None-Match, "" for none) and takes `accepts`."""
        packs = len(self.body) >= WORTH_PACKING and _takes_gzip(accepts)
        etag = f'{self.etag[:-1]}-gzip"' if packs else self.etag
        headers = {"ETag": etag, "Cache-Control": self.cache, "Vary": "Accept-Encoding"}
        if _has(known, etag):
            return Response(status_code=304, headers=headers)
        body = self.packed if packs else self.body
        if packs:
            headers["Content-Encoding"] = "gzip"
        if head:
            headers["Content-Length"] = str(len(body))
        return Response(b"" if head else body, headers=headers, media_type=self.media)


@dataclass(slots=True)
class Window:
    """What is shown. The thread that tells replaces it as a whole: no answer mixes two states.

    `ticked` is when the last round ended, None before the first; `head` is where the log ended that is shown.
    """

    health: Mapping[str, Any] = field(default_factory=dict)
    ticked: datetime | None = None
    showing: Made = field(default_factory=lambda: Made({}, ()))
    items: Items | None = None
    pages: Mapping[str, Page] = field(default_factory=dict)
    head: int = 0
    closed: bool = False
    _answers: dict[tuple[Question, str], Page | None] = field(default_factory=dict)
    _watchers: set[Callable[[], None]] = field(default_factory=set)
    _turn: Lock = field(default_factory=Lock)

    def show(self, made: Made, items: Items, head: int) -> None:
        """Show another state of the site, and wake whoever waits for news."""
        self.pages = {path: Page(body, media(path)) for path, body in made.pages.items()}
        self.items, self.showing, self.head = items, made, head
        self._answers = {}
        self._wake()

    def close(self) -> None:
        """Nothing more will be shown: whoever waits for news need wait no longer."""
        self.closed = True
        self._wake()

    def asked(self, question: Question, end: str) -> Page | None:
        """A feed of just what somebody asks for; None when it has no such page. The latest answers are kept."""
        answers, items, notices = self._answers, self.items, self.showing.notices
        key = (question, end)
        if items is None:
            return None
        if key not in answers:
            body = feeds.answer(question, notices, items, end)
            if len(answers) >= ANSWERS:
                answers.clear()
            answers[key] = None if body is None else Page(body, MEDIA[end])
            return answers[key]
        return answers[key]

    def watch(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Have `wake` called, on any thread, whenever another state is shown. Gives what ends that."""
        with self._turn:
            self._watchers.add(wake)
        return lambda: self._watchers.discard(wake)

    @property
    def watched(self) -> int:
        """How many wait for news."""
        return len(self._watchers)

    def _wake(self) -> None:
        with self._turn:
            watchers = tuple(self._watchers)
        for wake in watchers:
            wake()


def media(path: str) -> str:
    """The media type of what is shown under a path."""
    if path.startswith("alerts/") and path.endswith(".json"):
        return EVENT_TYPE
    return next((kind for end, kind in MEDIA.items() if path.endswith(end)), page.MEDIA_TYPE)


def _has(known: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    return etag in tags or "*" in tags


def _takes_gzip(accepts: str) -> bool:
    for each in accepts.lower().split(","):
        coding, _, quality = each.partition(";")
        if coding.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in REFUSED
    return False
