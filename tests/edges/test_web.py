"""What others get over HTTP: the bytes that are shown, once; and never an answer that a browser could act on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from feed.app.site import Made
from feed.app.web.routes import SECURITY, application
from feed.app.web.window import Window
from feed.model.chain import canonical
from feed.model.event import line_object
from feed.model.notice import Notice
from feed.publish.item import Items
from feed.record.file import FileLog
from tests.desks import NOW
from tests.events import capture
from tests.make import SITE, renderer

PAGES = {
    "": b"<!doctype html><title>first</title>",
    "feed.json": b'{"items":[]}',
    "series/a.b-c": b"<!doctype html><title>a series</title>",
    "series/a.b-c.json": b'{"items":[1]}',
    "style.css": b"body { }",
    "about.txt": b"words",
}
"""What the window shows in these tests."""


def show(window: Window, pages: dict[str, bytes], *notices: Notice, head: int = 3) -> None:
    window.show(Made(pages, notices), Items(SITE, renderer()), head)


@pytest.fixture
def window() -> Window:
    window = Window({"ok": True, "head": 3}, NOW)
    show(window, PAGES)
    return window


@pytest.fixture
def ask(window: Window, tmp_path: Path) -> TestClient:
    return TestClient(application(window, tmp_path / "events.jsonl", lambda: NOW), base_url="http://127.0.0.1")


@pytest.mark.parametrize(
    ("path", "media"),
    [
        ("", "text/html; charset=utf-8"),
        ("feed.json", "application/feed+json"),
        ("series/a.b-c", "text/html; charset=utf-8"),
        ("series/a.b-c.json", "application/feed+json"),
        ("style.css", "text/css; charset=utf-8"),
        ("about.txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_path_is_answered_with_its_bytes_and_its_type(ask: TestClient, path: str, media: str) -> None:
    answer = ask.get(f"/{path}")
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, PAGES[path], media)
    head = ask.head(f"/{path}")
    assert (head.status_code, head.content) == (200, b"")
    assert {**head.headers} == {**answer.headers}


def test_whoever_has_the_bytes_is_told_so(ask: TestClient, window: Window) -> None:
    tag = ask.get("/feed.json").headers["etag"]
    assert tag.startswith('"')
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        answer = ask.get("/feed.json", headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    assert ask.get("/feed.json", headers={"If-None-Match": '"other"'}).status_code == 200
    show(window, {**PAGES, "feed.json": b'{"items":[2]}'})
    assert ask.get("/feed.json", headers={"If-None-Match": tag}).content == b'{"items":[2]}'


@pytest.mark.parametrize("path", ["", "feed.json", "nowhere", "health", "events/1"])
def test_every_answer_says_what_a_browser_may_not_do(ask: TestClient, path: str) -> None:
    answer = ask.get(f"/{path}")
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY
    assert "script" not in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers


def test_a_wrong_address_or_verb_is_refused_in_words(ask: TestClient) -> None:
    assert (ask.get("/nowhere").status_code, ask.get("/nowhere").text) == (404, "There is nothing at this address.\n")
    assert ask.get("/../feed.toml").status_code == 404
    assert ask.get("/series/a.b-c/../../feed.toml").status_code == 404
    answer = ask.post("/feed.json", content=b"x")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_a_line_of_the_log_is_answered_as_it_stands(ask: TestClient, tmp_path: Path) -> None:
    with FileLog.open(tmp_path / "events.jsonl") as log:
        written = log.append((capture(),), NOW).events[0]
    answer = ask.get("/events/1")
    assert answer.content == canonical(line_object(written))
    assert answer.content + b"\n" == (tmp_path / "events.jsonl").read_bytes()
    assert answer.headers["content-type"].startswith("application/cloudevents+json")
    assert "immutable" in answer.headers["cache-control"]
    assert [ask.get(f"/events/{n}").status_code for n in ("0", "2", "x", "-1")] == [404] * 4


def test_health_says_when_something_is_wrong(window: Window, tmp_path: Path) -> None:
    def health(at: Callable[[], object] = lambda: NOW) -> tuple[int, bool, bool]:
        web = TestClient(application(window, tmp_path / "events.jsonl", at), base_url="http://127.0.0.1")  # type: ignore[arg-type]
        answer = web.get("/health")
        assert answer.headers["cache-control"] == "no-store"
        return answer.status_code, answer.json()["ok"], answer.json()["late"]

    assert health() == (200, True, False)
    assert health(lambda: NOW + timedelta(minutes=11)) == (503, False, True)
    window.health = {"ok": False, "trouble": "OSError: no room"}
    assert health() == (503, False, False)
