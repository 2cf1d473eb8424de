"""What README shows as the real thing that arrives is what arrives: the item, the mail, the webhook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from feed.app.asking import open_view
from feed.app.packs import topic_of
from feed.app.settings import load
from feed.app.site import renderer, site_of
from feed.deliver.webhook import Hook
from feed.model.notice import Notice
from feed.model.subscription import Kind, Letter, Medium
from feed.model.web import Request, Response
from feed.publish import hook, jsonfeed, letter
from feed.publish.channel import Channel
from feed.publish.item import Items
from feed.publish.site import Site
from feed.view import queries
from tests.commands import ROOT
from tests.make import NOTE
from tests.pages import pattern, trimmed

ALERT = "ea1c838682c6e806c990ca41cdff9b03"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
BLOCK = re.compile(r"^```(?:json|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def site() -> Site:
    return site_of(load(ROOT), topic_of(load(ROOT)), "http://127.0.0.1:8460")


@pytest.fixture(scope="module")
def news() -> Iterator[Notice]:
    settings = load(ROOT)
    with open_view(settings) as view:
        yield queries.notice(view.db, ALERT, topic_of(settings).labels.gloss)


def shown(begins: str) -> str:
    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    (found,) = [block for block in blocks if block.startswith(begins)]
    return str(found)


def as_shown(begins: str, real: str) -> None:
    assert pattern(shown(begins)).fullmatch(trimmed(real)), real


def test_the_item(news: Notice, site: Site) -> None:
    file = jsonfeed.feed([Items(site, renderer())(news)], Channel("all", site.url("feed"), site.url()), site)
    (item,) = json.loads(file)["items"]
    as_shown("{\n", json.dumps(item, indent=2, ensure_ascii=False))


def test_the_mail(news: Notice, site: Site) -> None:
    sender = letter.Sender(
        "record@example.org", site.title, "alerts.example.org", "https://record.example.org/unsubscribe/{}/0a"
    )
    told = Letter(Medium.MAIL, "desk@example.org", Kind.ALERT, ("desk",), (news.id,))
    sent = letter.mail(told, [news], letter.Paper(site, renderer(), sender, checkpoint=NOTE), NOW)
    arrived = message_from_bytes(sent, policy=policy.default)
    text = arrived.get_body(("plain",))
    assert text is not None
    headers = "".join(f"{name}: {value}\n" for name, value in arrived.items())
    as_shown("From: ", f"{headers}\n{text.get_content()}")


def test_the_webhook(news: Notice) -> None:
    came: list[Request] = []

    def taking(request: Request, /) -> Response:
        came.append(request)
        return Response(request.url, 204, {}, b"")

    told = Letter(
        Medium.WEBHOOK, "https://newsroom.example.org/figures", Kind.ALERT, ("newsroom",), (news.id,), previous=121
    )
    secrets = {"newsroom": ("whsec_bm8gc2VjcmV0IGJ1dCBhbiBleGFtcGxlIG9mIG9uZQ==",)}
    Hook(taking, secrets, NOTE)(told, hook.body(news), NOW)
    headers = "".join(f"{name}: {value}\n" for name, value in came[0].headers.items())
    as_shown("POST ", f"{came[0].method} {came[0].url}\n{headers}\n{came[0].content.decode()}")


def test_the_files_that_are_named_are_there() -> None:
    for page in (ROOT / "README.md", ROOT / "docs" / "subscriptions.md"):
        links = re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8"))
        assert all(Path(page.parent, link).exists() for link in links), links
