"""From what is due to what is on record: the sources are asked side by side, each as a chain of errands.

One bad source or page never stops or delays another; the articles of one source are taken in the order of its listing.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from feed.app.errands import Chain, Errand, Errands, host_of
from feed.app.pipeline import Taken, take
from feed.app.settings import Settings
from feed.app.wiring import Desk
from feed.capture.again import Before, Looked, look, look_request
from feed.capture.capture import Captured, capture, page_request
from feed.capture.captures import Captures
from feed.model.errors import ArticleRefused, EventRefused, FetchRefused, SourceFailed
from feed.model.source import Entry, Source
from feed.model.web import Fetch
from feed.poll.looks import Known
from feed.poll.memory import Memory
from feed.poll.robots import ask_robots, origin_of
from feed.poll.visit import Polled, poll

PAUSE = 1.0  # seconds between two requests to one host, unless it is one of ours or asks for more
REFUSED = (SourceFailed, ArticleRefused, EventRefused)


@dataclass(slots=True)
class Round:
    """How polling went: every visit, every article taken, and what could not be had, with its reason."""

    visits: list[Polled] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """What polling works with. `made` gathers what came of it; `clock` tells the time of what is recorded."""

    desk: Desk
    memory: Memory
    fetch: Fetch
    clock: Callable[[], datetime]
    jitter: Callable[[], float]
    made: Round = field(default_factory=Round)

    def errands(self) -> Errands:
        """Who goes out for it, politely."""
        ours = own_hosts(self.desk.settings)
        return Errands(lambda host: 0.0 if host in ours else max(PAUSE, self.memory.delay(host)))


def own_hosts(settings: Settings) -> frozenset[str]:
    """The hosts that the operator allows by name: ours, so there is no need to spare them."""
    return frozenset(host_of(f"http://{word}") for word in settings.reach.allow if "/" not in word)


def poll_round(
    desk: Desk, memory: Memory, fetch: Fetch, sources: Sequence[Source], now: datetime, jitter: Callable[[], float]
) -> Round:
    """Ask these sources once and take every article that waits.

    Raises only what ends the whole line: LogUnwritable and what a damaged log raises.
    """
    line = Line(desk, memory, fetch, lambda: now, jitter)
    errands = line.errands()
    for source in sources:
        errands.start(source.name, visit(line, source))
    errands.settle()
    return line.made


def visit(line: Line, source: Source) -> Chain:
    """Ask a source, remember what it lists, and take what waits of it."""
    memory = line.memory
    known = memory.of(source)
    polling = partial(poll, source, known, line.fetch, line.clock(), line.jitter())
    polled: Polled = yield Errand(host_of(known.url), polling)
    memory.keep(polled)
    line.made.visits.append(polled)
    if polled.why:
        line.made.failures.append(f"{source.name}: {polled.why}")
    for entry in memory.waiting(source.name, line.clock()):
        try:
            yield from _article(line, source, entry)
        except REFUSED as refused:
            memory.failed(source.name, entry.id, str(refused), line.clock())
            line.made.failures.append(str(refused))
        else:
            memory.done(source.name, entry.id, line.clock())
    for name, page in memory.looks.due(source.name, line.clock()):
        try:
            yield from _again(line, source, memory.entry(source.name, name), page)
        except REFUSED as refused:
            memory.looks.failed(source.name, name, str(refused), line.clock())


Asking = Generator[Errand, Any, None]


def _article(line: Line, source: Source, entry: Entry) -> Asking:
    yield from _permitted(line, entry.link)
    getting = partial(_captured, line.fetch, entry, source, line.desk.captures, line.clock())
    captured: Captured = yield Errand(host_of(entry.link), getting)
    history = not source.alert_old and line.memory.is_old(source.name, entry.id)
    taken = take(line.desk, captured, line.clock(), again=True, history=history)
    line.made.taken.append(taken)
    line.memory.looks.begin(source.name, entry.id, _known(captured, taken), line.clock())


def _again(line: Line, source: Source, entry: Entry, known: Known) -> Asking:
    """Look at a page again, and take what was edited."""
    looks = line.memory.looks
    yield from _permitted(line, entry.link)
    before = Before(known.raw, known.text, known.length, known.etag, known.modified)
    believe = looks.believed(source.name, entry.id, line.clock())
    looking = partial(_looked, line.fetch, entry, source, line.desk.captures, line.clock(), before, believe=believe)
    looked: Looked = yield Errand(host_of(entry.link), looking)
    if looked.thin:
        looks.thinned(source.name, entry.id, looked.thin, line.clock())
        return
    if looked.captured is not None:
        taken = take(line.desk, looked.captured, line.clock(), again=True)
        line.made.taken.append(taken)
        known = _known(looked.captured, taken)
    looks.looked(source.name, entry.id, replace(known, raw=looked.raw), line.clock(), whole=looked.whole)


def _looked(
    fetch: Fetch, entry: Entry, source: Source, captures: Captures, now: datetime, before: Before, *, believe: bool
) -> Looked:
    return look(entry, fetch(look_request(entry, before)), source, captures, now, before, believe=believe)


def _known(captured: Captured, taken: Taken) -> Known:
    return Known(
        raw=captured.raw_sha256,
        text=captured.text_sha256,
        length=len(captured.article.text),
        figures=len(taken.reading.figures) if taken.reading else None,
        etag=captured.etag,
        modified=captured.modified,
    )


def _captured(fetch: Fetch, entry: Entry, source: Source, captures: Captures, now: datetime) -> Captured:
    return capture(entry, fetch(page_request(entry)), source, captures, now)


def _permitted(line: Line, url: str) -> Asking:
    """Pass when the site's robots.txt allows a page. Raises FetchRefused."""
    origin = origin_of(url)
    rules = line.memory.robots(origin, line.clock())
    if rules is None:
        text: str | None = yield Errand(host_of(url), partial(ask_robots, origin, line.fetch))
        rules = line.memory.keep_robots(origin, text, line.clock())
    if not rules.allows(url):
        raise FetchRefused(rules.why, where=url)
