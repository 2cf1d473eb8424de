"""Chat and push services, by the library that knows them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from pytest_httpserver import HTTPServer

from feed.deliver.services import Services
from feed.model.errors import DeliveryFailed
from feed.model.subscription import Kind, Letter, Medium, Subscription
from feed.publish.letter import Paper, Sender, plain
from tests.make import OVER_24000, SENTENCE, SITE, notice, renderer

NOW = datetime(2025, 4, 1, tzinfo=UTC)
# A part of the library that we do not use looks at pictures the old way.
pytestmark = pytest.mark.filterwarnings("ignore:.imghdr. is deprecated:DeprecationWarning")
NEWS = notice()


def letter(to: str) -> Letter:
    return Letter(Medium.APPRISE, to, Kind.ALERT, ("chat",), (NEWS.id,))


def test_a_chat_gets_the_news_as_title_and_the_quotes_as_text(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/", method="POST").respond_with_json({})
    to = f"json://{httpserver.host}:{httpserver.port}/"
    body = plain(letter(to), [NEWS], Paper(SITE, renderer(), Sender("", "", "")))
    assert Services()(letter(to), body, NOW) == "taken by the service"
    ((asked, _),) = httpserver.log
    came = json.loads(asked.get_data())
    assert came["title"] == SENTENCE
    assert OVER_24000.quote in came["message"]


def test_a_chat_that_says_no_is_tried_again_and_an_unknown_one_is_not(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/", method="POST").respond_with_data("no", status=503)
    for to, retry in ((f"json://{httpserver.host}:{httpserver.port}/", True), ("nosuchservice://secret@host", False)):
        with pytest.raises(DeliveryFailed) as failed:
            Services()(letter(to), b"News\n\ntext", NOW)
        assert failed.value.retry is retry
        assert "secret" not in str(failed.value)


def test_without_the_library_the_letter_waits_and_says_what_is_missing() -> None:
    def missing() -> object:
        raise ImportError("no module")

    with pytest.raises(DeliveryFailed, match="pip install apprise") as failed:
        Services(missing)(letter("ntfy://topic"), b"News", NOW)
    assert failed.value.retry


@pytest.mark.parametrize("to", ["example.org", "://x", "ntfy:// topic", "NTFY"])
def test_what_is_no_address_of_a_chat_is_refused(to: str) -> None:
    with pytest.raises(ValueError, match=r"begins no address|at least 3"):
        Subscription(name="chat", channel=Medium.APPRISE, to=to)
