"""The body of a webhook: the alert's CloudEvent, byte for byte as the log has it; and what a hub is told."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from feed.model.chain import canonical
from feed.model.errors import DeliveryFailed
from feed.model.notice import Notice

MEDIA_TYPE = "application/cloudevents+json; charset=utf-8"
LONGEST = 20_000


def changed(feeds: Iterable[str]) -> bytes:
    """The form by which a WebSub hub is told that feeds changed."""
    return urlencode([("hub.mode", "publish"), *(("hub.url", feed) for feed in feeds)]).encode()


def body(notice: Notice) -> bytes:
    """The recorded line of the alert and nothing else, so that a receiver can put it into the chain.

    Raises DeliveryFailed (no retry) when it is longer than the 20 kB that receivers need to take.
    """
    line = canonical(notice.event)
    if len(line) > LONGEST:
        raise DeliveryFailed(
            f"the alert takes {len(line)} bytes, more than {LONGEST}", where=f"alert {notice.id}", retry=False
        )
    return line
