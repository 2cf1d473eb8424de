"""Articles are looked at again: often at first, rarely later, and never taken for gutted because their site changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from feed.app.rounds import Round, poll_round
from feed.app.settings import Settings
from feed.app.wiring import Desk, open_desk
from feed.model.report import FactWithdrawn
from feed.model.source import Source
from feed.model.web import Request, Response
from feed.poll import Memory

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SITE = "http://news.example"
SOURCE = Source(name="news", url=f"{SITE}/feed")
FILLER = "<p>The department said on Monday that it would set out what it had done in the spring. </p>" * 12
FIGURE = "<p>Since the election 19,244 people with no right to be in the UK have been returned.</p>"
PAGE = "<html><head><title>{name}</title></head><body><article><h1>{name}</h1>{text}</article></body></html>"


@dataclass
class Site:
    """A news site; `pages` by path. Counts what it was asked for."""

    pages: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    robots: str = ""

    def __call__(self, request: Request, /) -> Response:
        path = request.url.removeprefix(SITE)
        self.asked.append(path)
        if path == "/robots.txt":
            return Response(request.url, 200 if self.robots else 404, {}, self.robots.encode())
        if path == "/feed":
            items = "".join(
                f"<item><title>{name[1:]}</title><link>{SITE}{name}</link>"
                f"<pubDate>Mon, 05 Jan 2026 0{at + 1}:00:00 GMT</pubDate></item>"
                for at, name in enumerate(self.pages)
            )
            return Response(request.url, 200, {}, f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
        text = self.pages.get(path)
        if text is None:
            return Response(request.url, 404, {}, b"")
        body = PAGE.format(name=path[1:], text=text).encode()
        tag = f'"{sha256(body).hexdigest()}"'
        known = request.headers.get("If-None-Match") == tag
        return Response(request.url, 304 if known else 200, {"etag": tag}, b"" if known else body)


@dataclass
class Story:
    """A site, and the desk that polls it."""

    site: Site
    desk: Desk
    memory: Memory

    def poll(self, at: datetime) -> Round:
        return poll_round(self.desk, self.memory, self.site, (SOURCE,), at, lambda: 0)

    def looks(self, *times: timedelta) -> list[str]:
        """The pages asked for when polled at these times after NOW."""
        self.site.asked.clear()
        for time in times:
            self.poll(NOW + time)
        return [path for path in self.site.asked if path.startswith(("/1", "/2"))]


@contextmanager
def opened(folder: Path, site: Site) -> Iterator[Story]:
    settings = Settings.model_validate({"folder": folder, "topic": "uk_returns", "reach": {"allow": ("news.example",)}})
    with open_desk(settings) as desk, Memory(settings.ops) as memory:
        yield Story(site, desk, memory)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    with opened(tmp_path, Site({"/1": FILLER + FIGURE})) as made:
        yield made


def withdrawn(made: Round) -> list[FactWithdrawn]:
    return [event.data for taken in made.taken for event in taken.events if isinstance(event.data, FactWithdrawn)]


def test_a_page_is_looked_at_after_an_hour_six_a_day_a_week_a_month_and_no_more(story: Story) -> None:
    story.poll(NOW)
    every = [timedelta(minutes=30 * half) for half in range(1, 2 * 24 * 40)]
    looked = []
    for time in (time for time in every if story.memory.looks.due("news", NOW + time)):
        assert story.looks(time) == ["/1"]
        looked.append(time)
    assert looked == [HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY]


def test_looks_that_were_missed_are_one(story: Story) -> None:
    story.poll(NOW)
    assert story.looks(3 * DAY, 3 * DAY + HOUR) == ["/1"]
    assert story.looks(7 * DAY) == ["/1"]


def test_an_edit_is_found_at_the_next_look_and_what_it_took_out_is_withdrawn(story: Story) -> None:
    story.poll(NOW)
    story.site.pages["/1"] = FILLER + FIGURE.replace("19,244", "17,244")
    assert story.poll(NOW + HOUR / 2).taken == []
    made = story.poll(NOW + HOUR)
    (gone,) = withdrawn(made)
    assert (gone.why, gone.by) == ("edited", "its publisher")
    assert withdrawn(story.poll(NOW + 6 * HOUR)) == [], "once"


def test_validators_go_back_and_a_page_that_is_gone_withdraws_nothing(story: Story) -> None:
    story.poll(NOW)
    before = story.desk.log.head()
    story.poll(NOW + HOUR)
    del story.site.pages["/1"]
    made = story.poll(NOW + 6 * HOUR)
    assert story.desk.log.head() == before
    assert made.taken == []


def test_a_page_that_is_gutted_is_an_alarm_and_withdraws_nothing(story: Story) -> None:
    story.poll(NOW)
    before = story.desk.log.head()
    story.site.pages["/1"] = "<p>Sign in to read on. You can cancel whenever you like, and it is free for a month.</p>"
    story.poll(NOW + HOUR)
    (why,) = story.memory.looks.thin("news")
    assert f"{SITE}/1: " in why
    for hours in range(2, 30):
        story.poll(NOW + hours * HOUR)
    assert story.desk.log.head() == before
    assert len(story.memory.looks.thin("news")) == 1
    assert len([path for path in story.site.asked if path == "/1"]) == 11, "captured, and tried ten times"


def test_when_the_others_are_whole_a_gutted_article_is_believed(story: Story) -> None:
    story.poll(NOW)
    story.site.pages["/1"] = "<p>This article has been taken down. The department said that its figures were wrong.</p>"
    story.poll(NOW + HOUR)
    story.site.pages["/2"] = FILLER
    assert withdrawn(story.poll(NOW + HOUR + HOUR / 2)) == []
    assert len(withdrawn(story.poll(NOW + 2 * HOUR))) == 1
    assert story.memory.looks.thin("news") == []


def test_a_page_that_robots_forbid_is_not_asked_and_the_reason_is_told(story: Story) -> None:
    story.site.robots = "User-agent: feed-of-record\nDisallow: /1"
    made = story.poll(NOW)
    assert made.failures == [f"{SITE}/1: the site's robots.txt asks that this page is not fetched"]
    assert story.site.asked == ["/feed", "/robots.txt"]


def test_an_article_at_its_amp_and_mobile_address_is_one_and_no_edit(tmp_path: Path) -> None:
    own = f'<link rel="canonical" href="{SITE}/1">'
    site = Site({"/1": FILLER + FIGURE, "/2amp": own + FILLER[: len(FILLER) // 2] + FIGURE})
    with opened(tmp_path, site) as story:
        made = story.poll(NOW)
        assert [taken.article for taken in made.taken] == [f"{SITE}/1", f"{SITE}/1"]
        assert made.taken[1].events == ()
        for hours in (1, 2, 6, 7):
            assert story.poll(NOW + hours * HOUR).taken == []
