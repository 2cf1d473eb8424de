"""Poll, tell and answer in one process, until told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from threading import Event
from typing import Any

import uvicorn

from feed.app.beat import Beat, at_work
from feed.app.home import FILE
from feed.app.schedule import OwnThread, every
from feed.app.settings import Settings
from feed.app.site import address
from feed.app.web.door import Doors
from feed.app.web.routes import application
from feed.app.web.window import Window
from feed.model.errors import FeedError, SettingsRefused

TICK = 2.0  # seconds: a look at what is due costs next to nothing
GRACE = 0.7  # seconds that answers and the round under way are given to end
SIGNALS = (signal.SIGTERM, signal.SIGINT)


def now() -> datetime:
    """The clock of the serving process; everything below it takes it as an argument."""
    return datetime.now(UTC)


def say(line: str) -> None:
    """Tell the operator, at once."""
    print(line, flush=True)


def serve(settings: Settings, *, tell: Callable[[str], None] = say, clock: Callable[[], datetime] = now) -> None:
    """Serve a data directory until SIGTERM or SIGINT, then stop within two seconds.

    Tells the address, with the real port, once it answers there. Raises SettingsRefused when the address cannot be had,
    LogBusy when another process writes here, and what stops the line: LogUnwritable, LineRefused. For the main thread.
    """
    with _listening(settings) as listener:
        asyncio.run(_Serving(settings, listener, tell, clock).run())


class _Serving:
    """The parts of one serving process and the order in which they start and stop."""

    def __init__(
        self, settings: Settings, listener: socket.socket, tell: Callable[[str], None], clock: Callable[[], datetime]
    ) -> None:
        self.settings, self.listener, self.tell, self.clock = settings, listener, tell, clock
        self.base = address(settings, listener.getsockname()[1])
        self.desk, self.window = OwnThread("desk"), Window()
        self.stop, self.stopping = asyncio.Event(), Event()
        self.fatal: list[FeedError] = []

    async def run(self) -> None:
        """Open, serve until stopped, close. Raises what ended it, when that was not a signal."""
        loop, parts = asyncio.get_running_loop(), ExitStack()
        for number in SIGNALS:
            loop.add_signal_handler(number, self.stop.set)
        work = at_work(self.settings, self.base, self.window, self.stopping, self.clock())
        opening = loop.run_in_executor(self.desk, parts.enter_context, work)
        await self._unless_stopped(opening)
        if not opening.done():  # stopped while opening, which can be cut off as in a crash
            return
        beat = opening.result()
        server = _Server(self._application(), lambda: self.tell(f"{self.settings.title}: {self.base}/"))
        serving = asyncio.create_task(server.serve(sockets=[self.listener]))
        scheduler = every(TICK, lambda: self._tick(beat), self.clock())
        scheduler.start()
        await self._unless_stopped(serving)
        scheduler.shutdown(wait=False)
        self.stopping.set()
        self.window.close()
        server.should_exit = True
        closing = loop.run_in_executor(self.desk, parts.close)
        await asyncio.wait([serving, closing], timeout=GRACE)
        for end in self.fatal:
            raise end

    async def _tick(self, beat: Beat) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(self.desk, beat.tick, self.clock())
        except FeedError as end:
            self.fatal.append(end)
            self.stop.set()
        except asyncio.CancelledError:
            if not self.stop.is_set():
                raise
            # The process ends within a round: what was cut off is done after the next start, as after a crash.

    async def _unless_stopped(self, running: asyncio.Future[Any]) -> None:
        stopped = asyncio.create_task(self.stop.wait())
        await asyncio.wait([running, stopped], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()

    def _application(self) -> uvicorn.Config:
        return uvicorn.Config(
            application(self.window, self.settings.log, self.clock, Doors(self.settings, self.window, self.clock)),
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=1,  # whole seconds only; GRACE cuts it
        )


class _Server(uvicorn.Server):
    """uvicorn, which tells when it answers and leaves signals to us: it would raise them again when it has stopped."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell_started()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    host, port = settings.web.host, settings.web.port
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as taken:
        raise SettingsRefused(
            f"cannot listen on {host}, port {port}: {taken.strerror or taken}",
            where=f"{settings.folder / FILE}, [web]",
            mend="Name another port there; port = 0 takes any that is free.",
        ) from taken
    with listener:
        yield listener
