"""A better pack reads the old articles again: what changed is on record as that, and nobody is woken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from feed.record.file import ReadOnlyLog
from feed.record.verify import verify
from tests.commands import ROOT, answer, feed, recorded
from tests.desks import NEARLY_19000, OVER_24000


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return recorded(tmp_path / "record", NEARLY_19000, OVER_24000)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The pack, a version later: the day from which people count was found to be another."""
    folder = shutil.copytree(ROOT / "feed" / "topics" / "uk_returns", tmp_path / "pack")
    for name, old, new in (("calendar.toml", "2024-07-05", "2024-07-04"), ("pack.toml", '"1"', '"2"')):
        file = folder / name
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return folder


def kinds(desk: Path) -> list[str]:
    return [event.type for event in ReadOnlyLog(desk / "events.jsonl").read()]


def test_the_same_reader_and_pack_read_the_same(desk: Path) -> None:
    before = (desk / "events.jsonl").read_bytes()
    ended = feed("reread", "--dir", desk)
    assert ended.code == 0, ended.err
    assert "2 articles read again: values changed 0 of " in ended.out
    assert (desk / "events.jsonl").read_bytes() == before


def test_what_is_read_otherwise_is_withdrawn_and_said_anew_side_by_side_and_raises_no_alert(
    desk: Path, pack: Path
) -> None:
    before, alerts = (desk / "events.jsonl").read_bytes(), answer(desk, "alerts")
    dry = answer(desk, "reread", "--pack", str(pack), "--dry-run")
    assert (desk / "events.jsonl").read_bytes() == before
    ended = feed("reread", "--pack", pack, "--dir", desk)
    assert ended.code == 0, ended.err
    assert f"values changed {sum(bool(one['before']) for one in dry['changes'])} of {dry['facts']}" in ended.out
    sides = [(one["before"], one["now"]) for one in dry["changes"] if "returns/level/people:" in one["before"]]
    assert (
        "returns/level/people: 24,000, 2024-07-05 to 2025-03-31",
        "returns/level/people: 24,000, 2024-07-04 to 2025-03-31",
    ) in sides
    assert (desk / "events.jsonl").read_bytes().startswith(before), "something was rewritten"
    new = kinds(desk)[len(before.splitlines()) :]
    assert set(new) == {"fact.withdrawn.v1", "figure.reported.v1"}
    assert answer(desk, "alerts") == alerts
    standing = {(one["series"], one["frame"]): one["printed"] for one in answer(desk, "totals") if "frame" in one}
    assert standing["returns/level/people", "since 2024-07-04"] == "more than 24,000"
    assert ("returns/level/people", "since 2024-07-05") not in standing
    assert feed("reread", "--pack", pack, "--dir", desk).out.endswith("0 events recorded.\n")
    assert answer(desk, "replay")["same"]
    assert verify(desk / "events.jsonl", strict=True).unknown == 0


def test_it_is_marked_as_no_news_unless_people_shall_be_told(desk: Path, pack: Path) -> None:
    for asked, folder in ((False, desk), (True, shutil.copytree(desk, desk.with_name("asked")))):
        count = len(kinds(folder))
        assert feed("reread", "--pack", pack, *(["--alert"] if asked else []), "--dir", folder).code == 0
        sources = {event.source for event in ReadOnlyLog(folder / "events.jsonl").read(after=count)}
        assert sources == {f"urn:feed-of-record:{'read' if asked else 'reread'}"}
        assert answer(folder, "replay")["same"]


def test_an_article_whose_text_is_not_kept_is_left_as_it_is(desk: Path, pack: Path) -> None:
    shutil.rmtree(desk / ".feed" / "captures")
    ended = feed("reread", "--pack", pack, "--dir", desk)
    assert ended.code == 0
    assert "its text is not kept here, so it was not read again" in ended.out
    assert ended.out.endswith("0 events recorded.\n")
