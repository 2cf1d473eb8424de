"""A WebSub hub is told which feeds changed; it fetches them, and tells those who follow them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from feed.deliver.webhook import LIMITS, TAKEN
from feed.model.errors import DeliveryFailed, SourceFailed
from feed.model.subscription import Letter
from feed.model.web import Fetch, Request

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Hub:
    """The channel. `fetch` should give up after 15 seconds."""

    fetch: Fetch

    def __call__(self, letter: Letter, body: bytes, now: datetime, /) -> str:  # noqa: ARG002 - the webhook needs it
        """POST a form once. Only 2xx is success. Raises DeliveryFailed."""
        try:
            answer = self.fetch(Request(letter.to, LIMITS, method="POST", headers={"Content-Type": FORM}, content=body))
        except SourceFailed as failed:
            raise DeliveryFailed(failed.what, where=letter.to) from failed
        if answer.status not in TAKEN:
            gone = answer.status == HTTPStatus.GONE
            raise DeliveryFailed(f"answered {answer.status}", where=letter.to, gone=gone, retry=not gone)
        return f"answered {answer.status}"
