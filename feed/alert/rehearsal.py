"""What would have been sent, had these subscriptions been there: the past, told anew, to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from feed.alert.route import HOUR, Receiver, letters, route, within
from feed.model.notice import Notice
from feed.model.subscription import Kind, Letter, Subscription


def rehearse(
    notices: Iterable[Notice], subscriptions: Sequence[Subscription], zone: tzinfo
) -> tuple[tuple[datetime, Letter], ...]:
    """The letters that these alerts would have become, each with when, oldest first. What was muted stays so.

    As if each alert had been seen when it was recorded; when a receiver was down plays no part. `zone` is the topic's.
    """
    pending = [telling for notice in notices for telling in route((notice,), subscriptions, notice.recorded, zone)]
    sent: list[tuple[datetime, Letter]] = []
    told: dict[Receiver, list[datetime]] = {}
    while pending:
        now = min(telling.due for telling in pending)
        lately = {receiver: [time for time in times if time > now - HOUR] for receiver, times in told.items()}
        due = within([each for each in pending if each.due <= now], lately, subscriptions)
        pending = [each for each in pending if each.due > now] + [each for each in due if each.due > now]
        for letter in letters(each for each in due if each.due <= now):
            sent.append((now, letter))
            if letter.kind is Kind.ALERT:
                told.setdefault((letter.channel, letter.to), []).append(now)
    return tuple(sent)
