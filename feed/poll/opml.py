"""Lists of feeds as other readers take and give them: OPML 2.0."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from feed.model.errors import SourceFailed
from feed.model.source import Source
from feed.poll.scan import refuse_hostile


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed that a list names: its title, which may be "", and its address."""

    title: str
    url: str


def outlines(body: bytes, where: str) -> list[Outline]:
    """The feeds of an OPML file, folders flattened, each address once. Raises SourceFailed when it is none."""
    refuse_hostile(body, "", where=where)
    try:
        tree = ET.fromstring(body)  # noqa: S314 - it declares no entities: that was looked at above
    except ET.ParseError as broken:
        raise SourceFailed(f"it is no XML ({broken})", where=where) from broken
    if tree.tag != "opml":
        raise SourceFailed("it is no OPML", where=where, mend="Export one from your feed reader.")
    found: dict[str, Outline] = {}
    for each in tree.iter("outline"):
        url = each.get("xmlUrl", "").strip()
        if url.startswith(("http://", "https://")):
            found.setdefault(url, Outline((each.get("title") or each.get("text") or "").strip(), url))
    return list(found.values())


def opml(sources: Iterable[Source], title: str) -> bytes:
    """These sources as OPML. Pages without a feed are left out: no other reader could take them."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = title
    body = ET.SubElement(root, "body")
    for source in sources:
        if source.kind == "feed":
            name = source.publisher or source.name
            ET.SubElement(body, "outline", type="rss", text=name, title=source.name, xmlUrl=source.url)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
