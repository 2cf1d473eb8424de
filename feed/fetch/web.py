"""The real client: httpx2 over connections that go only where the guard looked first."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from time import monotonic
from urllib.parse import urljoin, urlsplit

import httpcore2
import httpx2

from feed.fetch.connection import CheckedBackend, Guarded
from feed.fetch.guard import Guard
from feed.fetch.unpack import unpack
from feed.model.errors import FetchRefused, SourceFailed
from feed.model.web import Request, Response

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
LOST = (httpcore2.NetworkError, httpcore2.ProtocolError)


@dataclass(frozen=True, slots=True)
class Times:
    """How long we wait, in seconds: to connect, for each piece (the first included), and for the whole answer."""

    connect: float = 5.0
    piece: float = 10.0
    whole: float = 30.0


@dataclass(frozen=True, slots=True)
class Web:
    """`feed.model.web.Fetch` over the real network. `agent` says honestly who asks and how to reach them.

    Uses no proxy or certificate of the environment, keeps no cookie and no connection.
    """

    agent: str
    guard: Guard = field(default_factory=Guard)
    times: Times = field(default_factory=Times)
    clock: Callable[[], float] = monotonic
    tls: ssl.SSLContext = field(default_factory=lambda: httpx2.create_ssl_context(trust_env=False))

    def __call__(self, request: Request, /) -> Response:
        """As the port promises. One deadline holds for all redirects together; a POST follows none."""
        redirects = request.limits.redirects if request.method == "GET" else 0
        deadline = self.clock() + self.times.whole
        url, moved, permanent = request.url, None, True
        for _ in range(redirects + 1):
            self.guard.check(url)
            answer = self._ask(url, request, deadline)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target or not redirects:
                return Response(url=url, status=answer.status, headers=answer.headers, body=answer.body, moved=moved)
            url = _onward(url, target)
            permanent = permanent and answer.status in PERMANENT
            moved = url if permanent else moved
        raise FetchRefused(f"more than {redirects} redirects", where=request.url)

    def _ask(self, url: str, request: Request, deadline: float) -> Response:
        coding = "identity" if request.limits.cut else "gzip"
        wanted = {"User-Agent": self.agent, "Accept-Encoding": coding, **request.headers}
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in wanted.items()]
        waits = httpx2.Timeout(self.times.piece, connect=self.times.connect)
        content = request.content if request.method == "POST" else None
        transport = Guarded(CheckedBackend(self.guard, deadline, self.clock), self.tls)
        try:
            with (
                httpx2.Client(transport=transport, timeout=waits, trust_env=False) as client,
                client.stream(request.method, url, headers=headers, content=content) as answer,
            ):
                return Response(
                    url=url,
                    status=answer.status_code,
                    headers=_headers(answer),
                    body=self._body(answer, request, url),
                )
        except httpx2.InvalidURL as malformed:
            raise FetchRefused(f"the address is malformed ({malformed})", where=url[:200]) from malformed
        except (httpcore2.TimeoutException, httpx2.TimeoutException) as slow:
            raise SourceFailed(f"no full answer in time ({type(slow).__name__})", where=url) from slow
        except (httpx2.HTTPError, *LOST) as lost:
            raise SourceFailed(f"no answer ({type(lost).__name__}: {lost})", where=url) from lost

    def _body(self, answer: httpx2.Response, request: Request, url: str) -> bytes:
        if request.limits.cut:
            return _beginning(answer, request.limits.packed)
        if not HTTPStatus(200) <= answer.status_code < HTTPStatus(300):
            return b""
        declared = answer.headers.get("content-length", "")
        if declared.isdecimal() and int(declared[:19]) > request.limits.packed:
            raise FetchRefused(f"the answer is larger than {request.limits.packed} bytes", where=url)
        return unpack(answer.iter_raw(), answer.headers.get("content-encoding", ""), request.limits, where=url)


def _beginning(answer: httpx2.Response, most: int) -> bytes:
    """The first bytes of a body, as many as come: the status has said what matters."""
    held = bytearray()
    with suppress(httpx2.HTTPError, httpcore2.TimeoutException, *LOST):
        for piece in answer.iter_raw():
            held += piece
            if len(held) >= most:
                break
    return bytes(held[:most])


def _headers(answer: httpx2.Response) -> dict[str, str]:
    """Latin-1, so that what a server sent can be sent back to the byte."""
    joined: dict[str, str] = {}
    for raw, value in answer.headers.raw:
        name, text = raw.decode("latin-1").lower(), value.decode("latin-1")
        joined[name] = f"{joined[name]}, {text}" if name in joined else text
    return joined


def _onward(url: str, target: str) -> str:
    try:
        onward = urljoin(url, target.encode("latin-1").decode("utf-8", "replace"))
        downgraded = urlsplit(url).scheme == "https" and urlsplit(onward).scheme == "http"
    except ValueError as malformed:
        raise FetchRefused(f"a redirect leads to a malformed address ({malformed})", where=url) from malformed
    if downgraded:
        raise FetchRefused("a redirect leads from https to http", where=url)
    return onward
