"""The doors of a letter: stopping and confirming, by those who have the letter and by nobody else."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from feed.app.demo.receivers import Mailbox
from feed.app.settings import Settings
from feed.app.site import Made
from feed.app.subscribed import CONFIRM, STOP
from feed.app.telling import open_ops, tell
from feed.app.web.door import Doors
from feed.app.web.routes import SECURITY, application
from feed.app.web.window import Window
from feed.app.wiring import open_desk
from feed.deliver.subscribers import Subscribers
from feed.model.chain import content_id
from feed.publish.item import Items
from tests.commands import feed
from tests.desks import MAIL, NEARLY_19000, NOW, OVER_24000, folder_with, record
from tests.make import SITE, renderer

BASE = "https://record.example.org"


@pytest.fixture
def settings(tmp_path: Path, mailbox: Mailbox) -> Settings:
    made = folder_with(tmp_path, MAIL.format(port=mailbox.port))
    path = made.folder / "feed.toml"
    path.write_text(path.read_text().replace("port = 0", f'port = 0\nbase = "{BASE}"'))
    return type(made).model_validate({**made.model_dump(), "web": {"port": 0, "base": BASE}})


@pytest.fixture
def ask(settings: Settings) -> TestClient:
    window = Window()
    window.show(Made({}, ()), Items(SITE, renderer()), 0)
    doors = Doors(settings, window, lambda: NOW)
    return TestClient(application(window, settings.log, lambda: NOW, doors), base_url="http://127.0.0.1")


def letters(settings: Settings, mailbox: Mailbox, *names: str, days: int = 0) -> list[EmailMessage]:
    """What arrives after these articles were recorded."""
    before = len(mailbox.mails)
    now = NOW + timedelta(days=days)
    with open_desk(settings) as desk, open_ops(desk) as ops:
        record(desk, *names, now=now)
        tell(desk, ops, now)
    return mailbox.mails[before:]


def path(mail: EmailMessage) -> str:
    found = re.match(rf"<{re.escape(BASE)}(/unsubscribe/\S+)>, <mailto:", mail["List-Unsubscribe"])
    assert found
    return found[1]


def stopped(settings: Settings) -> list[str]:
    with closing(Subscribers.at(settings.ops)) as subscribers:
        return sorted(subscribers.stopped())


def test_one_click_stops_and_looking_at_it_does_not(settings: Settings, mailbox: Mailbox, ask: TestClient) -> None:
    (mail,) = letters(settings, mailbox, NEARLY_19000, OVER_24000)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for _ in range(2):  # whatever scans mails for links looks more than once
        seen = ask.get(path(mail))
        assert seen.status_code == 200
        assert '<form method="post"><button type="submit">Stop</button></form>' in seen.text
        assert ask.head(path(mail)).status_code == 200
    assert stopped(settings) == []
    done = ask.post(path(mail), data={"List-Unsubscribe": "One-Click"})
    assert (done.status_code, stopped(settings)) == (200, ["desk"])
    assert "no more" in done.text
    assert "set-cookie" not in done.headers
    assert done.headers["cache-control"] == "no-store"
    assert {name: done.headers[name] for name in SECURITY} == SECURITY
    assert ask.post(path(mail)).status_code == 200
    assert letters(settings, mailbox, "seed-3-iraq-deal", "seed-4-one-in-one-out", days=1) == []


def test_nobody_guesses_an_address(settings: Settings, mailbox: Mailbox, ask: TestClient) -> None:
    (mail,) = letters(settings, mailbox, NEARLY_19000, OVER_24000)
    real = path(mail)
    letter, mac = real.split("/")[2:]
    forged = [
        *(f"/unsubscribe/{letter}/{content_id('guess', n)}" for n in range(200)),
        f"/unsubscribe/{letter}/{mac[:-1]}",
        f"/unsubscribe/{letter}/é",
        f"/unsubscribe/{mac}/{mac}",
        f"/confirm/{letter}/{mac}",
        f"/unsubscribe/{letter}/",
    ]
    assert {ask.post(each).status_code for each in forged} <= {404, 405}
    assert stopped(settings) == []
    assert len(mac) == 32


def test_an_address_that_others_gave_is_asked_first(settings: Settings, mailbox: Mailbox, ask: TestClient) -> None:
    at = ("--dir", settings.folder)
    assert feed("subscribe", "friend", "--mail", "friend@example.org", "--ask", *at).code == 0
    (question,) = letters(settings, mailbox, NEARLY_19000)
    assert question["To"] == "friend@example.org"
    assert "List-Unsubscribe" not in question
    body = question.get_body(("plain",))
    assert body is not None
    found = re.search(rf"{re.escape(BASE)}(/confirm/\S+)", str(body.get_content()))
    assert found
    assert ask.get(found[1]).status_code == 200
    assert "asked, not confirmed" in feed("subscriptions", *at).out
    assert [mail["To"] for mail in letters(settings, mailbox, OVER_24000)] == ["desk@example.org"]
    assert ask.post(found[1].replace(CONFIRM, STOP)).status_code == 404
    assert ask.post(found[1]).status_code == 200
    told = letters(settings, mailbox, "seed-3-iraq-deal", "seed-4-one-in-one-out", days=1)
    assert {mail["To"] for mail in told} == {"desk@example.org", "friend@example.org"}


def test_a_site_that_nobody_outside_reaches_offers_mail_only(tmp_path: Path, mailbox: Mailbox) -> None:
    settings = folder_with(tmp_path / "alone", MAIL.format(port=mailbox.port))
    (mail,) = letters(settings, mailbox, NEARLY_19000, OVER_24000)
    assert mail["List-Unsubscribe"] == "<mailto:record@example.org?subject=unsubscribe%20desk>"
    assert "List-Unsubscribe-Post" not in mail
