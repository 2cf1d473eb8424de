"""Connections that go only where the guard looked first, and that end at a deadline."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore2
import httpx2

from feed.fetch.guard import Guard

SocketOptions = Iterable[Any] | None


class Guarded(httpx2.BaseTransport):
    """httpx2 over a pool of our own, since its own transport takes no network backend.

    Raises what the pool raises (httpcore2's errors), not httpx2's.
    """

    def __init__(self, backend: httpcore2.NetworkBackend, tls: ssl.SSLContext) -> None:
        self._pool = httpcore2.ConnectionPool(ssl_context=tls, network_backend=backend, max_connections=1)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request; the answer's body is read as it is wanted."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            status_code=answer.status, headers=answer.headers, stream=_Pieces(answer), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Pieces(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class CheckedBackend(httpcore2.NetworkBackend):
    """Connects to the very address that was checked: a name that changes its mind in between gains nothing."""

    def __init__(self, guard: Guard, deadline: float, clock: Callable[[], float]) -> None:
        self._guard, self._deadline, self._clock = guard, deadline, clock
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first checked address that answers."""
        failure: httpcore2.NetworkError | httpcore2.TimeoutException | None = None
        for address in self._guard.addresses(host, port):
            wait = _left(self._deadline, self._clock, timeout)
            try:
                stream = self._sockets.connect_tcp(address, port, wait, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as unreachable:
                failure = unreachable
            else:
                return _Timed(stream, self._deadline, self._clock)
        raise failure or httpcore2.ConnectError("no address")


class _Timed(httpcore2.NetworkStream):
    """A stream on which every wait ends at the deadline, however busily the other side drips."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float, clock: Callable[[], float]) -> None:
        self._stream, self._deadline, self._clock = stream, deadline, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, self._clock, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, self._clock, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        wait = _left(self._deadline, self._clock, timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, wait), self._deadline, self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, clock: Callable[[], float], timeout: float | None) -> float:
    left = deadline - clock()
    if left <= 0:
        raise httpcore2.ReadTimeout("the whole answer took too long")
    return left if timeout is None else min(left, timeout)
