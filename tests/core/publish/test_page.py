from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from feed.publish import page
from feed.publish.render import Renderer
from feed.publish.site import Site
from tests.make import NEARLY_19000, OVER_24000, SENTENCE, inconsistent, notice, state_changed

SCRIPT = "<script>alert(1)</script>"


class Outline(HTMLParser):
    """What a screen reader would find."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        self.links += [values["href"] or ""] if "href" in values else []
        self.ids += [values["id"] or ""] if "id" in values else []


def accessible(html: str) -> Outline:
    outline = Outline(html)
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert outline.tags.count("h1") == 1
    assert outline.tags.count("main") == 1
    assert outline.tags.count("script") == 0
    assert len(set(outline.ids)) == len(outline.ids)
    assert "#main" in outline.links
    return outline


def test_the_first_page_shows_what_stands_and_what_was_told(site: Site, render: Renderer) -> None:
    html = page.index([OVER_24000], [notice(1), state_changed(2)], site, render).decode()
    outline = accessible(html)
    assert "more than 24,000" in html
    assert "5 July 2024 to 31 March 2025" in html
    assert html.index("Shabana Mahmood") < html.index(SENTENCE)
    assert f"/alerts/{notice(1).id}" in outline.links
    assert "/series/returns-level-people" in outline.links


def test_the_first_page_of_an_empty_log_says_so(site: Site, render: Renderer) -> None:
    html = page.index([], [], site, render).decode()
    accessible(html)
    assert "No figure is on record yet." in html
    assert "Nothing was told yet." in html


def test_an_alert_shows_both_quotes_the_reason_and_the_line(site: Site, render: Renderer) -> None:
    html = page.alert(notice(), site, render).decode()
    outline = accessible(html)
    for needed in (NEARLY_19000.quote, OVER_24000.quote, "supersedes: same start, later end", "31 March 2025"):
        assert needed in html
    assert "alert.raised.v1" in html
    assert {"https://news.example/seed-2", "https://news.example/seed-1?a=1&b=2"} <= set(outline.links)


def test_a_failed_check_shows_its_arithmetic(site: Site, render: Renderer) -> None:
    html = page.alert(inconsistent(), site, render).decode()
    accessible(html)
    assert "20,433 - 19,820 = 613" in html


def test_a_series_shows_its_history_and_its_feed(site: Site, render: Renderer) -> None:
    html = page.series(
        "returns/level/people", [OVER_24000], [OVER_24000, NEARLY_19000], [notice()], site, render
    ).decode()
    outline = accessible(html)
    assert html.index("What stands now") < html.index("nearly 19,000")
    assert "/series/returns-level-people.json" in outline.links


def test_a_site_below_a_path_links_below_that_path(site: Site, render: Renderer) -> None:
    below = replace(site, base="https://example.org/figures")
    html = page.index([OVER_24000], [notice()], below, render).decode()
    own = [link for link in Outline(html).links if link.startswith("/")]
    assert own
    assert all(link.startswith("/figures/") for link in own)


def test_what_a_source_wrote_stays_text_on_every_page(site: Site, render: Renderer) -> None:
    side = OVER_24000._replace(quote=SCRIPT, publisher=SCRIPT, printed=SCRIPT, attribution=SCRIPT, metric=SCRIPT)
    news = notice(new=side, sentence=SCRIPT, context=(SCRIPT,))._replace(publisher=SCRIPT, trace=(SCRIPT,), why=SCRIPT)
    for html in (
        page.index([side], [news], site, render),
        page.alert(news, site, render),
        page.series(SCRIPT, [side], [side], [news], site, render),
    ):
        accessible(html.decode())
        assert b"&lt;script&gt;" in html


def test_a_template_that_asks_for_what_it_was_not_given_is_our_error() -> None:
    with pytest.raises(UndefinedError):
        Renderer({"x.html": "{{ nothing }}"})("x.html")


def test_there_is_one_style_sheet_with_a_dark_side(render: Renderer) -> None:
    assert b"prefers-color-scheme: dark" in page.style(render)
