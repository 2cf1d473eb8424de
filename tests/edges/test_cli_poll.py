"""`feed poll`: one round over a real news site, told to a real receiver."""

from __future__ import annotations

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
