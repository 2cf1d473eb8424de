"""A log that lives long among kills and failing disks keeps every promise, and costs no more with its age."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.commands import ROOT
from tests.nightly import HOME, NIGHTLY

EVENTS = 1_000_000 if NIGHTLY else 6_000


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice_in_a_long_hard_life(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.edges.log_soak", HOME or str(tmp_path), str(EVENTS)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=7_200)
    assert done.returncode == 0, done.stderr
    tally = json.loads(done.stdout)
    print(tally)
    assert (tally["lost"], tally["refused"], tally["wrong"], tally["events"]) == (0, 0, 0, EVENTS)
    assert tally["lives"] > 15
    assert tally["files"] > 3
    assert tally["looks"] > 0
    assert tally["grown"] < 1.1
