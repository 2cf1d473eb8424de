"""Items as JSON Feed 1.1 (jsonfeed.org): the same items give the same bytes, on any machine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from feed.model.chain import canonical
from feed.model.instant import instant
from feed.publish.channel import Channel, Seal
from feed.publish.clean import line
from feed.publish.item import Attached, Item
from feed.publish.site import Site

VERSION = "https://jsonfeed.org/version/1.1"
MEDIA_TYPE = "application/feed+json"
END = ".json"


def feed(items: Iterable[Item], channel: Channel, site: Site) -> bytes:
    """One page of a feed with these items, in this order. Addresses are absolute."""
    whole = {
        "version": VERSION,
        "title": line(channel.title),
        "description": line(site.description),
        "home_page_url": channel.home,
        "feed_url": channel.address(END),
        "next_url": channel.next(END),
        "language": site.language,
        "authors": [{"name": line(site.author), "url": site.url()}],
        "hubs": [{"type": "WebSub", "url": site.hub}] if site.hub else None,
        "_figures": _sealed(channel.seal, site) if channel.seal else None,
        "items": [_item(item, site) for item in items],
    }
    return canonical(_known(whole))


def _item(item: Item, site: Site) -> dict[str, Any]:
    """`date_modified` stands there only when it differs. `_figures` is our extension; its `about` says what it is."""
    return _known(
        {
            "id": item.id,
            "url": item.url,
            "external_url": item.external_url,
            "title": item.title,
            "content_html": item.html,
            "content_text": item.text,
            "date_published": instant(item.published),
            "date_modified": instant(item.modified) if item.modified != item.published else None,
            "authors": [{"name": item.author}],
            "tags": list(item.tags),
            "language": site.language,
            "attachments": [_attachment(each) for each in item.attached] or None,
            "_figures": {"about": site.about, **item.figures},
        }
    )


def _sealed(seal: Seal, site: Site) -> dict[str, Any]:
    return _known({"about": site.about, "checkpoint": seal.note, "checkpoint_url": seal.url})


def _attachment(attached: Attached) -> dict[str, Any]:
    return {
        "url": attached.url,
        "mime_type": attached.media,
        "title": attached.title,
        "size_in_bytes": attached.size,
    }


def _known(whole: dict[str, Any]) -> dict[str, Any]:
    # JSON Feed has no nulls: what is not known is not there.
    return {key: value for key, value in whole.items() if value is not None}
