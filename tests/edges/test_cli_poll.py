"""`feed poll`: one round over a real news site, told to a real receiver."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.commands import SEEDS, answer, clock, feed

SOURCE = """
[[source]]
name = "{name}"
url = "{url}"
"""


@pytest.fixture
def record(tmp_path: Path, httpserver: HTTPServer) -> Path:
    """A data directory whose one source lists the five articles."""
    folder = tmp_path / "record"
    assert feed("init", folder).code == 0
    base = httpserver.url_for("").rstrip("/")
    listed = (SEEDS / "feed.xml").read_text(encoding="utf-8").replace("http://localhost:8765", base)
    httpserver.expect_request("/feed.xml").respond_with_data(listed, content_type="application/rss+xml")
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private/")
    for page in (SEEDS / "pages").iterdir():
        httpserver.expect_request(f"/pages/{page.name}").respond_with_data(page.read_bytes(), content_type="text/html")
    with (folder / "feed.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[reach]\nallow = ["{httpserver.host}:{httpserver.port}"]\n')
        settings.write(SOURCE.format(name="site", url=f"{base}/feed.xml"))
    return folder


def test_one_round_records_what_is_new_and_the_next_has_nothing_to_do(record: Path) -> None:
    with clock():
        first = answer(record, "poll")
        assert [(each["source"], each["outcome"]) for each in first["sources"]] == [("site", "listed")]
        assert len(first["articles"]) == 5
        assert first["failures"] == []
        assert answer(record, "poll")["sources"] == []
        again = answer(record, "poll", "--now")
    assert again["sources"][0]["outcome"] == "unchanged"
    assert again["articles"] == []
    assert any(row.get("printed") == "more than 24,000" for row in answer(record, "totals"))


def test_what_fails_does_not_stop_the_rest_and_is_told_by_the_exit_code(record: Path, httpserver: HTTPServer) -> None:
    with (record / "feed.toml").open("a", encoding="utf-8") as settings:
        settings.write(SOURCE.format(name="gone", url=httpserver.url_for("/nothing")))
    with clock():
        ended = feed("poll", "--dir", record)
    assert ended.code == 4
    assert "2 of 2 sources asked." in ended.out
    assert "the source answered 500" in ended.err
    assert len(answer(record, "totals")) > 40


def test_a_source_can_be_asked_by_name(record: Path) -> None:
    with clock():
        assert feed("poll", "site", "--dir", record).code == 0
        assert feed("poll", "site", "--dir", record).out.startswith("1 of 1 sources asked.\nsite: unchanged")
    refused = feed("poll", "sight", "--dir", record)
    assert refused.code == 2
    assert "Known: site." in refused.err


def test_a_dry_run_says_what_is_new_and_remembers_nothing(record: Path) -> None:
    with clock():
        dry = feed("poll", "--dry-run", "--dir", record)
        assert dry.code == 0
        assert dry.out.startswith("site: listed, 5 new entries")
        assert not (record / "events.jsonl").exists() or not (record / "events.jsonl").read_bytes()
        assert len(answer(record, "poll")["articles"]) == 5
        assert answer(record, "poll", "--dry-run", "--now")[0]["new"] == []


def test_old_news_raises_no_alert_unless_asked_for(record: Path, tmp_path: Path) -> None:
    other = shutil.copytree(record, tmp_path / "other")
    with clock():
        quiet = answer(record, "poll")
        loud = answer(other, "poll", "--alert-old")
    assert [len(article["alerts"]) for article in quiet["articles"]] == [0] * 5
    assert sum(len(article["alerts"]) for article in loud["articles"]) > 3


def test_sources_says_how_each_is(record: Path) -> None:
    before = feed("sources", "--dir", record)
    assert "site: it was not asked yet" in before.out
    assert before.out.endswith("0 of 1 sources polled.\n")
    with clock():
        assert feed("poll", "--dir", record).code == 0
    (told,) = answer(record, "sources")
    assert (told["name"], told["state"], told["why"]) == ("site", "well", None)
    assert told["last_success"] == told["last_new"] == "2026-01-01T09:00:00Z"
    assert float(told["figures"]) > 5
    assert "1 of 1 sources polled, last success 2026-01-01T09:00:00Z." in feed("sources", "--dir", record).out


def test_a_page_or_feed_can_be_tried_from_a_file(tmp_path: Path) -> None:
    page = feed("try", SEEDS / "pages" / "seed-2-nearly-19000.html")
    assert page.code == 0
    assert "Nearly [19,000] failed asylum seekers" in page.out
    assert "published: 2025-02-10 00:00 UTC, known from the page (article:published_time)" in page.out
    assert "Nothing was recorded." in page.out
    assert "A feed that lists 5 entries" in feed("try", SEEDS / "feed.xml").out
    neither = feed("try", SEEDS / "articles.toml")
    assert neither.code == 4
    assert "neither a feed" in neither.err
    assert feed("try", tmp_path / "nothing").code == 4


def test_what_is_tried_on_the_web_is_not_recorded(record: Path, httpserver: HTTPServer) -> None:
    tried = answer(record, "try", httpserver.url_for("/pages/seed-1-return-hubs.html"))
    assert any(figure["number"] == 24000 for figure in tried["figures"])
    assert len(answer(record, "try", httpserver.url_for("/feed.xml"))["entries"]) == 5
    assert not list((record / ".feed").glob("captures/*"))
