from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feed.model.chain import canonical
from feed.model.instant import instant
from feed.model.notice import Notice
from feed.model.series import Series
from feed.publish import feeds
from feed.publish.channel import PAGE, Seal
from feed.publish.item import Items, Standing
from feed.publish.render import Renderer
from feed.publish.site import Site, series_path
from tests.make import NEARLY_19000, NOTE, OVER_24000, SENTENCE, about, inconsistent, notice, state_changed

HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)>" onmouseover="x" \u202e\u2028'


def pages(notices: list[Notice], site: Site, render: Renderer) -> dict[str, bytes]:
    return feeds.pages(notices, Items(site, render))


def read(files: dict[str, bytes], name: str = "feed.json") -> dict[str, Any]:
    whole = json.loads(files[name])
    assert isinstance(whole, dict)
    return whole


def test_an_item_tells_the_news_with_both_quotes(site: Site, render: Renderer) -> None:
    news = notice()
    (item,) = read(pages([news], site, render))["items"]
    assert item["id"] == f"urn:feed-of-record:alert:{news.id}"
    assert item["url"] == f"https://figures.example/alerts/{news.id}"
    assert item["external_url"] == news.url
    assert item["title"] == SENTENCE
    assert item["date_published"] == instant(news.recorded)
    assert item["tags"] == ["superseded", "returns"]
    assert item["authors"] == [{"name": "Daily Express"}]
    for form in ("content_html", "content_text"):
        text = item[form]
        for needed in (NEARLY_19000.quote, OVER_24000.quote, "Home Office", "10 February 2025", "31 March 2025"):
            assert needed in text
    assert '<a href="https://news.example/seed-1?a=1&amp;b=2"' in item["content_html"]


def test_the_newest_page_of_all_alerts_passes_on_the_checkpoint_and_no_other_file(site: Site, render: Renderer) -> None:
    news, items = [notice(n) for n in range(1, 2 * PAGE + 2)], Items(site, render)
    seal = Seal(NOTE, "https://figures.example/checkpoint")
    bare, sealed = feeds.pages(news, items), feeds.pages(news, items, seal=seal)
    assert {path for path in bare if sealed[path] != bare[path]} == {"feed.json", "feed.atom"}
    assert "_figures" not in read(bare)
    told = {"about": site.about, "checkpoint": NOTE, "checkpoint_url": "https://figures.example/checkpoint"}
    assert read(sealed)["_figures"] == told
    assert read(feeds.pages(news, items, seal=Seal(NOTE)))["_figures"] == {"about": site.about, "checkpoint": NOTE}
    (held,) = ElementTree.fromstring(sealed["feed.atom"]).findall("{urn:feed-of-record:figures}checkpoint")
    assert (held.text, held.attrib) == (NOTE, {"href": "https://figures.example/checkpoint"})


def test_an_item_carries_the_alert_for_machines(site: Site, render: Renderer) -> None:
    news = notice()
    (item,) = read(pages([news], site, render))["items"]
    assert item["_figures"] == {"about": site.about, "alert": news.as_json(), "event": news.event}
    (event,) = item["attachments"]
    assert event["url"] == f"https://figures.example/alerts/{news.id}.json"
    assert event["size_in_bytes"] == len(canonical(news.event))


def test_a_change_of_state_and_a_failed_check_are_told_too(site: Site, render: Renderer) -> None:
    check, change = read(pages([state_changed(1), inconsistent(2)], site, render))["items"]
    assert "Shabana Mahmood" in change["content_html"]
    assert "Yvette Cooper" in change["content_text"]
    assert change["tags"] == ["state_changed"]
    assert "20,433 - 19,820 = 613" in check["content_text"]
    assert check["tags"] == ["inconsistent", "small_boat_arrivals"]


def test_what_is_not_known_is_not_there(site: Site, render: Renderer) -> None:
    unknown = OVER_24000._replace(publisher=None, url=None, time=None, period=None, attribution=None)
    news = notice(new=unknown, old=None)._replace(url=None, publisher=None, time=None)
    (item,) = read(pages([news], site, render))["items"]
    assert "external_url" not in item
    assert item["authors"] == [{"name": "seed-1-return-hubs"}]
    assert "date unknown" in item["content_text"]


def test_each_series_has_a_feed_of_its_own(site: Site, render: Renderer) -> None:
    arrivals = about(2, "small_boat_arrivals", {"route": "sea"})
    files = pages([notice(1), arrivals, state_changed(3)], site, render)
    assert len(read(files)["items"]) == 3
    mine = read(files, "series/small_boat_arrivals-route.sea-level-people.json")
    assert [each["title"] for each in mine["items"]] == [arrivals.sentence]
    assert mine["title"] == "Small boat arrivals, route sea (level, people) – Figures of record"
    assert mine["home_page_url"] == "https://figures.example/series/small_boat_arrivals-route.sea-level-people"


@pytest.mark.parametrize("count", [0, 1, PAGE, 2 * PAGE - 1, 2 * PAGE, 3 * PAGE + 1])
def test_following_next_url_meets_every_alert_once_newest_first(count: int, site: Site, render: Renderer) -> None:
    files = pages([notice(n) for n in range(1, count + 1)], site, render)
    seen: list[str] = []
    addresses: list[str] = []
    name: str | None = "feed.json"
    while name:
        page = read(files, name)
        assert page["feed_url"] == site.url(name)
        assert len(page["items"]) < 2 * PAGE if name == "feed.json" else PAGE
        seen += [item["id"].rpartition(":")[2] for item in page["items"]]
        addresses.append(page["feed_url"])
        name = page["next_url"].removeprefix(f"{site.base}/") if "next_url" in page else None
    assert seen == [notice(n).id for n in range(count, 0, -1)]
    assert len(set(addresses)) == len(addresses)


def test_the_same_alerts_give_the_same_bytes_in_any_order_of_arrival(site: Site, render: Renderer) -> None:
    news = [notice(1), state_changed(2), inconsistent(3)]
    once, again = pages(news, site, render), pages(news[::-1], site, Renderer(_sources(render)))
    assert once == again
    assert all(canonical(json.loads(file)) == file for name, file in once.items() if name.endswith(".json"))


def test_older_pages_never_change_again(site: Site, render: Renderer) -> None:
    before = pages([notice(n) for n in range(1, 2 * PAGE + 2)], site, render)
    after = pages([notice(n) for n in range(1, 4 * PAGE)], site, render)
    for name in ("feed/1.json", "feed/1.atom", "class/superseded/1.json"):
        assert before[name] == after[name]
    assert {"feed/2.json", "feed/2.atom"} <= set(after) - set(before)


def test_there_is_a_feed_for_each_metric_source_and_class(site: Site, render: Renderer) -> None:
    files = pages([notice(1), state_changed(2), inconsistent(3), about(4, "crossings")], site, render)

    def told(name: str) -> list[str]:
        return [each["id"].rpartition(":")[2] for each in read(files, name)["items"]]

    assert told("metric/returns.json") == [notice(1).id]
    assert told("class/state_changed.json") == [state_changed(2).id]
    assert told("source/home-office.json") == [about(4, "crossings").id, state_changed(2).id, notice(1).id]
    assert read(files, "source/daily-express.json")["title"] == "Daily Express – Figures of record"
    assert {f"{name.removesuffix('.json')}.atom" for name in files if name.endswith(".json")} < set(files)


def test_what_stands_is_a_feed_whose_items_change(site: Site, render: Renderer) -> None:
    first, later = datetime(2025, 2, 11, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)
    was = Standing(NEARLY_19000, first, first)
    now = Standing(OVER_24000, first, later)
    other = Standing(NEARLY_19000._replace(series="crossings/level/people", metric="crossings"), first, first)

    def standing(*held: Standing) -> list[dict[str, Any]]:
        items = read(feeds.pages([], Items(site, render), held), "standing.json")["items"]
        assert isinstance(items, list)
        return items

    (before,) = standing(was)
    changed, same = standing(other, now)
    assert before["id"] == changed["id"] != same["id"]
    assert before["title"] == "Returns since 5 July 2024: nearly 19,000"
    assert changed["title"] == "Returns since 5 July 2024: more than 24,000"
    assert "date_modified" not in before
    assert (changed["date_published"], changed["date_modified"]) == (instant(first), instant(later))
    assert OVER_24000.quote in changed["content_html"]
    assert changed["_figures"] == {"about": site.about, "figure": OVER_24000.as_json()}


def _sources(render: Renderer) -> dict[str, str]:
    environment = render._environment
    assert environment.loader is not None
    return {name: environment.loader.get_source(environment, name)[0] for name in environment.list_templates()}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


ALLOWED = {"p", "h3", "blockquote", "a", "time"}


def harmless(html: str) -> bool:
    tags = Tags()
    tags.feed(html)
    links = [value or "" for name, value in tags.attributes if name in ("href", "cite", "src")]
    return (
        set(tags.tags) <= ALLOWED
        and {name for name, _ in tags.attributes} <= {"href", "cite", "rel", "datetime"}
        and all(link.startswith(("http://", "https://")) for link in links)
    )


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.sampled_from([HOSTILE, "javascript:alert(1)", "</blockquote><svg onload=x>"]) | st.text(max_size=40))
def test_what_a_source_wrote_never_becomes_markup(text: str, site: Site, render: Renderer) -> None:
    side = OVER_24000._replace(quote=text or "-", publisher=text, url=text, attribution=text, printed=text)
    news = notice(new=side, sentence=text or "-", context=(text,))._replace(publisher=text, url=text, why=text)
    (item,) = read(pages([news], site, render))["items"]
    assert harmless(item["content_html"])


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "http://[",
        "https://e.org/" + "x" * 2048,
        "data:text/html,x",
        "//evil",
        "http://",
        "https://e.org/\nx",
        "a.html",
    ],
)
def test_only_web_addresses_become_links(url: str, site: Site, render: Renderer) -> None:
    news = notice(new=OVER_24000._replace(url=url), old=None)._replace(url=url)
    (item,) = read(pages([news], site, render))["items"]
    assert "external_url" not in item
    assert url not in item["content_html"]


@pytest.mark.parametrize(
    "series",
    [
        Series("returns", (), "level", "people", "outturn"),
        Series("returns", ("group=fno", "type=enforced"), "change", "percent", "target"),
        Series("crossings", (), "share", "percent", "outturn", of="returns{type=enforced}"),
    ],
    ids=str,
)
def test_a_series_has_one_address_however_it_is_asked_for(series: Series) -> None:
    assert series_path(str(series)) == f"series/{series.slug}"


def test_a_day_is_counted_where_the_site_is(site: Site, render: Renderer) -> None:
    late = OVER_24000._replace(time=datetime(2024, 8, 28, 23, tzinfo=UTC))
    (item,) = read(pages([notice(new=late)], replace(site, zone=ZoneInfo("Europe/London")), render))["items"]
    assert "29 August 2024" in item["content_text"]
    assert date(2024, 8, 29).isoformat() in item["content_html"]
