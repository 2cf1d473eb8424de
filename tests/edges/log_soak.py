"""A long life of one log: writers that are killed, disks that fail and fill up, and starts anew; prints the tally.

    python -m tests.edges.log_soak FOLDER EVENTS

Each writer is a process of its own: one in three is killed while it writes, one in three meets a call that fails, and
now and then the disk is full. What was not acknowledged is asked for again.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import select
import signal
import statistics
import struct
import sys
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from feed.model.errors import LogUnwritable
from feed.record.file import FileLog, ReadOnlyLog
from feed.record.gates import gates
from feed.record.notary import Notary
from feed.record.verify import verify
from tests.edges.faults import SHORT, failing
from tests.events import NOW, captures

BATCH = 40
TOLD = struct.Struct("<QQ")  # a sequence that was acknowledged, KiB of memory
CODES = (errno.EIO, errno.ENOSPC, SHORT)
tell = os.write  # as it is before any call is made to fail: what is told here is no call of the log's


def notary(path: Path) -> Notary:
    return Notary(path, "record.example.org", lambda: b"k" * 32)


def memory() -> int:
    """KiB that this process has in memory."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def write(path: Path, acks: int, first: int, to: int) -> None:
    """Record articles from event `first` on up to `to`, sign as a desk does, tell what was acknowledged."""
    signing = notary(path)
    with FileLog.open(path, signing.check, size=1 << 20) as log:
        for at in range(first, to, BATCH):
            now = NOW + timedelta(seconds=at)
            head = log.append(captures(min(BATCH, to - at), first=at + 1), now).head
            tell(acks, TOLD.pack(head.sequence, memory()))
            if signing.is_due(head, now):
                signing.attest(head, now)


def one_life(path: Path, number: int, first: int, to: int) -> list[tuple[int, int]]:
    """A writer from its start to its end, and what it told."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(LogUnwritable):
            if number % 15 == 7:  # the disk is full
                resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
            with failing(number * 31 % 700 if number % 3 == 1 else 0, CODES[number % 7 % 3]):
                write(path, theirs, first, to)
        os._exit(0)
    os.close(theirs)
    if number % 3 == 0:
        # Not a wait for something: the kill is to come at any moment of the writer's work.
        select.select([], [], [], number * 37 % 400 / 1000)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    told = b""
    while more := os.read(ours, 1 << 16):
        told += more
    os.close(ours)
    os.waitpid(child, 0)
    return list(TOLD.iter_unpack(told[: len(told) // TOLD.size * TOLD.size]))


def main(path: Path, events: int) -> None:
    """Life after life until so many events are on record; after each what was acknowledged must be there."""
    tally, heaps, number, done = Counter[str](), list[int](), 0, 0
    gates()
    while done < events:
        told = one_life(path, number, done, min(events, done + max(400, events // 200)))
        head = ReadOnlyLog(path).head().sequence if number % 20 == 0 or not told else 0
        tally["lost"] += bool(head) and head < max((sequence for sequence, _ in told), default=done)
        done = max((sequence for sequence, _ in told), default=done)
        heaps += [heap for _, heap in told[-1:]]
        tally["lives"] += 1
        number += 1
    names = (event.subject for event in ReadOnlyLog(path).read())
    tally["wrong"] = sum(name != f"article {at}" for at, name in enumerate(names, 1))
    held = verify(path, checkpoints=[kept.note.checkpoint for kept in notary(path)._kept.checkpoints()])
    third = len(heaps) // 3
    grown = statistics.median(heaps[-third:]) / statistics.median(heaps[:third])
    print(json.dumps({**tally, "events": held.lines, "files": held.files, "grown": round(grown, 3)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]) / "events.jsonl", int(sys.argv[2]))
