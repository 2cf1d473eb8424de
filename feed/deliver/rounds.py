"""One round of deliveries: everything that is due is tried once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from feed.deliver.outbox import Outbox, Owed
from feed.model.errors import DeliveryFailed, FeedError
from feed.model.subscription import Letter, Medium


class Channel(Protocol):
    """A way to a receiver."""

    def __call__(self, letter: Letter, body: bytes, now: datetime, /) -> str:
        """Send this body once and give the receiver's answer in a few words. `now` is the time of the attempt.

        Returning means that the receiver took it. Raises DeliveryFailed when it did not, or nobody knows.
        """
        ...


Compose = Callable[[Owed], bytes]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a round came to, as ids of letters. `failed` were tried in vain; their next try, or that they are parked,
    stands in the outbox. `waiting` were not tried since their receiver had just failed.
    """

    sent: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def deliver(
    outbox: Outbox,
    channels: Mapping[Medium, Channel],
    compose: Compose,
    now: datetime,
    jitter: Callable[[], float] = lambda: 1.0,
) -> Delivered:
    """Try what is due once, in the order in which it was owed, and note the outcome of each at once.

    A receiver that fails is left alone for the rest of the round; no other receiver notices. `compose` makes the bytes
    of a letter; when it raises a FeedError the letter is parked with the reason. `jitter` gives factors for the next
    waits, 0.9 to 1.1. Order holds for a receiver that answers, not across its failures: alerts carry their sequence.
    """
    sent: list[str] = []
    failed: list[str] = []
    waiting: list[str] = []
    silent: set[tuple[Medium, str]] = set()
    for owed in outbox.due(now):
        receiver = (owed.letter.channel, owed.letter.to)
        if receiver in silent:
            waiting.append(owed.id)
            continue
        try:
            answer = _send(owed, channels, compose, now)
        except DeliveryFailed as failure:
            outbox.failed(
                owed.id,
                now,
                str(failure),
                retry=failure.retry,
                after=failure.after,
                gone=failure.gone,
                jitter=jitter(),
            )
            failed.append(owed.id)
            if failure.retry or failure.gone:
                silent.add(receiver)
        else:
            outbox.delivered(owed.id, now, answer)
            sent.append(owed.id)
    return Delivered(tuple(sent), tuple(failed), tuple(waiting))


def _send(owed: Owed, channels: Mapping[Medium, Channel], compose: Compose, now: datetime) -> str:
    channel = channels.get(owed.letter.channel)
    if channel is None:
        raise DeliveryFailed(
            f"no {owed.letter.channel} is set up", where=f"letter {owed.id}", mend="Set it up in feed.toml"
        )
    try:
        body = compose(owed)
    except DeliveryFailed:
        raise
    except FeedError as refused:
        raise DeliveryFailed(f"it could not be written: {refused}", where=f"letter {owed.id}", retry=False) from refused
    return channel(owed.letter, body, now)
