"""Making the view anew from the log, against decoding each line with the standard library's JSON and doing nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bench.corpus import write_log
from bench.harness import Clock, Comparison, Work, steady
from feed.app import packs
from feed.app.settings import Settings
from feed.app.wiring import rebuild_view
from feed.model.topic import Topic
from feed.record.file import ReadOnlyLog

SHORT, LONG = 2_000, 8_000


def comparisons(folder: Path) -> Iterator[Comparison]:
    """The whole replay at two lengths: chain check, decoding, standings, checks, alert rules, SQLite."""
    topic = packs.load()
    for events in (SHORT, LONG):
        home = folder / f"replay-{events}"
        home.mkdir()
        settings = Settings(folder=home, topic=topic.name)
        write_log(settings.log, events)
        floor = steady("json.loads of each line", _decoding(settings.log))
        cases = (steady("rebuild", _rebuilding(settings, topic)),)
        yield Comparison(f"replay of {events:,} events", "event", Clock.CPU, floor, cases)


def _decoding(log: Path) -> Work:
    def work() -> int:
        lines = 0
        with log.open("rb") as file:
            for line in file:
                json.loads(line)
                lines += 1
        return lines

    return work


def _rebuilding(settings: Settings, topic: Topic) -> Work:
    return lambda: rebuild_view(settings, topic, ReadOnlyLog(settings.log).read())
