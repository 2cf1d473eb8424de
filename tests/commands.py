"""Commands as people call them, in this process: words in, exit code and both streams out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from feed.app.cli.run import run

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold"
BEGAN = datetime(2026, 1, 1, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer, when JSON was asked for."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The answers, when each is a line of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


def feed(*words: str | Path, stdin: bytes = b"") -> Ended:
    """Run a command to its end."""
    out, err, given = io.StringIO(), io.StringIO(), io.TextIOWrapper(io.BytesIO(stdin))
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "stdin", given):
        code = run([str(word) for word in words])
    return Ended(code, out.getvalue(), err.getvalue())


def answer(folder: Path, *words: str) -> Any:
    """What a question gets in JSON."""
    ended = feed(*words, "--dir", folder, "--json")
    assert ended.code == 0, ended.err
    return ended.json


def python(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, with nothing loaded yet."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, **environment},  # noqa: TID251 - a process like the reader's own, but for what is given
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@contextmanager
def clock(began: datetime = BEGAN) -> Iterator[None]:
    """Commands that record see this clock; each look at it takes a minute."""
    ticks = (began + timedelta(minutes=minute) for minute in range(10_000))
    with patch("feed.app.cli.ingest.now", lambda: next(ticks)), patch("feed.app.cli.poll.now", lambda: next(ticks)):
        yield


def given(path: Path, *articles: dict[str, Any]) -> Path:
    """A JSON Lines file of articles."""
    path.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles), encoding="utf-8")
    return path


def seeds() -> dict[str, dict[str, Any]]:
    """The five articles by id, in the order of their file."""
    lines = (GOLD / "seeds.articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {article["id"]: article for article in map(json.loads, lines)}


def recorded(folder: Path, *order: str, setting: str = "") -> Path:
    """A new data directory in which these seeds were recorded in that order, and what a person read in them."""
    known = seeds()
    assert feed("init", folder).code == 0
    (folder / "feed.toml").write_text(f"{setting}\n{(folder / 'feed.toml').read_text()}")
    handed = given(folder.with_suffix(".jsonl"), *(known[name] for name in order))
    with clock():
        ended = feed("ingest", handed, *([SEEDS] if set(order) == set(known) else []), "--dir", folder)
    assert ended.code == 0, ended.err
    return folder
