"""The log that comes with the product: the five articles, as they would be recorded today."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

import pytest

from feed.record.file import ReadOnlyLog
from feed.record.verify import verify
from tests.commands import ROOT, SEEDS, answer, feed

LOG = ROOT / "events.jsonl"


def test_every_line_passes_all_four_gates() -> None:
    checked = verify(LOG, strict=True)
    assert checked.lines > 100
    assert not checked.unknown


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds, recorded now."""
    folder = tmp_path_factory.mktemp("again") / "record"
    assert feed("ingest", SEEDS, "--dir", folder).code == 0
    return folder


def said(log: Path) -> list[tuple[str, str, str]]:
    return [(event.id, event.type, event.subject) for event in ReadOnlyLog(log).read()]


def test_recording_the_seeds_today_gives_the_same_events(again: Path) -> None:
    assert said(again / "events.jsonl") == said(LOG), "the reader reads the seeds otherwise: record them anew (README)"


def test_the_log_answers_as_a_fresh_record_does(again: Path, tmp_path: Path) -> None:
    copy(LOG, tmp_path / LOG.name)  # without what another version of the product made from it
    for question in (("totals",), ("checks",), ("asof", "2025-02-15")):
        assert answer(tmp_path, *question) == answer(again, *question)
