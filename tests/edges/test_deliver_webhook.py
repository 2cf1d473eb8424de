from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from werkzeug import Request as Asked
from werkzeug import Response as Answer

from feed.deliver.webhook import Hook, secrets
from feed.fetch import Guard, Times, Web
from feed.model.errors import DeliveryFailed
from feed.model.subscription import Kind, Letter, Medium, Subscription
from feed.publish.hook import body
from tests.make import NOTE, notice

SECRET, OTHER, NEVER = ("whsec_" + base64.b64encode(bytes(range(start, start + 32))).decode() for start in (0, 32, 64))
NEWS = notice()
NAMES = ("machine", "archive")


@pytest.fixture
def now() -> datetime:
    # The verifier looks at the real clock.
    return datetime.now(UTC)  # noqa: TID251


@pytest.fixture(scope="module")
def hook() -> Hook:
    web = Web(
        agent="feed-of-record/test",
        guard=Guard(allow_hosts=frozenset({"localhost"})),
        times=Times(connect=1.0, piece=1.0, whole=2.0),
    )
    return Hook(fetch=web, secrets={"machine": (SECRET,), "archive": (OTHER,), "rotating": (OTHER, SECRET)})


def letter(server: HTTPServer, *names: str) -> Letter:
    return Letter(Medium.WEBHOOK, server.url_for("/hook"), Kind.ALERT, names or ("machine",), (NEWS.id,))


class Receiver:
    """Keeps what came, and answers as told."""

    def __init__(self, server: HTTPServer, answer: Callable[[Asked], Answer] | None = None) -> None:
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.answer = answer or (lambda _: Answer(status=204))
        server.expect_request("/hook", method="POST").respond_with_handler(self._take)

    def _take(self, asked: Asked) -> Answer:
        self.came.append((dict(asked.headers), asked.get_data()))
        return self.answer(asked)


def test_a_receiver_verifies_the_signature_and_reads_the_recorded_event(
    httpserver: HTTPServer, hook: Hook, now: datetime
) -> None:
    receiver = Receiver(httpserver)
    assert hook(letter(httpserver), body(NEWS), now) == "answered 204"
    ((headers, came),) = receiver.came
    assert came == body(NEWS)
    assert Webhook(SECRET).verify(came, headers) == NEWS.event
    assert headers["Webhook-Id"] == NEWS.id == json.loads(came)["id"]
    assert "Feed-Checkpoint" not in headers


def test_the_checkpoint_comes_beside_the_signed_body(httpserver: HTTPServer, hook: Hook, now: datetime) -> None:
    receiver = Receiver(httpserver)
    replace(hook, checkpoint=NOTE)(letter(httpserver), body(NEWS), now)
    ((headers, came),) = receiver.came
    assert base64.b64decode(headers["Feed-Checkpoint"]).decode() == NOTE
    assert Webhook(SECRET).verify(came, headers) == NEWS.event
    assert headers["Content-Type"].startswith("application/cloudevents+json")
    with pytest.raises(WebhookVerificationError):
        Webhook(NEVER).verify(came, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(came.replace(b"24,000", b"42,000"), headers)


def test_overlapping_subscriptions_are_told_once_and_each_verifies_with_its_own_secret(
    httpserver: HTTPServer, hook: Hook, now: datetime
) -> None:
    receiver = Receiver(httpserver)
    hook(letter(httpserver, *NAMES), body(NEWS), now)
    ((headers, came),) = receiver.came
    for secret in (SECRET, OTHER):
        assert Webhook(secret).verify(came, headers) == NEWS.event


def test_while_one_secret_replaces_another_both_verify(httpserver: HTTPServer, hook: Hook, now: datetime) -> None:
    receiver = Receiver(httpserver)
    hook(letter(httpserver, "rotating"), body(NEWS), now)
    ((headers, came),) = receiver.came
    assert headers["Webhook-Signature"].count("v1,") == 2
    for secret in (SECRET, OTHER):
        assert Webhook(secret).verify(came, headers) == NEWS.event


def test_a_receiver_sees_whether_it_missed_something(httpserver: HTTPServer, hook: Hook, now: datetime) -> None:
    receiver = Receiver(httpserver)
    hook(letter(httpserver), body(NEWS), now)
    hook(replace(letter(httpserver), previous=41), body(NEWS), now)
    assert [headers.get("Feed-Previous-Sequence") for headers, _ in receiver.came] == [None, "41"]


def test_who_answers_at_length_has_taken_it_all_the_same(httpserver: HTTPServer, hook: Hook, now: datetime) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(10_000):
            yield b"thank you " * 100

    Receiver(httpserver, lambda _: Answer(endless(), status=200))
    assert hook(letter(httpserver), body(NEWS), now) == "answered 200"
    httpserver.clear()
    Receiver(httpserver, lambda _: Answer(b"x" * 9000, status=202, headers={"Content-Encoding": "br"}))
    assert hook(letter(httpserver), body(NEWS), now) == "answered 202"


def test_a_clock_of_another_zone_signs_the_same_second(httpserver: HTTPServer, hook: Hook, now: datetime) -> None:
    receiver = Receiver(httpserver)
    hook(letter(httpserver), body(NEWS), now.astimezone(timezone(timedelta(hours=5, minutes=45))))
    ((headers, came),) = receiver.came
    assert headers["Webhook-Timestamp"] == str(int(now.timestamp()))
    Webhook(SECRET).verify(came, headers)


def test_each_attempt_has_the_same_id_and_its_own_time(httpserver: HTTPServer, hook: Hook, now: datetime) -> None:
    receiver = Receiver(httpserver)
    for late in (0, 60):
        hook(letter(httpserver), body(NEWS), now + timedelta(seconds=late))
    (first, _), (second, _) = receiver.came
    assert first["Webhook-Id"] == second["Webhook-Id"]
    assert int(second["Webhook-Timestamp"]) - int(first["Webhook-Timestamp"]) == 60


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (301, {"Location": "/elsewhere"}, {"retry": True, "gone": False, "after": None}),
        (307, {"Location": "/elsewhere"}, {"retry": True, "gone": False, "after": None}),
        (304, {}, {"retry": True, "gone": False, "after": None}),
        (400, {}, {"retry": True, "gone": False, "after": None, "refused": True}),
        (408, {}, {"retry": True, "refused": False}),
        (410, {}, {"retry": False, "gone": True, "after": None}),
        (429, {"Retry-After": "120"}, {"retry": True, "gone": False, "after": 120, "refused": False}),
        (503, {"Retry-After": "soon"}, {"retry": True, "gone": False, "after": None}),
        (503, {"Retry-After": "9" * 500}, {"retry": True, "gone": False, "after": 9_999_999_999}),
        (500, {}, {"retry": True, "gone": False, "after": None}),
    ],
    ids=lambda value: str(value)[:40],
)
def test_only_2xx_is_success(
    httpserver: HTTPServer, hook: Hook, now: datetime, status: int, headers: dict[str, str], said: dict[str, Any]
) -> None:
    Receiver(httpserver, lambda _: Answer(status=status, headers=headers))
    elsewhere: list[Asked] = []

    def take(asked: Asked) -> Answer:
        elsewhere.append(asked)
        return Answer(status=204)

    httpserver.expect_request("/elsewhere").respond_with_handler(take)
    with pytest.raises(DeliveryFailed, match=str(status)) as failed:
        hook(letter(httpserver), body(NEWS), now)
    assert {name: getattr(failed.value, name) for name in said} == said
    assert elsewhere == []


def test_retry_after_may_be_a_date(httpserver: HTTPServer, hook: Hook, now: datetime) -> None:
    until = now.replace(microsecond=0) + timedelta(seconds=90)
    Receiver(httpserver, lambda _: Answer(status=503, headers={"Retry-After": format_datetime(until, usegmt=True)}))
    with pytest.raises(DeliveryFailed) as failed:
        hook(letter(httpserver), body(NEWS), now)
    assert failed.value.after in (89, 90)
    assert failed.value.after is not None
    assert now + timedelta(seconds=failed.value.after) >= until


def test_no_answer_and_a_private_address_are_failures_to_be_tried_again(hook: Hook, now: datetime) -> None:
    for to in ("http://localhost:9/", "http://127.0.0.2/", "http://10.0.0.1/hook"):
        with pytest.raises(DeliveryFailed) as failed:
            hook(Letter(Medium.WEBHOOK, to, Kind.ALERT, ("machine",), (NEWS.id,)), body(NEWS), now)
        assert failed.value.retry


def test_who_is_no_longer_subscribed_is_not_sent_to(httpserver: HTTPServer, hook: Hook, now: datetime) -> None:
    receiver = Receiver(httpserver)
    with pytest.raises(DeliveryFailed, match="nobody is subscribed as former") as failed:
        hook(letter(httpserver, "former"), body(NEWS), now)
    assert not failed.value.retry
    assert receiver.came == []


def test_secrets_are_those_of_webhooks_and_are_not_printed() -> None:
    desk = Subscription(name="desk", channel=Medium.MAIL, to="desk@example.org")
    machine = Subscription.model_validate(
        {"name": "machine", "channel": "webhook", "to": "https://example.org/", "secret": SECRET}
    )
    assert secrets([desk, machine]) == {"machine": (SECRET,)}
    assert SECRET not in repr(Hook(fetch=Web(agent="x"), secrets=secrets([machine])))
