"""What a power cut can leave of the line that was being written beside the log: its length without its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from feed.model.chain import Head
from feed.record.evidence import Evidence
from tests.events import NOW, captures, sealed_lines
from tests.logs import log_of, notary


@pytest.mark.parametrize("at", [0, 1, 40, -9])
def test_a_line_of_which_a_power_cut_left_only_the_length_is_none_and_is_written_over(tmp_path: Path, at: int) -> None:
    path = log_of(tmp_path, b"".join(sealed_lines(captures(12))))
    one = notary(path)
    one.attest(Head(3, ""), NOW)
    file = path.parent / ".feed" / "checkpoints.jsonl"
    whole = file.read_bytes()
    one.attest(Head(7, ""), NOW)
    last = bytearray(file.read_bytes()[len(whole) :])
    last[at:-1] = bytes(len(last[at:-1]))
    file.write_bytes(whole + last)
    again = notary(path)
    assert again.covered == 3
    assert [kept.size for kept in Evidence(path).checkpoints()] == [3]
    assert Evidence(path).lines() == whole
    assert Evidence(path).covering(7) is None
    again.attest(Head(12, ""), NOW)
    assert [kept.size for kept in Evidence(path).checkpoints()] == [3, 12]
