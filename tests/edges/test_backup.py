"""A backup is a folder that takes the place of the old one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands import answer, feed, given, recorded, seeds
from tests.desks import NEARLY_19000, OVER_24000


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("desk") / "record", NEARLY_19000)


def test_what_is_restored_answers_goes_on_and_keeps_its_evidence(desk: Path, tmp_path: Path) -> None:
    ended = feed("backup", tmp_path / "safe", "--keys", "--dir", desk)
    assert ended.code == 0, ended.err
    home = shutil.copytree(desk, tmp_path / "home")
    shutil.rmtree(home)
    shutil.copytree(tmp_path / "safe", home)
    for question in (("totals",), ("alerts",), ("checks",)):
        assert answer(home, *question) == answer(desk, *question)
    assert (home / "feed.toml").read_bytes() == (desk / "feed.toml").read_bytes()
    article = given(tmp_path / "more.jsonl", seeds()[OVER_24000])
    assert feed("ingest", article, "--dir", home).code == 0
    old = tmp_path / "kept"
    old.write_text(feed("checkpoint", "--dir", desk).out)
    ended = feed("verify", "--strict", "--against", old, "--dir", home)
    assert ended.code == 0, ended.err
    assert len(answer(home, "checkpoint")["keys"]) == 1


def test_a_backup_without_the_secret_signs_with_a_new_key_under_the_old_name(desk: Path, tmp_path: Path) -> None:
    ended = feed("backup", tmp_path / "safe", "--dir", desk)
    assert "The private key is not in it" in ended.out
    assert not (tmp_path / "safe" / ".feed" / "log.key").exists()
    article = given(tmp_path / "more.jsonl", seeds()[OVER_24000])
    assert feed("ingest", article, "--dir", tmp_path / "safe").code == 0
    told = answer(tmp_path / "safe", "checkpoint")
    assert len(told["keys"]) == 2
    assert told["note"].splitlines()[0] == answer(desk, "checkpoint")["note"].splitlines()[0]


def test_half_a_line_that_is_being_written_is_not_taken(desk: Path, tmp_path: Path) -> None:
    busy = shutil.copytree(desk, tmp_path / "busy")
    whole = (busy / "events.jsonl").read_bytes()
    with (busy / "events.jsonl").open("ab") as log:
        log.write(b'{"data":{"half')
    assert feed("backup", tmp_path / "safe", "--dir", busy).code == 0
    assert (tmp_path / "safe" / "events.jsonl").read_bytes() == whole


def test_a_damaged_log_or_capture_makes_no_backup_that_counts(desk: Path, tmp_path: Path) -> None:
    bad = shutil.copytree(desk, tmp_path / "bad")
    lines = (bad / "events.jsonl").read_bytes().splitlines(keepends=True)
    (bad / "events.jsonl").write_bytes(b"".join([*lines[:3], lines[3].replace(b"read", b"reed"), *lines[4:]]))
    ended = feed("backup", tmp_path / "safe", "--dir", bad)
    assert (ended.code, "line 4" in ended.err) == (5, True)
    assert feed("backup", tmp_path / "safe", "--dir", desk).code == 2, "the folder is not empty any more"
    assert feed("backup", tmp_path / "other", "--dir", tmp_path / "nowhere").code != 0
