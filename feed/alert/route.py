"""Who is owed what: alerts times subscriptions, each receiver told once. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from feed.alert.condition import tells
from feed.model.notice import Notice
from feed.model.subscription import Cadence, Kind, Letter, Medium, Subscription

KINDS = {Cadence.IMMEDIATE: Kind.ALERT, Cadence.DIGEST: Kind.DIGEST}
Receiver = tuple[Medium, str]


def route(
    notices: Iterable[Notice], subscriptions: Sequence[Subscription], cadence: Cadence | None = None
) -> tuple[Letter, ...]:
    """The letters owed for these alerts, in the order of the log, then of the subscriptions.

    Mail: one letter with all that a receiver is owed, one more for digests. Webhook: one letter for each alert.
    A receiver with several subscriptions is told each alert once, in the letter that comes first, and the letter names
    every subscription that asked. `cadence` gives only letters of that kind, knowing what the other kind tells.
    """
    told = sorted(notices, key=lambda notice: notice.sequence)
    owed: dict[tuple[Receiver, Cadence], dict[str, list[str]]] = {}
    for notice in told:
        for receiver, asking in _asking(notice, subscriptions).items():
            first = min(asking, key=_soonest).cadence
            owed.setdefault((receiver, first), {})[notice.id] = [each.name for each in asking]
    letters = (
        letter
        for (receiver, when), alerts in owed.items()
        if cadence in (None, when)
        for letter in _letters(receiver, KINDS[when], alerts)
    )
    return tuple(letters)


def _asking(notice: Notice, subscriptions: Sequence[Subscription]) -> dict[Receiver, list[Subscription]]:
    asking: dict[Receiver, list[Subscription]] = {}
    for subscription in subscriptions:
        if wants(subscription, notice):
            asking.setdefault((subscription.channel, subscription.to), []).append(subscription)
    return asking


def _soonest(subscription: Subscription) -> int:
    return list(Cadence).index(subscription.cadence)


def _letters(receiver: Receiver, kind: Kind, alerts: dict[str, list[str]]) -> tuple[Letter, ...]:
    channel, to = receiver
    if channel is Medium.WEBHOOK:
        return tuple(Letter(channel, to, kind, tuple(names), (alert,)) for alert, names in alerts.items())
    every = tuple(dict.fromkeys(chain.from_iterable(alerts.values())))
    return (Letter(channel, to, kind, every, tuple(alerts)),)


def wants(subscription: Subscription, notice: Notice) -> bool:
    """Whether a subscription asks for this alert: by class, severity, metric (or office, scheme), dims, condition."""
    return subscription.asked.admits(notice) and (subscription.when is None or tells(subscription.when, notice))
