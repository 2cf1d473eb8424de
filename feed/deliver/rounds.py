"""One round of deliveries: everything that is due is tried once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

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
    crew: Executor | None = None,
) -> Delivered:
    """Try what is due once, each receiver's letters in the order in which they were owed; note each outcome at once.

    A receiver that fails is left alone for the rest of the round; no other receiver notices. `compose` makes the bytes
    of a letter; when it raises a FeedError the letter is parked with the reason. `jitter` gives factors for the next
    waits, 0.9 to 1.1. With a `crew` receivers are served side by side; only the sending happens there.
    """
    return _Round(outbox, channels, compose, now, jitter, crew or Alone()).run()


class Alone(Executor):
    """Runs what it is given at once, on the thread that asks."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As Executor.submit, done when it returns. What is no error of the program itself is not caught."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - carried over to whoever asks for the outcome
            future.set_exception(error)
        return future


@dataclass(slots=True)
class _Round:
    outbox: Outbox
    channels: Mapping[Medium, Channel]
    compose: Compose
    now: datetime
    jitter: Callable[[], float]
    crew: Executor
    sent: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def run(self) -> Delivered:
        queues: dict[tuple[Medium, str], deque[Owed]] = {}
        for owed in self.outbox.due(self.now):
            queues.setdefault((owed.letter.channel, owed.letter.to), deque()).append(owed)
        under_way: dict[Future[str], tuple[Owed, deque[Owed]]] = {}
        for queue in queues.values():
            self._next(queue, under_way)
        while under_way:
            finished = wait(under_way, return_when=FIRST_COMPLETED).done
            for done in [each for each in under_way if each in finished]:
                owed, queue = under_way.pop(done)
                if self._noted(owed, done):
                    self._next(queue, under_way)
                else:
                    self.waiting += [each.id for each in queue]
        return Delivered(tuple(self.sent), tuple(self.failed), tuple(self.waiting))

    def _next(self, queue: deque[Owed], under_way: dict[Future[str], tuple[Owed, deque[Owed]]]) -> None:
        """Set the first letter of a queue on its way, if one is left that can be written."""
        while queue:
            owed = queue.popleft()
            try:
                channel, body = self._ready(owed)
            except DeliveryFailed as failure:
                self._failed(owed, failure)
                if failure.retry:
                    self.waiting += [each.id for each in queue]
                    return
            else:
                under_way[self.crew.submit(channel, owed.letter, body, self.now)] = owed, queue
                return

    def _ready(self, owed: Owed) -> tuple[Channel, bytes]:
        channel = self.channels.get(owed.letter.channel)
        if channel is None:
            raise DeliveryFailed(
                f"no {owed.letter.channel} is set up", where=f"letter {owed.id}", mend="Set it up in feed.toml"
            )
        try:
            return channel, self.compose(owed)
        except DeliveryFailed:
            raise
        except FeedError as refused:
            raise DeliveryFailed(
                f"it could not be written: {refused}", where=f"letter {owed.id}", retry=False
            ) from refused

    def _noted(self, owed: Owed, done: Future[str]) -> bool:
        """Note an outcome; gives whether the receiver may be asked to take the next letter."""
        try:
            answer = done.result()
        except DeliveryFailed as failure:
            self._failed(owed, failure)
            return not failure.retry and not failure.gone
        self.outbox.delivered(owed.id, self.now, answer)
        self.sent.append(owed.id)
        return True

    def _failed(self, owed: Owed, failure: DeliveryFailed) -> None:
        self.outbox.failed(owed.id, self.now, failure, self.jitter)
        self.failed.append(owed.id)
