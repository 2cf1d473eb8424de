"""kill -9 of the real writer while it appends: what it acknowledged is there, and nothing is there twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from feed.record.file import ReadOnlyLog
from feed.record.verify import verify

ROOT = Path(__file__).parents[2]


def test_no_acknowledged_event_is_lost_in_a_hundred_kills(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    command = [sys.executable, "-m", "tests.edges.log_kills", str(path), "100"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=100)
    tally = json.loads(done.stdout)
    assert (tally["kills"], tally["lost"]) == (100, 0)
    assert tally["acknowledged"] >= 150
    names = [event.subject for event in ReadOnlyLog(path).read()]
    assert names == [f"article {number + 1}" for number in range(len(names))]
    assert verify(path).lines == len(names)
