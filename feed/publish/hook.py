"""The body of a webhook: the alert's CloudEvent, byte for byte as the log has it."""

from __future__ import annotations

from feed.model.chain import canonical
from feed.model.errors import DeliveryFailed
from feed.model.notice import Notice

MEDIA_TYPE = "application/cloudevents+json; charset=utf-8"
LONGEST = 20_000


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
