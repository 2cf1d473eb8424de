"""A page that was captured before, looked at again: the same, another text, or suddenly next to none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus

from feed.capture.capture import Captured, capture, page_of, page_request
from feed.capture.captures import Captures
from feed.model.errors import SourceFailed
from feed.model.source import Entry, Source
from feed.model.web import Request, Response

GUTTED = 0.5  # of the text that was there before


@dataclass(frozen=True, slots=True)
class Before:
    """How a page was: hex SHA-256 of its bytes and of its text, the text's length in characters, its validators."""

    raw: str
    text: str
    length: int
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look found. `captured` when the page has another text; `thin` says why one is not believed.

    `raw` is the digest of the bytes now. `whole`: the text was read, and it was all there.
    """

    raw: str
    whole: bool
    captured: Captured | None = None
    thin: str = ""


def look_request(entry: Entry, before: Before) -> Request:
    """What to ask for a page that was captured before: its validators go back as they came."""
    plain = page_request(entry)
    told = {"If-None-Match": before.etag, "If-Modified-Since": before.modified}
    return Request(
        plain.url, plain.limits, headers={**plain.headers, **{name: value for name, value in told.items() if value}}
    )


def look(
    entry: Entry,
    response: Response,
    source: Source,
    captures: Captures,
    now: datetime,
    before: Before,
    *,
    believe: bool,
) -> Looked:
    """Compare a page with what it was. Another text is captured as `capture` does.

    A text of less than half the length, or none, is not: that is what a site's new pages look like to us. `believe`
    takes it all the same. Raises SourceFailed for an answer that is no page.
    """
    if response.status == HTTPStatus.NOT_MODIFIED:
        return Looked(before.raw, whole=False)
    if response.status != HTTPStatus.OK:
        raise SourceFailed(f"the page answered {response.status}", where=entry.link)
    raw = sha256(response.body).hexdigest()
    if raw == before.raw:
        return Looked(raw, whole=False)
    try:
        text = page_of(entry, response).text
    except SourceFailed as none:
        return Looked(raw, whole=False, thin=str(none))
    if sha256(text.encode()).hexdigest() == before.text:
        return Looked(raw, whole=True)
    if len(text) < GUTTED * before.length and not believe:
        why = f"{entry.link}: {len(text)} characters of text where there were {before.length}"
        return Looked(raw, whole=False, thin=why)
    return Looked(raw, whole=True, captured=capture(entry, response, source, captures, now))
