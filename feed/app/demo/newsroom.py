"""A news site on this machine that publishes the seed articles one after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from feed.app.demo.loopback import Answered, Asked, Loopback
from feed.model.errors import SettingsRefused

DC = "http://purl.org/dc/elements/1.1/"
KINDS = {".xml": "application/rss+xml; charset=utf-8", ".html": "text/html; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Story:
    """One article as the site's feed lists it."""

    title: str
    publisher: str | None
    published: datetime
    path: str


class Newsroom:
    """The site of a folder with feed.xml and pages/, in which nothing is published at first.

    Raises SettingsRefused when there is no such folder.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._feed = ET.fromstring((folder / "feed.xml").read_bytes())  # noqa: S314 - a file of ours
        except OSError as missing:
            raise SettingsRefused(
                "the articles of the demo are not here", where=str(folder), mend="Run the demo from a checkout."
            ) from missing
        self._folder = folder
        items = sorted(self._feed.iter("item"), key=lambda item: _story(item).published)
        self.stories = tuple(_story(item) for item in items)
        self._items, self._online = items, 0
        self._site = Loopback(self._answer)
        self.close = self._site.close
        self.host, self.url = self._site.host, f"{self._site.url}/feed.xml"
        for item in items:
            item[1].text = f"{self._site.url}{_story(item).path}"

    def publish(self) -> Story:
        """Put the next article online, in order of publication, and give it."""
        self._online += 1
        return self.stories[self._online - 1]

    def _answer(self, asked: Asked) -> Answered:
        body = self._body(asked.path)
        if body is None:
            return Answered(404)
        headers = {"ETag": f'"{sha256(body).hexdigest()[:16]}"', "Content-Type": KINDS[Path(asked.path).suffix]}
        if asked.headers.get("if-none-match") == headers["ETag"]:
            return Answered(304, headers=headers)
        return Answered(200, body, headers)

    def _body(self, path: str) -> bytes | None:
        if path == "/feed.xml":
            return self._listed()
        online = {story.path for story in self.stories[: self._online]}
        return (self._folder / path.lstrip("/")).read_bytes() if path in online else None

    def _listed(self) -> bytes:
        ET.register_namespace("dc", DC)
        rss = ET.Element("rss", version="2.0")
        channel = ET.SubElement(rss, "channel")
        for name in ("title", "link", "description"):
            ET.SubElement(channel, name).text = self._feed.findtext(f"channel/{name}")
        channel.extend(reversed(self._items[: self._online]))
        return bytes(ET.tostring(rss, encoding="utf-8", xml_declaration=True))


def _story(item: ET.Element) -> Story:
    return Story(
        title=item.findtext("title", ""),
        publisher=item.findtext(f"{{{DC}}}publisher"),
        published=parsedate_to_datetime(item.findtext("pubDate", "")),
        path=urlsplit(item.findtext("link", "")).path,
    )
