"""Webhooks by Standard Webhooks: a signed POST of the alert's CloudEvent."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from standardwebhooks.webhooks import Webhook

from feed.model.errors import DeliveryFailed, SourceFailed
from feed.model.subscription import Letter, Medium, Subscription
from feed.model.web import KIB, Fetch, Limits, Request, Response
from feed.publish.hook import MEDIA_TYPE

# Who answers at length has answered all the same: what is more is not read.
LIMITS = Limits(packed=8 * KIB, body=8 * KIB, redirects=0, cut=True)
TAKEN = range(200, 300)
REFUSED = frozenset(range(400, 500)) - {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.GONE,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}
Secrets = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Hook:
    """The channel. `fetch` should give up after 15 seconds; `secrets` are the `whsec_` ones by subscription name.

    `checkpoint` is the log's newest one as a signed note, "" when there is none.
    """

    fetch: Fetch
    secrets: Secrets = field(repr=False)
    checkpoint: str = ""

    def __call__(self, letter: Letter, body: bytes, now: datetime, /) -> str:
        """POST once. Only 2xx is success: a redirect is a failure, 410 the end, Retry-After is passed on.

        `webhook-id` is the alert's id, the same in each attempt; `feed-previous-sequence` is the `sequence` of what
        this receiver was told before, so that it sees a gap. Signed with every secret of every subscription that asked.
        `feed-checkpoint` is the checkpoint in base64: it vouches for itself, and stands beside what we sign.
        Raises DeliveryFailed.
        """
        headers = {"Content-Type": MEDIA_TYPE, **self._signed(letter, body, now)}
        if letter.previous is not None:
            headers["feed-previous-sequence"] = str(letter.previous)
        if self.checkpoint:
            headers["feed-checkpoint"] = base64.b64encode(self.checkpoint.encode()).decode()
        try:
            answer = self.fetch(Request(letter.to, LIMITS, method="POST", headers=headers, content=body))
        except SourceFailed as failed:
            raise DeliveryFailed(failed.what, where=letter.to) from failed
        if answer.status not in TAKEN:
            raise DeliveryFailed(
                f"answered {answer.status}",
                where=letter.to,
                after=_wish(answer, now),
                gone=answer.status == HTTPStatus.GONE,
                retry=answer.status != HTTPStatus.GONE,
                refused=answer.status in REFUSED,
            )
        return f"answered {answer.status}"

    def _signed(self, letter: Letter, body: bytes, now: datetime) -> dict[str, str]:
        known = [secret for name in letter.subscriptions for secret in self.secrets.get(name, ())]
        if not known:
            names = ", ".join(letter.subscriptions)
            raise DeliveryFailed(f"nobody is subscribed as {names} any more", where=letter.to, retry=False)
        (alert,) = letter.alerts
        moment = now.astimezone(UTC)  # of any other zone the library signs the wrong second
        return {
            "webhook-id": alert,
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": " ".join(
                Webhook(secret).sign(alert, moment, body.decode()) for secret in dict.fromkeys(known)
            ),
        }


def secrets(subscriptions: Iterable[Subscription]) -> dict[str, tuple[str, ...]]:
    """The secrets of webhook subscriptions by name, in the clear: for `Hook` alone."""
    return {
        each.name: tuple(secret.get_secret_value() for secret in each.secret)
        for each in subscriptions
        if each.channel is Medium.WEBHOOK
    }


def _wish(answer: Response, now: datetime) -> int | None:
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return int(said[:10])
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0, -(-(until - now) // timedelta(seconds=1))) if until.tzinfo else None
