"""A poll that is killed at each durable step and started again, told to test_poll_kill in JSON.

Run it as `python -m tests.edges.poll_kills FOLDER STEP`: the process that is killed is a fork of one that has
everything loaded, so that hundreds of kills take seconds. STEP takes every so many of the steps.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from feed.app import packs, rounds, telling, wiring
from feed.app.pipeline import finish
from feed.app.settings import Settings
from feed.app.telling import open_ops, tell
from feed.app.wiring import open_desk
from feed.capture import capture as capturing
from feed.capture import page
from feed.confine import Told
from feed.model.source import Source
from feed.model.web import Request, Response
from feed.poll import syndicated
from feed.poll import visit as visiting

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SITE = "http://news.example"
SOURCE = Source(name="news", url=f"{SITE}/feed", alert_old=True)
SEEDS = Path(__file__).parents[2] / "seeds"
PAGES = ("seed-2-nearly-19000.html", "seed-1-return-hubs.html")
WORKS: dict[str, Callable[[Told], Any]] = {
    "feed.poll.syndicated:listed": syndicated.listed,
    "feed.capture.page:seen": page.seen,
}
DURABLE = ("fsync", "fdatasync", "replace", "rename", "unlink", "ftruncate", "write")


def fetch(request: Request, /) -> Response:
    """The site: two of the seeds."""
    path = request.url.removeprefix(SITE)
    if path == "/feed":
        items = "".join(f"<item><link>{SITE}/{name}</link><guid>{name}</guid></item>" for name in reversed(PAGES))
        return Response(request.url, 200, {}, f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
    if path == "/robots.txt":
        return Response(request.url, 404, {}, b"")
    body = (SEEDS / "pages" / path.lstrip("/")).read_bytes()
    return Response(request.url, 200, {"content-type": "text/html"}, body)


def here(work: str, body: bytes, **words: str) -> Any:
    """`confined` without a child: a process that is to be killed shall not start others."""
    return json.loads(json.dumps(WORKS[work](Told(body, words))))


def polled(folder: Path) -> None:
    """One poll, from opening to telling, as the command does it."""
    settings = Settings.model_validate({"folder": folder, "topic": "uk_returns", "reach": {"allow": ("news.example",)}})
    with open_desk(settings, lambda _: None) as desk, open_ops(desk, fetch=fetch) as ops:
        finish(desk, NOW)
        rounds.poll_round(desk, ops.memory, fetch, (SOURCE,), NOW, lambda: 0.0)
        tell(desk, ops, NOW)


class Counted:
    """Durable steps of this process; at the `last` one it kills itself."""

    def __init__(self, last: int | None) -> None:
        self.steps, self._last = 0, last

    def step(self) -> None:
        """One step is about to be done."""
        self.steps += 1
        if self.steps == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def wrapped(self, done: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, counted."""

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.step()
            return done(*args, **kwargs)

        return counted


def count(last: int | None) -> Counted:
    """Count each durable step from here on: file calls of `os`, and every statement that SQLite is given."""
    counted = Counted(last)
    for name in DURABLE:
        setattr(os, name, counted.wrapped(getattr(os, name)))
    connect = sqlite3.connect

    def connected(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **kwargs)
        connection.set_trace_callback(lambda _: counted.step())
        return connection

    sqlite3.connect = connected  # type: ignore[assignment]
    return counted


def forked(folder: Path, last: int | None) -> int:
    """Poll in a process of its own, killed at the `last` step. Gives the steps that it took, 0 when it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        write = os.write
        counted = count(last)
        try:
            polled(folder)
            write(writing, str(counted.steps).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        steps = int(answer.read() or b"0")
    os.waitpid(child, 0)
    return steps


def main(folder: Path, step: int) -> None:
    """Poll undisturbed; then, killed at every `step`-th step, poll again; print where the end differed."""
    for module in (visiting, capturing):
        module.confined = here  # type: ignore[attr-defined]
    page.rehearse()
    topic, english = packs.load("uk_returns"), packs.english()
    for module in (wiring, telling):
        module.topic_of = lambda _: topic  # type: ignore[attr-defined]
    packs.english = lambda: english
    polled(folder / "rehearsed")
    steps = forked(folder / "whole", None)
    whole = (folder / "whole" / "events.jsonl").read_bytes()
    differ, killed = [], 0
    for last in range(1, steps + 1, step):
        scratch = folder / "killed"
        killed += forked(scratch, last) == 0
        ended = forked(scratch, None)
        log = (scratch / "events.jsonl").read_bytes() if ended else b""
        if log != whole:
            differ.append(last)
        shutil.rmtree(scratch)
    print(json.dumps({"steps": steps, "killed": killed, "differ": differ, "lines": whole.count(b"\n")}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
