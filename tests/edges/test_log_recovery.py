"""What a crash may leave at the end of a log, and what must never be taken for that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from feed.model.chain import EMPTY, Head, digest
from feed.model.errors import Gate, LineRefused
from feed.record import disk
from feed.record.file import FileLog, ReadOnlyLog
from feed.record.side import Hint, Saved, Side
from feed.record.verify import verify
from tests.events import NOW, capture, captures, sealed_lines
from tests.logs import log_of

LINES = sealed_lines(captures(4))
ACKNOWLEDGED, LAST_BATCH = b"".join(LINES[:2]), b"".join(LINES[2:])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of crash states need no disk that really flushes."""
    monkeypatch.setattr(disk, "flush", lambda fd: None)
    monkeypatch.setattr(disk, "flush_folder", lambda folder: None)


def crashed(folder: Path, content: bytes, durable: int) -> Path:
    """A log as a crash left it, of which so many bytes had been made durable before."""
    path, side = log_of(folder, content), Side(folder / "events.jsonl")
    side.folder.mkdir(exist_ok=True)
    lines = content[:durable].splitlines()
    hint = Hint(side)
    hint.save(Saved(durable, Head(len(lines), digest(lines[-1])) if lines else EMPTY))
    hint.close()
    return path


def whole(content: bytes) -> bytes:
    """The whole lines of what was written, up to the first that is not as it was written."""
    good = b""
    for line in LINES:
        if not content.startswith(good + line):
            break
        good += line
    return good


def states() -> Iterator[bytes]:
    """The last batch as a power cut may leave it: cut anywhere, zeros from anywhere on, a lost page in the middle."""
    for cut in range(len(LAST_BATCH) + 1):
        yield LAST_BATCH[:cut]
    for start in range(0, len(LAST_BATCH), 7):
        yield LAST_BATCH[:start] + bytes(len(LAST_BATCH) - start)
        lost = LAST_BATCH[start : start + 512]
        yield LAST_BATCH[:start] + bytes(len(lost)) + LAST_BATCH[start + len(lost) :]
        yield LAST_BATCH[:start] + b"\xff" * len(lost) + LAST_BATCH[start + len(lost) :]


@pytest.mark.usefixtures("quick")
def test_no_acknowledged_line_is_lost_whatever_a_crash_makes_of_the_last_batch(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    side = Side(folder / "events.jsonl")
    for state in states():
        for old in side.folder.glob("*") if side.folder.exists() else ():
            old.unlink()
        content = ACKNOWLEDGED + state
        path, good = crashed(folder, content, len(ACKNOWLEDGED)), whole(content)
        assert ReadOnlyLog(path).head().sequence == good.count(b"\n")
        assert path.read_bytes() == content
        with FileLog.open(path) as log:
            assert path.read_bytes() == good
            assert log.head().sequence == good.count(b"\n")
            if len(good) < len(content):
                assert log.set_aside is not None
                assert log.set_aside.path.read_bytes() == content[len(good) :]
            else:
                assert log.set_aside is None


def test_after_recovery_the_lost_events_can_be_recorded_again(tmp_path: Path) -> None:
    path = crashed(tmp_path, ACKNOWLEDGED + LAST_BATCH[:-40], len(ACKNOWLEDGED))
    with FileLog.open(path) as log:
        assert log.set_aside is not None
        assert log.set_aside.path.name == f"events.jsonl.torn.{len(ACKNOWLEDGED + LINES[2])}"
        assert log.append(captures(4), NOW).sequences == (1, 2, 3, 4)
    assert path.read_bytes() == b"".join(LINES)
    with FileLog.open(path) as log:
        assert log.set_aside is None


def test_a_second_crash_at_the_same_place_keeps_what_the_first_left(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    for torn in (b"once", b"twice"):
        crashed(tmp_path, ACKNOWLEDGED + torn, len(ACKNOWLEDGED))
        FileLog.open(path).close()
    name = f"events.jsonl.torn.{len(ACKNOWLEDGED)}"
    kept = {file.name: file.read_bytes() for file in Side(path).folder.glob("*.torn.*")}
    assert kept == {name: b"once", f"{name}.2": b"twice"}


@pytest.mark.usefixtures("quick")
def test_damage_to_what_was_durable_is_refused_and_nothing_is_mended(tmp_path: Path) -> None:
    content = b"".join(LINES)
    path = crashed(tmp_path, content, len(content))
    before = Side(path).head.read_bytes()
    for at in range(0, len(content), 11):
        damaged = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        path.write_bytes(damaged)
        with pytest.raises(LineRefused, match=rf"events\.jsonl, line {content.count(10, 0, at) + 1}: "):
            FileLog.open(path)
        with pytest.raises(LineRefused):
            list(ReadOnlyLog(path).read())
        assert path.read_bytes() == damaged
        assert Side(path).head.read_bytes() == before


def test_a_copy_without_its_hint_may_lack_an_end_but_no_middle(tmp_path: Path) -> None:
    path = log_of(tmp_path, b"".join(LINES) + b'{"unfinished')
    assert verify(path).unfinished == len(b'{"unfinished')
    assert [event.position for event in ReadOnlyLog(path).read()] == [1, 2, 3, 4]
    assert not Side(path).folder.exists()
    path.write_bytes(LINES[0] + LINES[1].replace(b"article 2", b"article 9") + b"".join(LINES[2:]))
    with pytest.raises(LineRefused) as caught:
        FileLog.open(path)
    assert (caught.value.at, caught.value.gate) == (2, Gate.CHAIN)


@pytest.mark.parametrize("line", [b"\n", b"\0" * 300 + b"\n", b"\xff\xfe\n", b"[]\n", b"{}\n", b"x" * 70_000 + b"\n"])
def test_a_finished_line_that_says_nothing_is_bad_never_skipped(tmp_path: Path, line: bytes) -> None:
    path = log_of(tmp_path, b"".join(LINES[:2]) + line + b"".join(LINES[2:]))
    with pytest.raises(LineRefused, match="line 3: ") as caught:
        FileLog.open(path)
    assert caught.value.gate is Gate.SHAPE


def test_a_log_that_was_cut_is_missed(tmp_path: Path) -> None:
    path = crashed(tmp_path, b"".join(LINES), len(b"".join(LINES)))
    path.write_bytes(ACKNOWLEDGED)
    with pytest.raises(LineRefused, match="line 3: the log ends before it, but 4 lines were on record"):
        FileLog.open(path)
    path.unlink()
    with pytest.raises(LineRefused, match="line 1: the log ends before it"):
        ReadOnlyLog(path).head()


def test_another_log_in_its_place_is_noticed(tmp_path: Path) -> None:
    path = crashed(tmp_path, b"".join(LINES), len(b"".join(LINES)))
    path.write_bytes(b"".join(sealed_lines(captures(9, first=50))))
    with pytest.raises(LineRefused, match="line 4: not the line 4 that was on record here"):
        FileLog.open(path)


def test_an_unreadable_hint_is_no_hint_of_damage(tmp_path: Path) -> None:
    path = crashed(tmp_path, b"".join(LINES)[:-3], len(ACKNOWLEDGED))
    for spoilt in (b"", b"\0" * 200, b"000 000 abc def\n", Side(path).head.read_bytes()[:-9]):
        Side(path).head.write_bytes(spoilt)
        assert Side(path).saved() == Saved()
        assert ReadOnlyLog(path).head().sequence == 3
    with FileLog.open(path) as log:
        assert log.head().sequence == 3
    assert Side(path).saved() == Saved(len(b"".join(LINES[:3])), log.head())


def test_the_hint_follows_each_batch(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    with FileLog.open(path) as log:
        for number in range(3):
            head = log.append((capture(number),), NOW).head
            assert Side(path).saved() == Saved(path.stat().st_size, head)


def test_a_bad_end_of_a_long_log_is_set_aside_but_no_more_than_one_batch(tmp_path: Path) -> None:
    lines = sealed_lines(captures(2000))
    content = b"".join(lines)
    assert len(content) > 1024 * 1024 + 200_000
    path = crashed(tmp_path, content[:100_000] + b"\0" + content[100_001:], 0)
    with pytest.raises(LineRefused):
        FileLog.open(path)
    path = crashed(tmp_path, content[:-100_000] + b"\0" + content[-99_999:], 0)
    with FileLog.open(path) as log:
        assert 1700 < log.head().sequence < 2000
