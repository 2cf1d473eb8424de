"""What an HTML page says: its text, and of itself its title, publisher, date, language and address.

lxml and trafilatura are slow to load: import this module only when there is a page to read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any, Literal
from zoneinfo import ZoneInfo

import trafilatura

from feed.capture import jsonld
from feed.capture.address import canonical
from feed.capture.dates import in_address, told
from feed.model.article import Published, PublishedBasis
from feed.model.errors import SourceFailed

TEXT = 500_000
Tree = Any  # of lxml, which ships no types
TextPath = Literal["given", "trafilatura", "jsonld"]
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/?h[1-6])\b[^>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,500}>")

# In the order in which they are believed.
DATES = (
    "article:published_time",
    "govuk:first-published-at",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
)
PUBLISHERS = ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "application-name")
TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. `path` tells what made the text; "" and None stand for what it does not say."""

    text: str
    path: TextPath
    title: str
    publisher: str
    author: str
    language: str
    canonical: str | None
    published: Published | None


def read(body: bytes, content_type: str, url: str, *, zone: str, now: datetime, title: str = "") -> Page:
    """Read a page that came from `url`. `zone` is where its clock hangs, for times without an offset.

    First lines that only repeat the title, or `title` as the feed has it, are left out of the text.
    Raises SourceFailed when the page cannot be read or holds no text.
    """
    tree = _tree(body, content_type, url)
    described = jsonld.article(_scripts(tree))
    meta = _meta(tree)
    headline = jsonld.text(described, "headline") or _first(meta, TITLES) or _said(tree, "//title")
    titles = (title, headline, _said(tree, "//h1"))
    published = _published(described, meta, tree, url, ZoneInfo(zone), now)
    text, path = _text(tree, jsonld.text(described, "articleBody"), url)
    return Page(
        text=_without_titles(text, titles)[:TEXT],
        path=path,
        title=" ".join(unescape(headline).split()),
        publisher=jsonld.name(described, "publisher") or _first(meta, PUBLISHERS),
        author=jsonld.name(described, "author") or _first(meta, ("author", "article:author", "dc.creator")),
        language=_attribute(tree, "/html/@lang") or jsonld.text(described, "inLanguage"),
        canonical=canonical(_attribute(tree, "//link[@rel='canonical']/@href") or url, url),
        published=published,
    )


def _tree(body: bytes, content_type: str, url: str) -> Tree:
    charset = _CHARSET.search(content_type)
    source: str | bytes = body
    if charset:
        try:
            source = body.decode(charset[1], "replace")
        except LookupError:
            source = body  # a name that nobody knows: let the page's own declaration or its bytes decide
    tree = trafilatura.load_html(source)
    if tree is None:
        raise SourceFailed("the page is no HTML", where=url)
    return tree


def _text(tree: Tree, body: str, url: str) -> tuple[str, TextPath]:
    """The article's text, a paragraph a line.

    The page's own `articleBody` is believed first, unless it is a shortened one or has lost its paragraphs.
    """
    try:
        found = trafilatura.bare_extraction(
            tree, url=url, include_comments=False, include_tables=True, deduplicate=False, with_metadata=False
        )
    except Exception as broken:  # lxml and friends raise what they like on hostile trees
        raise SourceFailed(f"the page breaks the extraction ({type(broken).__name__})", where=url) from broken
    extracted = _lines(getattr(found, "text", None) or "")
    own = _lines(_TAG.sub("", _BREAK.sub("\n", unescape(body))))
    whole = len(own) >= 0.8 * len(extracted) and (own.count("\n") > 0 or extracted.count("\n") == 0)
    if own and whole:
        return own, "jsonld"
    if not extracted:
        raise SourceFailed("no article was found in the page", where=url)
    return extracted, "trafilatura"


def _lines(text: str) -> str:
    return "\n".join(line for line in (" ".join(part.split()) for part in text.splitlines()) if line)


def _without_titles(text: str, titles: tuple[str, ...]) -> str:
    """The text from its first line on that is not just the title again."""
    known = {" ".join(unescape(title).split()) for title in titles}
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if line not in known), 0)
    return "\n".join(lines[first:])


def _published(
    described: dict[str, Any], meta: dict[str, str], tree: Tree, url: str, zone: ZoneInfo, now: datetime
) -> Published | None:
    claims = [("datePublished", jsonld.text(described, "datePublished"))]
    claims += [(name, meta[name]) for name in DATES if name in meta]
    claims += [("time", _attribute(tree, "//time[@itemprop='datePublished' or @pubdate]/@datetime"))]
    for note, written in claims:
        found = told(written, PublishedBasis.PAGE, zone, now, note)
        if found:
            return found
    return in_address(url, now)


def _scripts(tree: Tree) -> list[str]:
    return [script.text_content() for script in tree.xpath("//script[@type='application/ld+json']")]


def _meta(tree: Tree) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        content = " ".join((tag.get("content") or "").split())
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _said(tree: Tree, path: str) -> str:
    return " ".join(next((element.text_content() for element in tree.xpath(path)), "").split())


def _attribute(tree: Tree, path: str) -> str:
    return str(next(iter(tree.xpath(path)), "")).strip()
