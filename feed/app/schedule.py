"""When to tick, and on which thread; nothing else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, Future
from datetime import UTC, datetime, timedelta
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

JITTER = 0.5  # seconds
TICK = "tick"
AHEAD = 2  # ticks: no tick is ever further off, unless the clock was set back


def every(seconds: float, tick: Callable[[], Awaitable[None]], first: datetime) -> AsyncIOScheduler:
    """A scheduler, not started, that ticks at `first` and then every so many seconds, one tick at a time.

    A tick that could not begin in time begins late; several that were missed are one; a clock that is set back or
    forth changes nothing. `tick` must not raise. To be started in a running event loop.
    """

    async def once() -> None:
        await tick()

    # It warns of every tick that is skipped because the last still runs: here that is how it is meant.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = _Steady(
        seconds, timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    scheduler.add_job(once, "interval", seconds=seconds, jitter=JITTER, next_run_time=first, id=TICK)
    return scheduler


class _Steady(AsyncIOScheduler):  # type: ignore[misc]  # it ships no types
    """A scheduler that goes on when the clock is set back: by its own reckoning the next tick would be far off then."""

    def __init__(self, seconds: float, **options: Any) -> None:
        super().__init__(**options)
        self._seconds = seconds

    def start(self, paused: bool = False) -> None:
        """Start, and mind the clock from then on."""
        super().start(paused)
        self._mind()

    def _mind(self) -> None:
        job = self.get_job(TICK) if self.running else None
        if job is None:
            return
        far = timedelta(seconds=AHEAD * self._seconds + JITTER)
        if job.next_run_time is not None and job.next_run_time > datetime.now(UTC) + far:
            self.modify_job(TICK, next_run_time=datetime.now(UTC))
        # By the loop's own clock, which nobody sets.
        asyncio.get_running_loop().call_later(AHEAD * self._seconds, self._mind)


class OwnThread(Executor):
    """Runs what it is given, one after another, on one thread of its own that does not keep the process alive.

    Databases and the log are opened, used and closed there. What is still running when the process ends is cut off,
    as in a crash: so give it only what may crash. With a `count` there are so many such threads beside each other.
    """

    def __init__(self, name: str, count: int = 1) -> None:
        self._calls: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        for _ in range(count):
            Thread(target=self._run, name=name, daemon=True).start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As Executor.submit."""
        future: Future[Any] = Future()
        self._calls.put((future, partial(fn, *args, **kwargs)))
        return future

    def _run(self) -> None:
        while True:
            future, call = self._calls.get()
            if future.set_running_or_notify_cancel():
                try:
                    result = call()
                except BaseException as error:  # noqa: BLE001 - carried over to whoever waits for the outcome
                    future.set_exception(error)
                else:
                    future.set_result(result)
