"""Alerts as server-sent events: whoever lost the connection goes on where it broke off, by Last-Event-ID."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from feed.app.web import asking
from feed.app.web.window import Window
from feed.model.asked import Asked
from feed.model.chain import canonical
from feed.model.notice import Notice

MEDIA_TYPE = "text/event-stream"
MOST = 100
BREATH = 15.0  # seconds after which a silent stream says that it is alive, so that nobody in between cuts it
AGAIN = 5000  # milliseconds after which a browser connects again
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def stream(window: Window, request: Request) -> Response:
    """Alerts as they are recorded, one event each: its id is the sequence, its data the line of the log.

    Without Last-Event-ID (or `after`) only news from now on; the same questions as for feeds. At most 100
    at once (503).
    """
    wanted = asking.filtered(request.query_params, "after")
    last = request.headers.get("last-event-id", "")
    begin = int(last) if last.isascii() and last.isdecimal() and len(last) <= asking.MOST_DIGITS else None
    after = asking.number(request.query_params, "after", window.head) if begin is None else begin
    if window.watched >= MOST:
        raise HTTPException(503, "There are too many listeners now.", headers={"Retry-After": "60"})
    if request.method == "HEAD":
        return Response(headers=HEADERS, media_type=MEDIA_TYPE)
    return StreamingResponse(_events(window, wanted, after), headers=HEADERS, media_type=MEDIA_TYPE)


async def _events(window: Window, wanted: Asked, after: int) -> AsyncIterator[bytes]:
    loop, news = asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        loop.call_soon_threadsafe(news.set)

    unwatch = window.watch(wake)
    try:
        yield f"retry: {AGAIN}\n\n".encode()
        while not window.closed:
            news.clear()
            for notice in window.showing.notices:
                if notice.sequence > after:
                    after = notice.sequence
                    if wanted.admits(notice):
                        yield _event(notice)
            try:
                await asyncio.wait_for(news.wait(), BREATH)
            except TimeoutError:
                yield b": still here\n\n"
    finally:
        unwatch()


def _event(notice: Notice) -> bytes:
    # Canonical JSON holds no line feed, so the data is one line.
    return b"id: %d\nevent: %b\ndata: %b\n\n" % (
        notice.sequence,
        str(notice.event["type"]).encode(),
        canonical(notice.event),
    )
