"""Telling what was recorded: who is told, when, once; and what is written out for others to read."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import time_machine

from feed.app import site
from feed.app.demo.loopback import Answered, Asked, Loopback
from feed.app.demo.receivers import HookBox, Mailbox
from feed.app.settings import Settings, load
from feed.app.telling import Told, gather, open_ops, owe, tell
from feed.app.wiring import open_desk
from feed.deliver.outbox import Debt
from feed.model.checkpoint import Note
from tests.commands import feed
from tests.desks import HOOK, MAIL, NEARLY_19000, NOW, OVER_24000, SECRET, STEPS, folder_with, record

DIGEST = """
[[subscription]]
name = "morning"
channel = "mail"
to = "morning@example.org"
cadence = "daily 07:00"
"""


@pytest.fixture
def hooks() -> Iterator[HookBox]:
    box = HookBox(SECRET)
    yield box
    box.close()


@pytest.fixture(autouse=True)
def _on_that_day() -> Iterator[None]:
    # A webhook's receiver compares the time of the signature with its own clock.
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def settings(tmp_path: Path, mailbox: Mailbox, hooks: HookBox) -> Settings:
    reach = f'[reach]\nallow = ["{hooks.host}"]\n'
    return folder_with(tmp_path, reach, MAIL.format(port=mailbox.port), HOOK.format(url=hooks.url, secret=SECRET))


def test_news_goes_out_by_mail_and_by_a_signed_webhook_and_only_once(
    settings: Settings, mailbox: Mailbox, hooks: HookBox
) -> None:
    with open_desk(settings) as desk, open_ops(desk) as ops:
        record(desk, NEARLY_19000)
        assert tell(desk, ops, NOW) == Told()
        alerts = record(desk, OVER_24000)[0].alerts
        told = tell(desk, ops, NOW)
        assert tell(desk, ops, NOW + timedelta(minutes=1)) == Told()
        assert {each.state for each in ops.outbox.letters()} == {Debt.DELIVERED}
    assert set(told.owed) == set(told.sent)
    assert len(mailbox.mails) == 1
    assert mailbox.mails[0]["Subject"].startswith("Returns")
    assert len(hooks.verified) == len(alerts) == len(told.sent) - 1
    assert not hooks.refused


def test_an_old_log_beside_a_new_memory_sends_nothing(settings: Settings, mailbox: Mailbox, hooks: HookBox) -> None:
    with open_desk(settings) as desk:
        record(desk, NEARLY_19000, OVER_24000)
    settings.ops.unlink(missing_ok=True)
    with open_desk(settings) as desk, open_ops(desk) as ops:
        assert tell(desk, ops, NOW) == Told()
    assert not mailbox.mails
    assert not hooks.verified


def test_what_was_owed_before_a_crash_is_sent_after_it(settings: Settings, mailbox: Mailbox) -> None:
    with open_desk(settings) as desk, open_ops(desk) as ops:
        record(desk, NEARLY_19000, OVER_24000)
        owe(desk, ops, NOW)
        owed = gather(desk, ops, NOW)
    with open_desk(settings) as desk, open_ops(desk) as ops:
        assert set(tell(desk, ops, NOW).sent) == set(owed)
    assert len(mailbox.mails) == 1


def test_one_silent_receiver_does_not_stop_another(settings: Settings, mailbox: Mailbox, hooks: HookBox) -> None:
    hooks.close()
    with open_desk(settings) as desk, open_ops(desk) as ops:
        record(desk, NEARLY_19000, OVER_24000)
        told = tell(desk, ops, NOW)
    assert len(mailbox.mails) == len(told.sent) == 1
    assert len(told.failed) == 1


def test_a_quiet_alert_waits_for_the_next_morning_s_digest(tmp_path: Path, mailbox: Mailbox) -> None:
    settings = folder_with(tmp_path, MAIL.format(port=mailbox.port), DIGEST)
    with open_desk(settings) as desk, open_ops(desk) as ops:
        assert record(desk, STEPS)[0].alerts
        assert tell(desk, ops, NOW) == Told()
        assert tell(desk, ops, NOW.replace(hour=23)) == Told()
        told = tell(desk, ops, NOW + timedelta(hours=19))
        assert tell(desk, ops, NOW + timedelta(days=3)) == Told()
    assert len(told.sent) == 2
    # Who asked for news at once gets what is not loud with a digest, too.
    assert {mail["To"] for mail in mailbox.mails} == {"morning@example.org", "desk@example.org"}


def test_feeds_and_pages_are_written_with_each_alert_and_stay_the_same_bytes(tmp_path: Path) -> None:
    settings = folder_with(tmp_path)
    with open_desk(settings) as desk, open_ops(desk) as ops:
        alert = record(desk, NEARLY_19000, OVER_24000)[1].events[-1]
        tell(desk, ops, NOW)
        first = dict(ops.made.pages)
    told = json.loads((settings.pages / "feed.json").read_bytes())
    assert f"urn:feed-of-record:alert:{alert.id}" in {item["id"] for item in told["items"]}
    assert b"24,000" in (settings.pages / "index.html").read_bytes()
    assert (settings.pages / "alerts" / alert.id / "index.html").is_file()
    assert not list(settings.pages.rglob("*.new"))
    assert site.write(settings.pages, first) == ()
    with open_desk(settings) as desk, open_ops(desk) as ops:
        tell(desk, ops, NOW + timedelta(days=1))
        assert ops.made.pages == first


def test_each_way_out_carries_a_checkpoint_that_finds_later_what_was_changed(tmp_path: Path, mailbox: Mailbox) -> None:
    asked: list[Asked] = []

    def answer(each: Asked) -> Answered:
        asked.append(each)
        return Answered(204)

    with Loopback(answer) as hook:
        reach, to = f'[reach]\nallow = ["{hook.host}"]\n', HOOK.format(url=f"{hook.url}/hook", secret=SECRET)
        settings = folder_with(tmp_path / "record", reach, MAIL.format(port=mailbox.port), to)
        with open_desk(settings) as desk, open_ops(desk) as ops:
            record(desk, NEARLY_19000, OVER_24000)
            tell(desk, ops, NOW)
            covered = desk.log.head().sequence
            record(desk, STEPS)
    note = json.loads((settings.pages / "feed.json").read_bytes())["_figures"]["checkpoint"]
    assert Note.parse(note).checkpoint.size == covered
    assert {base64.b64decode(each.headers["feed-checkpoint"]).decode() for each in asked} == {note}

    (mail,) = mailbox.mails
    text = mail.get_body(("plain",))
    assert text is not None
    as_it_came, as_text, wrong = tmp_path / "kept.eml", tmp_path / "kept.txt", tmp_path / "wrong.eml"
    as_it_came.write_bytes(mail.as_bytes())
    as_text.write_text(text.get_content(), encoding="utf-8")
    wrong.write_bytes(mail.as_bytes().replace(b"\xe2\x80\x94", b"-").replace(b"=E2=80=94", b"-"))
    against = ("verify", "--dir", settings.folder, "--against")
    for kept in (as_it_came, as_text):
        assert f"{covered} lines of" in feed(*against, kept).out
    assert "no checkpoint stands in it" in feed(*against, wrong).err

    settings.log.write_bytes(b"".join(settings.log.read_bytes().splitlines(keepends=True)[: covered - 1]))
    assert feed(*against, as_it_came).code == 5


def test_every_figure_s_series_has_a_page_and_a_feed(tmp_path: Path) -> None:
    settings = folder_with(tmp_path)
    with open_desk(settings) as desk, open_ops(desk) as ops:
        record(desk, STEPS)
        tell(desk, ops, NOW)
        linked = {word.split('"')[0] for word in ops.made.pages[""].decode().split('href="/')[1:]}
        assert linked
        assert {path.partition("#")[0] for path in linked} <= set(ops.made.pages)
        series = {path for path in ops.made.pages if path.startswith("series/") and "." not in path[-5:]}
        assert {f"{path}.json" for path in series} <= set(ops.made.pages)


def test_a_hub_is_told_which_feeds_changed_and_only_then(tmp_path: Path) -> None:
    asked: list[Asked] = []

    def answer(each: Asked) -> Answered:
        asked.append(each)
        return Answered(202)

    with Loopback(answer) as hub:
        web = f'[web]\nport = 0\nhub = "{hub.url}/"\n[reach]\nallow = ["{hub.host}"]'
        folder_with(tmp_path)
        path = tmp_path / "feed.toml"
        path.write_text(path.read_text().replace("[web]\nport = 0", web))
        with open_desk(load(tmp_path)) as desk, open_ops(desk) as ops:
            record(desk, NEARLY_19000, OVER_24000)
            tell(desk, ops, NOW)
            tell(desk, ops, NOW + timedelta(minutes=1))
            base = ops.site.base
            told_of = json.loads(ops.made.pages["feed.json"])
    assert told_of["hubs"] == [{"type": "WebSub", "url": f"{hub.url}/"}]
    (told,) = asked
    form = parse_qs(told.body.decode())
    assert form["hub.mode"] == ["publish"]
    assert {f"{base}/feed.json", f"{base}/feed.atom", f"{base}/metric/returns.json"} <= set(form["hub.url"])
    assert not [url for url in form["hub.url"] if "/alerts/" in url or not url.endswith((".json", ".atom"))]


def test_an_empty_record_has_a_first_page_and_an_empty_feed(tmp_path: Path) -> None:
    settings = folder_with(tmp_path)
    with open_desk(settings) as desk, open_ops(desk) as ops:
        tell(desk, ops, NOW)
    assert json.loads((settings.pages / "feed.json").read_bytes())["items"] == []
    assert "Nothing was told yet" in (settings.pages / "index.html").read_text()
