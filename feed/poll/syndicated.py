"""RSS and Atom, through feedparser. Slow to load and unsafe on its own: `feed.confine` runs it in a child."""

from __future__ import annotations

import calendar
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import feedparser

from feed.confine import Told
from feed.model.errors import SourceFailed
from feed.poll.listing import Raw, as_json

SAMPLE = b"<rss version='2.0'><channel><item><title>A</title><link>https://a.example/</link></item></channel></rss>"


def rehearse() -> None:
    """Load what the parser loads late: where nothing can be opened it would be too late."""
    read(SAMPLE, "text/xml", "")
    read(SAMPLE + b"&broken", "text/xml", "")


def listed(told: Told) -> Mapping[str, Any]:
    """`read`, for `feed.confine`: words `content_type` and `where`; gives `entries` as `listing.as_json` and `ttl`."""
    found, ttl = read(told.body, told.words["content_type"], told.words["where"])
    return {"entries": [as_json(raw) for raw in found], "ttl": ttl}


def read(body: bytes, content_type: str, url: str) -> tuple[list[Raw], int]:
    """The entries of an RSS or Atom body in its own order, and its ttl in seconds. Raises SourceFailed on no feed."""
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        # Never a str or bytes: feedparser would take them for the name of a file or an address.
        seen = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as broken:  # it raises KeyError and others on well-formed feeds
        raise SourceFailed(f"the feed breaks its parser ({type(broken).__name__})", where=url) from broken
    if not seen.version and not seen.entries:
        raise SourceFailed("the answer is no feed", where=url, mend="Give the address of an RSS, Atom or JSON Feed.")
    rss = seen.version.startswith("rss")
    return [_raw(entry, rss=rss) for entry in seen.entries], _ttl(seen.feed)


def _raw(entry: Mapping[str, Any], *, rss: bool) -> Raw:
    # RSS knows no "updated": there a dc:date, which feedparser files under that name, is the publication.
    told = "published" if "published" in entry or not rss else "updated"
    written = _text(entry, told)
    source = _value(entry, "source")
    return Raw(
        id=_text(entry, "id"),
        link=_text(entry, "link"),
        title=_text(entry, "title"),
        summary=_text(entry, "summary"),
        author=_text(entry, "author"),
        publisher=_text(entry, "publisher") or _text(source or {}, "title"),
        updated=_text(entry, "updated"),
        published=_time(_value(entry, f"{told}_parsed")),
        day_only=bool(written) and ":" not in written,
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = _value(entry, key)
    return value if isinstance(value, str) else ""


def _value(entry: Mapping[str, Any], key: str) -> Any:
    return entry[key] if key in entry else None  # noqa: SIM401 - get() answers from a neighbouring key, with a warning


def _time(parsed: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _ttl(feed: Mapping[str, Any]) -> int:
    minutes = _text(feed, "ttl").strip()
    return int(minutes[:6]) * 60 if minutes.isdecimal() else 0
