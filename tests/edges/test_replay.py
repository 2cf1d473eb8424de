"""What was recorded follows from what was read, on any machine; and a report of some days for an auditor's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from feed.model.chain import canonical, digest
from feed.record.lines import parse
from tests.commands import BEGAN, answer, feed, recorded
from tests.desks import NEARLY_19000, OVER_24000


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the two articles, the second of which supersedes the first."""
    return recorded(tmp_path_factory.mktemp("desk") / "record", NEARLY_19000, OVER_24000)


def changed(desk: Path, folder: Path, old: bytes, new: bytes) -> Path:
    """A copy of a log in which every alert says something else, chained anew."""
    folder.mkdir()
    made, previous = b"", "0" * 64
    for number, line in enumerate((desk / "events.jsonl").read_bytes().splitlines(), 1):
        told = line.replace(old, new) if b"alert.raised" in line else line
        whole = canonical({**parse(told), "sequence": f"{number:012d}", "prevhash": previous})
        made, previous = made + whole + b"\n", digest(whole)
    (folder / "events.jsonl").write_bytes(made)
    return folder


def test_recorded_alerts_are_the_alerts_that_the_record_gives_rise_to(desk: Path, tmp_path: Path) -> None:
    ended = feed("replay", "--to", tmp_path / "out", "--dir", desk)
    assert ended.code == 0
    assert ended.out.endswith("Recorded alerts = recomputed alerts.\n")
    told = answer(desk, "replay")
    assert (told["differences"], told["same"], told["recorded"]) == ([], True, told["recomputed"])
    assert told["recorded"] == len((tmp_path / "out" / "alerts.jsonl").read_text().splitlines()) > 0
    assert (tmp_path / "out" / "view.db").is_file()
    assert "the folder is not empty" in feed("replay", "--to", tmp_path / "out", "--dir", desk).err


def test_it_stops_where_it_is_told_to(desk: Path) -> None:
    whole = answer(desk, "replay")
    day = BEGAN.date().isoformat()
    assert answer(desk, "replay", "--until", day) == whole
    assert answer(desk, "replay", "--until", "2025-12-31")["events"] == 0
    assert answer(desk, "replay", "--until", "3")["events"] == 3
    assert answer(desk, "replay", "--until", str(whole["events"])) == whole


def test_to_stop_amid_an_article_is_no_difference(desk: Path) -> None:
    lines = (desk / "events.jsonl").read_bytes().splitlines()
    alerts = [at for at, line in enumerate(lines, 1) if b'"type":"alert.raised' in line]
    for at in (alerts[0] - 1, alerts[0], alerts[-1] - 1):
        ended = feed("replay", "--until", str(at), "--dir", desk)
        assert ended.code == 0, ended.out
        assert f"Line {at} is amid what was recorded of one article" in ended.out
        counted = sum(one <= at for one in alerts)
        assert f"{counted} recomputed, 0 of them otherwise." in ended.out
        assert "Recorded alerts = recomputed alerts." in ended.out
    ends = [at for at, line in enumerate(lines) if at and b'"type":"article.captured' in line]
    assert not any(answer(desk, "replay", "--until", str(at))["amid"] for at in (*ends, len(lines)))


def test_an_alert_that_was_forged_is_found_and_one_of_other_rules_explained(desk: Path, tmp_path: Path) -> None:
    forged = changed(desk, tmp_path / "forged", b'"severity":"medium"', b'"severity":"high"')
    ended = feed("replay", "--dir", forged)
    assert ended.code == 1
    assert "otherwise, line" in ended.out
    assert "unexplained: the same versions made both" in ended.out
    older = changed(desk, tmp_path / "older", b'"engine":"1"', b'"engine":"0.9"')
    assert feed("replay", "--dir", older).code == 0
    other = changed(forged, tmp_path / "other", b'"engine":"1"', b'"engine":"0.9"')
    ended = feed("replay", "--dir", other)
    assert (ended.code, "raised by rules 0.9, now 1" in ended.out) == (0, True)


def test_an_auditor_gets_some_days_with_digests_heads_and_checkpoint(desk: Path) -> None:
    day = BEGAN.date().isoformat()
    ended = feed("audit", day, day, "--dir", desk)
    assert ended.code == 0, ended.err
    lines = (desk / "events.jsonl").read_bytes().splitlines()
    assert f"After: {len(lines)}:{digest(lines[-1])}" in ended.out
    assert "Articles captured (2)" in ended.out
    assert "more than 24,000 (was nearly 19,000 to 31 January)" in ended.out
    assert feed("checkpoint", "--dir", desk).out.splitlines()[2] in ended.out
    told = answer(desk, "audit", day, day)
    assert sum(told["events"].values()) == len(lines)
    assert {row["article"] for row in told["articles"]} == {NEARLY_19000, OVER_24000}
    assert len(told["alerts"]) == told["events"]["alert.raised.v1"]


def test_days_without_events_are_an_empty_report_not_an_error(desk: Path) -> None:
    told = answer(desk, "audit", "2020-01-01", "2020-12-31")
    assert (told["events"], told["alerts"], told["checkpoint"]) == ({}, [], None)
    assert "Nothing was recorded." in feed("audit", "2020-01-01", "2020-12-31", "--dir", desk).out
    assert feed("audit", "2021-01-01", "2020-12-31", "--dir", desk).code == 2
