"""What the start of a command costs, against an interpreter that starts and does nothing: processor time of processes.

The floor is `python -c pass`; a ratio of 0.1 is ten times as long.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = (
    ("--version",),
    ("--help",),
    ("totals",),
    ("history", "returns"),
    ("alerts",),
    ("why", "ea1c8386"),
    ("asof", "2025-04-01"),
    ("diff", "2025-01-01", "2025-04-01"),
    ("checks",),
    ("status",),
    ("sources",),
    ("read", "one.jsonl"),
)
ARTICLES = ROOT / "tests" / "gold" / "seeds.articles.jsonl"
HEADS = (
    "| command | beside | ratio: median (min-max) | times as long | CPU ms: median (min-max) |\n|---|---|---|--:|---|"
)


def table(folder: Path, rounds: int) -> Iterator[str]:
    """The rows of a table, one for each command, over a record of the five seeds whose view is up to date."""
    home = folder / "startup"
    home.mkdir()
    for name in ("events.jsonl", "feed.toml"):
        shutil.copy(ROOT / name, home)
    with ARTICLES.open(encoding="utf-8") as articles:
        (home / "one.jsonl").write_text(next(articles), encoding="utf-8")
    yield HEADS
    known = [words for words in COMMANDS if _seconds(_feed(words, home), home) is not None]
    taken = [[_seconds([sys.executable, "-c", "pass"]), *(_seconds(_feed(words, home), home) for words in known)]
             for _ in range(rounds)]  # fmt: skip
    for at, words in enumerate(known, 1):
        yield _row(" ".join(words), [(one[0] or 0, one[at] or 0) for one in taken])


def _feed(words: tuple[str, ...], home: Path) -> list[str]:
    asked = words if words[0].startswith("-") else (*words, "--dir", str(home))
    return [sys.executable, "-P", "-m", "feed", *asked]


def _seconds(command: list[str], folder: Path = ROOT) -> float | None:
    """Processor seconds of a process in that folder, from its start to its end; None when it fails."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env, cwd=folder)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return None if process.returncode else used.ru_utime + used.ru_stime


def _row(name: str, taken: list[tuple[float, float]]) -> str:
    ratios = [floor / ours for floor, ours in taken]
    millis = [ours * 1e3 for _, ours in taken]
    middle = statistics.median(ratios)
    ratio = f"**{middle:.3g}** ({min(ratios):.3g}-{max(ratios):.3g})"
    ms = f"{statistics.median(millis):,.0f} ({min(millis):,.0f}-{max(millis):,.0f})"
    return f"| `feed {name}` | `python -c pass` | {ratio} | {1 / middle:.1f} | {ms} |"
