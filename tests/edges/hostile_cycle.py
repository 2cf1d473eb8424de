"""One cycle of polling over twenty hostile servers and five good ones, told to test_hostile_web in JSON.

Run it as `python -m tests.edges.hostile_cycle FOLDER`. A process of its own, so that its memory can be measured.
"""

from __future__ import annotations

import gzip
import json
import socket
import sys
import threading
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from feed.app import rounds
from feed.app.settings import Settings
from feed.app.telling import open_ops
from feed.app.wiring import open_desk
from feed.confine import NURSE
from feed.fetch import Guard, Times, Web
from feed.model.source import Source

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n"
MIB = 1024 * 1024
DRIP, PIECE = 0.3, 4.0  # seconds
SAID = b"<p>The department said that it would set out what it had done. </p>" * 20
FIGURE = b"<p>Since the election 19,244 people with no right to be in the UK have been returned.</p>"
PAGE = b"<html><body><article>" + SAID + FIGURE + b"</article></body></html>"
Act = Callable[[socket.socket], None]


def rss(inside: bytes) -> bytes:
    return b"<rss version='2.0'><channel>" + inside + b"</channel></rss>"


def whole(body: bytes, *headers: bytes) -> bytes:
    lines = b"".join(header + b"\r\n" for header in headers)
    return HEAD + lines + b"Content-Length: %d\r\n\r\n" % len(body) + body


GOOD = {
    b"/": whole(rss(b"<item><title>One</title><link>/page</link><guid>1</guid></item>")),
    b"/page": whole(PAGE).replace(b"application/rss+xml", b"text/html"),
    b"/robots.txt": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
}


def sends(answer: bytes) -> Act:
    return lambda visitor: visitor.sendall(answer)


def drips(first: bytes, drop: bytes, wait: float) -> Act:
    def act(visitor: socket.socket) -> None:
        visitor.sendall(first)
        pause = threading.Event()
        while not pause.wait(wait):
            visitor.sendall(drop)

    return act


def floods(first: bytes, piece: bytes) -> Act:
    def act(visitor: socket.socket) -> None:
        visitor.sendall(first)
        while True:
            visitor.sendall(piece)

    return act


def resets(after: int) -> Act:
    def act(visitor: socket.socket) -> None:
        visitor.sendall(HEAD + b"Content-Length: 9000\r\n\r\n" + b"x" * after)
        visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    return act


def hostile() -> dict[str, Act]:
    """Twenty ways to be a bad source."""
    zeros = gzip.compress(b"\0" * (50 * MIB))
    laughs = b"<!DOCTYPE l [<!ENTITY a 'lol'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    return {
        "silent": drips(b"", b"", DRIP),
        "slow-head": drips(b"HTTP/1.1 200 OK\r\nX: ", b"x", DRIP),
        "slow-body": drips(HEAD + b"Content-Length: 90000\r\n\r\n", b"x", DRIP),
        "slow-chunks": drips(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", DRIP),
        "hangs-up": sends(b""),
        "endless": floods(HEAD + b"\r\n", b"x" * 65536),
        "endless-chunks": floods(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"),
        "ten-gb": floods(HEAD + b"Content-Length: 10000000000\r\n\r\n", b"x" * 65536),
        "bomb": sends(whole(zeros, b"Content-Encoding: gzip")),
        "double-bomb": sends(whole(gzip.compress(zeros), b"Content-Encoding: gzip, gzip")),
        "deflate": sends(whole(zlib.compress(b"\0" * MIB), b"Content-Encoding: deflate")),
        "brotli": sends(whole(b"\x8b\xff\xff\x03", b"Content-Encoding: br")),
        "loop": sends(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        "fat-head": floods(b"HTTP/1.1 200 OK\r\n", b"X-Y: " + b"y" * 1000 + b"\r\n"),
        "too-short": sends(HEAD + b"Content-Length: 9000\r\n\r\nshort"),
        "reset-1k": resets(1024),
        "reset-4k": resets(4096),
        "laughs": sends(whole(laughs + b"]><rss>&j;</rss>")),
        "items": sends(whole(rss(b"<item/>" * 100_000))),
        "deep": sends(whole(b"<a>" * 300_000)),
    }


def serve(act: Act | None) -> int:
    """A server on a port of its own that does that to everyone, a good one when None; its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def one(visitor: socket.socket) -> None:
        with closing(visitor), suppress(OSError):
            path = visitor.recv(4096).split(b" ")[1]
            if act is None:
                visitor.sendall(GOOD[path])
            else:
                act(visitor)

    def accept() -> None:
        while True:
            visitor, _ = listening.accept()
            threading.Thread(target=one, args=(visitor,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return int(listening.getsockname()[1])


def main(folder: Path) -> None:
    """Poll them all at once; print when the good ones were done, how each ended, and the most memory we had."""
    acts: dict[str, Act | None] = {**hostile(), **{f"good-{n}": None for n in range(5)}}
    ports = {name: serve(act) for name, act in acts.items()}
    sources = tuple(Source(name=name, url=f"http://{name}.example:{ports[name]}/") for name in acts)
    settings = Settings.model_validate(
        {"folder": folder, "topic": "uk_returns", "reach": {"allow": tuple(f"{name}.example" for name in acts)}}
    )
    guard = Guard.allowing(settings.reach.allow)
    guard = Guard(guard.allow_hosts, resolve=lambda _host, _port: ["127.0.0.1"])
    late = [0.0]  # the slow ones run out of time when the good ones were there, however busy this machine is
    web = Web(agent="a", guard=guard, times=Times(5, PIECE, 300), clock=lambda: monotonic() + late[0])
    with open_desk(settings) as desk, open_ops(desk, fetch=web) as ops:
        line = rounds.Line(desk, ops.memory, web, lambda: NOW, lambda: 0.0)
        errands = line.errands()
        for source in sources:
            errands.start(source.name, rounds.visit(line, source))
        while any(errands.out(source.name) for source in sources if source.name.startswith("good")):
            errands.settle(0.05)
        waited_for = [source.name for source in sources if errands.out(source.name)]
        late[0] = 1000.0
        errands.settle()
        told = {visit.source.name: visit.why or visit.outcome.value for visit in line.made.visits}
        taken = [one.article for one in line.made.taken if one.events]
    nursery = NURSE._process
    kib = sum(peak(each) for each in ("self", *([str(nursery.pid)] if nursery else [])))
    print(json.dumps({"under_way": waited_for, "told": told, "taken": taken, "mib": kib / 1024}))


def peak(process: str) -> int:
    """The most memory that a process took, in KiB. What the kernel tells of usage begins with its parent's."""
    told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(told.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
