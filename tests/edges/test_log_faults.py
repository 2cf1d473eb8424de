"""The disk fails, or another writer appears: nothing wrong is acknowledged, and it says what to do."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from feed.model.errors import HeadMoved, LogBusy, LogUnwritable
from feed.record import disk
from feed.record.file import FileLog, ReadOnlyLog
from feed.record.ids import SLOT, Ids
from feed.record.side import Saved, Side
from feed.record.verify import verify
from tests.events import NOW, capture, captures, sealed_lines
from tests.logs import log_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.jsonl"


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """The kernel's own full disk: a short write up to the limit, then EFBIG."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def failing(code: int) -> Callable[..., NoReturn]:
    def fail(*_: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("room", [0, 1, 100, 700])
def test_a_full_disk_leaves_no_partial_line_and_works_again_without_a_restart(path: Path, room: int) -> None:
    with FileLog.open(path) as log:
        log.append(captures(2), NOW)
        before = path.read_bytes()
        with no_file_longer_than(len(before) + room), pytest.raises(LogUnwritable, match="cannot be written") as caught:
            log.append(captures(3, first=10), NOW)
        assert caught.value.exit_code == 75
        assert path.read_bytes() == before
        assert [event.position for event in log.read()] == [1, 2]
        assert log.append(captures(3, first=10), NOW).sequences == (3, 4, 5)
    assert verify(path, strict=True).lines == 5


def test_a_batch_is_one_write_and_one_flush_before_anybody_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def noting(name: str, call: Callable[..., object]) -> Callable[..., object]:
        def noted(*args: object) -> object:
            done.append(name)
            return call(*args)

        return noted

    with FileLog.open(path) as log:
        log.append(captures(1), NOW)
        monkeypatch.setattr(os, "write", noting("write", os.write))
        monkeypatch.setattr(disk, "_sync", noting("flush", disk._sync))
        monkeypatch.setattr(os, "pwrite", noting("note", os.pwrite))
        log.append(captures(3, first=2), NOW)
        assert done == ["write", "flush", *["note"] * 4], "three ids and where it ends"
        log.append(captures(4), NOW)
        assert len(done) == 6


def test_a_short_write_is_finished(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    with FileLog.open(path) as log:
        monkeypatch.setattr(os, "write", lambda fd, content: write(fd, content[:100]))
        log.append(captures(2), NOW)
    assert verify(path, strict=True).lines == 2


def test_a_part_that_cannot_be_cut_off_stops_the_writer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with FileLog.open(path) as log:
        log.append(captures(1), NOW)
        monkeypatch.setattr(os, "ftruncate", failing(errno.EIO))
        with no_file_longer_than(path.stat().st_size + 50), pytest.raises(LogUnwritable):
            log.append((capture(7),), NOW)
        with pytest.raises(LogUnwritable, match="could not be cut off"):
            log.append((capture(7),), NOW)
        monkeypatch.undo()
    assert ReadOnlyLog(path).head().sequence == 1
    with FileLog.open(path) as log:
        assert log.set_aside is not None
        assert log.set_aside.length == 50
        assert log.append((capture(7),), NOW).sequences == (2,)


def test_after_a_failed_flush_nothing_is_acknowledged_and_nothing_flushed_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []

    def fail_once(fd: int) -> None:
        flushed.append(fd)
        if len(flushed) == 1:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    with FileLog.open(path) as log:
        log.append((capture(1),), NOW)
        durable = path.stat().st_size
        monkeypatch.setattr(disk, "_sync", fail_once)
        with pytest.raises(LogUnwritable, match="cannot be flushed") as caught:
            log.append((capture(2),), NOW)
        assert caught.value.exit_code == 75
        with pytest.raises(LogUnwritable, match="Open the log again"):
            log.append((capture(3),), NOW)
        log_fd = flushed.pop(0)
        assert log_fd not in flushed
        assert [event.position for event in log.read()] == [1]
    assert int(Side(path).suspect.read_bytes()) == durable

    monkeypatch.undo()
    inode = path.stat().st_ino
    with FileLog.open(path) as log:
        # The second event was whole after all: it may stay, since nobody was told that it is not there.
        assert log.append((capture(2),), NOW).sequences == (2,)
    assert path.stat().st_ino != inode
    beside = [f"events.jsonl.{name}" for name in ("head", "ids", "lock")]
    assert sorted(file.name for file in Side(path).folder.iterdir()) == beside
    assert verify(path, strict=True).lines == 2


def test_what_a_failed_disk_garbled_is_set_aside_when_the_log_moves_to_a_new_file(path: Path) -> None:
    with FileLog.open(path) as log:
        head = log.append((capture(1),), NOW).head
    good = path.read_bytes()
    Side(path).mark_suspect(len(good))
    path.write_bytes(good + b"\0" * 500)
    path.chmod(0o640)
    with FileLog.open(path) as log:
        assert log.head() == head
        assert log.set_aside is not None
        assert log.set_aside.path.read_bytes() == b"\0" * 500
    assert path.read_bytes() == good
    assert path.stat().st_mode & 0o777 == 0o640


def test_with_no_room_to_set_a_torn_end_aside_nothing_is_cut_and_reading_goes_on(path: Path) -> None:
    lines = sealed_lines(captures(2))
    content = b"".join(lines) + b"x" * 5000
    log_of(path.parent, content)
    with no_file_longer_than(4000), pytest.raises(LogUnwritable):
        FileLog.open(path)
    assert path.read_bytes() == content
    assert ReadOnlyLog(path).head().sequence == 2
    with FileLog.open(path) as log:
        assert log.set_aside is not None
    assert [file.name for file in Side(path).folder.glob("*.torn.*")] == [f"events.jsonl.torn.{len(b''.join(lines))}"]


def test_a_log_that_cannot_be_flushed_at_all_is_not_opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_sync", failing(errno.EIO))
    with pytest.raises(LogUnwritable, match="cannot be opened for writing: Input/output error"):
        FileLog.open(path)
    monkeypatch.undo()
    FileLog.open(path).close()


def test_a_hint_that_cannot_be_written_does_no_harm(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pwrite, fail = os.pwrite, failing(errno.ENOSPC)
    with FileLog.open(path) as log:
        monkeypatch.setattr(
            os, "pwrite", lambda fd, what, at: (pwrite if len(what) == SLOT.size else fail)(fd, what, at)
        )
        log.append((capture(1),), NOW)
        assert Side(path).saved() == Saved()
        monkeypatch.undo()
    assert ReadOnlyLog(path).head().sequence == 1


def test_a_table_of_ids_that_cannot_be_written_stops_the_writer_and_is_made_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FileLog.open(path) as log:
        log.append((capture(1),), NOW)
        monkeypatch.setattr(Ids, "put_all", failing(errno.EIO))
        with pytest.raises(LogUnwritable, match="table of ids cannot be written"):
            log.append((capture(2),), NOW)
        monkeypatch.undo()
        with pytest.raises(LogUnwritable):
            log.append((capture(2),), NOW)
    with FileLog.open(path) as log:
        assert log.append((capture(1), capture(2), capture(3)), NOW).sequences == (1, 2, 3)
    assert verify(path, strict=True).lines == 3


def test_with_no_room_for_the_table_of_ids_nothing_is_recorded_until_there_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FileLog.open(path) as log:
        monkeypatch.setattr(os, "posix_fallocate", failing(errno.ENOSPC))
        log.append(captures(200), NOW)
        with pytest.raises(LogUnwritable, match="no room for its table of ids"):
            log.append(captures(100, first=500), NOW)
        assert log.head().sequence == 200
        monkeypatch.undo()
        log.append(captures(100, first=500), NOW)
        assert log.append(captures(200), NOW).events == ()
    assert verify(path).lines == 300


ROOT = Path(__file__).parents[2]
SECOND = """
import sys
from pathlib import Path
from feed.model.errors import LogBusy
from feed.record.file import FileLog
try:
    FileLog.open(Path(sys.argv[1]))
except LogBusy as busy:
    print(busy)
"""


def test_a_second_writer_is_refused_at_once_and_told_who_writes(path: Path) -> None:
    with FileLog.open(path) as log:
        log.append((capture(1),), NOW)
        said = subprocess.run(
            [sys.executable, "-c", SECOND, path], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout
        assert f"another process writes this log: pid {os.getpid()}, since 20" in said
        with pytest.raises(LogBusy):
            FileLog.open(path)
        assert [event.position for event in ReadOnlyLog(path).read()] == [1]
        log.append((capture(2),), NOW)
    with FileLog.open(path) as log:
        assert log.head().sequence == 2


def test_of_eight_writers_one_wins_each_time(path: Path) -> None:
    for number in range(20):
        won, busy = [], 0
        for _ in range(8):
            try:
                won.append(FileLog.open(path))
            except LogBusy:
                busy += 1
        assert (len(won), busy) == (1, 7)
        won[0].append((capture(number),), NOW)
        won[0].close()
    assert verify(path).lines == 20


def test_a_writer_whose_lock_was_removed_writes_no_more(path: Path) -> None:
    with FileLog.open(path) as first:
        first.append((capture(1),), NOW)
        Side(path).lock.unlink()
        with FileLog.open(path) as second:
            with pytest.raises(HeadMoved, match="its lock file was removed"):
                first.append((capture(2),), NOW)
            second.append((capture(3),), NOW)
            with pytest.raises(LogUnwritable):
                first.append((capture(2),), NOW)
    assert [event.subject for event in ReadOnlyLog(path).read()] == ["1", "3"]


@pytest.mark.parametrize("meddle", ["longer", "shorter", "replaced", "removed"])
def test_a_writer_notices_that_the_file_is_not_as_it_left_it(path: Path, meddle: str) -> None:
    with FileLog.open(path) as log:
        log.append((capture(1),), NOW)
        content = path.read_bytes()
        if meddle in ("replaced", "removed"):
            path.unlink()
        if meddle != "removed":
            path.write_bytes({"longer": content + content, "shorter": content[:-1]}.get(meddle, content))
        with pytest.raises(HeadMoved, match="Open the log again"):
            log.append((capture(2),), NOW)


def test_a_closed_log_takes_nothing(path: Path) -> None:
    log = FileLog.open(path)
    log.append((capture(1),), NOW)
    log.close()
    log.close()
    with pytest.raises(LogUnwritable, match="it was closed"):
        log.append((capture(2),), NOW)
    assert len(list(log.read())) == 1


def test_a_folder_that_may_not_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LogUnwritable, match="cannot be opened for writing"):
        FileLog.open(tmp_path / "file" / "events.jsonl")
