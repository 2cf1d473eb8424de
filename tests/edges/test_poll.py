"""Polling over real HTTP: what a source may do to us, and what we remember of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request as Asked
from werkzeug import Response as Answer

from feed.fetch import Guard, Times, Web
from feed.model.article import Precision
from feed.model.errors import FetchRefused, SourceFailed
from feed.model.source import Source
from feed.model.web import Request, Response
from feed.poll import Memory, Outcome, Polled, Validators, is_due, poll
from feed.poll.scan import refuse_hostile
from tests.growth import LINEAR, growth

NOW = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><ttl>30</ttl>
<item><title>Second &lt;b&gt;bold&lt;/b&gt;</title><link>/b?utm_source=rss</link>
<guid isPermaLink="false">b</guid>
<pubDate>Mon, 03 Nov 2025 08:30:00 GMT</pubDate></item>
<item><title>First</title><link>http://example.org/a</link>
<pubDate>Sun, 02 Nov 2025 00:00:00 GMT</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><id>tag:1</id><title>One</title>
<link href="https://example.org/1"/><updated>2025-11-02T10:00:00Z</updated><published>2025-11-01T10:00:00+01:00</published>
<author><name>A. Writer</name></author><summary>In short.</summary></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": [
{"id": 7, "url": "https://example.org/7", "title": "Seven", "date_published": "2025-11-01T10:00:00Z",
 "authors": [{"name": "A. Writer"}], "content_text": "In short."}, {"id": "no address"}, "no entry"]}"""


@pytest.fixture(scope="module")
def web() -> Web:
    return Web(agent="feed-of-record/test", guard=Guard(allow_private=True), times=Times(1, 1, 2))


@pytest.fixture
def source(httpserver: HTTPServer) -> Source:
    return Source(name="news", url=httpserver.url_for("/feed"))


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory(tmp_path / "ops.db") as opened:
        yield opened


def nothing_known(source: Source) -> Validators:
    return Validators(name=source.name, configured=source.url, url=source.url)


def first_visit(server: HTTPServer, source: Source, web: Web, body: str | bytes, **answer: object) -> Polled:
    server.expect_request("/feed").respond_with_data(body, **answer)  # type: ignore[arg-type]
    return poll(source, nothing_known(source), web, NOW)


def test_a_new_feed_is_listed_oldest_first(httpserver: HTTPServer, source: Source, web: Web) -> None:
    seen = first_visit(httpserver, source, web, RSS, content_type="application/rss+xml")
    assert seen.outcome is Outcome.LISTED
    first, second = seen.entries
    assert (first.id, first.title) == ("http://example.org/a", "First")
    assert (second.id, second.link) == ("b", httpserver.url_for("/b?utm_source=rss"))
    assert second.title == "Second bold", "markup goes, words stay"
    assert first.published
    assert first.published.precision is Precision.DAY, "midnight is a day without a time"
    assert second.published
    assert second.published.time == datetime(2025, 11, 3, 8, 30, tzinfo=UTC)
    assert second.published.precision is Precision.INSTANT
    assert seen.memory.next_due == NOW + timedelta(minutes=30), "its ttl is a lower bound"


def test_atom_and_json_feed_give_the_same_entries(httpserver: HTTPServer, source: Source, web: Web) -> None:
    (atom,) = first_visit(httpserver, source, web, ATOM).entries
    httpserver.clear()
    seen = first_visit(httpserver, source, web, JSON, content_type="application/feed+json")
    (json,) = seen.entries
    assert (atom.id, atom.author, atom.summary) == ("tag:1", "A. Writer", "In short.")
    assert (json.id, json.author, json.summary) == ("7", "A. Writer", "In short.")
    assert atom.published
    assert atom.published.time == datetime(2025, 11, 1, 9, tzinfo=UTC)
    assert json.published
    assert json.published.time == datetime(2025, 11, 1, 10, tzinfo=UTC)
    assert seen.skipped == ("entry 2 has no web address",)


def test_an_updated_time_is_no_publication(httpserver: HTTPServer, source: Source, web: Web) -> None:
    (entry,) = first_visit(httpserver, source, web, ATOM.replace("published>", "issue>")).entries
    assert entry.published is None
    assert entry.updated == "2025-11-02T10:00:00Z"


@pytest.mark.parametrize(
    "said", ["Mon, 01 Jan 1900 00:00:00 GMT", "Thu, 06 Nov 2025 09:00:00 GMT", "99999999999", "soon", ""]
)
def test_a_time_that_cannot_be_is_no_time(httpserver: HTTPServer, source: Source, web: Web, said: str) -> None:
    seen = first_visit(httpserver, source, web, RSS.replace("Mon, 03 Nov 2025 08:30:00 GMT", said))
    assert [entry.published for entry in seen.entries if entry.id == "b"] == [None]


def test_validators_go_back_as_they_came_and_304_is_success(
    httpserver: HTTPServer, source: Source, web: Web, memory: Memory
) -> None:
    spelt = {"ETag": 'W/"odd, \u00e9"', "Last-Modified": "a Monday in spring"}
    memory.keep(first_visit(httpserver, source, web, RSS, headers=spelt))
    httpserver.clear()
    httpserver.expect_request(
        "/feed", headers={"If-None-Match": spelt["ETag"], "If-Modified-Since": spelt["Last-Modified"]}
    ).respond_with_data("", status=304, headers={"Cache-Control": 'public, max-age="3600"'})
    again = poll(source, memory.of(source), web, NOW)
    assert (again.outcome, again.entries, again.memory.failures) == (Outcome.UNCHANGED, (), 0)
    assert again.memory.next_due == NOW + timedelta(hours=1), "max-age is a lower bound"
    assert again.memory.etag == spelt["ETag"]


def test_the_same_body_again_is_unchanged_and_loads_no_parser() -> None:
    script = f"""
import sys, hashlib
from datetime import UTC, datetime
from feed.model.source import Source
from feed.model.web import Response
from feed.poll import Outcome, Validators, poll
body = {RSS.encode()!r}
source = Source(name="news", url="http://example.org/feed")
known = Validators("news", source.url, source.url, body_sha256=hashlib.sha256(body).hexdigest())
seen = poll(source, known, lambda request: Response(request.url, 200, {{}}, body), datetime(2025, 11, 3, tzinfo=UTC))
assert seen.outcome is Outcome.UNCHANGED, seen
heavy = {{"feedparser", "xml.sax", "trafilatura", "httpx2", "lxml"}} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])


def test_failures_wait_twice_as_long_each_time(httpserver: HTTPServer, source: Source, web: Web) -> None:
    httpserver.expect_request("/feed").respond_with_data("", status=500)
    seen, waits = poll(source, nothing_known(source), web, NOW), []
    assert (seen.outcome, seen.why) == (Outcome.FAILED, f"{source.url}: the source answered 500")
    for _ in range(9):
        assert seen.memory.next_due
        waits.append((seen.memory.next_due - NOW) / timedelta(minutes=15))
        seen = poll(source, seen.memory, web, NOW)
    assert waits == [2, 4, 8, 16, 32, 64, 96, 96, 96]


@pytest.mark.parametrize(
    ("wish", "wait"),
    [("7200", 7200), ("Mon, 03 Nov 2025 12:00:00 GMT", 10800), ("5", 1800), ("999999999", 86400), ("later", 1800)],
)
def test_retry_after_is_obeyed_for_up_to_a_day(
    httpserver: HTTPServer, source: Source, web: Web, wish: str, wait: int
) -> None:
    seen = first_visit(httpserver, source, web, "", status=429, headers={"Retry-After": wish})
    assert seen.memory.next_due == NOW + timedelta(seconds=wait)


def test_a_source_that_is_gone_is_not_asked_again(httpserver: HTTPServer, source: Source, web: Web) -> None:
    seen = first_visit(httpserver, source, web, "", status=410)
    assert seen.outcome is Outcome.GONE
    assert not is_due(source, seen.memory, NOW + timedelta(days=900))
    httpserver.clear()
    httpserver.expect_request("/feed").respond_with_data(RSS)
    back = poll(source, seen.memory, web, NOW)
    assert back.memory.disabled is None, "a person who asks for it gets it back"


def test_a_source_that_has_moved_is_asked_there(
    httpserver: HTTPServer, source: Source, web: Web, memory: Memory
) -> None:
    httpserver.expect_request("/feed").respond_with_data("", status=301, headers={"Location": "/new"})
    httpserver.expect_request("/new").respond_with_data(RSS)
    seen = poll(source, nothing_known(source), web, NOW)
    memory.keep(seen)
    assert seen.moved == memory.of(source).url == httpserver.url_for("/new")
    poll(source, memory.of(source), web, NOW)
    assert [asked.path for asked, _ in httpserver.log] == ["/feed", "/new", "/new"]
    httpserver.clear()
    failing = memory.of(source)
    for _ in range(4):
        failing = poll(source, failing, web, NOW).memory
    assert [asked.path for asked, _ in httpserver.log] == ["/new", "/new", "/new", "/feed"], "and back when it fails"


def test_another_configured_address_starts_anew(
    httpserver: HTTPServer, source: Source, web: Web, memory: Memory
) -> None:
    memory.keep(first_visit(httpserver, source, web, RSS, headers={"ETag": '"1"'}))
    elsewhere = source.model_copy(update={"url": httpserver.url_for("/other")})
    assert memory.of(elsewhere) == nothing_known(elsewhere)


BOMB = '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>' + RSS.partition("?>")[2]


@pytest.mark.parametrize(
    ("body", "content_type", "why"),
    [
        (BOMB, "application/rss+xml", "entities"),
        (BOMB.encode("utf-16"), "application/rss+xml", "entities"),
        ('<?xml version="1.0" encoding="utf-7"?>' + RSS.partition("?>")[2], "text/xml", "written in utf-7"),
        (RSS, "text/xml; charset=cp037", "written in cp037"),
        ("<!DOCTYPE rss [ ]>" + RSS.partition("?>")[2], "text/xml", "document type"),
        ("<!DOCTYPE rss SYSTEM 'x' [" + RSS.partition("?>")[2], "text/xml", "document type"),
        ("<rss><channel>" + "<item><link>http://example.org</link></item>" * 2001, "text/xml", "at most 2000"),
        ('{"version":"https://jsonfeed.org/version/1","items":[' + "0," * 2000 + "0]}", "text/json", "at most 2000"),
        ("[" * 100_000, "application/json", "no JSON"),
        ('{"version": "1"}', "application/json", "no JSON Feed"),
        ('{"version":"https://jsonfeed.org/version/1"}', "application/json", "no items"),
        ("<html><body>Welcome</body></html>", "text/html", "no feed"),
        ("  ", "text/xml", "empty"),
        ("x" * (4 * 1024 * 1024), "text/xml", "larger than"),
    ],
)
def test_what_is_no_harmless_feed_is_a_failure_with_a_reason(
    httpserver: HTTPServer, source: Source, web: Web, body: str | bytes, content_type: str, why: str
) -> None:
    seen = first_visit(httpserver, source, web, body, content_type=content_type)
    assert (seen.outcome, seen.entries) == (Outcome.FAILED, ())
    assert why in seen.why
    assert seen.memory.body_sha256 is None, "so that a mended feed is parsed"


@pytest.mark.parametrize(
    "piece", [b"<!doctype", b"<!doctype>", b"<item", b"<a:", b"<", b" ", b"\0<", b"<?xml encoding=", b"[[]]"]
)
def test_the_scan_of_a_hostile_body_is_linear(piece: bytes) -> None:
    def scan(size: int) -> None:
        with suppress(FetchRefused):
            refuse_hostile(piece * (size // len(piece)), "text/xml", where="here")

    assert growth(scan, 256 * 1024) < LINEAR


def test_a_feed_that_breaks_its_parser_breaks_nothing_else(httpserver: HTTPServer, source: Source, web: Web) -> None:
    gml = '<rss version="2.0" xmlns:gml="http://www.opengis.net/gml"><channel><item><gml:pos>1 2</gml:pos></item>'
    seen = first_visit(httpserver, source, web, gml + "</channel></rss>")
    assert seen.outcome is Outcome.FAILED
    assert "breaks its parser" in seen.why


def test_a_document_type_that_only_names_a_public_one_passes(httpserver: HTTPServer, source: Source, web: Web) -> None:
    public = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss.dtd">'
    seen = first_visit(httpserver, source, web, public + RSS.partition("?>")[2])
    assert len(seen.entries) == 2


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1252", "utf-8-sig"])
def test_honest_encodings_are_read(httpserver: HTTPServer, source: Source, web: Web, encoding: str) -> None:
    declared = RSS.replace("First", "Première").replace('"1.0"', f'"1.0" encoding="{encoding.removesuffix("-sig")}"', 1)
    seen = first_visit(httpserver, source, web, declared.encode(encoding))
    assert seen.entries[0].title == "Première"


def test_no_answer_is_a_failure(source: Source) -> None:
    def silent(request: Request, /) -> Response:
        raise SourceFailed("no answer", where=request.url)

    seen = poll(source, nothing_known(source), silent, NOW)
    assert (seen.outcome, seen.why, seen.memory.failures) == (Outcome.FAILED, f"{source.url}: no answer", 1)


def test_links_that_lead_nowhere_and_second_ids_are_left_out_with_a_reason(
    httpserver: HTTPServer, source: Source, web: Web
) -> None:
    items = "".join(
        f"<item><title>{n}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid></item>"
        for n, link, guid in (
            (1, "https://example.org/1", "same"),
            (2, "https://example.org/2", "same"),
            (3, "javascript:alert(1)", "script"),
            (4, "https://example.org/" + "x" * 2048, "long"),
        )
    )
    seen = first_visit(httpserver, source, web, f'<rss version="2.0"><channel>{items}</channel></rss>')
    assert [entry.title for entry in seen.entries] == ["1"]
    assert seen.skipped == (
        "entry 2 repeats the id same",
        "entry 3 has no web address",
        "entry 4 has no web address",
    )


def test_an_entry_waits_until_its_article_is_on_record(
    httpserver: HTTPServer, source: Source, web: Web, tmp_path: Path
) -> None:
    with Memory(tmp_path / "ops.db") as memory:
        seen = first_visit(httpserver, source, web, RSS)
        assert memory.keep(seen) == 2
        assert memory.waiting("news", NOW) == seen.entries
        memory.done("news", "b", NOW)
    with Memory(tmp_path / "ops.db") as after_a_crash:
        (left,) = after_a_crash.waiting("news", NOW)
        assert left == seen.entries[0]
        assert after_a_crash.keep(seen) == 0, "listing it again changes nothing"
        assert after_a_crash.waiting("other", NOW) == ()


def test_an_entry_that_the_feed_updates_waits_again(
    httpserver: HTTPServer, source: Source, web: Web, memory: Memory
) -> None:
    memory.keep(first_visit(httpserver, source, web, ATOM))
    memory.done("news", "tag:1", NOW)
    httpserver.clear()
    memory.keep(first_visit(httpserver, source, web, ATOM.replace("In short.", "In other words.")))
    assert memory.waiting("news", NOW) == (), "a new summary is no new article"
    httpserver.clear()
    memory.keep(first_visit(httpserver, source, web, ATOM.replace("11-02T10", "11-02T11")))
    assert [entry.id for entry in memory.waiting("news", NOW)] == ["tag:1"]


def test_an_entry_whose_page_fails_is_tried_eight_times_and_then_told(
    httpserver: HTTPServer, source: Source, web: Web, memory: Memory
) -> None:
    memory.keep(first_visit(httpserver, source, web, ATOM))
    now, tries = NOW, 0
    for _ in range(60):
        for entry in memory.waiting("news", now):
            memory.failed("news", entry.id, "404", now)
            tries += 1
        now += timedelta(hours=12)
    assert tries == 8
    assert memory.given_up("news") == (("https://example.org/1", "404"),)


def test_memory_gives_back_what_it_was_given(httpserver: HTTPServer, source: Source, web: Web, memory: Memory) -> None:
    def answer(_: Asked) -> Answer:
        return Answer(RSS, headers={"ETag": '"1"'})

    httpserver.expect_request("/feed").respond_with_handler(answer)
    seen = poll(source, memory.of(source), web, NOW + timedelta(microseconds=5), jitter=0.5)
    memory.keep(seen)
    assert memory.of(source) == seen.memory
    assert seen.memory.last_success == NOW + timedelta(microseconds=5)
