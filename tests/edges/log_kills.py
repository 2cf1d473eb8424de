"""Kill a writer with SIGKILL again and again while it appends, each time look what is on record; prints the tally.

    python log_kills.py FOLDER KILLS SEED

A process of its own, that forks each writer: a fork costs a millisecond, a start a second.
"""

from __future__ import annotations

import json
import os
import select
import signal
import struct
import sys
from collections import Counter
from pathlib import Path
from typing import NoReturn

from feed.record.file import FileLog, ReadOnlyLog
from feed.record.gates import gates
from feed.record.verify import verify
from tests.events import NOW, captures

BATCH = 2
EACH = 25  # kills of one log
SIZE = 8000  # bytes of a file: every fifth batch closes one
ACK = struct.Struct("<Q")


def write_for_ever(path: Path, acks: int) -> NoReturn:
    """Append batch after batch, telling each sequence once it is acknowledged."""
    with FileLog.open(path, size=SIZE) as log:
        while True:
            appended = log.append(captures(BATCH, first=log.head().sequence + 1), NOW)
            os.write(acks, b"".join(map(ACK.pack, appended.sequences)))


def kill_one(path: Path, number: int, seed: int) -> list[int]:
    """Start a writer, kill it a while after some acknowledgements, return what it had acknowledged."""
    ours, theirs = os.pipe()
    writer = os.fork()
    if writer == 0:
        write_for_ever(path, theirs)
    os.close(theirs)
    told = os.read(ours, ACK.size * BATCH) if number % 10 else b""
    # Not a wait for something: the kill is to come at any moment of the writer's work.
    select.select([], [], [], ((number * 7 + seed * 13) % (60 + seed)) / 10_000)
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    while more := os.read(ours, 1 << 16):
        told += more
    os.close(ours)
    return [sequence for (sequence,) in ACK.iter_unpack(told)]


def main(folder: Path, kills: int, seed: int) -> None:
    """One kill after the other; after each the log is opened, searched for what was promised, and retried.

    Every so many kills another log is begun: opening a long one takes its time.
    """
    tally = Counter({"kills": 0, "acknowledged": 0, "lost": 0, "unacknowledged": 0, "torn": 0, "broken": 0})
    gates()
    for number in range(kills):
        path = folder / str(number // EACH) / "events.jsonl"
        path.parent.mkdir(exist_ok=True)
        acknowledged = kill_one(path, number, seed)
        with FileLog.open(path, size=SIZE) as log:
            names = [event.subject for event in log.read(after=min(acknowledged, default=1) - 1)]
            first = log.head().sequence - len(names) + 1
            promised = [f"article {sequence}" for sequence in acknowledged]
            tally["lost"] += sum(name not in names for name in promised)
            tally["unacknowledged"] += log.head().sequence > max(acknowledged, default=first - 1)
            tally["torn"] += log.set_aside is not None
            # Whoever was not answered asks again: one of these is new at most once.
            log.append(captures(BATCH, first=max(acknowledged, default=log.head().sequence) + 1), NOW)
        tally["acknowledged"] += len(acknowledged)
        tally["kills"] += 1
    tally["broken"] = sum(not is_whole(each) for each in folder.glob("*/events.jsonl"))
    print(json.dumps(tally))


def is_whole(path: Path) -> bool:
    """Whether a log is chained from its first line to the last, and each event is there once, in order."""
    names = [event.subject for event in ReadOnlyLog(path).read()]
    return names == [f"article {number + 1}" for number in range(len(names))] and verify(path).lines == len(names)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
