"""Three thousand malformed feeds: each is listed or fails with a reason, and nothing that comes of it breaks a rule."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

import pytest

from feed.app.drafts import capture_draft
from feed.app.pipeline import captured_event
from feed.capture.address import tidy
from feed.capture.capture import Captured
from feed.confine import Told
from feed.model.article import Article
from feed.model.chain import EMPTY
from feed.model.event import decode, seal
from feed.model.source import Source
from feed.model.web import Response
from feed.poll import Memory, Outcome, poll, syndicated
from feed.poll import visit as visiting
from feed.poll.due import fresh
from feed.poll.listing import LINK, NAME, SUMMARY, TITLE, credible
from tests.nightly import NIGHTLY

COUNT, THROUGH_A_CHILD = (200_000, 2_000) if NIGHTLY else (3_000, 40)
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SOURCE = Source(name="news", url="https://news.example/feed")

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml"><channel>
<title>News &amp; more</title>
<ttl>60</ttl><link>https://news.example/</link><image><url>i.png</url></image><item>
<title>One &lt;b&gt;bold&lt;/b&gt;</title>
<link>https://news.example/1</link><guid isPermaLink="false">a1</guid><pubDate>Mon, 05 Jan 2026 08:30:00 GMT</pubDate>
<dc:creator>A. Writer</dc:creator><description><![CDATA[<p>In short &nbsp; &#x1F600;</p>]]></description>
<content:encoded><![CDATA[<div>All of it</div>]]></content:encoded><enclosure url="a.mp3" length="1" type="audio/mpeg"/>
<media:content url="i.jpg"><media:credit>Me</media:credit></media:content><georss:where><gml:Point>
<gml:pos>1 2</gml:pos>
</gml:Point></georss:where><source url="https://other.example/">Other</source></item>
<item><title>Two</title><link>/2</link><pubDate>yesterday</pubDate></item></channel></rss>"""
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://news.example/a/">
<title type="html">&lt;i&gt;News&lt;/i&gt;</title><id>urn:x</id><updated>2026-01-05T08:00:00Z</updated><entry>
<id>urn:1</id>
<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">One</div></title><link rel="alternate" href="1"/>
<link rel="self" href="x"/><published>2026-01-04T10:00:00+01:00</published><updated>2026-01-05T10:00:00Z</updated>
<author><name>A</name><email>a@b.example</email></author><summary>S</summary><content type="html">&lt;p&gt;x</content>
<source><title>Origin</title></source></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>T</title></channel><item rdf:about="https://a.example/1">
<title>One</title><link>https://a.example/1</link><dc:date>2026-01-05</dc:date></item></rdf:RDF>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "News", "authors": [{"name": "A"}], "items": [
{"id": 7, "url": "https://news.example/7", "title": "Seven", "date_published": "2026-01-01T10:00:00Z", "tags": ["x"],
"content_text": "In short.", "authors": [{"name": "B"}], "date_modified": "2026-01-02T10:00:00+05:30"},
{"id": "8", "external_url": "https://other.example/8", "summary": "S"}]}"""
FEEDS = [text.encode() for text in (RSS, ATOM, RDF, JSON)]
SPLICES = [
    *(b"<", b">", b"&", b"\0", b"\xff", b"\xed\xa0\x80", b"]]>", b"<![CDATA[", b"<!--", b"-->"),
    *(b"<?x", b"'", b'"', b"&#0;"),
    *(b"&#xD800;", b"&#99999999999;", b"&nosuch;", b"\xe2\x80\xae", b"\r\n", b"<item>"),
    *(b"</item>", b"<entry>", b"</channel>"),
    *(b'xmlns="http://www.w3.org/2005/Atom" ', b"<gml:pos>", b"<link/>", b"<title>", b"1e999", b"-1", b"99999999999"),
    *(b"9999-12-31T23:59:59+14:00", b"0000-00-00", b"Mon, 32 Foo 99999 99:99:99 XXX", b"javascript:x", b"data:,x"),
    *(b"http://[::1", b"//x", b"http://a b/", b"{", b"}", b"[", b"null", b"true", b"\\ud800"),
    *(b"\xef\xbb\xbf", b"A" * 3000),
    *(b"<svg onload=x>", b"=?utf-8?q?hi=0d=0a?=", b"\x1b[31m", b"encoding='utf-7'", b"\xc3"),
    *(b"<base href='x'>", b"mailto:"),
]  # fmt: skip


def numbers(seed: int) -> Iterator[int]:
    """The same endless numbers for the same seed."""
    block = 0
    while True:
        yield from memoryview(blake2b(f"{seed} {block}".encode()).digest()).cast("I")
        block += 1


def cut(body: bytes, at: int, much: int, splice: bytes) -> bytes:
    return body[:at]


def drop(body: bytes, at: int, much: int, splice: bytes) -> bytes:
    return body[:at] + body[at + much :]


def put(body: bytes, at: int, much: int, splice: bytes) -> bytes:
    return body[:at] + splice + body[at:]


def over(body: bytes, at: int, much: int, splice: bytes) -> bytes:
    return body[:at] + splice + body[at + len(splice) :]


def twice(body: bytes, at: int, much: int, splice: bytes) -> bytes:
    return body[:at] + body[max(0, at - much) : at] * 2 + body[at:]


def flip(body: bytes, at: int, much: int, splice: bytes) -> bytes:
    return body[:at] + bytes([body[at] ^ (1 << much % 8)]) + body[at + 1 :] if body[at:] else body


WAYS: tuple[Callable[[bytes, int, int, bytes], bytes], ...] = (cut, drop, put, put, over, twice, flip)


def malformed(seed: int) -> bytes:
    """A feed that went wrong in one to four places."""
    said = numbers(seed)
    body = FEEDS[next(said) % len(FEEDS)]
    for _ in range(1 + next(said) % 4):
        way, splice = WAYS[next(said) % len(WAYS)], SPLICES[next(said) % len(SPLICES)]
        body = way(body, next(said) % (len(body) + 1), 1 + next(said) % 40, splice)
    return body


def here(work: str, body: bytes, **words: str) -> Any:
    """`confined` without a child, so that three thousand take seconds. Nothing may get out of it but named errors."""
    return json.loads(json.dumps(syndicated.listed(Told(body, words))))


def keeps_its_word(body: bytes, memory: Memory) -> Outcome:
    """Poll a feed with that body; whatever comes of it keeps every rule. Gives how it ended."""
    answer = Response(SOURCE.url, 200, {"content-type": "application/xml"}, body)
    seen = poll(SOURCE, fresh(SOURCE), lambda _: answer, NOW)
    assert seen.outcome in (Outcome.LISTED, Outcome.FAILED)
    assert (seen.outcome is Outcome.FAILED) == bool(seen.why)
    for entry in seen.entries:
        assert entry.link.startswith(("http://", "https://"))
        assert len(entry.id) <= LINK
        assert len(entry.title) <= TITLE
        assert len(entry.summary) <= SUMMARY
        assert len(entry.author or "") <= NAME
        assert entry.published is None or credible(entry.published.time, NOW)
        article = Article(tidy(entry.link)[:2048], "Text.", entry.publisher, entry.title, entry.link, entry.published)
        captured = Captured(article, "0" * 64, 5, "0" * 64, "trafilatura", author=entry.author, entry=entry.id)
        (line,), _ = seal((capture_draft(captured_event(captured, None)),), EMPTY, NOW)
        assert decode(line).data.title == entry.title
    memory.keep(seen)
    assert len(memory.waiting("news", NOW)) >= len(seen.entries)
    return seen.outcome


@contextmanager
def told_if_it_fails(what: str) -> Iterator[None]:
    try:
        yield
    except BaseException as broken:
        broken.add_note(what)
        raise


def test_three_thousand_malformed_feeds_break_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting, "confined", here)
    ended = dict.fromkeys(Outcome, 0)
    memory = Memory(":memory:")
    for seed in range(COUNT):
        if seed % 500 == 0:
            memory.close()
            memory = Memory(":memory:")
        body = malformed(seed)
        with told_if_it_fails(f"seed {seed}: {body!r}"):
            ended[keeps_its_word(body, memory)] += 1
    memory.close()
    assert min(ended[Outcome.LISTED], ended[Outcome.FAILED]) > COUNT // 20, "some are read, some are not"


def test_a_child_ends_alike() -> None:
    with Memory(":memory:") as memory:
        for seed in range(THROUGH_A_CHILD):
            keeps_its_word(malformed(seed), memory)
