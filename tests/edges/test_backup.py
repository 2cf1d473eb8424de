"""A backup is a folder that takes the place of the old one."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from tests.commands import ROOT, answer, feed, given, recorded, seeds
from tests.desks import NEARLY_19000, OVER_24000

BESIDE = ("events.jsonl.ids", "events.jsonl.lock", "events.jsonl.files", "settings.json", "labels.json")


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
    assert not [each for each in tmp_path.iterdir() if each.name.startswith("safe")], "nothing that looks like a backup"
    (capture, *_) = (each for each in (desk / ".feed" / "captures").rglob("*") if each.is_file())
    harmed = shutil.copytree(desk, tmp_path / "harmed") / capture.relative_to(desk)
    harmed.chmod(0o644)
    harmed.write_bytes(b"another")
    ended = feed("backup", tmp_path / "safe", "--dir", tmp_path / "harmed")
    assert (ended.code, "the bytes are not those of the digest" in ended.err) == (5, True)
    assert feed("backup", tmp_path / "safe", "--dir", desk).code == 0
    assert feed("backup", tmp_path / "safe", "--dir", desk).code == 2, "the folder is not empty any more"
    assert feed("backup", tmp_path / "other", "--dir", tmp_path / "nowhere").code != 0


def test_it_has_all_that_cannot_be_made_anew(desk: Path, tmp_path: Path) -> None:
    """An own pack, what a crash left behind the log's end, and the archive with the headers that were answered."""
    home = shutil.copytree(desk, tmp_path / "home")
    shutil.copytree(ROOT / "tests" / "packs" / "biscuits", home / "packs" / "biscuits")
    setting = home / "feed.toml"
    setting.write_text(setting.read_text().replace('topic = "uk_returns"', 'topic = "packs/biscuits"'))
    others = (home / ".feed" / "events.jsonl.torn.12345", home / ".feed" / "captures" / "warc" / "2026-01-05.warc.gz")
    for file in others:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"as it was")
    ended = feed("backup", tmp_path / "safe", "--dir", home)
    assert ended.code == 0, ended.err
    kept = {each.relative_to(tmp_path / "safe") for each in (tmp_path / "safe").rglob("*") if each.is_file()}
    before = {each.relative_to(home) for each in home.rglob("*") if each.is_file()}
    assert kept <= before
    left = {str(each) for each in before - kept}
    made_anew = {"view.db", "view.db.sum", "shelf.db", "shelf.db.sum", "log.key", "events.jsonl.head"}
    assert {name for name in left if "/tree/" not in name} <= {f".feed/{name}" for name in (*made_anew, *BESIDE)}
    assert answer(tmp_path / "safe", "verify", "--strict")["missing"] == 0
    assert feed("totals", "--dir", tmp_path / "safe").code == 0


def test_a_disk_that_is_full_leaves_no_copy(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("feed.record.disk._sync", full)
    ended = feed("backup", tmp_path / "safe", "--dir", desk)
    assert (ended.code, "No space left on device" in ended.err) == (75, True), ended.err
    assert not [each for each in tmp_path.iterdir() if each.name.startswith("safe")]
