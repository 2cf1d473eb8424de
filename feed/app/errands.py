"""Many errands to the web at once, one at a time to each host; what they bring back is taken up on one thread.

A *chain* is a generator that yields errands and gets back what each brought. So the line from source to log reads as if
nothing ever waited, its databases stay on one thread, and a source that takes its thirty seconds delays no other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

WORKERS = 32
SLOW = 5.0  # seconds: a host that took longer is slow, and slow ones get half of the workers at most


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to ask of a host, on whatever thread. `run` touches nothing that belongs to the chain's thread."""

    host: str
    run: Callable[[], Any]


Chain = Generator[Errand, Any, None]


@dataclass(slots=True)
class _Step:
    name: str
    chain: Chain
    errand: Errand
    began: float = 0.0
    brought: Any = None
    failed: Exception | None = None


@dataclass(slots=True)
class _Host:
    """What is asked of one host: those who wait, whether one is under way, when the next may go."""

    waiting: deque[_Step] = field(default_factory=deque)
    busy: bool = False
    free: float = 0.0
    slow: bool = False


def host_of(url: str) -> str:
    """The host of an address, by which we are polite; "" when it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


class Errands:
    """Runs chains. One thread owns it, starts chains and settles them; worker threads run the errands.

    To one host there is one errand at a time, and `pause(host)` seconds after it.
    """

    def __init__(
        self, pause: Callable[[str], float], *, workers: int = WORKERS, clock: Callable[[], float] = monotonic
    ) -> None:
        self._pause, self._workers, self._clock = pause, workers, clock
        self._out: dict[str, Chain] = {}
        self._hosts: dict[str, _Host] = {}
        self._under_way: set[str] = set()
        self._to_do: SimpleQueue[_Step] = SimpleQueue()
        self._done: SimpleQueue[_Step] = SimpleQueue()
        self._threads = 0

    def out(self, name: str) -> bool:
        """Whether a chain of that name has not ended yet."""
        return name in self._out

    def start(self, name: str, chain: Chain) -> None:
        """Begin a chain. Raises what it raises before its first errand."""
        self._out[name] = chain
        self._go_on(name, chain, lambda: next(chain))

    def settle(self, within: float | None = None) -> bool:
        """Take up what errands bring, until all chains have ended or the seconds are over. Gives whether all ended.

        What an errand raises is raised in its chain. Raises what a chain lets through; that chain has ended then, the
        others go on at the next call.
        """
        end = None if within is None else self._clock() + within
        while self._out:
            soonest = self._send_off()
            step = self._brought(_earlier(end, soonest))
            if step is not None:
                self._take_up(step)
            elif end is not None and self._clock() >= end:
                return False
        return True

    def _take_up(self, step: _Step) -> None:
        host = self._hosts[step.errand.host]
        now = self._clock()
        host.busy, host.slow, host.free = False, now - step.began > SLOW, now + self._pause(step.errand.host)
        self._under_way.discard(step.errand.host)
        failed = step.failed
        if failed is None:
            self._go_on(step.name, step.chain, lambda: step.chain.send(step.brought))
        else:
            self._go_on(step.name, step.chain, lambda: step.chain.throw(failed))

    def _go_on(self, name: str, chain: Chain, resume: Callable[[], Errand]) -> None:
        try:
            errand = resume()
        except StopIteration:
            del self._out[name]
        except BaseException:
            del self._out[name]
            raise
        else:
            self._hosts.setdefault(errand.host, _Host()).waiting.append(_Step(name, chain, errand))

    def _send_off(self) -> float | None:
        """Give workers what may go now. Gives when the next may go, None when that depends on those under way."""
        now, soonest = self._clock(), None
        slow = sum(self._hosts[name].slow for name in self._under_way)
        for name, host in self._hosts.items():
            if len(self._under_way) >= self._workers:
                return None
            if not host.waiting or host.busy:
                continue
            if host.free > now:
                soonest = _earlier(soonest, host.free)
            elif not host.slow or slow < self._workers // 2:
                slow += host.slow
                step = host.waiting.popleft()
                step.began, host.busy = now, True
                self._under_way.add(name)
                self._to_do.put(step)
                self._man()
        return soonest

    def _man(self) -> None:
        if self._threads < len(self._under_way):
            self._threads += 1
            Thread(target=self._work, name="errands", daemon=True).start()

    def _brought(self, until: float | None) -> _Step | None:
        try:
            return self._done.get(timeout=None if until is None else max(0.0, until - self._clock()))
        except Empty:
            return None

    def _work(self) -> None:
        while True:
            step = self._to_do.get()
            try:
                step.brought = step.errand.run()
            except Exception as failed:  # noqa: BLE001 - carried over to the chain
                step.failed = failed
            self._done.put(step)


def _earlier(one: float | None, other: float | None) -> float | None:
    return other if one is None else one if other is None else min(one, other)
