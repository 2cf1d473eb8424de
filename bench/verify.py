"""Auditing a log, against reading each line and taking its SHA-256."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from bench.corpus import write_log
from bench.harness import Clock, Comparison, Work, steady
from feed.record.verify import verify

EVENTS, STRICTLY = 10_000, 1_000


def comparisons(folder: Path) -> Iterator[Comparison]:
    """The plain audit over 10,000 events; the strict one, which judges every line by four gates, over 1,000."""
    for name, strict, events in (("verify", False, EVENTS), ("verify --strict", True, STRICTLY)):
        log = write_log(folder / f"verify-{events}.jsonl", events)
        floor = steady("read each line, SHA-256 it", _hashing(log))
        cases = (steady(name, _auditing(log, strict=strict)),)
        yield Comparison(f"audit of {events:,} events", "event", Clock.CPU, floor, cases)


def _hashing(log: Path) -> Work:
    def work() -> int:
        lines = 0
        with log.open("rb") as file:
            for line in file:
                sha256(line[:-1]).digest()
                lines += 1
        return lines

    return work


def _auditing(log: Path, *, strict: bool) -> Work:
    return lambda: verify(log, strict=strict).lines
