"""Who is owed what: alerts times subscriptions, each receiver told once. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from itertools import chain, groupby

from feed.alert.condition import tells
from feed.model.notice import Notice
from feed.model.subscription import Kind, Letter, Medium, Subscription, Telling

Receiver = tuple[Medium, str]
HOUR = timedelta(hours=1)


def route(
    notices: Iterable[Notice], subscriptions: Sequence[Subscription], now: datetime, zone: tzinfo
) -> tuple[Telling, ...]:
    """What every receiver is owed of these alerts, in the order of the log, then of the subscriptions.

    A receiver with several subscriptions is told each alert once, when the first of them wants it, and every
    subscription that asked is named. What is muted is owed to nobody. `zone` is the topic's; `now` decides only
    whether hours are quiet.
    """
    told = sorted(notices, key=lambda notice: notice.sequence)
    return tuple(telling for notice in told for telling in _tellings(notice, subscriptions, now, zone))


def _tellings(notice: Notice, subscriptions: Sequence[Subscription], now: datetime, zone: tzinfo) -> Iterator[Telling]:
    asking: dict[Receiver, list[Subscription]] = {}
    for subscription in subscriptions:
        if wants(subscription, notice):
            asking.setdefault((subscription.channel, subscription.to), []).append(subscription)
    for (channel, to), all_asking in asking.items():
        due, kind = min(_due(each, notice, now, zone) for each in all_asking)
        names = tuple(each.name for each in all_asking)
        yield Telling(channel, to, notice.id, notice.sequence, kind, names, due)


def _due(subscription: Subscription, notice: Notice, now: datetime, zone: tzinfo) -> tuple[datetime, Kind]:
    pace = subscription.pace(notice.severity)
    due = pace.after(notice.recorded, zone)
    if subscription.quiet is not None:
        woken = subscription.quiet.after(max(due, now), zone)
        if woken > max(due, now):
            return woken, Kind.DIGEST
    return due, Kind.DIGEST if pace.gathers else Kind.ALERT


def wants(subscription: Subscription, notice: Notice) -> bool:
    """Whether a subscription asks for this alert: by class, severity, metric (or office, scheme), source, condition."""
    return (
        notice.muted is None
        and subscription.asked.admits(notice)
        and (subscription.when is None or tells(subscription.when, notice))
    )


def letters(tellings: Iterable[Telling]) -> tuple[Letter, ...]:
    """What is due, in letters. Mail and the like: one for what is told at once and one for what was gathered, for each
    receiver. Webhook: one for each alert.
    """
    ordered = sorted(tellings, key=lambda each: (each.channel, each.to, each.sequence))
    return tuple(
        letter
        for (channel, to), held in groupby(ordered, key=lambda each: (each.channel, each.to))
        for letter in _letters(channel, to, list(held))
    )


def _letters(channel: Medium, to: str, held: Sequence[Telling]) -> Iterator[Letter]:
    if channel is Medium.WEBHOOK:
        yield from (Letter(channel, to, t.kind, t.subscriptions, (t.alert,), sequence=t.sequence) for t in held)
        return
    for kind in (Kind.ALERT, Kind.DIGEST):
        alike = [each for each in held if each.kind is kind]
        if alike:
            names = tuple(dict.fromkeys(chain.from_iterable(each.subscriptions for each in alike)))
            alerts = tuple(each.alert for each in alike)
            yield Letter(channel, to, kind, names, alerts, sequence=alike[-1].sequence)


def within(
    due: Iterable[Telling], told: Mapping[Receiver, Sequence[datetime]], subscriptions: Iterable[Subscription]
) -> tuple[Telling, ...]:
    """What is due, within what each receiver wants in an hour: what is more is put off, to be gathered then.

    `told`: when each receiver was last told something at once, oldest first, in the hour before now. The smallest
    `at_most` of a receiver's subscriptions holds.
    """
    most: dict[Receiver, int] = {}
    for each in subscriptions:
        if each.at_most is not None:
            receiver = each.channel, each.to
            most[receiver] = min(each.at_most, most.get(receiver, each.at_most))
    return tuple(_put_off(each, told.get((each.channel, each.to), ()), most) for each in due)


def _put_off(telling: Telling, told: Sequence[datetime], most: Mapping[Receiver, int]) -> Telling:
    limit = most.get((telling.channel, telling.to))
    if telling.kind is not Kind.ALERT or limit is None or len(told) < limit:
        return telling
    return replace(telling, kind=Kind.DIGEST, due=told[-limit] + HOUR)
