"""Any question is a feed; a machine can follow the log; a browser hears of news as it comes."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.testclient import TestClient

from feed.app.site import Made
from feed.app.web import asking
from feed.app.web.routes import application
from feed.app.web.stream import MOST, stream
from feed.app.web.window import Window
from feed.model.alert import Severity
from feed.model.notice import Notice
from feed.publish.item import Items
from feed.record.file import FileLog
from tests.desks import NOW
from tests.events import capture
from tests.make import SITE, about, inconsistent, notice, renderer, state_changed

NEWS = (notice(1), state_changed(2), inconsistent(3), about(4, "crossings", {"route": "sea"}, severity=Severity.HIGH))


def show(window: Window, *notices: Notice) -> Window:
    window.show(Made({"feed.json": b"x" * 5000}, notices), Items(SITE, renderer()), max(n.sequence for n in notices))
    return window


@pytest.fixture
def window() -> Window:
    return show(Window({"ok": True}, NOW), *NEWS)


@pytest.fixture
def ask(window: Window, tmp_path: Path) -> TestClient:
    return TestClient(application(window, tmp_path / "events.jsonl", lambda: NOW), base_url="http://127.0.0.1")


@pytest.mark.parametrize(
    ("question", "sequences"),
    [
        ("metric=returns", [1]),
        ("class=state_changed&class=inconsistent", [3, 2]),
        ("severity=high", [4]),
        ("severity=low", [4, 3, 2, 1]),
        ("source=Home+Office&metric=returns", [1]),
        ("source=home-office&dim.route=sea", [4]),
        ("dim.route=air", []),
        ("series=returns/level/people", [1]),
    ],
)
def test_any_question_is_a_feed(ask: TestClient, question: str, sequences: list[int]) -> None:
    answer = ask.get(f"/feed.json?{question}")
    assert answer.headers["content-type"] == "application/feed+json"
    ids = {notice.id: notice.sequence for notice in NEWS}
    assert [ids[item["id"].rpartition(":")[2]] for item in answer.json()["items"]] == sequences
    again = ask.get(answer.json()["feed_url"].removeprefix(SITE.base))
    assert again.content == answer.content
    assert ask.get(f"/feed.atom?{question}").headers["content-type"] == "application/atom+xml"
    assert ask.get(f"/feed.json?{question}", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_a_question_is_paged_like_every_feed(ask: TestClient, window: Window) -> None:
    show(window, *(notice(n) for n in range(1, 121)))
    first = ask.get("/feed.json?metric=returns").json()
    older = ask.get(first["next_url"].removeprefix(SITE.base)).json()
    assert len(first["items"]) + len(older["items"]) == 120
    assert "next_url" not in older
    assert ask.get("/feed.json?metric=returns&page=9").status_code == 404


@pytest.mark.parametrize(
    "question",
    ["colour=red", "class=loud", "severity=very", "page=-1", "page=x", "metric=", "dim.=x", "metric=" + "x" * 3000],
)
def test_a_question_that_means_nothing_is_refused_in_words(ask: TestClient, question: str) -> None:
    answer = ask.get(f"/feed.json?{question}")
    assert answer.status_code == 400
    assert len(answer.text.splitlines()) == 1
    assert "<" not in answer.text


@settings(max_examples=60)
@given(
    pairs=st.lists(
        st.tuples(st.sampled_from([*asking.WORDS, "page", "dim.x", "since"]) | st.text(max_size=5), st.text(max_size=9))
    )
)
def test_whatever_is_asked_is_understood_or_refused(pairs: list[tuple[str, str]]) -> None:
    status = 200
    try:
        asking.question(QueryParams(pairs))
    except HTTPException as refused:
        status = refused.status_code
    assert status in (200, 400)


def test_what_is_worth_packing_is_packed_under_a_tag_of_its_own(ask: TestClient) -> None:
    plain = ask.get("/feed.json", headers={"Accept-Encoding": "identity"})
    with ask.stream("GET", "/feed.json", headers={"Accept-Encoding": "br, gzip;q=0.8"}) as packed:
        assert gzip.decompress(b"".join(packed.iter_raw())) == plain.content
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] != plain.headers["etag"]
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in ask.get("/feed.json", headers={"Accept-Encoding": "gzip;q=0"}).headers
    for answer in (plain, packed):
        known = {"If-None-Match": answer.headers["etag"], "Accept-Encoding": "gzip" if answer is packed else "identity"}
        assert ask.get("/feed.json", headers=known).status_code == 304


def test_following_the_changes_meets_every_line_once_in_order(ask: TestClient, window: Window, tmp_path: Path) -> None:
    with FileLog.open(tmp_path / "events.jsonl") as log:
        for n in range(7):
            log.append((capture(f"article {n}"),), NOW)
    window.head = 6  # the seventh is written, but nobody has acknowledged it yet
    seen: list[dict[str, Any]] = []
    since = 0
    while (answer := ask.get(f"/changes?since={since}&limit=4").json())["events"]:
        seen += answer["events"]
        since = answer["upto"]
    assert [int(event["sequence"]) for event in seen] == [1, 2, 3, 4, 5, 6]
    assert answer == {"since": 6, "upto": 6, "head": 6, "events": []}
    lines = (tmp_path / "events.jsonl").read_bytes().splitlines()
    assert seen == [json.loads(line) for line in lines[:6]]


@pytest.mark.parametrize("asked", ["since=-1", "since=x", "since=1e3", "limit=9" * 20, "until=4", "since=" + "9" * 20])
def test_a_place_that_is_none_is_refused(ask: TestClient, asked: str) -> None:
    assert ask.get(f"/changes?{asked}").status_code == 400


def test_a_place_beyond_the_end_has_nothing_yet(ask: TestClient) -> None:
    answer = ask.get(f"/changes?since={2**31}&limit=0")
    assert (answer.status_code, answer.json()["events"], answer.json()["upto"]) == (200, [], 2**31)


def asked(query: str = "", last: str = "") -> Request:
    headers = [(b"last-event-id", last.encode())] if last else []
    return Request(
        {"type": "http", "method": "GET", "path": "/stream", "query_string": query.encode(), "headers": headers}
    )


@asynccontextmanager
async def listening(window: Window, query: str = "", last: str = "") -> AsyncIterator[AsyncIterator[str]]:
    response = stream(window, asked(query, last))
    assert isinstance(response, StreamingResponse)
    pieces = aiter(response.body_iterator)

    async def texts() -> AsyncIterator[str]:
        async for piece in pieces:
            yield bytes(piece).decode() if not isinstance(piece, str) else piece

    yield texts()
    await pieces.aclose()  # type: ignore[attr-defined]


async def sequences(events: AsyncIterator[str], count: int) -> list[int]:
    found: list[int] = []
    async for piece in events:
        if piece.startswith("id: "):
            number, kind, data = piece.splitlines()[:3]
            assert kind == "event: alert.raised.v1"
            assert int(json.loads(data.removeprefix("data: "))["sequence"]) == int(number.removeprefix("id: "))
            found.append(int(number.removeprefix("id: ")))
        if len(found) == count:
            break
    return found


def test_a_listener_hears_of_news_and_goes_on_where_it_broke_off(window: Window) -> None:
    async def story() -> None:
        async with listening(window) as events:
            assert (await anext(events)).startswith("retry: ")
            heard = asyncio.create_task(sequences(events, 1))
            await asyncio.sleep(0)
            other = Thread(target=show, args=(window, *NEWS, notice(5)))
            other.start()
            assert await asyncio.wait_for(heard, 10) == [5]
            other.join()
        async with listening(window, last="2") as events:
            assert await asyncio.wait_for(sequences(events, 3), 10) == [3, 4, 5]
        async with listening(window, query="after=0&metric=returns") as events:
            assert await asyncio.wait_for(sequences(events, 2), 10) == [1, 5]
        assert window.watched == 0

    asyncio.run(story())


def test_a_listener_is_let_go_when_the_window_closes(window: Window) -> None:
    async def story() -> None:
        async with listening(window) as events:
            await anext(events)
            rest = asyncio.create_task(sequences(events, 1))
            await asyncio.sleep(0)
            Thread(target=window.close).start()
            assert await asyncio.wait_for(rest, 10) == []

    asyncio.run(story())


@pytest.fixture
def crowded(window: Window) -> Iterator[Window]:
    ends = [window.watch(lambda number=n: None) for n in range(MOST)]  # type: ignore[misc]
    yield window
    for end in ends:
        end()


def test_a_crowd_is_asked_to_come_again(crowded: Window) -> None:
    with pytest.raises(HTTPException) as refused:
        stream(crowded, asked())
    assert refused.value.status_code == 503
