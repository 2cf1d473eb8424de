"""A page that has no feed, polled by a selector."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from feed.model.source import Source
from feed.model.web import Response
from feed.poll import Outcome, Polled, poll
from feed.poll.due import fresh
from feed.poll.selector import xpath

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
URL = "https://office.example/releases/"
PAGE = """<html><head><meta charset="utf-8"></head><body><nav><a href="/">Home</a></nav>
<main id="list"><ul class="news all">
<li class="item"><h3><a href="two.html?utm_source=x">Seconde &amp; édition</a></h3> 2 May</li>
<li class="item first"><h3><a href="/releases/one.html">  First
 one </a></h3><a href="/tag">a tag</a></li>
<li class="item"><a href="javascript:void(0)">not this</a></li></ul></main></body></html>"""


def visited(selector: str, body: str | bytes = PAGE) -> Polled:
    source = Source(name="page", kind="page", url=URL, links=selector)
    answer = Response(URL, 200, {"content-type": "text/html"}, body if isinstance(body, bytes) else body.encode())
    return poll(source, fresh(source), lambda _: answer, NOW)


@pytest.mark.parametrize("selector", ["h3 a", "#list .news.all > li h3 > a", "ul.news li.item h3", "nope, main h3 a"])
def test_what_is_selected_is_listed_the_top_one_as_the_newest(selector: str) -> None:
    seen = visited(selector)
    assert [(entry.link, entry.title) for entry in seen.entries] == [
        (f"{URL}one.html", "First one"),
        (f"{URL}two.html?utm_source=x", "Seconde & édition"),
    ]
    assert all(entry.published is None for entry in seen.entries)


def test_links_that_lead_nowhere_are_left_out() -> None:
    assert visited("li.item > a").skipped == ("entry 2 has no web address",)


@pytest.mark.parametrize(
    ("selector", "body", "why"),
    [
        ("h4 a", PAGE, "finds no link"),
        ("h3 a", "", "empty"),
        ("h3 a", b"\xff\xfe\x00", "finds no link|no HTML"),
        ("a[href]", PAGE, "made of tags"),
        ("> a", PAGE, "made of tags"),
    ],
)
def test_a_page_that_changed_is_a_failure_not_silence(selector: str, body: str | bytes, why: str) -> None:
    seen = visited(selector, body)
    assert seen.outcome is Outcome.FAILED
    assert re.search(why, seen.why)


def test_too_many_links_are_refused() -> None:
    body = "".join(f'<h3><a href="/{number}">x</a></h3>' for number in range(2001))
    assert "at most 2000" in visited("h3 a", body).why
    assert len(visited("h3 a", body.replace('<h3><a href="/2000">x</a></h3>', "")).entries) == 2000


def test_a_selector_is_no_way_into_xpath() -> None:
    assert xpath("a.b#c") == "//a[contains(concat(' ', normalize-space(@class), ' '), ' b ')][@id='c']"
    for wrong in ("a'] | //*['", "a:hover", "", "a,,b", "a..b", "*a", "a >"):
        with pytest.raises(ValueError, match="a selector is made of"):
            xpath(wrong)


def test_a_page_needs_a_selector_and_a_feed_has_none() -> None:
    for wrong in ({"kind": "page"}, {"links": "a"}):
        with pytest.raises(ValueError, match="a page needs links"):
            Source.model_validate({"name": "x", "url": URL, **wrong})
