"""Items as Atom (RFC 4287), with archives that never change (RFC 5005). The same items give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from feed.model.chain import canonical
from feed.model.instant import instant
from feed.publish.channel import Channel
from feed.publish.clean import line, xml
from feed.publish.item import Item
from feed.publish.jsonfeed import END as JSON_END
from feed.publish.jsonfeed import MEDIA_TYPE as JSON_TYPE
from feed.publish.site import Site

MEDIA_TYPE = "application/atom+xml"
END = ".atom"
ATOM, FIGURES = "http://www.w3.org/2005/Atom", "urn:feed-of-record:figures"
# A feed must say when it changed last; one that has nothing to tell yet says so.
NEVER = "1970-01-01T00:00:00Z"

PREFIXES = {"": ATOM, "figures": FIGURES}


def feed(items: Iterable[Item], channel: Channel, site: Site) -> bytes:
    """One page of a feed with these items, in this order. Addresses are absolute.

    Each entry carries, as JSON in `figures:figures`, what the JSON Feed has under `_figures`. A checkpoint stands in
    `figures:checkpoint`, the note as it is.
    """
    told = list(items)
    root = ET.Element(_atom("feed"), {"xml:lang": site.language})
    _text(root, "title", line(channel.title))
    _text(root, "subtitle", line(site.description))
    _text(root, "id", channel.whole(END))
    _text(root, "updated", max((instant(item.modified) for item in told), default=NEVER))
    author = ET.SubElement(root, _atom("author"))
    _text(author, "name", line(site.author))
    _text(author, "uri", site.url())
    _link(root, "self", channel.address(END), MEDIA_TYPE)
    _link(root, "alternate", channel.home, "text/html")
    _link(root, "alternate", channel.address(JSON_END), JSON_TYPE)
    for rel in ("next", "prev-archive"):
        _link(root, rel, channel.next(END), MEDIA_TYPE)
    _link(root, "hub", site.hub)
    if channel.seal is not None:
        where = {"href": xml(channel.seal.url)} if channel.seal.url else {}
        ET.SubElement(root, f"{{{FIGURES}}}checkpoint", where).text = xml(channel.seal.note)
    for item in told:
        _entry(root, item, site)
    for prefix, space in PREFIXES.items():  # each time: the table is the whole process's, and others write to it
        ET.register_namespace(prefix, space)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(root: ET.Element, item: Item, site: Site) -> None:
    entry = ET.SubElement(root, _atom("entry"))
    _text(entry, "id", item.id)
    _text(entry, "title", item.title)
    _text(entry, "published", instant(item.published))
    _text(entry, "updated", instant(item.modified))
    _text(ET.SubElement(entry, _atom("author")), "name", item.author)
    _link(entry, "alternate", item.url, "text/html")
    _link(entry, "via", item.external_url)
    for each in item.attached:
        link = _link(entry, "enclosure", each.url, each.media)
        if link is not None:
            link.attrib |= {"title": each.title, "length": str(each.size)}
    for tag in item.tags:
        ET.SubElement(entry, _atom("category"), {"term": xml(tag)})
    _text(entry, "summary", item.text)
    _text(entry, "content", item.html).set("type", "html")
    machines = ET.SubElement(entry, f"{{{FIGURES}}}figures", {"type": "application/json"})
    machines.text = xml(canonical({"about": site.about, **item.figures}).decode())


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    made = ET.SubElement(parent, _atom(name))
    made.text = xml(text)
    return made


def _link(parent: ET.Element, rel: str, url: str | None, media: str | None = None) -> ET.Element | None:
    if url is None:
        return None
    return ET.SubElement(parent, _atom("link"), {"rel": rel, "href": xml(url), **({"type": media} if media else {})})
