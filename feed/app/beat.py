"""A desk at work: opened once, then one round after another, all on one thread."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from feed.app import pipeline
from feed.app.errands import Errands
from feed.app.rounds import Line, Round, visit
from feed.app.settings import Settings
from feed.app.telling import DICE, HOOK_TIMES, Ops, Told, open_ops, publish, tell, web
from feed.app.watch import watch
from feed.app.web.window import Window
from feed.app.wiring import Desk, open_desk
from feed.deliver.outbox import Debt
from feed.model.errors import HistoryChanged, LineRefused, LogUnwritable
from feed.model.instant import instant
from feed.model.source import Source
from feed.model.web import Fetch, Request, Response
from feed.poll import Memory, is_due
from feed.view import queries

SETTLE = 1.0  # seconds: what is not there by then is taken up in the next tick
WATCH = timedelta(minutes=5)
FATAL = (LogUnwritable, LineRefused, HistoryChanged)


class Stopping(Exception):
    """The process is to stop: nothing more is asked of the web. What was not done is done after the next start."""


@dataclass(slots=True)
class Beat:
    """An open desk that shows itself in a window. It belongs to the thread that opened it.

    `now` is the time of the last tick. `letters` says how many there are in each state; it is counted anew when one of
    them moved.
    """

    desk: Desk
    ops: Ops
    window: Window
    now: datetime
    letters: Mapping[Debt, int] | None = None
    watched: datetime | None = None
    line: Line = field(init=False)
    errands: Errands = field(init=False)

    def __post_init__(self) -> None:
        self.line = Line(self.desk, self.ops.memory, self.ops.fetch, lambda: self.now, DICE.random)
        self.errands = self.line.errands()

    def tick(self, now: datetime) -> None:
        """Ask each source that is due, record what is there by now, tell, and show what came of it.

        A source that takes its time is taken up in a later tick, and asked once at a time.
        A source's failure stands in its own row of the health. A fault of ours is told on stderr and in the health, and
        the next tick tries again. Raises only what must stop the process: see FATAL.
        """
        trouble = None
        try:
            self.desk.notary.attest(self.desk.log.head(), now)
            self._round(now)
            self.refresh()
        except FATAL:
            raise
        except Stopping:
            return
        except Exception as fault:  # noqa: BLE001 - the one catch-all: it says what it caught, and the line goes on
            trouble = f"{type(fault).__name__}: {fault}"
            traceback.print_exc(file=sys.stderr)
        self.report(now, trouble)

    def _round(self, now: datetime) -> None:
        self.now = now
        self.ops.memory.mind_clock(now)
        for source in self.desk.settings.sources:
            if not self.errands.out(source.name) and is_due(source, self.ops.memory.of(source), now):
                self.errands.start(source.name, visit(self.line, source))
        self.errands.settle(SETTLE)
        self.line.made = Round()
        self._watch(now)
        self._tell(now)

    def _watch(self, now: datetime) -> None:
        if self.watched is not None and abs(now - self.watched) < WATCH:
            return
        self.watched = now
        for alarm in watch(self.ops.memory, self.desk.settings.sources, now):
            print(f"feed: {alarm.told()}", file=sys.stderr, flush=True)

    def _tell(self, now: datetime) -> None:
        if tell(self.desk, self.ops, now) != Told():
            self.letters = None

    def refresh(self) -> None:
        """Let the window show the pages of what is on record now."""
        publish(self.desk, self.ops, self.now)
        if self.window.showing is not self.ops.made:
            self.window.show(self.ops.made, self.ops.items, self.desk.log.head().sequence)

    def report(self, now: datetime, trouble: str | None = None) -> None:
        """Let the window say how we are: what went wrong in this round, where the log ends, sources, letters."""
        if self.letters is None:
            self.letters = self.ops.outbox.counts()
        self.window.health = {
            "ok": trouble is None,
            "trouble": trouble,
            "head": self.desk.log.head().sequence,
            "hash": self.desk.log.head().hash,
            "sources": [_source(self.ops.memory, source) for source in self.desk.settings.sources],
            "letters": {state.value: self.letters.get(state, 0) for state in Debt},
            "given_up": len(self.ops.outbox.gone()),
            "unknown": queries.unknown(self.desk.view.db),
        }
        self.window.ticked = now


@contextmanager
def at_work(settings: Settings, base: str, window: Window, stopping: Event, now: datetime) -> Iterator[Beat]:
    """Open a desk, finish what a crash cut short, and show what is on record. Raises what opening raises.

    Once `stopping` is set, whatever would ask the web raises Stopping.
    """

    def careful(client: Fetch) -> Fetch:
        def asked(request: Request, /) -> Response:
            if stopping.is_set():
                raise Stopping
            return client(request)

        return asked

    with ExitStack() as parts:
        desk = parts.enter_context(open_desk(settings))
        fetch, hooks = careful(web(settings)), careful(web(settings, HOOK_TIMES))
        ops = parts.enter_context(open_ops(desk, fetch=fetch, hooks=hooks, base=base))
        pipeline.finish(desk, now)
        beat = Beat(desk, ops, window, now)
        beat.refresh()
        beat.report(now)
        yield beat


def _source(memory: Memory, source: Source) -> Mapping[str, Any]:
    known = memory.of(source)
    return {
        "name": source.name,
        "enabled": source.enabled and not known.disabled,
        "last_success": known.last_success and instant(known.last_success),
        "next_due": known.next_due and instant(known.next_due),
        "failures": known.failures,
        "why": known.disabled or known.why,
    }
