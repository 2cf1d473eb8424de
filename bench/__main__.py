"""`python -m bench [NAME ...]`: measure the product beside its floors and print one table of ratios."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench import append, ledger, poll_cycle, poll_unchanged, reading, replay, verify
from bench.harness import Comparison, Row, Spread, measure

BENCHES: dict[str, Callable[[Path], Iterator[Comparison]]] = {
    "append": append.comparisons,
    "verify": verify.comparisons,
    "replay": replay.comparisons,
    "ledger": ledger.comparisons,
    "reading": reading.comparisons,
    "poll": poll_unchanged.comparisons,
    "cycle": poll_cycle.comparisons,
}
HEADS = ("what", "by", "beside", "ratio: median (min-max)", "clock", "a second", "us each: median (min-max)")


def main() -> None:
    """Measure what is named, all when nothing is, and print each result as soon as it is there."""
    asked = _asked()
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}, ", end="")
    print(f"{asked.rounds} interleaved rounds after one to warm up\n")
    print(f"| {' | '.join(HEADS)} |\n|---|---|---|---|---|--:|---|", flush=True)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        for name in asked.names or BENCHES:
            for comparison in BENCHES[name](Path(folder)):
                for row in measure(comparison, asked.rounds):
                    print(told(row), flush=True)


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
    asking.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(BENCHES)} (default: all)")
    asking.add_argument("--rounds", type=int, default=5, help="how many rounds (default: 5)")
    asking.add_argument("--folder", type=Path, help="a folder on the disk to be measured (default: the system's own)")
    asked = asking.parse_args()
    unknown = sorted(set(asked.names) - set(BENCHES))
    if unknown or asked.rounds < 1:
        asking.error(f"no such bench: {', '.join(unknown)}" if unknown else "at least one round")
    return asked


if __name__ == "__main__":
    main()
