"""The addresses, and who may not do what with the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from feed.app.subscribed import CONFIRM, STOP
from feed.app.web import asking, evidence
from feed.app.web.door import Doors
from feed.app.web.stream import stream
from feed.app.web.window import Page, Window
from feed.model.chain import canonical
from feed.model.errors import FeedError
from feed.model.event import line_object
from feed.model.instant import instant
from feed.publish.feeds import ALL, FORMATS
from feed.record.file import ReadOnlyLog

# Our pages run no script and load nothing but our own style: whatever a source wrote, a browser will not act on it.
SECURITY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
EVENT_MEDIA = "application/cloudevents+json; charset=utf-8"
FOR_EVER = "public, max-age=31536000, immutable"
LATE = timedelta(minutes=10)
ASKED = {f"{ALL}{end}": end for end in FORMATS}
CHANGES_MEDIA, ASK_AGAIN = "application/json", "public, no-cache"
LINES, MOST_LINES = 100, 1000


def application(window: Window, log: Path, clock: Callable[[], datetime], doors: Doors | None = None) -> ASGIApp:
    """The web application over what the window shows. GET and HEAD only; it changes nothing and asks no database.

    The one exception are the `doors`, addresses that stand in letters and nowhere else.

    `/` and every path of the window, `/feed.json?…` and `/feed.atom?…` (just what is asked for), `/changes` (the log
    from a sequence on), `/stream` (alerts as they come), `/events/<sequence>` (that line of the log), `/checkpoint` and
    what else `evidence` has for sceptics, `/health` (503 when something is wrong). `log` is read for events.
    """

    def shown(request: Request) -> Response:
        path = request.path_params["path"]
        asked = path in ASKED and bool(request.url.query)
        page = window.asked(asking.question(request.query_params), ASKED[path]) if asked else window.pages.get(path)
        if page is None:
            raise HTTPException(404)
        return _answer(page, request)

    def changes(request: Request) -> Response:
        return _answer(Page(_changes(log, window.head, request.query_params), CHANGES_MEDIA, ASK_AGAIN), request)

    async def streamed(request: Request) -> Response:
        return stream(window, request)

    def event(request: Request) -> Response:
        return _answer(Page(_event(log, request.path_params["sequence"]), EVENT_MEDIA, FOR_EVER), request)

    def health(_: Request) -> Response:
        late = window.ticked is not None and clock() - window.ticked > LATE
        told = {**window.health, "last_round": window.ticked and instant(window.ticked)}
        well = bool(told.get("ok")) and not late
        body = {**told, "ok": well, "late": late}
        return JSONResponse(body, 200 if well else 503, headers={"Cache-Control": "no-store"})

    routes = [
        *(
            Route(f"/{what}/{{letter}}/{{mac}}", doors.answer, methods=["GET", "POST"])
            for what in (STOP, CONFIRM)
            if doors
        ),
        Route("/health", health),
        Route("/changes", changes),
        Route("/stream", streamed),
        Route("/events/{sequence:int}", event),
        *evidence.routes(log),
        Route("/{path:path}", shown),
    ]
    return Secured(Starlette(routes=routes, exception_handlers={HTTPException: _refused}))


class Secured:
    """An application whose every answer, errors too, carries the headers above."""

    def __init__(self, inner: ASGIApp) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI asks."""

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY)
            await send(message)

        await self.inner(scope, receive, secured)


def _answer(page: Page, request: Request) -> Response:
    given = request.headers
    return page.answer(
        given.get("if-none-match", ""), head=request.method == "HEAD", accepts=given.get("accept-encoding", "")
    )


def _changes(log: Path, head: int, query: QueryParams) -> bytes:
    """Lines of the log after `since`, at most `limit` of them and none that is not acknowledged yet."""
    for name in query:
        if name not in ("since", "limit"):
            raise HTTPException(400, "What may be asked: since, limit.")
    since, limit = asking.number(query, "since", 0), min(asking.number(query, "limit", LINES), MOST_LINES)
    with _readable():
        wanted = islice(ReadOnlyLog(log).read(after=since), max(0, min(limit, head - since)))
        lines = [line_object(event) for event in wanted]
    upto = int(lines[-1]["sequence"]) if lines else since
    return canonical({"since": since, "upto": upto, "head": head, "events": lines})


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except FeedError as damaged:
        raise HTTPException(500, detail=str(damaged)) from damaged


def _event(log: Path, sequence: int) -> bytes:
    with _readable():
        found = next(ReadOnlyLog(log).read(after=sequence - 1), None) if sequence > 0 else None
    if found is None:
        raise HTTPException(404)
    return canonical(line_object(found))


def _refused(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = {404: "There is nothing at this address.", 405: "Only GET and HEAD are answered."}
    headers = dict((isinstance(error, HTTPException) and error.headers) or {})
    detail = error.detail if isinstance(error, HTTPException) else ""
    return PlainTextResponse(f"{words.get(status, detail)}\n", status, {**headers, "Cache-Control": "no-store"})
