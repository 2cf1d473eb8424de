"""The two doors of a letter: one stops what it came of, one confirms it. Looking at a door opens nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from feed.app.settings import Settings
from feed.app.subscribed import CONFIRM, STOP, key
from feed.app.web.window import Window
from feed.deliver.outbox import Outbox
from feed.deliver.subscribers import Subscribers, genuine
from feed.model.errors import NotFound
from feed.model.subscription import Kind, Letter
from feed.publish import page
from feed.publish.page import Door

NO_STORE = {"Cache-Control": "no-store"}
ASKS = {
    STOP: Door("Stop these letters?", "You get them as “{}”.", "Stop"),
    CONFIRM: Door("Do you want these letters?", "Somebody asked for them as “{}”.", "Yes, write to me"),
}
DONE = {
    STOP: Door("You get no more of these letters.", "They came as “{}”. Nothing else was changed."),
    CONFIRM: Door("You will get these letters.", "They come as “{}”. Each says how to stop them."),
}


@dataclass(frozen=True, slots=True)
class Doors:
    """GET asks, POST does it: without a cookie and without looking at what was posted (RFC 8058)."""

    settings: Settings
    window: Window
    clock: Callable[[], datetime]

    def answer(self, request: Request) -> Response:
        """Answer at `/unsubscribe/<letter>/<mac>` or `/confirm/<letter>/<mac>`; 404 unless we wrote that address."""
        what = request.url.path.strip("/").split("/")[-3]
        with self._subscribers() as subscribers:
            letter = self._letter(what, request.path_params["letter"], request.path_params["mac"], subscribers)
            if request.method == "POST":
                self._open(what, letter, subscribers)
        names = ", ".join(letter.subscriptions)
        door = (DONE if request.method == "POST" else ASKS)[what]
        return self._page(door, names)

    @contextmanager
    def _subscribers(self) -> Iterator[Subscribers]:
        subscribers = Subscribers.at(self.settings.ops)
        try:
            yield subscribers
        finally:
            subscribers.close()

    def _letter(self, what: str, name: str, given: str, subscribers: Subscribers) -> Letter:
        if not genuine(key(subscribers), what, name, given):
            raise HTTPException(404)
        outbox = Outbox.at(self.settings.ops)
        try:
            return outbox.one(name).letter
        except NotFound as unknown:
            raise HTTPException(404) from unknown
        finally:
            outbox.close()

    def _open(self, what: str, letter: Letter, subscribers: Subscribers) -> None:
        if what == STOP:
            subscribers.stop(letter.subscriptions, self.clock())
        elif letter.kind is not Kind.CONFIRM or not all(
            subscribers.confirm(name, letter.to, self.clock()) for name in letter.subscriptions
        ):
            raise HTTPException(404)

    def _page(self, door: Door, names: str) -> Response:
        items = self.window.items
        if items is None:
            raise HTTPException(503, "Not yet.", headers={"Retry-After": "5"})
        return Response(
            page.door(door, names, items.site, items.render), headers=NO_STORE, media_type="text/html; charset=utf-8"
        )
