"""What a feed lists, whatever its kind: the shape in which an adapter hands over, and the rules for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from feed.model.article import Precision, Published, PublishedBasis
from feed.model.source import Entry

TITLE, SUMMARY, LINK, NAME = 500, 20_000, 2048, 200
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Raw:
    """An entry as an adapter found it: nothing checked, "" for what is missing, `published` aware or None.

    `day_only` when the feed told a day without a time.
    """

    id: str
    link: str
    title: str
    summary: str
    author: str
    publisher: str
    updated: str
    published: datetime | None
    day_only: bool = False


def as_json(raw: Raw) -> dict[str, Any]:
    """An entry as JSON can carry it from one process to another."""
    return {**asdict(raw), "published": raw.published and raw.published.isoformat()}


def of_json(carried: Mapping[str, Any]) -> Raw:
    """The entry that `as_json` made this of."""
    published = carried["published"]
    return Raw(**{**carried, "published": published and datetime.fromisoformat(published)})


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed lists, oldest first, undated ones last; `skipped` says why others are left out.

    `ttl` is the number of seconds for which the feed asks not to be fetched again, 0 when it doesn't.
    """

    entries: tuple[Entry, ...]
    skipped: tuple[str, ...] = ()
    ttl: int = 0


def listing(found: Iterable[Raw], base: str, now: datetime, ttl: int = 0) -> Listing:
    """Check, cut and order what an adapter found, newest first as feeds have it. Links are made absolute to `base`.

    Skipped are entries without a web address, and second ones with an id that was there already.
    """
    entries: dict[str, Entry] = {}
    skipped = []
    for place, raw in enumerate(found, start=1):
        link = _link(raw.link, base)
        name = raw.id.strip()[:LINK] or link
        if not link:
            skipped.append(f"entry {place} has no web address")
        elif name in entries:
            skipped.append(f"entry {place} repeats the id {name[:80]}")
        else:
            entries[name] = _entry(raw, name, link, now)
    listed = list(entries.values())
    listed.reverse()  # feeds are newest first; the sort keeps this order where times are equal or missing
    return Listing(tuple(sorted(listed, key=_order)), tuple(skipped), ttl)


def credible(time: datetime, now: datetime) -> bool:
    """Whether an article can have been published then: since 1990, and at most 48 hours ahead of `now`."""
    return EARLIEST <= time <= now + AHEAD


def _entry(raw: Raw, name: str, link: str, now: datetime) -> Entry:
    return Entry(
        id=name,
        link=link,
        title=_plain(raw.title[:SUMMARY])[:TITLE],
        published=_published(raw, now),
        updated=raw.updated[:NAME],
        author=_plain(raw.author[:SUMMARY])[:NAME] or None,
        publisher=_plain(raw.publisher[:SUMMARY])[:NAME] or None,
        summary=_plain(raw.summary[:SUMMARY]),
    )


def _published(raw: Raw, now: datetime) -> Published | None:
    if raw.published is None or not credible(raw.published, now):
        return None
    # A site that knows only the day writes midnight; the day is all that such a time is trusted for.
    instant = raw.published.astimezone(UTC)
    day = raw.day_only or instant.time() == time()
    return Published(instant, PublishedBasis.FEED, Precision.DAY if day else Precision.INSTANT)


def _order(entry: Entry) -> tuple[bool, float]:
    return (entry.published is None, entry.published.time.timestamp() if entry.published else 0)


def _link(link: str, base: str) -> str:
    try:
        whole = urljoin(base, link.strip()) if link.strip() else ""
        parts = urlsplit(whole)
        leads = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, or half an IPv6 address
        return ""
    return whole if leads and len(whole) <= LINK else ""


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def _plain(text: str) -> str:
    """The words without markup, on one line. What shows it still escapes it."""
    if "<" in text or "&" in text:
        parser = _Text()
        parser.feed(text)
        parser.close()
        text = "".join(parser.said)
    return " ".join(text.split())
