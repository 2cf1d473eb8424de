"""The log says of itself what happened to it: a cut that was mended, a key that took over."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from feed.model.checkpoint import Note
from feed.record.evidence import Evidence
from feed.record.file import ReadOnlyLog
from feed.record.keys import checks
from feed.record.verify import verify
from tests.commands import answer, feed, recorded
from tests.desks import NEARLY_19000


def events(folder: Path, kind: str) -> list[dict[str, object]]:
    log = ReadOnlyLog(folder / "events.jsonl").read()
    return [event.data.model_dump(mode="json") for event in log if event.type == kind]


def test_an_interrupted_write_is_put_on_record_once_after_what_it_cut_is_complete(tmp_path: Path) -> None:
    desk = recorded(tmp_path / "record", NEARLY_19000)
    log = desk / "events.jsonl"
    whole = log.read_bytes()
    torn = b'{"data":{"article":"half a li'
    log.write_bytes(whole + torn)
    assert feed("ingest", tmp_path / "record.jsonl", "--dir", desk).code == 0
    assert events(desk, "log.cut.v1") == [
        {"offset": len(whole), "length": len(torn), "digest": sha256(torn).hexdigest()}
    ]
    assert log.read_bytes().startswith(whole)
    again = log.read_bytes()
    assert feed("ingest", tmp_path / "record.jsonl", "--dir", desk).code == 0
    assert log.read_bytes() == again
    assert answer(desk, "replay")["same"]
    assert verify(log, strict=True).unknown == 0


def test_a_new_key_takes_over_on_record_and_what_the_old_one_signed_stays_valid(tmp_path: Path) -> None:
    desk = recorded(tmp_path / "record", NEARLY_19000)
    before = Note.parse(feed("checkpoint", "--dir", desk).out)
    ended = feed("key", "--rotate", "a laptop was lost", "--dir", desk)
    assert ended.code == 0, ended.err
    old, new = Evidence(desk / "events.jsonl").verifiers()
    assert ended.out.splitlines() == [str(old), str(new)]
    (said,) = events(desk, "key.rotated.v1")
    assert said == {"old": str(old), "new": str(new), "reason": "a laptop was lost"}
    both = Note.parse(feed("checkpoint", "--dir", desk).out)
    assert both.checkpoint.size == before.checkpoint.size + 1
    assert [both.signed_by([key], checks) for key in (old, new)] == [old, new]
    assert len((desk / ".feed" / "log.key").read_text().split()) == 1
    assert feed("key", "--rotate", "once more", "--dir", desk).code == 0
    assert before.signed_by(Evidence(desk / "events.jsonl").verifiers(), checks) == old
    kept = tmp_path / "kept"
    kept.write_text(str(before))
    assert feed("verify", "--strict", "--against", kept, "--dir", desk).code == 0
    assert feed("verify", "--strict", "--dir", desk).code == 0


def test_a_log_that_never_signed_has_no_key_to_print(tmp_path: Path) -> None:
    assert feed("init", tmp_path / "empty").code == 0
    assert feed("key", "--dir", tmp_path / "empty").code == 1
