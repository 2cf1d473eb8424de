"""What an HTML page says: its text, and of itself its title, publisher, date, language and address.

lxml and trafilatura are slow to load, and hostile pages are written for them: `feed.confine` runs this in a child.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from html import unescape
from typing import Any

import trafilatura

from feed.capture import jsonld
from feed.capture.address import canonical
from feed.capture.said import Page, TextPath
from feed.confine import Told
from feed.model.errors import SourceFailed

TEXT = 500_000
Tree = Any  # of lxml, which ships no types
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


SAID = "<p>What was said was written down word for word, and what was written down was kept. </p>"


def rehearse() -> None:
    """Load what the parsers load late: where nothing can be opened it would be too late."""
    for words in (SAID * 30, SAID, "", "\N{POUND SIGN}" * 99):
        with suppress(SourceFailed):
            read(f"<html><body><article>{words}</article></body></html>".encode("latin-1"), "", "http://a.example/")


def seen(told: Told) -> Mapping[str, Any]:
    """`read`, for `feed.confine`: words `content_type`, `where` (the address) and `title`."""
    return asdict(read(told.body, told.words["content_type"], told.words["where"], told.words["title"]))


def read(body: bytes, content_type: str, url: str, title: str = "") -> Page:
    """Read a page that came from `url`.

    First lines that only repeat the title, or `title` as the feed has it, are left out of the text.
    Raises SourceFailed when the page cannot be read or holds no text.
    """
    tree = _tree(body, content_type, url)
    described = jsonld.article(_scripts(tree))
    meta = _meta(tree)
    headline = jsonld.text(described, "headline") or _first(meta, TITLES) or _said(tree, "//title")
    titles = (title, headline, _said(tree, "//h1"))
    text, path = _text(tree, jsonld.text(described, "articleBody"), url)
    return Page(
        text=_without_titles(text, titles)[:TEXT],
        path=path,
        title=" ".join(unescape(headline).split()),
        publisher=jsonld.name(described, "publisher") or _first(meta, PUBLISHERS),
        author=jsonld.name(described, "author") or _first(meta, ("author", "article:author", "dc.creator")),
        language=_attribute(tree, "/html/@lang") or jsonld.text(described, "inLanguage"),
        canonical=canonical(_attribute(tree, "//link[@rel='canonical']/@href") or url, url),
        times=_times(described, meta, tree),
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


def _times(described: dict[str, Any], meta: dict[str, str], tree: Tree) -> tuple[tuple[str, str], ...]:
    """What claims to be the time of publication: where it stands and how it is written, in the order of belief."""
    claims = [("datePublished", jsonld.text(described, "datePublished"))]
    claims += [(name, meta[name]) for name in DATES if name in meta]
    claims += [("time", _attribute(tree, "//time[@itemprop='datePublished' or @pubdate]/@datetime"))]
    return tuple((name, written[:100]) for name, written in claims if written)


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
