"""A small HTTP server on this machine alone, for as long as the demo runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Self

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. Names of headers are lower case; `body` is empty for a GET."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """A response."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] | None = None


class Loopback:
    """Answers on a free port of this machine, each request by `answer`, until closed."""

    def __init__(self, answer: Callable[[Asked], Answered]) -> None:
        self._server = ThreadingHTTPServer((HOST, 0), _visit(answer))
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    @property
    def host(self) -> str:
        """Host and port."""
        return f"{HOST}:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        return f"http://{self.host}"

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _visit(answer: Callable[[Asked], Answered]) -> type[BaseHTTPRequestHandler]:
    class Visit(BaseHTTPRequestHandler):
        """One connection."""

        def do_GET(self) -> None:
            """Answer a GET."""
            self._answer(b"")

        def do_POST(self) -> None:
            """Answer a POST."""
            self._answer(self.rfile.read(int(self.headers.get("content-length", "0"))))

        def _answer(self, body: bytes) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            given = answer(Asked(self.command, self.path, headers, body))
            with suppress(ConnectionError):  # whoever asked has left: that is for them to notice
                self.send_response(given.status)
                for name, value in {"Content-Length": str(len(given.body)), **(given.headers or {})}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(given.body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the demo tells what matters."""

    return Visit
