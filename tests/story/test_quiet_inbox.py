"""Story 11: an inbox that stays quiet. What arrives, once; and what does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from feed.app.demo.receivers import Mailbox
from feed.app.muting import mute
from feed.app.pipeline import take
from feed.app.settings import Settings, load
from feed.app.telling import Ops, open_ops, tell
from feed.app.wiring import Desk, open_desk
from feed.capture.capture import given
from feed.capture.handed import articles
from feed.deliver.orders import Orders
from feed.model.report import MuteSet
from tests.desks import GOLD, NEARLY_19000, NOW, OVER_24000, STEPS, folder_with, record

MAIL = """
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "record@example.org"
owner = "operator@example.org"
"""
DESK = """
[[subscription]]
name = "{name}"
channel = "mail"
to = "{name}@example.org"
{more}
"""
SERIES = "returns/level/people"
WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def post() -> Iterator[Mailbox]:
    box = Mailbox()
    box.start()
    yield box
    box.stop()


@pytest.fixture
def mailbox(post: Mailbox) -> Mailbox:
    post.mails.clear()
    return post


def desk(folder: Path, box: Mailbox, *names: str, **more: str) -> Settings:
    known = {**dict.fromkeys(names, ""), **more}
    tables = (DESK.format(name=name, more=said) for name, said in known.items())
    return folder_with(folder, MAIL.format(port=box.port), *tables)


@contextmanager
def at_work(settings: Settings) -> Iterator[tuple[Desk, Ops]]:
    with open_desk(settings) as opened, open_ops(opened) as ops:
        yield opened, ops


def seeds() -> list[str]:
    known = [article for article in articles(GOLD / "seeds.articles.jsonl") if article.published]
    return [each.name for each in sorted(known, key=lambda each: each.published.time if each.published else NOW)]


def text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_all_five_articles_in_one_poll_are_one_mail_grouped_by_metric(tmp_path: Path, mailbox: Mailbox) -> None:
    settings = desk(tmp_path, mailbox, "desk", digest='severity = "low"\ncadence = "hourly"')
    with at_work(settings) as (opened, ops):
        taken = record(opened, *seeds())
        tell(opened, ops, NOW)
        (mail,) = mailbox.mails
        tell(opened, ops, NOW + timedelta(hours=1))
    alerts = sum(len(each.alerts) for each in taken)
    assert alerts == 8
    assert [each["To"] for each in mailbox.mails] == ["desk@example.org", "digest@example.org"]
    said = text(mailbox.mails[1])
    assert said.count("\n* ") == alerts
    heads = [line for line in said.splitlines() if line.isupper()]
    assert (heads[0], heads[-1], len(heads)) == ("SMALL BOAT ARRIVALS", "HOME SECRETARY", 3)
    assert text(mail).count("\n* ") == alerts - 1


def test_a_digest_says_what_was_polled_so_that_little_news_is_no_little_work(tmp_path: Path, mailbox: Mailbox) -> None:
    source = '[[source]]\nname = "wire"\nurl = "https://news.example/feed.xml"\npublisher = "The Wire"'
    asked = DESK.format(name="digest", more='severity = "low"\ncadence = "hourly"')
    settings = folder_with(tmp_path, MAIL.format(port=mailbox.port), source, asked)
    with at_work(settings) as (opened, ops):
        record(opened, NEARLY_19000, OVER_24000)
        tell(opened, ops, NOW)
        tell(opened, ops, NOW + timedelta(hours=1))
    (mail,) = mailbox.mails
    assert "0 of 1 sources polled." in text(mail)


def test_the_same_press_release_elsewhere_is_no_news(tmp_path: Path, mailbox: Mailbox) -> None:
    settings = desk(tmp_path, mailbox, all='severity = "low"')
    with at_work(settings) as (opened, ops):
        record(opened, NEARLY_19000, OVER_24000)
        tell(opened, ops, NOW)
        before, feed = len(mailbox.mails), ops.made.pages["feed.json"]
        again = (GOLD / "seeds.articles.jsonl").read_text().replace(f'"{NEARLY_19000}"', '"a-copy-elsewhere"')
        (tmp_path / "copy.jsonl").write_text(again)
        copy = next(each for each in articles(tmp_path / "copy.jsonl") if each.name == "a-copy-elsewhere")
        taken = take(opened, given(copy, opened.captures), NOW)
        assert taken.events
        assert not taken.alerts
        tell(opened, ops, NOW + timedelta(days=2))
        assert b'"checkpoint"' in feed
        assert ops.made.pages["feed.json"] == feed, "it changes with what it tells, not with each line of the log"
    assert len(mailbox.mails) == before


def test_what_is_muted_is_marked_and_pushed_to_nobody_and_no_burst_comes_when_it_ends(
    tmp_path: Path, mailbox: Mailbox
) -> None:
    settings = desk(tmp_path, mailbox, all='severity = "low"')
    asked = MuteSet(scope="series", name=SERIES, start=NOW, until=NOW + WEEK, by="the desk", reason="counted anew")
    with at_work(settings) as (opened, ops):
        record(opened, NEARLY_19000, STEPS)
        tell(opened, ops, NOW)
        assert mute(settings, asked, NOW) is False  # another process has the log: it takes the order up
        tell(opened, ops, NOW)
        alerts = record(opened, OVER_24000, now=NOW + timedelta(hours=1))[0].alerts
        tell(opened, ops, NOW + timedelta(hours=1))
        tell(opened, ops, NOW + 2 * WEEK)
        feed = json.loads(ops.made.pages["feed.json"])
    assert alerts
    told = "\n".join(map(text, mailbox.mails))
    assert "up 21%" in told
    assert "more than 24,000 (was" not in told
    (muted,) = [item for item in feed["items"] if "muted" in item["tags"]]
    assert "more than 24,000" in muted["title"]
    assert "counted anew" in muted["content_text"]
    assert muted["_figures"]["alert"]["muted"]["until"] == "2026-01-12T12:00:00Z"
    assert b'"mute.set.v1"' in settings.log.read_bytes()


def test_a_mute_that_ends_early_and_the_record_made_anew_say_the_same(tmp_path: Path, mailbox: Mailbox) -> None:
    settings = desk(tmp_path, mailbox, all='severity = "low"')
    over = MuteSet(scope="class", name="superseded", start=NOW, until=NOW, by="the desk", reason="over")
    for asked in (over.model_copy(update={"until": NOW + WEEK}), over):
        assert mute(settings, asked, NOW)
    with at_work(settings) as (opened, ops):
        record(opened, NEARLY_19000, OVER_24000, now=NOW + timedelta(hours=1))
        tell(opened, ops, NOW + timedelta(hours=1))
        first = dict(ops.made.pages)
    assert len(mailbox.mails) == 1
    settings.view.unlink()
    with at_work(settings) as (opened, ops):
        tell(opened, ops, NOW + timedelta(hours=2))
        assert ops.made.pages == first
    assert len(mailbox.mails) == 1


def test_three_replays_deliver_nothing_twice(tmp_path: Path, mailbox: Mailbox) -> None:
    settings = desk(tmp_path, mailbox, "desk")
    with at_work(settings) as (opened, ops):
        record(opened, *seeds())
        tell(opened, ops, NOW)
    for hours in range(3):
        settings.view.unlink()
        with at_work(settings) as (opened, ops):
            record(opened, *seeds())
            tell(opened, ops, NOW + timedelta(hours=hours))
    assert len(mailbox.mails) == 1


def test_no_more_than_asked_for_in_an_hour_and_the_rest_in_one(tmp_path: Path, mailbox: Mailbox) -> None:
    settings = desk(tmp_path, mailbox, busy="at_most = 1")
    with at_work(settings) as (opened, ops):
        for minute, name in enumerate(seeds()):
            now = NOW + timedelta(minutes=minute)
            record(opened, name, now=now)
            tell(opened, ops, now)
        assert len(mailbox.mails) == 1
        tell(opened, ops, NOW + timedelta(minutes=59))
        assert len(mailbox.mails) == 1
        tell(opened, ops, NOW + timedelta(hours=2))
    assert len(mailbox.mails) == 2
    assert "more)" in mailbox.mails[1]["Subject"]


def test_a_day_without_news_says_so_to_who_asked_for_that(tmp_path: Path, mailbox: Mailbox) -> None:
    settings = desk(tmp_path, mailbox, "desk", calm='cadence = "daily 07:30"\nnothing = true')
    days = [NOW + timedelta(days=day) for day in range(3)]
    with at_work(settings) as (opened, ops):
        for now in days:
            tell(opened, ops, now)
            tell(opened, ops, now + timedelta(hours=1))
    assert [mail["Subject"] for mail in mailbox.mails] == ["Nothing changed: 0 of 0 sources polled"] * 2
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 2


def test_who_was_stopped_between_owing_and_sending_gets_nothing(tmp_path: Path, mailbox: Mailbox) -> None:
    settings = desk(tmp_path, mailbox, desk='cadence = "hourly"')
    with at_work(settings) as (opened, ops):
        record(opened, NEARLY_19000, OVER_24000)
        tell(opened, ops, NOW)
        ops.subscribed.subscribers.stop(["desk"], NOW)
        tell(opened, ops, NOW + timedelta(hours=2))
    assert not mailbox.mails


def test_an_order_is_done_once_however_often_it_is_taken_up(tmp_path: Path, mailbox: Mailbox) -> None:
    settings = load(desk(tmp_path, mailbox).folder)
    settings.hidden.mkdir(exist_ok=True)
    orders = Orders.at(settings.ops)
    same = MuteSet(scope="metric", name="x", start=NOW, until=NOW + WEEK, by="a", reason="b").model_dump_json()
    orders.leave(same)
    orders.leave(same)
    with at_work(settings) as (opened, ops):
        tell(opened, ops, NOW)
        assert opened.log.head().sequence == 1
    assert not list(orders.left())
    orders.close()
