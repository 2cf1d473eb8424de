"""One cycle over many sources that all answer 304, against the same requests over bare sockets."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.harness import Case, Clock, Comparison, Work
from feed.app import rounds
from feed.app.settings import Settings
from feed.app.telling import open_ops
from feed.app.wiring import open_desk
from feed.fetch import Guard, Web
from feed.model.source import Source

NOW = datetime(2025, 3, 31, 12, tzinfo=UTC)
SOURCES = 1_000
ASKED = b'GET /feed HTTP/1.1\r\nHost: a.example\r\nIf-None-Match: "1"\r\nConnection: close\r\n\r\n'
SERVER = """
import asyncio
FEED = b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'
HEAD = b"HTTP/1.1 200 OK\\r\\nETag: \\"1\\"\\r\\nConnection: close\\r\\nContent-Length: %d\\r\\n\\r\\n"
NEW = HEAD % len(FEED) + FEED
SAME = b"HTTP/1.1 304 Not Modified\\r\\nETag: \\"1\\"\\r\\nConnection: close\\r\\n\\r\\n"
async def answer(reader, writer):
    asked = await reader.readuntil(b"\\r\\n\\r\\n")
    writer.write(SAME if b"if-none-match" in asked.lower() else NEW)
    await writer.drain()
    writer.close()
async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


def comparisons(folder: Path) -> Iterator[Comparison]:
    """Every visit is a connection of its own, as it is between sites; what is remembered is on disk after each."""
    title = f"a cycle over {SOURCES:,} sources that answer 304"
    yield Comparison(
        title,
        "visit",
        Clock.CPU,
        Case("connect, ask, read, close", _asking),
        (Case("poll", lambda: _polling(folder)),),
    )


@contextmanager
def _server() -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.kill()


@contextmanager
def _asking() -> Iterator[Work]:
    with _server() as port:

        def work() -> int:
            for _ in range(SOURCES):
                with socket.create_connection(("127.0.0.1", port)) as connection:
                    connection.sendall(ASKED)
                    while connection.recv(4096):
                        pass
            return SOURCES

        yield work


@contextmanager
def _polling(folder: Path) -> Iterator[Work]:
    hosts = [f"s{number}.example" for number in range(SOURCES)]
    with _server() as port:
        sources = tuple(Source(name=host, url=f"http://{host}:{port}/feed") for host in hosts)
        settings = Settings.model_validate({"folder": folder, "topic": "uk_returns", "reach": {"allow": hosts}})
        web = Web(agent="bench", guard=Guard(frozenset(hosts), resolve=lambda _host, _port: ["127.0.0.1"]))
        with open_desk(settings) as desk, open_ops(desk, fetch=web) as ops:
            rounds.poll_round(desk, ops.memory, web, sources, NOW, lambda: 0.0)

            def work() -> int:
                later = NOW + timedelta(hours=1)
                made = rounds.poll_round(desk, ops.memory, web, sources, later, lambda: 0.0)
                assert {visit.outcome.value for visit in made.visits} == {"unchanged"}
                return len(made.visits)

            yield work
