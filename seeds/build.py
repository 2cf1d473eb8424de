"""Make the news site of the seeds: feed.xml and pages/ from articles.toml and articles/.

    python3 seeds/build.py            write them
    python3 -m http.server 8765 -d seeds    serve them, at the address that the feed names

The same input gives the same bytes. Standard library only.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from pathlib import Path
from xml.etree import ElementTree as ET

HERE = Path(__file__).parent
BASE = "http://localhost:8765/"
SITE = "The seeds, as a news site"
ABOUT = (
    "Five articles, kept as they came. They came without titles and dates: labels are their first words, days inferred."
)
DC, ATOM = "http://purl.org/dc/elements/1.1/", "http://www.w3.org/2005/Atom"
LABEL = 64


@dataclass(frozen=True)
class Seed:
    """One article: what is known of its publication, and its text."""

    id: str
    publisher: str | None
    title: str
    published: date
    text: str

    @property
    def label(self) -> str:
        """The title, else the first words, cut at a word and marked as cut."""
        if self.title or len(self.text) <= LABEL:
            return self.title or self.text
        return self.text[:LABEL].rsplit(" ", 1)[0].rstrip(",;:–") + " …"

    @property
    def paragraphs(self) -> list[str]:
        """The lines that hold something."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    @property
    def day(self) -> str:
        """The day as a reader would write it: 29 August 2024."""
        return f"{self.published.day} {self.published:%B %Y}"


def seeds(folder: Path = HERE) -> list[Seed]:
    """The articles of articles.toml with their texts, in the order of that file."""
    rows = tomllib.loads((folder / "articles.toml").read_text(encoding="utf-8"))["article"]
    return [
        Seed(
            id=row["id"],
            publisher=None if row["publisher"] == "unknown" else row["publisher"],
            title=row["title"],
            published=row["published"],
            text=(folder / "articles" / f"{row['id']}.txt").read_bytes().decode("utf-8"),
        )
        for row in rows
    ]


def feed(articles: list[Seed]) -> bytes:
    """RSS 2.0, newest first, as a news site has it."""
    ET.register_namespace("dc", DC)
    ET.register_namespace("atom", ATOM)
    newest_first = sorted(articles, key=lambda seed: seed.published, reverse=True)
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    for name, text in (("title", SITE), ("link", BASE), ("description", ABOUT), ("language", "en-gb")):
        ET.SubElement(channel, name).text = text
    ET.SubElement(channel, "lastBuildDate").text = _rfc822(newest_first[0].published)
    ET.SubElement(channel, f"{{{ATOM}}}link", href=f"{BASE}feed.xml", rel="self", type="application/rss+xml")
    for seed in newest_first:
        item = ET.SubElement(channel, "item")
        ET.SubElement(item, "title").text = seed.label
        ET.SubElement(item, "link").text = f"{BASE}pages/{seed.id}.html"
        ET.SubElement(item, "guid", isPermaLink="false").text = seed.id
        ET.SubElement(item, "pubDate").text = _rfc822(seed.published)
        if seed.publisher:
            ET.SubElement(item, f"{{{DC}}}publisher").text = seed.publisher
    ET.indent(rss)
    return bytes(ET.tostring(rss, encoding="utf-8", xml_declaration=True)) + b"\n"


def page(seed: Seed, articles: list[Seed]) -> bytes:
    """One article as a news page: the text between what surrounds it on any site."""
    html = ET.Element("html", lang="en-GB")
    _head(html, seed)
    body = ET.SubElement(html, "body")
    header = ET.SubElement(body, "header")
    ET.SubElement(header, "p").text = SITE
    nav = ET.SubElement(header, "nav")
    for name, link in (("Front page", "../"), ("Feed", "../feed.xml")):
        ET.SubElement(nav, "a", href=link).text = name
    _article(ET.SubElement(ET.SubElement(body, "main"), "article"), seed)
    aside = ET.SubElement(body, "aside")
    ET.SubElement(aside, "h2").text = "More from the seeds"
    listed = ET.SubElement(aside, "ul")
    for other in articles:
        if other.id != seed.id:
            ET.SubElement(ET.SubElement(listed, "li"), "a", href=f"{other.id}.html").text = other.label
    ET.SubElement(ET.SubElement(body, "footer"), "p").text = ABOUT
    return _document(html)


def front(articles: list[Seed]) -> bytes:
    """The front page: what there is, newest first."""
    html = ET.Element("html", lang="en-GB")
    head = ET.SubElement(html, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "title").text = SITE
    ET.SubElement(head, "link", rel="alternate", type="application/rss+xml", href="feed.xml")
    body = ET.SubElement(html, "body")
    ET.SubElement(body, "h1").text = SITE
    ET.SubElement(body, "p").text = ABOUT
    listed = ET.SubElement(body, "ul")
    for seed in sorted(articles, key=lambda seed: seed.published, reverse=True):
        line = ET.SubElement(listed, "li")
        ET.SubElement(line, "a", href=f"pages/{seed.id}.html").text = seed.label
        line[0].tail = f" ({', '.join(filter(None, (seed.publisher, seed.day)))})"
    return _document(html)


def built(folder: Path = HERE) -> dict[str, bytes]:
    """Every made file: its path in the folder and its bytes."""
    articles = seeds(folder)
    pages = {f"pages/{seed.id}.html": page(seed, articles) for seed in articles}
    return {"feed.xml": feed(articles), "index.html": front(articles), **pages}


def _head(html: ET.Element, seed: Seed) -> None:
    head = ET.SubElement(html, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "title").text = seed.label
    ET.SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    ET.SubElement(head, "meta", property="og:type", content="article")
    ET.SubElement(head, "meta", property="article:published_time", content=seed.published.isoformat())
    if seed.publisher:
        ET.SubElement(head, "meta", property="og:site_name", content=seed.publisher)


def _article(article: ET.Element, seed: Seed) -> None:
    ET.SubElement(article, "h1").text = seed.label
    byline = ET.SubElement(article, "p", {"class": "byline"})
    byline.text = f"{seed.publisher}, " if seed.publisher else None
    ET.SubElement(byline, "time", datetime=seed.published.isoformat()).text = seed.day
    text = ET.SubElement(article, "div", {"class": "article-body"})
    for paragraph in seed.paragraphs:
        ET.SubElement(text, "p").text = paragraph


def _document(html: ET.Element) -> bytes:
    ET.indent(html, space=" ")
    return b"<!DOCTYPE html>\n" + bytes(ET.tostring(html, encoding="utf-8", method="html")) + b"\n"


def _rfc822(day: date) -> str:
    return format_datetime(datetime.combine(day, time(), UTC), usegmt=True)


if __name__ == "__main__":
    for name, content in built().items():
        (HERE / name).parent.mkdir(exist_ok=True)
        (HERE / name).write_bytes(content)
