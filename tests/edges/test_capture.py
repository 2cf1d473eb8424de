"""Capturing pages over real HTTP: the bytes are kept, the text is the article's, nothing is guessed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from feed.capture.capture import Captured, capture, given, page_request
from feed.capture.captures import Captures
from feed.fetch import Guard, Times, Web
from feed.model.article import Article, Precision, Published, PublishedBasis
from feed.model.errors import SourceFailed
from feed.model.source import Entry, Source
from feed.poll import Validators, poll

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
NOW = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
BODY = [
    "The price of biscuits rose by 12 per cent in the year to June, the Bakers’ Office said on Tuesday.",
    "Biscuits",
    "It said that 4,210 tonnes were eaten between April and June, more than in any quarter since it began to count.",
    "“We had not expected that,” said the office’s head of crumbs. “We will look at it again in the autumn.”",
    "It said that 4,210 tonnes were eaten between April and June, more than in any quarter since it began to count.",
]
Take = Callable[..., Captured]


@pytest.fixture(scope="module")
def web() -> Web:
    return Web(agent="feed-of-record/test", guard=Guard(allow_private=True), times=Times(1, 1, 2))


@pytest.fixture
def captures(tmp_path: Path) -> Captures:
    return Captures(tmp_path / "captures")


@pytest.fixture
def take(httpserver: HTTPServer, web: Web, captures: Captures) -> Take:
    """Serve a page, fetch it as an entry and capture it."""

    def served(
        page: str | bytes, path: str = "/story", entry: dict[str, object] | None = None, **source: str
    ) -> Captured:
        httpserver.expect_request(path.partition("?")[0]).respond_with_data(page, content_type="text/html")
        listed = Entry(**{"id": "1", "link": httpserver.url_for(path), **(entry or {})})  # type: ignore[arg-type]
        named = Source.model_validate({"name": "news", "url": httpserver.url_for("/feed"), **source})
        return capture(listed, web(page_request(listed)), named, captures, NOW)

    return served


def html(head: str = "", paragraphs: list[str] = BODY, lang: str = "en-GB") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body><nav><a href="/">Home</a>'
        f"</nav><main><article><h1>Biscuits dearer</h1>{text}</article></main><aside><a href='/2'>99 buns</a></aside>"
        "<footer>Crumbs Ltd</footer></body></html>"
    )


def ld(**said: object) -> str:
    described = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle", **said}]}
    return f'<script type="application/ld+json">{json.dumps(described)}</script>'


def test_the_page_and_its_text_are_kept_under_their_digests(take: Take, captures: Captures) -> None:
    page = html("<title>Biscuits dearer</title>")
    seen = take(page)
    assert captures.get(seen.raw_sha256) == page.encode()
    assert seen.raw_length == len(page.encode())
    assert captures.get(seen.text_sha256).decode() == seen.article.text
    assert (seen.entry, seen.text_path) == ("1", "trafilatura")


def test_every_paragraph_is_a_line_and_what_surrounds_them_is_left_out(take: Take) -> None:
    """Short lines and repeated ones too: a number that stands twice is two statements."""
    assert take(html()).article.text.split("\n") == BODY


def test_a_page_says_who_when_and_in_what_language(take: Take) -> None:
    head = ld(
        headline="Biscuits &amp; buns dearer",
        publisher={"@type": "Organization", "name": "The Crumb"},
        author=[{"name": "A. Baker"}, {"name": "B. Cook"}],
        datePublished="2025-11-01T08:30:00+01:00",
    )
    seen = take(html(head + '<meta property="og:site_name" content="Not me">'))
    article = seen.article
    assert (article.publisher, article.title, article.language) == ("The Crumb", "Biscuits & buns dearer", "en-GB")
    assert seen.author == "A. Baker, B. Cook"
    assert article.published == Published(
        datetime(2025, 11, 1, 7, 30, tzinfo=UTC), PublishedBasis.PAGE, Precision.INSTANT, "datePublished"
    )
    assert (article.source, article.name) == ("news", article.url)


def test_the_feed_is_believed_before_the_page_and_the_operator_before_both(take: Take) -> None:
    told = Published(datetime(2025, 10, 31, tzinfo=UTC), PublishedBasis.FEED, Precision.DAY)
    page = html(ld(datePublished="2025-11-01", publisher={"name": "The Crumb"}, headline="Other"))
    entry = {"published": told, "title": "As listed", "publisher": "A channel", "author": "Listed"}
    assert take(page, entry=entry).article.publisher == "A channel"
    seen = take(page, entry=entry, publisher="The Daily Crumb", language="en")
    article = seen.article
    assert (article.published, article.title, article.publisher) == (told, "As listed", "The Daily Crumb")
    assert seen.author == "Listed"


@pytest.mark.parametrize(
    ("head", "path", "time", "basis", "precision"),
    [
        ('<meta property="article:published_time" content="2025-11-01">', "/s", "2025-11-01T00:00", "page", "day"),
        ('<meta name="pubdate" content="2025/11/01 08:30:00">', "/s", "2025-11-01T07:30", "page", "instant"),
        ('<meta name="date" content="2025-11-01T00:00:00+01:00">', "/s", "2025-11-01T00:00", "page", "day"),
        ("", "/2025/11/01/story", "2025-11-01T00:00", "url", "day"),
        ("", "/news/2025/nov/01/story", "2025-11-01T00:00", "url", "day"),
        ("", "/news/2025-11-01-story", "2025-11-01T00:00", "url", "day"),
        ('<meta name="date" content="last Tuesday">', "/2025/11/01/s", "2025-11-01T00:00", "url", "day"),
    ],
)
def test_a_time_of_publication_says_how_it_is_known(
    take: Take, head: str, path: str, time: str, basis: str, precision: str
) -> None:
    published = take(html(head), path, zone="Europe/Paris").article.published
    assert published is not None
    assert (published.time, published.basis, published.precision) == (
        datetime.fromisoformat(time).replace(tzinfo=UTC),
        basis,
        precision,
    )


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ("", "/story"),
        ('<meta name="date" content="1970-01-01">', "/story"),
        ('<meta name="date" content="2025-11-09">', "/story"),
        ("", "/2025/xyz/01/s"),
        ("", "/2025/13/41/s"),
    ],
)
def test_a_date_that_nobody_tells_stays_unknown(take: Take, head: str, path: str) -> None:
    assert take(html(head), path).article.published is None


def test_an_article_body_that_the_page_gives_is_taken_unless_it_is_cut_or_run_together(take: Take) -> None:
    whole = take(html(ld(articleBody="<p>" + "</p><p>".join(BODY) + "\ud800</p>")))
    assert (whole.text_path, whole.article.text.split("\n")) == ("jsonld", [*BODY[:-1], BODY[-1] + "?"])
    assert take(html(ld(articleBody=BODY[0] + " …")), "/2").text_path == "trafilatura"
    assert take(html(ld(articleBody=" ".join(BODY))), "/3").text_path == "trafilatura"
    script = take(html(ld(articleBody="\n".join(BODY)), paragraphs=[]), "/4")
    assert (script.text_path, script.article.text) == ("jsonld", "\n".join(BODY))


@pytest.mark.parametrize("broken", ["{", "[" * 50_000, '"text"', '{"@type": ["Person"]}', '{"@graph": 7}'])
def test_broken_descriptions_are_passed_over(take: Take, broken: str) -> None:
    head = f'<script type="application/ld+json">{broken}</script><meta property="og:title" content="Dearer">'
    assert take(html(head)).article.title == "Dearer"


def test_a_first_line_that_repeats_the_title_is_no_second_statement(take: Take) -> None:
    title = "Some 4,210 tonnes of biscuits eaten"
    seen = take(html(paragraphs=[title, *BODY]), entry={"title": title})
    assert seen.article.text.split("\n") == BODY


def test_the_address_is_the_pages_own_without_what_tracks_a_reader(take: Take, httpserver: HTTPServer) -> None:
    plain = take(html(), "/story?utm_source=rss&id=7&at_medium=feed#top")
    assert plain.article.url == plain.article.name == httpserver.url_for("/story") + "?id=7"
    own = take(html('<link rel="canonical" href="/the-story?utm_source=x">'), "/story2")
    assert own.article.name == own.canonical == httpserver.url_for("/the-story")
    assert own.article.url == httpserver.url_for("/story2")
    false = take(html('<link rel="canonical" href="https://www.example.gov/release">'), "/story3")
    assert false.canonical is None
    assert false.article.name == httpserver.url_for("/story3")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"response_data": "", "status": 404}, "answered 404"),
        ({"response_data": b"%PDF-1.7", "content_type": "application/pdf"}, "application/pdf"),
        ({"response_data": "", "content_type": "text/html"}, "no"),
        ({"response_data": "<html><body></body></html>", "content_type": "text/html"}, "no article"),
        ({"response_data": b"\x00\xff\xfe\x00" * 99, "content_type": "text/html"}, "no"),
    ],
)
def test_what_holds_no_article_is_a_failure_with_a_reason(
    httpserver: HTTPServer, web: Web, captures: Captures, answer: dict[str, object], why: str
) -> None:
    httpserver.expect_request("/story").respond_with_data(**answer)  # type: ignore[arg-type]
    entry = Entry(id="1", link=httpserver.url_for("/story"))
    source = Source(name="news", url=httpserver.url_for("/feed"))
    with pytest.raises(SourceFailed, match=why):
        capture(entry, web(page_request(entry)), source, captures, NOW)


@pytest.mark.parametrize("declared", ["text/html; charset=windows-1252", "text/html; charset=no-such", "text/html"])
def test_old_encodings_are_read(httpserver: HTTPServer, web: Web, captures: Captures, declared: str) -> None:
    page = html().replace("utf-8", "windows-1252").encode("windows-1252")
    httpserver.expect_request("/story").respond_with_data(page, headers={"Content-Type": declared})
    entry = Entry(id="1", link=httpserver.url_for("/story"))
    source = Source(name="news", url=httpserver.url_for("/feed"))
    seen = capture(entry, web(page_request(entry)), source, captures, NOW)
    assert seen.article.text.split("\n") == BODY


def test_what_was_handed_in_is_its_own_evidence(captures: Captures) -> None:
    article = Article(name="mine", text="Nearly 19,000 …\n")
    seen = given(article, captures)
    assert seen.raw_sha256 == seen.text_sha256 == hashlib.sha256(article.text.encode()).hexdigest()
    assert (captures.get(seen.text_sha256).decode(), seen.text_path) == (article.text, "given")


def test_the_seeds_polled_over_http_keep_every_figure_in_its_place(
    httpserver: HTTPServer, web: Web, captures: Captures
) -> None:
    base = httpserver.url_for("/").encode()
    for file in (SEEDS / "feed.xml", *(SEEDS / "pages").iterdir()):
        kind = "application/rss+xml" if file.suffix == ".xml" else "text/html; charset=utf-8"
        content = file.read_bytes().replace(b"http://localhost:8765/", base)
        httpserver.expect_request(f"/{file.relative_to(SEEDS)}").respond_with_data(content, content_type=kind)
    source = Source(name="seeds", url=httpserver.url_for("/feed.xml"), zone="Europe/London")
    listed = poll(source, Validators("seeds", source.url, source.url), web, NOW)
    seen = {entry.id: capture(entry, web(page_request(entry)), source, captures, NOW) for entry in listed.entries}
    gold = {
        row["id"]: row for row in map(json.loads, (ROOT / "tests/gold/seeds.jsonl").read_text("utf-8").splitlines())
    }
    rows = map(json.loads, (ROOT / "tests/gold/seeds.articles.jsonl").read_text("utf-8").splitlines())
    assert [name[:6] for name in seen] == ["seed-0", "seed-3", "seed-2", "seed-1", "seed-4"], "oldest first"
    for row in rows:
        article = seen[row["id"]].article
        assert article.text.split("\n") == [line.strip() for line in row["text"].split("\n") if line.strip()]
        assert article.published is not None
        assert (article.published.time.date().isoformat(), article.published.basis) == (row["published"], "feed")
        assert article.publisher == (None if row["publisher"] == "unknown" else row["publisher"])
        at = 0
        for figure in gold[row["id"]]["figures"]:
            at = article.text.index(figure["text"], at) + len(figure["text"])


def test_the_seed_pages_alone_tell_day_and_publisher(take: Take) -> None:
    for row in map(json.loads, (ROOT / "tests/gold/seeds.articles.jsonl").read_text("utf-8").splitlines()):
        article = take((SEEDS / "pages" / f"{row['id']}.html").read_bytes(), f"/{row['id']}").article
        day = datetime.fromisoformat(row["published"]).replace(tzinfo=UTC)
        assert article.published == Published(day, PublishedBasis.PAGE, Precision.DAY, "article:published_time")
        assert article.publisher == (None if row["publisher"] == "unknown" else row["publisher"])
