"""A log that lies in several files is the same log: read, checked, proven and mended as if it were one."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feed.app import sceptic
from feed.app.packs import load
from feed.app.replay import rows_of
from feed.app.settings import Settings
from feed.app.wiring import rebuild_view
from feed.model.chain import Head, digest
from feed.model.errors import HistoryChanged, LineRefused, LogUnwritable
from feed.model.merkle import Growing, leaf_hash
from feed.record import disk
from feed.record.file import FileLog, ReadOnlyLog
from feed.record.notary import Notary
from feed.record.peek import peek
from feed.record.segments import closed, copy
from feed.record.tiles import Tile, tile
from feed.record.verify import verify
from feed.view.store import View
from tests.events import NOW, capture, captures, every_type, sealed_lines
from tests.logs import log_in_files

ROOT = Path(__file__).parents[2]
LINES = sealed_lines((*every_type(), *captures(20)))
HEAD = Head(len(LINES), digest(LINES[-1][:-1]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.jsonl"


def _size(path: Path) -> int:
    return path.stat().st_size


def _named(first: int) -> str:
    return f"events.{first:012d}.jsonl"


def test_a_log_goes_on_in_a_new_file_once_it_would_be_too_big_and_a_batch_is_never_torn(path: Path) -> None:
    with FileLog.open(path, size=3000) as log:
        for number in range(0, 12, 3):
            log.append(captures(3, first=number), NOW)
        log.append(captures(9, first=100), NOW)
        assert [event.position for event in log.read(after=10)] == list(range(11, 22))
        assert log.append(captures(3), NOW).sequences == (2, 3, 4), "what stands in a closed file is known"
    assert [each.name for each in closed(path)] == [_named(first) for first in (1, 4, 7, 10)]
    assert max(map(_size, closed(path))) <= 3000 < _size(path), "what is recorded at once stays together"
    assert verify(path, strict=True).lines == 21
    with FileLog.open(path, size=3000) as log:
        log.append((capture(200),), NOW)
    assert [each.name for each in closed(path)][4:] == [_named(13)]
    assert verify(path, strict=True).files == 6


def test_a_closed_file_is_for_nobody_to_write(path: Path) -> None:
    with FileLog.open(path, size=1) as log:
        log.append(captures(1), NOW)
        log.append(captures(2), NOW)
    (first,) = closed(path)
    assert stat.S_IMODE(first.stat().st_mode) & 0o222 == 0
    first.chmod(0o644)
    FileLog.open(path).close()
    assert stat.S_IMODE(first.stat().st_mode) == 0o444, "opening makes good what a crash left undone"


def test_a_new_file_has_the_rights_of_the_old(path: Path) -> None:
    path.touch(0o640)
    path.chmod(0o640)
    with FileLog.open(path, size=1) as log:
        log.append(captures(1), NOW)
        log.append(captures(2), NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.sets(st.integers(1, len(LINES)), max_size=6))
def test_however_it_is_cut_into_files_it_is_the_same_log(
    tmp_path_factory: pytest.TempPathFactory, cuts: set[int]
) -> None:
    path = log_in_files(tmp_path_factory.mktemp("log"), LINES, cuts)
    held = verify(path, strict=True, against=HEAD)
    assert (held.lines, held.head, held.size, held.files) == (len(LINES), HEAD, len(b"".join(LINES)), len(cuts) + 1)
    assert [event.position for event in ReadOnlyLog(path).read()] == list(range(1, len(LINES) + 1))
    assert peek(path) == ReadOnlyLog(path).head() == HEAD
    note = Notary(path, "record.example.org", lambda: b"k" * 32).attest(HEAD, NOW)
    assert note is not None
    assert note.checkpoint.root == _root()
    assert verify(path, checkpoints=[note.checkpoint]).head == HEAD
    lines = tile(path, Tile(None, 0, len(LINES)))
    assert lines == b"".join(len(line[:-1]).to_bytes(2, "big") + line[:-1] for line in LINES)
    assert sceptic.check_chain(str(path), {len(LINES)}) == (
        HEAD.sequence,
        HEAD.hash,
        {len(LINES): note.checkpoint.root},
    )
    with FileLog.open(path) as log:
        assert log.head() == HEAD
        assert log.append(captures(20), NOW).events == ()


def _root() -> bytes:
    growing = Growing()
    for line in LINES:
        growing.add(leaf_hash(line[:-1]))
    return growing.root()


def test_the_view_made_of_it_is_the_same(tmp_path: Path) -> None:
    made, topic = set(), load()
    for cuts in ((), (1, 5), (3, 4, 30)):
        home = tmp_path / str(len(cuts))
        home.mkdir()
        path = log_in_files(home, LINES, cuts)
        one = Settings(folder=home, topic=topic.name)
        rebuild_view(one, topic, ReadOnlyLog(path).read())
        view = View(one.view)
        made.add(rows_of(view))
        view.close()
    assert len(made) == 1


@pytest.mark.parametrize("at", [1, 4, 5, 9, 11, 12, 20])
def test_a_tampered_line_is_named_with_its_file(tmp_path: Path, at: int) -> None:
    path = log_in_files(tmp_path, LINES, (4, 11))
    name, first = next(
        (name, first) for name, first in (("events.jsonl", 12), (_named(5), 5), (_named(1), 1)) if first <= at
    )
    lines = (tmp_path / name).read_bytes().splitlines(keepends=True)
    lines[at - first] = lines[at - first].replace(b'"specversion":"1.0"', b'"specversion":"1.1"')
    (tmp_path / name).write_bytes(b"".join(lines))
    inside = f"line {at}" if first == 1 else f"line {at - first + 1} (line {at} of the log)"
    for look in (lambda: verify(path), lambda: FileLog.open(path)):
        with pytest.raises(LineRefused) as caught:
            look()
        assert str(caught.value).startswith(f"{name}, {inside}: changed: ")
    with pytest.raises(sceptic.Wrong, match=rf"line {at + 1} was not written behind line {at} as that stands now"):
        sceptic.check_chain(str(path), set())


@pytest.mark.parametrize("gone", [_named(1), _named(5), _named(9), "events.jsonl"])
def test_a_file_that_is_gone_is_missed(tmp_path: Path, gone: str) -> None:
    path = log_in_files(tmp_path, LINES, (4, 8, 12))
    kept = Notary(path, "record.example.org", lambda: b"k" * 32).attest(HEAD, NOW)
    assert kept is not None
    (tmp_path / gone).unlink()
    with pytest.raises((LineRefused, HistoryChanged)) as missed:
        verify(path, checkpoints=[kept.checkpoint])
    first, following = {_named(1): (1, _named(5)), _named(5): (5, _named(9)), _named(9): (9, path.name)}.get(
        gone, (0, "")
    )
    if first:
        why = f"lines {first} to {first + 3} are missing: {following} goes on with line {first + 4}"
        assert str(missed.value).startswith(f"{gone}, line {'1 (line ' * (first > 1)}{first}"), missed.value
        assert why in str(missed.value)
    with pytest.raises((LineRefused, HistoryChanged)):
        FileLog.open(path, Notary(path, "record.example.org", lambda: b"k" * 32).check)


def test_what_a_crash_left_in_the_open_file_is_set_aside_and_what_is_closed_is_never_cut(tmp_path: Path) -> None:
    path = log_in_files(tmp_path, LINES, (4, 8))
    torn = path.read_bytes() + b'{"half'
    path.write_bytes(torn)
    with FileLog.open(path) as log:
        assert log.set_aside is not None
        assert log.set_aside.offset == len(b"".join(LINES))
        assert log.set_aside.path.read_bytes() == b'{"half'
        assert log.head() == HEAD
    first = closed(path)[1]
    first.chmod(0o644)
    first.write_bytes(first.read_bytes()[:-5])
    with pytest.raises(LineRefused, match=r"events\.000000000005\.jsonl, line 4 \(line 8 of the log\)"):
        FileLog.open(path)


class Killed(BaseException):
    """The process ends here."""


STEPS = ("open", "rename", "flush", "open", "rename", "flush", "open", "chmod")


@pytest.mark.parametrize("step", range(len(STEPS)))
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_writer_killed_at_any_step_of_closing_a_file_loses_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: int, *, before: bool
) -> None:
    done: list[str] = []

    def killing(name: str, call: Callable[..., object]) -> Callable[..., object]:
        def called(*args: object, **named: object) -> object:
            here = len(done) == step
            done.append(name)
            if here and before:
                raise Killed
            result = call(*args, **named)
            if here:
                raise Killed
            return result

        return called

    log = FileLog.open(path, size=1)
    log.append(captures(3), NOW)
    with monkeypatch.context() as patched:
        patched.setattr("feed.record.segments.os.open", killing("open", os.open))
        patched.setattr(Path, "rename", killing("rename", Path.rename))
        patched.setattr(disk, "flush_folder", killing("flush", disk.flush_folder))
        patched.setattr(Path, "chmod", killing("chmod", Path.chmod))
        with pytest.raises(Killed):
            log.append(captures(2, first=10), NOW)
        assert tuple(done)[: step + 1] == STEPS[: step + 1]
    log.close()
    assert [event.position for event in ReadOnlyLog(path).read()] == [1, 2, 3]
    assert peek(path) == ReadOnlyLog(path).head()
    assert verify(path).lines == 3
    with FileLog.open(path, size=1) as again:
        assert again.append(captures(2, first=10), NOW).sequences == (4, 5)
        assert again.append(captures(3), NOW).sequences == (1, 2, 3)
    assert [_size(each) > 0 for each in (*closed(path), path)] == [True, True]
    assert verify(path, strict=True).lines == 5


def failing(code: int) -> Callable[..., NoReturn]:
    def fail(*_: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return fail


def test_with_no_room_for_a_new_file_nothing_is_recorded_until_there_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FileLog.open(path, size=1) as log:
        log.append(captures(1), NOW)
        with monkeypatch.context() as patched:
            patched.setattr("feed.record.segments.os.open", failing(errno.ENOSPC))
            with pytest.raises(LogUnwritable, match="cannot go on in a new file: No space left") as caught:
                log.append(captures(2), NOW)
        assert caught.value.exit_code == 75
        assert log.append(captures(2), NOW).sequences == (1, 2)
    assert verify(path).files == 2


def test_a_disk_that_loses_names_stops_the_writer_until_the_log_is_opened_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FileLog.open(path, size=1) as log:
        log.append(captures(1), NOW)
        with monkeypatch.context() as patched:
            patched.setattr(disk, "flush_folder", failing(errno.EIO))
            with pytest.raises(LogUnwritable):
                log.append(captures(2), NOW)
        with pytest.raises(LogUnwritable, match="Open the log again"):
            log.append(captures(2), NOW)
        assert [event.position for event in log.read()] == [1]
    with FileLog.open(path, size=1) as log:
        assert log.append(captures(2), NOW).sequences == (1, 2)


def test_the_name_of_another_file_is_never_taken(path: Path) -> None:
    with FileLog.open(path, size=1) as log:
        log.append(captures(1), NOW)
        (path.parent / _named(1)).write_text("somebody else's\n")
        with pytest.raises(LogUnwritable, match=r"File exists|is taken"):
            log.append(captures(2, first=10), NOW)
    assert (path.parent / _named(1)).read_text() == "somebody else's\n"


def test_a_reader_that_began_goes_on_over_files_that_are_closed_meanwhile(path: Path) -> None:
    with FileLog.open(path, size=1) as log:
        log.append(captures(2), NOW)
        reading = ReadOnlyLog(path).read()
        assert next(reading).position == 1
        log.append(captures(2, first=10), NOW)
        log.append(captures(2, first=20), NOW)
        assert [event.position for event in reading] == [2]
        assert [event.position for event in log.read()] == [1, 2, 3, 4, 5, 6]


def test_a_copy_taken_while_a_file_is_closed_is_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = path.parent / "copy" / "events.jsonl"
    there.parent.mkdir()
    with FileLog.open(path, size=1) as log:
        log.append(captures(1), NOW)
        log.append(captures(2), NOW)

        def meanwhile(name: Path) -> list[Path]:
            monkeypatch.undo()
            log.append(captures(3), NOW)
            return closed(name)

        monkeypatch.setattr("feed.record.segments.closed", meanwhile)
        copy(path, there)
    assert verify(there).lines == 2, "as it stood when copying began"
    assert verify(path).lines == 3


def test_the_shell_and_the_lone_program_read_all_files(tmp_path: Path) -> None:
    path = log_in_files(tmp_path, LINES, (4, 8))
    page = (ROOT / "docs" / "evidence.md").read_text()
    loop = page.partition("```bash\n")[2].partition("```")[0]
    said = subprocess.run(["bash", "-c", loop], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert said == f"{len(LINES)} lines, head {HEAD.sequence}:{HEAD.hash}\n"
    program = [sys.executable, "-I", str(ROOT / "feed" / "app" / "sceptic.py"), str(path)]
    said = subprocess.run(program, check=True, capture_output=True, text=True).stdout
    assert f"{len(LINES)} lines, each chained to the one before. Head: {HEAD.sequence}:{HEAD.hash}" in said
    assert b"".join(each.read_bytes() for each in sorted(tmp_path.glob("events*.jsonl"))) == b"".join(LINES)
