"""A page without a feed, read as one: the links that a selector finds are its entries.

lxml is slow to load, and hostile pages are written for it: `feed.confine` runs this in a child.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import trafilatura

from feed.confine import Told
from feed.model.errors import FetchRefused, SourceFailed
from feed.poll.listing import Raw, as_json
from feed.poll.scan import ITEMS
from feed.poll.selector import xpath


def rehearse() -> None:
    """Load what the parser loads late."""
    for text in (b"\xc3\xa9", b"\xe9" * 99):
        page = b"<html><body><p><a href='/a'>" + text + b"</a></p></body></html>"
        listed(Told(page, {"where": "http://a.example/", "selector": "p a"}))


def listed(told: Told) -> Mapping[str, Any]:
    """The entries of a page, for `feed.confine`: words `where` and `selector`; `entries` as `listing.as_json`.

    What is selected is a link or holds one; its words are the title. Raises SourceFailed when nothing is selected:
    the page has changed, and must not be taken for one without news.
    """
    where = told.words["where"]
    tree = trafilatura.load_html(told.body)
    if tree is None:
        raise SourceFailed("the page is no HTML", where=where)
    tree.make_links_absolute(where, resolve_base_href=True)
    found = {raw.link: raw for raw in map(_raw, tree.xpath(_xpath(told))) if raw.link}
    if not found:
        raise SourceFailed("the selector finds no link in the page", where=where, mend="Look whether the page changed.")
    if len(found) > ITEMS:
        raise FetchRefused(f"the page lists {len(found)} links; at most {ITEMS} are read", where=where)
    return {"entries": [as_json(raw) for raw in found.values()]}


def _xpath(told: Told) -> str:
    try:
        return xpath(told.words["selector"])
    except ValueError as wrong:
        raise SourceFailed(str(wrong), where=told.words["where"], mend="Mend `links` in feed.toml.") from wrong


def _raw(element: Any) -> Raw:
    link = element if element.tag == "a" else next(iter(element.xpath(".//a[@href]")), None)
    url = "" if link is None else link.get("href", "")
    title = " ".join(element.text_content().split())
    return Raw(
        id=url, link=url, title=title, summary="", author="", publisher="", updated="", published=None, day_only=False
    )
