"""Twenty hostile servers and five good ones in one cycle: the good ones are polled, the others cost what they may."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

SLOW = {"slow-head", "slow-body", "slow-chunks"}
ENDS = {
    "silent|slow-head|slow-body|slow-chunks": "no full answer in time",
    "hangs-up|fat-head|too-short|reset-1k|reset-4k": "no answer",
    "endless|endless-chunks|ten-gb": "larger than 1048576 bytes",
    "bomb": "larger than 4194304 bytes when unpacked|100 times its size",
    "double-bomb|deflate|brotli": "we asked for gzip",
    "loop": "more than 5 redirects",
    "laughs": "declares XML entities",
    "items": "lists 100000 entries",
    "deep": "no feed|breaks its parser|stopped",
    "good-[0-4]": "listed",
}


def test_bad_sources_delay_no_good_one_and_end_at_their_limits(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.edges.hostile_cycle", str(tmp_path)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], check=True, stdout=subprocess.PIPE, text=True)
    made = json.loads(done.stdout)
    assert set(made["under_way"]) >= SLOW, "the good feeds were there before the slow ones had run out of time"
    assert len(made["told"]) == 25
    for names, why in ENDS.items():
        ended = [told for name, told in made["told"].items() if re.fullmatch(names, name)]
        assert ended
        assert all(re.search(why, told) for told in ended), ended
    assert len(made["taken"]) == 5
    assert made["mib"] < 300
