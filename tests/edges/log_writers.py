"""Writers that race for one log, and one that is frozen meanwhile; prints how they ended.

    python -m tests.edges.log_writers LOG race WRITERS ROUNDS
    python -m tests.edges.log_writers LOG frozen meets|alone

A process of its own, that forks each writer.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from feed.model.errors import FeedError, HeadMoved, LogBusy
from feed.record.file import FileLog
from feed.record.gates import gates
from feed.record.side import Side
from tests.events import NOW, captures

WON, BUSY, MOVED, OTHER = 0, 1, 2, 3


def forked(work: Callable[[], int]) -> int:
    """A process that does this and ends with what it gives; its pid."""
    child = os.fork()
    if child:
        return child
    code = OTHER
    try:
        code = work()
    finally:
        os._exit(code)


def ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def racer(path: Path, number: int, start: int, tell: int, done: int) -> int:
    """Wait for the start, try to open, record one event and hold the log until all have tried."""
    os.read(start, 1)
    try:
        with FileLog.open(path) as log:
            log.append(captures(1, first=number), NOW)
            os.write(tell, b"w")
            os.read(done, 1)
    except LogBusy:
        os.write(tell, b"b")
        return BUSY
    return WON


def race(path: Path, writers: int, first: int) -> list[int]:
    """Start so many writers at the same moment; how each ended."""
    start, tell, done = os.pipe(), os.pipe(), os.pipe()

    def work(number: int) -> Callable[[], int]:
        return lambda: racer(path, number, start[0], tell[1], done[0])

    children = [forked(work(first + at)) for at in range(writers)]
    os.write(start[1], b"s" * writers)
    told = b""
    while len(told) < writers:
        told += os.read(tell[0], writers)
    os.write(done[1], b"d" * writers)
    codes = [ended(child) for child in children]
    for end in (*start, *tell, *done):
        os.close(end)
    return codes


def sleeper(path: Path, tell: int) -> int:
    """Open, record, stop, and go on as if no time had passed."""
    with FileLog.open(path) as log:
        log.append(captures(1, first=1), NOW)
        os.write(tell, b"o")
        os.kill(os.getpid(), signal.SIGSTOP)
        try:
            log.append(captures(1, first=2), NOW)
        except HeadMoved:
            return MOVED
        except FeedError:
            return OTHER
    return WON


def frozen(path: Path, *, meets: bool) -> dict[str, object]:
    """A writer that is frozen; perhaps somebody takes it for dead and writes; then it wakes."""
    reading, writing = os.pipe()
    child = forked(lambda: sleeper(path, writing))
    os.read(reading, 1)
    os.waitpid(child, os.WUNTRACED)
    told: dict[str, object] = {"refused": ""}
    try:
        FileLog.open(path)
    except LogBusy as busy:
        told["refused"] = str(busy).replace(f"pid {child},", "its pid,")
    if meets:
        Side(path).lock.unlink()
        with FileLog.open(path) as log:
            log.append(captures(1, first=3), NOW)
    os.kill(child, signal.SIGCONT)
    return {**told, "ended": ended(child)}


def main(path: Path, what: str, words: list[str]) -> None:
    """One of the two."""
    gates()
    if what == "frozen":
        print(json.dumps(frozen(path, meets=words == ["meets"])))
        return
    writers, rounds = map(int, words)
    rows = Counter(str(sorted(race(path, writers, 1 + turn * writers))) for turn in range(rounds))
    print(json.dumps(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
