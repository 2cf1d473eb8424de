"""What the log costs as it grows, in whole processes with their memory: audit, replay, opening it, asking of the past.

Each program takes turns with its floor: another program over the same log, or the same one over an empty log. Counted
is processor time: beyond starting up where the floor does the same work, all of it where a command is held against
itself. Fills a folder with 1.5 KB an event; nothing is sent anywhere.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from bench import peers
from bench.corpus import NOW, articles, lines
from feed.model.chain import EMPTY
from feed.model.event import seal

BLOCK = 10_000  # events that are made up; a stretched log has them again and again, with ids and chain of their own
SIZES = (10_000, 100_000, 1_000_000)
ROOT = Path(__file__).resolve().parent.parent
HEADS = (
    "| what | events | beside | ratio: median (min-max) | us each | MiB | floor's us each |\n"
    "|---|--:|---|---|--:|--:|--:|"
)
HEAD = "import sys, time; from pathlib import Path; log = Path(sys.argv[1])\n"
# The peak of the process itself: that of getrusage may be its parent's.
TAIL = """
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(time.process_time(), peak, file=sys.stderr)"""
HASHING = "import hashlib\nfor line in log.open('rb'): hashlib.sha256(line[:-1]).hexdigest()"
DECODING = "from bench.peers import struct_decoder; decode = struct_decoder()\nfor line in log.open('rb'): decode(line)"
ASKING = "from feed.app.cli.run import run; assert run([{words}, '--dir', str(log.parent)]) == 0"


@dataclass(frozen=True, slots=True)
class Pace:
    """A program over a log. `floor` is what it is held against, None for itself on an empty log; `imports` is what both
    need before they begin, which is not counted then. `again`: it is run once before it counts.

    `fresh`: over a log of events that are all new, as they came; else a stretched one does. `most`: the longest log
    that it is measured on.
    """

    name: str
    program: str
    beside: str
    floor: str | None = None
    imports: str = ""
    again: bool = False
    fresh: bool = False
    most: int = SIZES[-1]


PACES = (
    Pace(
        "verify",
        "from feed.record.verify import verify; verify(log)",
        "read each line, SHA-256 it",
        HASHING,
        "import hashlib, feed.record.verify",
    ),
    Pace(
        "open for writing, again",
        "from feed.record.file import FileLog; FileLog.open(log).close()",
        "the same on an empty log",
        again=True,
    ),
    Pace(
        "rebuild",
        ASKING.format(words="'rebuild'"),
        "msgspec Struct of what is shown, each line",
        DECODING,
        "import bench.peers, feed.app.wiring, feed.app.cli.run",
        fresh=True,
        most=100_000,
    ),
    Pace(
        "asof --recorded, before all",
        ASKING.format(words="'asof', '2001-01-01', '--recorded'"),
        "the same on an empty log",
        fresh=True,
        most=100_000,
    ),
    Pace(
        "asof --recorded, of all",
        ASKING.format(words="'asof', '2035-12-31', '--recorded'"),
        "the same on an empty log",
        fresh=True,
        most=100_000,
    ),
    Pace("totals", ASKING.format(words="'totals'"), "the same on an empty log", fresh=True, most=100_000),
)
"""In the order in which they run: what comes behind a rebuild finds the view that it made."""


def table(folder: Path, rounds: int) -> Iterator[str]:
    """The rows of a table. `rounds` for logs of 10,000 events, fewer for longer ones."""
    yield HEADS
    empty = folder / "growth-empty" / "events.jsonl"
    empty.parent.mkdir()
    empty.touch()
    for count in SIZES:
        for is_fresh in (False, True):
            paces = [one for one in PACES if one.fresh is is_fresh and count <= one.most and _possible(one)]
            if not paces:
                continue
            home = folder / f"growth-{count}"
            home.mkdir()
            log = (fresh if is_fresh else stretched)(home / "events.jsonl", count)
            for pace in paces:
                yield _row(pace, count, log, empty, max(1, min(rounds, rounds * SIZES[0] // count)))
            shutil.rmtree(home)


def _possible(pace: Pace) -> bool:
    return pace.floor is not DECODING or find_spec("msgspec") is not None


def stretched(path: Path, count: int) -> Path:
    """A log of so many events at `path`: a block of made-up ones over and over, each line with an id of its own."""
    block = [line[:-1] for line in lines(BLOCK)]
    cuts = [line.rindex(b',"id":"') + 7 for line in block]
    previous = b"0" * 64
    with path.open("wb") as file:
        for number in range(count):
            line, at = block[number % BLOCK], cuts[number % BLOCK]
            name = hashlib.md5(b"%d" % number, usedforsecurity=False).hexdigest().encode()
            chained = b'%b","prevhash":"%b%b%012d' % (name, previous, line[at + 110 : at + 162], number + 1)
            line = line[:at] + chained + line[at + 174 :]
            previous = hashlib.sha256(line).hexdigest().encode()
            file.write(line + b"\n")
    return path


def fresh(path: Path, count: int) -> Path:
    """A log of so many events at `path`, none of which was said before."""
    with path.open("wb") as file:
        _written(file, count)
    return path


def _written(file: BinaryIO, count: int) -> None:
    head = EMPTY
    for article in articles():
        made, head = seal(tuple(islice(article, count - head.sequence)), head, NOW)
        file.write(b"".join(line + b"\n" for line in made))
        if head.sequence >= count:
            return


def _row(pace: Pace, count: int, log: Path, empty: Path, rounds: int) -> str:
    for each in (log, empty) if pace.again else ():
        once(pace.program, each)
    if pace.floor is None:  # as whoever used the log last left it
        once(pace.program, log)
    taken = [_round(pace, log, empty) for _ in range(rounds)]
    ratios = [floor / ours for ours, _, floor in taken]
    ours, floors = (statistics.median(one[at] for one in taken) * 1e6 / count for at in (0, 2))
    memory = max(peak for _, peak, _ in taken) / 1024
    spread = f" ({min(ratios):.3g}-{max(ratios):.3g})" if rounds > 1 else ""
    ratio = f"**{statistics.median(ratios):.3g}**{spread}"
    return f"| {pace.name} | {count:,} | {pace.beside} | {ratio} | {ours:,.1f} | {memory:,.0f} | {floors:,.1f} |"


def _round(pace: Pace, log: Path, empty: Path) -> tuple[float, int, float]:
    """CPU seconds and peak KiB of the program, CPU seconds of its floor."""
    if pace.floor is None:
        floor, _ = once(pace.program, empty)
        return (*once(pace.program, log), floor)
    nothing, _ = once(pace.imports, log)
    floor, _ = once(f"{pace.imports}\n{pace.floor}", log)
    ours, peak = once(f"{pace.imports}\n{pace.program}", log)
    return ours - nothing, peak, floor - nothing


def once(program: str, log: Path) -> tuple[float, int]:
    """CPU seconds and peak KiB of one process over that log."""
    env = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{peers.PEERS}"}
    command = [sys.executable, "-P", "-c", HEAD + program + TAIL, str(log)]
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=env).stderr
    seconds, peak = said.splitlines()[-1].split()
    return float(seconds), int(peak)
