"""Recording durably, against writing the same bytes and flushing them with nothing else done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

from bench.corpus import ARTICLE, NOW, drafts, lines
from bench.harness import Case, Clock, Comparison, Work
from feed.model.event import Draft
from feed.record.file import FileLog

SINGLE, ARTICLES = 200, 25
_names = count()


def comparisons(folder: Path) -> Iterator[Comparison]:
    """One event at a time, then an article's forty at a time. `folder` must lie on the disk to be measured."""
    yield _comparison("append, one event", folder, SINGLE, 1)
    yield _comparison(f"append, an article of {ARTICLE} events", folder, ARTICLES * ARTICLE, ARTICLE)


def _comparison(title: str, folder: Path, events: int, size: int) -> Comparison:
    made, written = drafts(events), lines(events)
    batches = [made[at : at + size] for at in range(0, events, size)]
    blocks = [b"".join(written[at : at + size]) for at in range(0, events, size)]
    return Comparison(
        title,
        "event",
        Clock.WALL,
        Case("write + fdatasync of the same bytes", partial(_raw, folder, blocks, events)),
        (Case("FileLog.append", partial(through_log, folder, batches, events)),),
    )


@contextmanager
def _raw(folder: Path, blocks: list[bytes], events: int) -> Iterator[Work]:
    path = folder / f"raw-{next(_names)}"
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)

    def work() -> int:
        for block in blocks:
            os.write(file, block)
            os.fdatasync(file)
        return events

    try:
        yield work
    finally:
        os.close(file)
        path.unlink()


@contextmanager
def through_log(folder: Path, batches: list[tuple[Draft, ...]], events: int) -> Iterator[Work]:
    """Append the batches to a new log in that folder, each time."""
    home = folder / f"log-{next(_names)}"
    home.mkdir()
    with FileLog.open(home / "events.jsonl") as log:

        def work() -> int:
            for batch in batches:
                log.append(batch, NOW)
            return events

        yield work
