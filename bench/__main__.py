"""`./run bench [NAME ...]`: measure the product beside its floors and print one table of ratios."""

from __future__ import annotations

import argparse
import gc
import os
import platform
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from bench import append, growth, ledger, peers, poll_cycle, poll_unchanged, reading, replay, startup, verify
from bench.harness import Comparison, Row, Spread, measure
from feed.app.cli.program import RINGS

BENCHES: dict[str, Callable[[Path], Iterator[Comparison]]] = {
    "append": append.comparisons,
    "verify": verify.comparisons,
    "replay": replay.comparisons,
    "peers": peers.comparisons,
    "ledger": ledger.comparisons,
    "reading": reading.comparisons,
    "poll": poll_unchanged.comparisons,
    "cycle": poll_cycle.comparisons,
}
TABLES: dict[str, Callable[[Path, int], Iterator[str]]] = {"growth": growth.table, "startup": startup.table}
"""What is measured in whole processes has tables of its own."""

HEADS = ("what", "by", "beside", "ratio: median (min-max)", "clock", "a second", "us each: median (min-max)")


def main() -> None:
    """Measure what is named, all when nothing is, and print each result as soon as it is there."""
    asked = _asked()
    gc.set_threshold(*RINGS)  # as the product's commands do; for what it is held against too
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}, ", end="")
    print(f"load {os.getloadavg()[0]:.1f}, {asked.rounds} interleaved rounds after one to warm up")
    names = asked.names or [*BENCHES, *TABLES]
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        for row in chain(_compared(names, Path(folder), asked.rounds), _tables(names, Path(folder), asked.rounds)):
            print(row, flush=True)


def _compared(names: Sequence[str], folder: Path, rounds: int) -> Iterator[str]:
    """One table of all that is compared within this process."""
    wanted = [bench for name, bench in BENCHES.items() if name in names]
    if wanted:
        yield f"\n| {' | '.join(HEADS)} |\n|---|---|---|---|---|--:|---|"
    for bench in wanted:
        for comparison in bench(folder):
            yield from map(told, measure(comparison, rounds))


def _tables(names: Sequence[str], folder: Path, rounds: int) -> Iterator[str]:
    for name, table in TABLES.items():
        if name in names:
            yield f"\n{name}:\n"
            yield from table(folder, rounds)


def told(row: Row) -> str:
    """One line of the table."""
    comparison = row.comparison
    cells = (
        comparison.title,
        row.case.name,
        comparison.floor.name,
        f"**{row.ratio.median:.3g}** ({row.ratio.least:.3g}-{row.ratio.most:.3g})",
        comparison.clock.value,
        f"{1e6 / row.micros.median:,.0f} {comparison.unit}s",
        _micros(row.micros),
    )
    return f"| {' | '.join(cells)} |"


def _micros(spread: Spread) -> str:
    digits = 1 if spread.median < 100 else 0
    return f"{spread.median:,.{digits}f} ({spread.least:,.{digits}f}-{spread.most:,.{digits}f})"


def _asked() -> argparse.Namespace:
    asking = argparse.ArgumentParser(prog="python -m bench", description="Print how fast the product is, as ratios.")
    asking.add_argument(
        "names", nargs="*", metavar="NAME", help=f"which: {', '.join((*BENCHES, *TABLES))} (default: all)"
    )
    asking.add_argument("--rounds", type=int, default=5, help="how many rounds (default: 5)")
    asking.add_argument("--folder", type=Path, help="a folder on the disk to be measured (default: the system's own)")
    asked = asking.parse_args()
    unknown = sorted(set(asked.names) - {*BENCHES, *TABLES})
    if unknown or asked.rounds < 1:
        asking.error(f"no such bench: {', '.join(unknown)}" if unknown else "at least one round")
    return asked


if __name__ == "__main__":
    main()
