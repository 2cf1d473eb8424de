"""A record whose log lies in many small files answers every question as one that lies in a single file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from feed.app import sceptic
from tests.commands import answer, feed, recorded
from tests.desks import NEARLY_19000, OVER_24000


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("one") / "record", NEARLY_19000, OVER_24000)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("many") / "record", NEARLY_19000, OVER_24000, setting="file_size = 20_000")


def whole(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(folder.glob("events*.jsonl")))


def test_it_is_the_same_log(one: Path, many: Path) -> None:
    assert whole(many) == whole(one)
    told, alone = answer(many, "verify", "--strict"), answer(one, "verify", "--strict")
    assert told["files"] == len(list(many.glob("events*.jsonl"))) > 1 == alone["files"]
    assert (told["head"], told["bytes"]) == (alone["head"], alone["bytes"])
    assert (
        f"{told['lines']} lines in {told['files']} files, chained without a gap." in feed("verify", "--dir", many).out
    )


@pytest.mark.parametrize(
    "question", ["totals", "alerts", "checks", "asof 2025-02-15", "asof 2025-04-01 --recorded", "replay",
                 "history returns/level/people"]
)  # fmt: skip
def test_every_question_has_the_same_answer(one: Path, many: Path, question: str) -> None:
    assert answer(many, *question.split()) == answer(one, *question.split())


def test_it_is_proven_copied_and_gone_on_with(many: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alert = next(one["id"] for one in answer(many, "alerts") if "more than 24,000" in one["sentence"])
    assert feed("proof", alert, tmp_path / "proof", "--dir", many).code == 0
    assert feed("backup", tmp_path / "safe", "--keys", "--dir", many).code == 0
    assert whole(tmp_path / "safe") == whole(many)
    home = shutil.copytree(many, tmp_path / "home")
    kept = tmp_path / "kept"
    kept.write_text(feed("checkpoint", "--dir", home).out)
    ended = feed("verify", "--strict", "--against", kept, "--dir", tmp_path / "safe")
    assert ended.code == 0, ended.err
    assert feed("rebuild", "--dir", tmp_path / "safe").code == 0
    assert sceptic.main([str(tmp_path / "proof")]) == 0
    assert sceptic.main([str(home / "events.jsonl"), str(kept), str(home / ".feed" / "log.vkeys")]) == 0
    next(home.glob("events.0*.jsonl")).unlink()
    assert feed("verify", "--dir", home).code == 5
    assert sceptic.main([str(home / "events.jsonl"), str(kept)]) == 1
    assert "DOES NOT HOLD" in capsys.readouterr().out
