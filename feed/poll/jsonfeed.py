"""JSON Feed 1.0 and 1.1, which feedparser does not read, to the same entries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from feed.model.errors import FetchRefused, SourceFailed
from feed.poll.listing import Raw
from feed.poll.scan import ITEMS

VERSIONS = "https://jsonfeed.org/version/"


def looks_like(body: bytes, content_type: str) -> bool:
    """Whether a body is to be read as JSON: it says so, or begins as an object does."""
    return "json" in content_type.lower() or body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def read(body: bytes, url: str) -> list[Raw]:
    """The entries in the feed's own order. Raises SourceFailed on what is no JSON Feed, FetchRefused on too many."""
    try:
        feed = json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as broken:
        raise SourceFailed(f"the feed is no JSON ({type(broken).__name__})", where=url) from broken
    if not isinstance(feed, dict) or not _text(feed, "version").startswith(VERSIONS):
        raise SourceFailed("the answer is JSON but no JSON Feed", where=url)
    items = feed.get("items")
    if not isinstance(items, list):
        raise SourceFailed("the JSON Feed has no items", where=url)
    if len(items) > ITEMS:
        raise FetchRefused(f"the feed lists {len(items)} entries; at most {ITEMS} are read", where=url)
    return [_raw(item, feed) for item in items if isinstance(item, dict)]


def _raw(item: Mapping[str, Any], feed: Mapping[str, Any]) -> Raw:
    written = _text(item, "date_published")
    return Raw(
        id=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        summary=_text(item, "summary") or _text(item, "content_text"),
        author=_author(item) or _author(feed),
        publisher="",
        updated=_text(item, "date_modified"),
        published=_time(written),
        day_only="T" not in written.upper(),
    )


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    written = str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    return written.encode("utf-8", "replace").decode()  # JSON can spell half a character, which no file takes


def _author(item: Mapping[str, Any]) -> str:
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return _text(first, "name") if isinstance(first, dict) else ""


def _time(written: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(written)
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
