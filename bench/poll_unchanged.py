"""Polling a feed that answers with the same body as before, against taking that body's SHA-256."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from bench.harness import Clock, Comparison, Work, steady
from feed.model.source import Source
from feed.model.web import Request, Response
from feed.poll import Outcome, poll
from feed.poll.due import fresh

NOW = datetime(2025, 3, 31, 12, tzinfo=UTC)
SOURCE = Source(name="example", url="https://news.example/feed.xml")
VISITS, ITEMS = 1_000, 100


def comparisons(_: Path) -> Iterator[Comparison]:
    """A site without validators of its own: it sends the whole feed each time, and only the digest tells."""
    body = _feed()
    title = f"poll, unchanged feed of {len(body) // 1000} KB"
    floor = steady("SHA-256 of its body", _hashing(body))
    yield Comparison(title, "visit", Clock.CPU, floor, (steady("poll", _polling(body)),))


def _hashing(body: bytes) -> Work:
    def work() -> int:
        for _ in range(VISITS):
            sha256(body).hexdigest()
        return VISITS

    return work


def _polling(body: bytes) -> Work:
    memory = replace(fresh(SOURCE), body_sha256=sha256(body).hexdigest())

    def fetch(request: Request, /) -> Response:
        return Response(request.url, 200, {"content-type": "application/rss+xml"}, body)

    def work() -> int:
        outcomes = {poll(SOURCE, memory, fetch, NOW).outcome for _ in range(VISITS)}
        assert outcomes == {Outcome.UNCHANGED}
        return VISITS

    return work


def _feed() -> bytes:
    said = "The office said on Thursday that more of them had been counted than in the month before. " * 8
    items = "".join(
        f"<item><title>What was counted, part {number}</title><link>https://news.example/{number}</link>"
        f"<guid>https://news.example/{number}</guid><pubDate>Thu, 27 Mar 2025 09:30:00 GMT</pubDate>"
        f"<description>{said}</description></item>\n"
        for number in range(ITEMS)
    )
    return f'<rss version="2.0"><channel><title>Example</title>\n{items}</channel></rss>'.encode()
