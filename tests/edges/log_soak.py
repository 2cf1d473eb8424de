"""A long life of one log: writers that are killed, disks that fail and fill up, and starts anew; prints the tally.

    python -m tests.edges.log_soak FOLDER EVENTS

Each writer is a process of its own: one in three is killed while it writes, one in three meets a call that fails, and
now and then the disk is full. What was not acknowledged is asked for again. Each says first where the log ended when
it was opened, so that what was acknowledged before is looked for in every life; now and then, and at the end, the whole
log is read besides. A life that is found in the folder goes on there.
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
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from feed.model.errors import LogUnwritable
from feed.record.file import FileLog, ReadOnlyLog
from feed.record.gates import gates
from feed.record.verify import verify
from tests.edges.faults import SHORT, failing
from tests.events import NOW, captures
from tests.logs import notary

BATCH = 40
TOLD = struct.Struct("<QQ")  # a sequence that was acknowledged, KiB of memory
CODES = (errno.EIO, errno.ENOSPC, SHORT)
tell = os.write  # as it is before any call is made to fail: what is told here is no call of the log's


def memory() -> int:
    """KiB that this process has in memory."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def write(path: Path, acks: int, first: int, to: int) -> None:
    """Tell where the log ends, record articles from event `first` on up to `to`, sign as a desk does, tell what was
    acknowledged."""
    signing = notary(path)
    with FileLog.open(path, signing.check, size=1 << 20) as log:
        tell(acks, TOLD.pack(log.head().sequence, 0))
        for at in range(first, to, BATCH):
            now = NOW + timedelta(seconds=at)
            head = log.append(captures(min(BATCH, to - at), first=at + 1), now).head
            tell(acks, TOLD.pack(head.sequence, memory()))
            if signing.is_due(head, now):
                signing.attest(head, now)


def one_life(path: Path, number: int, first: int, to: int) -> tuple[list[tuple[int, int]], int]:
    """A writer from its start to its end: what it told, and how it ended, as its process says."""
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
    _, ended = os.waitpid(child, 0)
    return list(TOLD.iter_unpack(told[: len(told) // TOLD.size * TOLD.size])), os.waitstatus_to_exitcode(ended)


@dataclass
class Life:
    """How far a life came: how many writers it had, what is acknowledged, what was amiss, their memory at the end."""

    number: int = 0
    done: int = 0
    looked: int = 0
    tally: Counter[str] = field(default_factory=Counter)
    heaps: list[int] = field(default_factory=list)

    def live(self, path: Path, events: int) -> None:
        """One writer more."""
        told, ended = one_life(path, self.number, self.done, min(events, self.done + max(400, events // 200)))
        opened, acknowledged = told[:1], told[1:]
        self.tally["lost"] += bool(opened) and opened[0][0] < self.done
        self.tally["refused"] += ended not in (0, -signal.SIGKILL)
        self.done = max((sequence for sequence, _ in acknowledged), default=self.done)
        self.heaps += [heap for _, heap in acknowledged[-1:]]
        self.tally["lives"] += 1
        self.number += 1
        if self.number % 20 == 0 and self.done >= self.looked * 1.1:  # a whole reading takes longer the longer it is
            self.tally["lost"] += ReadOnlyLog(path).head().sequence < self.done
            self.tally["looks"] += 1
            self.looked = self.done


def main(path: Path, events: int) -> None:
    """Writer after writer until so many events are on record, or one found that the log was not what it should be."""
    kept = path.parent / "life.json"
    life = Life()
    if kept.exists():
        told = json.loads(kept.read_bytes())
        life = Life(**{**told, "tally": Counter(told["tally"])})
    gates()
    while life.done < events and not life.tally["refused"] and not life.tally["lost"]:
        life.live(path, events)
        fresh = kept.with_suffix(".new")
        fresh.write_text(json.dumps(vars(life)))
        fresh.replace(kept)
    tally, heaps = life.tally, life.heaps
    names = (event.subject for event in ReadOnlyLog(path).read())
    tally["wrong"] = sum(name != f"article {at}" for at, name in enumerate(names, 1))
    notes = [kept.note.checkpoint for kept in notary(path)._kept.checkpoints()]
    held = verify(path, checkpoints=notes)
    third = len(heaps) // 3
    grown = statistics.median(heaps[-third:]) / statistics.median(heaps[:third])
    counted = {"events": held.lines, "files": held.files, "checkpoints": len(notes), "grown": round(grown, 3)}
    print(json.dumps({**tally, **counted}))


if __name__ == "__main__":
    main(Path(sys.argv[1]) / "events.jsonl", int(sys.argv[2]))
