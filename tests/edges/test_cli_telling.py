"""Who is told, by command: added, listed, tried, muted, and what became of their letters."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from standardwebhooks.webhooks import Webhook
from werkzeug import Request as Asked
from werkzeug import Response as Answer

from feed.app.demo.receivers import Mailbox
from feed.app.settings import load
from feed.app.telling import open_ops, tell
from feed.app.wiring import open_desk
from feed.deliver.outbox import Outbox
from feed.model.errors import DeliveryFailed
from tests.commands import Ended, answer, feed
from tests.desks import MAIL, NEARLY_19000, NOW, OVER_24000, folder_with, record

DAYS = str((datetime.now(UTC) - NOW).days + 3)  # noqa: TID251 - commands look at the real clock


@pytest.fixture
def folder(tmp_path: Path, mailbox: Mailbox) -> Path:
    return folder_with(tmp_path, '[reach]\nallow = ["localhost"]', MAIL.format(port=mailbox.port)).folder


@pytest.fixture
def told(folder: Path) -> Path:
    """A record of two articles, of which the second supersedes figures of the first."""
    with open_desk(load(folder)) as desk:
        record(desk, NEARLY_19000, OVER_24000)
    return folder


def run(folder: Path, *words: str) -> Ended:
    return feed(*words, "--dir", folder)


def done(folder: Path, *words: str) -> str:
    ended = run(folder, *words)
    assert ended.code == 0, ended.err
    return ended.out


def listed(folder: Path) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in answer(folder, "subscriptions")}


def test_somebody_is_added_listed_and_forgotten(folder: Path) -> None:
    asks = ("--metric", "returns", "--class", "superseded", "--when", "at_least=20000", "--dim", "type=enforced")
    done(
        folder, "subscribe", "b", "--mail", "b@example.org", *asks, "--cadence", "daily 07:30", "--quiet", "22:00-07:00"
    )
    row = listed(folder)["b"]
    assert (row["to"], row["state"]) == ("b@example.org", "told")
    assert row["when"] == "daily 07:30, quiet 22:00-07:00"
    assert row["asks for"] == "classes superseded, metrics returns, dims type=enforced, when at_least=20000"
    assert "b is told nothing more" in done(folder, "unsubscribe", "b")
    assert list(listed(folder)) == ["desk"]


def test_one_of_feed_toml_is_stopped_and_told_again(folder: Path) -> None:
    done(folder, "unsubscribe", "desk")
    assert listed(folder)["desk"]["state"].startswith("stopped ")
    assert "told again" in done(folder, "subscribe", "desk")
    assert listed(folder)["desk"]["state"] == "told"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("subscribe", "b"), "no receiver is named"),
        (("subscribe", "desk", "--mail", "b@example.org"), "feed.toml has a subscription 'desk'"),
        (("subscribe", "b", "--mail", "b@example.org", "--webhook", "https://example.org"), "one receiver"),
        (("subscribe", "b", "--mail", "nobody"), "is not one mail address"),
        (("subscribe", "b", "--mail", "b@example.org", "--cadence", "often"), "no cadence"),
        (("subscribe", "b", "--mail", "b@example.org", "--dim", "route"), "KEY=VALUE"),
        (("subscribe", "b", "--webhook", "https://example.org/", "--ask"), "only a mail address"),
        (("subscribe", "b", "--mail", "b@example.org", "--ask"), "nobody could answer"),
        (("unsubscribe", "nobody"), "nobody is subscribed as"),
        (("subscriptions", "count"), "is not known"),
        (("subscriptions", "test", "--since", "lately"), "no length of time"),
        (("deliveries", "--state", "lost"), "Known: owed"),
        (("deliveries", "0000"), "no letter"),
        (("deliveries", "resend", "0000"), "no letter"),
        (("notify", "test", "nobody"), "Told are: desk"),
        (("notify", "everybody", "desk"), "is not known"),
        (("mute", "series", "x"), "has a reason"),
        (("mute", "colour", "x", "--reason", "y"), "names nothing"),
        (("mute", "class", "loud", "--reason", "y"), "Known: superseded"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_makes_no_sense_is_refused_in_one_line(folder: Path, words: tuple[str, ...], says: str) -> None:
    ended = run(folder, *words)
    assert ended.code in (1, 2, 3)
    assert says in ended.err
    assert len(ended.err.splitlines()) == 1


def test_what_would_have_been_sent(told: Path, mailbox: Mailbox) -> None:
    done(told, "subscribe", "hooked", "--webhook", "https://example.org/hook", "--metric", "returns")
    done(told, "subscribe", "nosy", "--mail", "desk@example.org", "--severity", "low")
    letters = answer(told, "subscriptions", "test", "--since", f"{DAYS}d")
    mails = [each for each in letters if each["channel"] == "mail"]
    assert [each["subscriptions"] for each in mails] == [["desk", "nosy"]]
    assert len(mails[0]["alerts"]) == len(letters) - 1
    assert "Nothing was sent." in done(told, "subscriptions", "test", "--since", f"{DAYS}d")
    assert answer(told, "subscriptions", "test", "--since", "1m") == []
    assert not mailbox.mails


def test_a_sample_goes_the_real_way_and_is_marked(told: Path, mailbox: Mailbox, httpserver: HTTPServer) -> None:
    said = done(told, "notify", "test", "desk")
    assert said == "taken: accepted: 250 kept\n"
    assert mailbox.mails[0]["Subject"].startswith("TEST: ")
    came: list[tuple[dict[str, str], bytes]] = []

    def take(asked: Asked) -> Answer:
        came.append((dict(asked.headers), asked.get_data()))
        return Answer("I am a teapot", status=418, headers={"X-Short": "stout"})

    httpserver.expect_request("/hook").respond_with_handler(take)
    printed = done(told, "subscribe", "hooked", "--webhook", httpserver.url_for("/hook"))
    secret = printed.splitlines()[0].removeprefix("secret: ")
    ended = run(told, "notify", "test", "hooked")
    assert ended.code == 4
    assert {"HTTP 418", "x-short: stout", "I am a teapot"} <= set(ended.out.splitlines())
    assert "answered 418" in ended.err
    ((headers, body),) = came
    Webhook(secret).verify(body, headers)
    assert json.loads(body)["type"] == "alert.test.v1"
    assert json.loads(body)["data"]["sentence"].startswith("TEST: ")
    assert answer(told, "deliveries") == []


def test_a_sample_needs_no_record(folder: Path, mailbox: Mailbox) -> None:
    done(folder, "notify", "test", "desk")
    assert mailbox.mails[0]["Subject"] == "TEST: nothing is on record yet"


def test_what_became_of_letters_and_what_was_parked_is_sent_again(folder: Path, mailbox: Mailbox) -> None:
    assert "No such letter" in done(folder, "deliveries")
    with open_desk(load(folder)) as desk, open_ops(desk) as ops:
        record(desk, NEARLY_19000, OVER_24000)
        tell(desk, ops, NOW)
        (letter,) = ops.outbox.letters()
        with closing(Outbox.at(load(folder).ops)) as other:
            other.failed(letter.id, NOW + timedelta(minutes=1), DeliveryFailed("550 no such user", retry=False))
    (row,) = answer(folder, "deliveries", "--state", "parked")
    assert [each["answer"] for each in row["attempts"]] == ["accepted: 250 kept", "550 no such user"]
    assert "2 attempts" in done(folder, "deliveries", row["id"][:8])
    assert "550 no such user" in done(folder, "deliveries")
    assert "1 letter will be sent again" in done(folder, "deliveries", "resend")
    with open_desk(load(folder)) as desk, open_ops(desk) as ops:
        tell(desk, ops, NOW + timedelta(minutes=2))
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 1
    assert len(mailbox.mails) == 2


def test_mutes_are_listed_until_they_end(folder: Path) -> None:
    assert "Nothing is muted." in done(folder, "mute")
    done(folder, "mute", "source", "Home Office", "--for", "2d", "--reason", "counted anew", "--by", "the desk")
    (row,) = answer(folder, "mute")
    assert {key: row[key] for key in ("scope", "name", "reason", "by")} == {
        "scope": "source",
        "name": "Home Office",
        "reason": "counted anew",
        "by": "the desk",
    }
    assert "no longer muted" in done(folder, "mute", "source", "Home Office", "--end")
    assert answer(folder, "mute") == []
