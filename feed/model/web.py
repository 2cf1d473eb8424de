"""What is asked of the web and what it answers: values, limits and the port. No I/O happens here.

The port has one verb, so that polling, capturing and delivering share one careful client and tests can stand in for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

KIB, MIB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an answer may be: `packed` bytes as sent, `body` bytes unpacked, `redirects` followed.

    `cut`: what is more is not read, and a body that breaks off is no failure, where only the status matters.
    """

    packed: int
    body: int
    redirects: int = 5
    cut: bool = False


FEED_LIMITS = Limits(packed=1 * MIB, body=4 * MIB)
PAGE_LIMITS = Limits(packed=2 * MIB, body=8 * MIB)


@dataclass(frozen=True, slots=True)
class Request:
    """One question to the web. `headers` come on top of the client's own; `content` is sent with a POST only."""

    url: str
    limits: Limits
    method: Literal["GET", "POST"] = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """One answer. `url` is where it came from in the end; header names are lower case; `body` is unpacked.

    `moved` is the address that permanent redirects (301, 308) lead to, None when there was none at the start.
    `body` is empty unless the status is 2xx; where it is `cut`, it is the beginning of any answer, as sent.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    moved: str | None = None


class Fetch(Protocol):
    """The port to the web."""

    def __call__(self, request: Request, /) -> Response:
        """Ask once, following redirects within the limits. Any status that is no redirect is an answer, not an error.

        Raises FetchRefused when the address may not be asked or the answer breaks a limit, SourceFailed when there
        is no answer (no such name, no connection, too slow, cut off). Never tries a second time.
        """
        ...
