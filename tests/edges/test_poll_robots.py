"""robots.txt as RFC 9309 has it, and what we do when a site says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feed.model.errors import SourceFailed
from feed.model.web import Request, Response
from feed.poll import Memory
from feed.poll.robots import Robots, ask_robots, robots
from tests.growth import LINEAR, growth

NOW = datetime(2025, 11, 3, 9, tzinfo=UTC)
SITE = "https://news.example"


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory(tmp_path / "ops.db") as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Feed-of-Record/2\nDisallow: /no", "/a", True),
        ("User-agent: feed-of-record\nDisallow: /x\nUser-agent: *\nDisallow: /y", "/y", True),
        ("User-agent: other\nUser-agent: feed-of-record\n\nDisallow: /x", "/x", False),
        ("User-agent: feed-of-record\nDisallow: /x\nUser-agent: b\nAllow: /\nUser-agent: feed-of-record\nDisallow: /y",
         "/y", False),
        ("user-AGENT : * # all\n disallow : /a # not this\n", "/a", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?page=2", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf/b.pdf", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a-b-d-c-e", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a-c-b", True),
        ("User-agent: *\nDisallow: /exact$", "/exactly", True),
        ("User-agent: *\nDisallow: /*?sort=", "/list?page=1&sort=up", True),
        ("User-agent: *\nDisallow: /*?sort=", "/list?sort=up", False),
        ("User-agent: *\nDisallow: /\u00fc", "/%C3%BCber", False),
        ("User-agent: *\nDisallow: /%c3%bc", "/\u00fcber", False),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("Disallow: /\nUser-agent: *\nSitemap: https://news.example/map\nDisallow: /b", "/a", True),
        ("<html>Not found</html>", "/a", True),
    ],
)  # fmt: skip
def test_the_longest_rule_of_our_group_decides(text: str, path: str, allowed: bool) -> None:
    assert robots(text).allows(f"{SITE}{path}") is allowed


def test_a_wish_for_a_delay_is_heard_within_reason() -> None:
    wishes = {"4": 4, "0.5": 0.5, "3600": 30, "soon": 0, "-1": 0, "inf": 0, "nan": 0}
    for wish, delay in wishes.items():
        assert robots(f"User-agent: *\nCrawl-delay: {wish}").delay == delay, wish


@pytest.mark.parametrize("pattern", ["/" + "*a" * 500 + "$", "/" + "a*" * 500, "*" * 1000])
def test_no_pattern_takes_longer_than_the_address_is_long(pattern: str) -> None:
    rules = robots(f"User-agent: *\nDisallow: {pattern}")
    assert growth(lambda size: rules.allows(f"{SITE}/{'a' * size}b"), 50_000) < LINEAR


@pytest.mark.parametrize(
    ("status", "text"), [(200, "User-agent: *"), (404, ""), (403, ""), (429, None), (500, None), (503, None)]
)
def test_a_site_without_one_allows_all_and_one_that_is_down_allows_nothing(status: int, text: str | None) -> None:
    def fetch(request: Request, /) -> Response:
        assert request.url == f"{SITE}/robots.txt"
        return Response(request.url, status, {}, b"User-agent: *" if status == 200 else b"")

    assert ask_robots(SITE, fetch) == text


def test_a_site_that_gives_no_answer_allows_nothing_for_now(memory: Memory) -> None:
    def silent(request: Request, /) -> Response:
        raise SourceFailed("no answer", where=request.url)

    assert memory.robots(SITE, NOW) is None
    forbidden = memory.keep_robots(SITE, ask_robots(SITE, silent), NOW)
    assert not forbidden.allows(f"{SITE}/a")
    assert "cannot be had" in forbidden.why
    assert memory.robots(SITE, NOW + timedelta(minutes=9)) is forbidden
    assert memory.robots(SITE, NOW + timedelta(minutes=10)) is None


def test_what_a_site_said_holds_for_a_day_also_after_a_restart(tmp_path: Path) -> None:
    with Memory(tmp_path / "ops.db") as memory:
        memory.keep_robots(SITE, "User-agent: *\nDisallow: /no\nCrawl-delay: 7", NOW)
    with Memory(tmp_path / "ops.db") as memory:
        known = memory.robots(SITE, NOW + timedelta(hours=23))
        assert known == Robots((("/no", False),), delay=7)
        assert memory.delay("news.example") == 7
        assert memory.robots(SITE, NOW + timedelta(days=1)) is None
        assert memory.robots(SITE, NOW - timedelta(hours=1)) is None, "a clock that was set back proves nothing"
