"""kill -9 of the real writer while it appends: what it acknowledged is there, and nothing is there twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.nightly import NIGHTLY

ROOT = Path(__file__).parents[2]
KILLS, SEEDS = (2_000, 3) if NIGHTLY else (500, 1)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_acknowledged_event_is_lost_however_often_the_writer_is_killed(tmp_path: Path, seed: int) -> None:
    command = [sys.executable, "-m", "tests.edges.log_kills", str(tmp_path), str(KILLS), str(seed)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=1_800)
    tally = json.loads(done.stdout)
    print(tally)
    assert (tally["kills"], tally["lost"], tally["broken"]) == (KILLS, 0, 0)
    assert tally["acknowledged"] >= KILLS
