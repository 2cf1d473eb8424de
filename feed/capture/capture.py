"""From an entry and its page to an article whose bytes are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from feed.capture.address import tidy
from feed.capture.captures import Captures
from feed.capture.dates import first
from feed.capture.said import Page, TextPath, of_json
from feed.confine import confined
from feed.model.article import Article
from feed.model.errors import SourceFailed
from feed.model.source import Entry, Source
from feed.model.web import PAGE_LIMITS, Request, Response

ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.8"
TITLE, NAME, TAG = 500, 200, 35


@dataclass(frozen=True, slots=True)
class Captured:
    """An article and where its evidence lies.

    `raw_sha256` and `text_sha256` are digests of what was fetched (unpacked) and of the text in UTF-8, both kept.
    `text_path` says what made the text of the bytes. `canonical` is the address that the page gives itself, when it
    may be believed. `entry` is the feed's id of it, None when it was handed in. `etag` and `modified` are its page's
    validators, as the server spelt them.
    """

    article: Article
    raw_sha256: str
    raw_length: int
    text_sha256: str
    text_path: TextPath
    canonical: str | None = None
    author: str | None = None
    entry: str | None = None
    etag: str | None = None
    modified: str | None = None


def page_request(entry: Entry) -> Request:
    """What to ask the web for an entry's page."""
    return Request(url=entry.link, limits=PAGE_LIMITS, headers={"Accept": ACCEPT})


def capture(entry: Entry, response: Response, source: Source, captures: Captures, now: datetime) -> Captured:
    """Keep an entry's page and give its article; both are durable when it returns.

    The feed is believed before the page on title, author and time of publication; the operator before both on
    publisher. `published` stays None when nobody tells a credible time. The bytes are kept even when no article is
    found in them. Raises SourceFailed then, and for an answer that is no page.
    """
    if response.status != HTTPStatus.OK:
        raise SourceFailed(f"the page answered {response.status}", where=entry.link)
    known = captures.has(response.body)
    raw = captures.put(response.body)
    if not known:
        captures.archive.add(response, raw, now)
    page = page_of(entry, response)
    url = tidy(response.url)
    article = Article(
        name=page.canonical or url,
        text=page.text,
        publisher=(source.publisher or entry.publisher or page.publisher)[:NAME] or None,
        title=(entry.title or page.title)[:TITLE],
        url=url,
        published=entry.published or first(page.times, response.url, ZoneInfo(source.zone), now),
        language=(page.language or source.language or "")[:TAG] or None,
        source=source.name,
    )
    return Captured(
        article=article,
        raw_sha256=raw,
        raw_length=len(response.body),
        text_sha256=captures.put(article.text.encode()),
        text_path=page.path,
        canonical=page.canonical,
        author=(entry.author or page.author)[:NAME] or None,
        entry=entry.id,
        etag=response.headers.get("etag"),
        modified=response.headers.get("last-modified"),
    )


def given(article: Article, captures: Captures) -> Captured:
    """Keep an article that was handed in: its text is its evidence. Durable when it returns."""
    content = article.text.encode()
    digest = captures.put(content)
    return Captured(article, digest, len(content), digest, "given")


def page_of(entry: Entry, response: Response) -> Page:
    """What an answer says as a page; nothing is kept. Raises SourceFailed when it is none, or holds no article."""
    kind = response.headers.get("content-type", "text/html")
    media = kind.partition(";")[0].strip().lower()
    if media not in ("text/html", "application/xhtml+xml", ""):
        raise SourceFailed(f"the page is {media[:80]}, not HTML", where=entry.link)
    made = confined("feed.capture.page:seen", response.body, where=response.url, content_type=kind, title=entry.title)
    return of_json(made)
