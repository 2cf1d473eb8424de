"""A poll that is killed at any durable step and started again: the log ends as if nothing had happened."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.nightly import NIGHTLY

EVERY = 1 if NIGHTLY else 60


def test_wherever_a_poll_is_killed_the_log_ends_as_if_nothing_had_happened(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.edges.poll_kills", str(tmp_path), str(EVERY)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], check=True, stdout=subprocess.PIPE, text=True)
    told = json.loads(done.stdout)
    assert told["lines"] > 40
    assert told["steps"] > 500
    assert told["killed"] == len(range(1, told["steps"] + 1, EVERY)), "each really was killed"
    assert told["differ"] == []
