"""`python -m bench.growth [COUNT ...]`: what an audit takes as the log grows, in whole processes, with their memory.

Each length is audited and, in turn, only read and hashed, by fresh processes: CPU time and peak memory of each, less an
interpreter that imports the same and does nothing. Fills a folder with 1.5 KB an event; nothing is sent anywhere.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.corpus import lines

BLOCK = 10_000  # events that are made up; a longer log has them again and again, under ids and chain of their own
SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 3
PROGRAMS = {
    "nothing": "import feed.record.verify",
    "floor": (
        "import hashlib, feed.record.verify\nfor line in open(sys.argv[1], 'rb'): hashlib.sha256(line[:-1]).hexdigest()"
    ),
    "verify": "from feed.record.verify import verify; verify(Path(sys.argv[1]))",
    "resume": "from feed.record.file import FileLog; FileLog.open(Path(sys.argv[1])).close()",
}
HEAD = "import sys, time; from pathlib import Path\n"
# The peak of the process itself: that of getrusage may be its parent's.
TAIL = """
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(time.process_time(), peak)"""


def main() -> None:
    """Measure each length and print one line of a table for it."""
    asking = argparse.ArgumentParser(prog="python -m bench.growth", description="Audit logs of several lengths.")
    asking.add_argument("counts", nargs="*", type=int, metavar="COUNT", default=SIZES, help="of events")
    counts = asking.parse_args().counts
    print(
        "| events | read + SHA-256, us each | verify, us each | ratio | verify, MiB | resume, us each | resume, MiB |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            path = stretched(Path(folder) / "events.jsonl", count)
            print(told(count, path), flush=True)


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


def told(count: int, path: Path) -> str:
    """One line of the table: medians over the rounds, ratios round by round."""
    rounds = [{name: once(name, path) for name in PROGRAMS} for _ in range(ROUNDS)]
    ratios = [own(each, "floor") / own(each, "verify") for each in rounds]
    micros = {name: statistics.median(own(each, name) for each in rounds) * 1e6 / count for name in PROGRAMS}
    memory = {name: max(each[name][1] for each in rounds) / 1024 for name in PROGRAMS}
    spread = f"**{statistics.median(ratios):.2f}** ({min(ratios):.2f}-{max(ratios):.2f})"
    audit = f"{micros['floor']:.1f} | {micros['verify']:.1f} | {spread} | {memory['verify']:.0f}"
    return f"| {count:,} | {audit} | {micros['resume']:.1f} | {memory['resume']:.0f} |"


def own(measured: dict[str, tuple[float, float]], name: str) -> float:
    """CPU seconds of a program beyond starting up."""
    return measured[name][0] - measured["nothing"][0] + 1e-9


def once(name: str, path: Path) -> tuple[float, float]:
    """CPU seconds and peak KiB of one process."""
    program = HEAD + PROGRAMS[name] + TAIL
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-P", "-c", program, str(path)]
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout
    seconds, peak = said.split()
    return float(seconds), float(peak)


if __name__ == "__main__":
    main()
