"""An address or a file as polling would take it, shown and not recorded."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feed.capture.capture import Captured, capture, page_request
from feed.capture.captures import Captures
from feed.model.errors import FeedError, SourceFailed
from feed.model.reading import Reading
from feed.model.source import Entry, Source
from feed.model.topic import Topic
from feed.model.web import Fetch, Response
from feed.poll.due import fresh
from feed.poll.visit import Polled, poll
from feed.read.english import English
from feed.read.reader import read

FILED = "https://file.invalid/"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it: a `listing` of a feed, or an article `captured` and read."""

    listing: Polled | None = None
    captured: Captured | None = None
    reading: Reading | None = None


def tried(where: str, fetch: Fetch, topic: Topic, english: English, now: datetime) -> Trial:
    """Take an address, or a file of one's own, as a feed or as a page, whichever it is. Keeps and records nothing.

    Raises SourceFailed when it is neither, or cannot be had. One person asks for one thing, so robots.txt is not asked.
    """
    url = where if where.startswith(("http://", "https://")) else f"{FILED}{Path(where).name}"
    answer = fetch(page_request(Entry(id=url, link=url))) if url == where else _opened(Path(where), url)

    source = Source(name="try", url=url)
    listing = poll(source, fresh(source), lambda _: answer, now)
    if listing.entries:
        return Trial(listing=listing)
    with tempfile.TemporaryDirectory() as folder:
        try:
            captured = capture(Entry(id=url, link=url), answer, source, Captures(Path(folder)), now)
        except FeedError as neither:
            raise SourceFailed(f"neither a feed ({listing.why}) nor a page ({neither})", where=where) from neither
    return Trial(captured=captured, reading=read(captured.article, topic, english))


def _opened(path: Path, url: str) -> Response:
    try:
        body = path.read_bytes()
    except OSError as closed:
        raise SourceFailed(f"it cannot be read ({closed.strerror})", where=str(path)) from closed
    page = body.lstrip()[:20].lower().startswith((b"<!doctype html", b"<html"))
    return Response(url, 200, {"content-type": "text/html" if page else ""}, body)
