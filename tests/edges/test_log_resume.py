"""A writer begins where the last one ended, however long the log is; what is in doubt it looks through, and no more."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feed.model.errors import LineRefused, LogUnwritable
from feed.record import disk, recovery
from feed.record.file import FileLog, ReadOnlyLog
from feed.record.lines import BEGINNING
from feed.record.segments import closed
from feed.record.side import Side
from feed.record.tail import Tail
from feed.record.verify import verify
from tests.events import NOW, captures, sealed_lines
from tests.logs import log_of

SIZE = 8000  # bytes of a file: some ten of these lines


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "flush", lambda fd: None)
    monkeypatch.setattr(disk, "flush_folder", lambda folder: None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A log of 40 lines in several files, whose writer closed it a while ago."""
    path = tmp_path / "events.jsonl"
    with FileLog.open(path, size=SIZE) as log:
        for number in range(1, 41, 4):
            log.append(captures(4, first=number), NOW)
    assert len(closed(path)) >= 3
    return a_while_ago(path)


def a_while_ago(path: Path) -> Path:
    """As if what was noted had been noted a second later."""
    for note in (Side(path).head, Side(path).files):
        if note.exists():
            later = note.stat().st_mtime_ns + 1_000_000_000
            os.utime(note, ns=(later, later))
    return path


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], list[int]]]:
    """The lines that opening looks through."""
    walking = recovery.walking
    starts: list[int] = []

    def noting(path: Path, start: object = BEGINNING) -> object:
        starts.append(start.sequence)  # type: ignore[attr-defined]
        return walking(path, start=start)  # type: ignore[arg-type]

    def look(path: Path) -> list[int]:
        monkeypatch.setattr(recovery, "walking", noting)
        with FileLog.open(path, size=SIZE) as log:
            assert log.append(captures(40), NOW).sequences == tuple(range(1, 41)), "each id is known"
            assert log.head().sequence == 40
        return list(range(starts.pop() + 1, 41))

    yield look
    monkeypatch.undo()


Look = Callable[[Path], list[int]]


def test_nothing_is_looked_through_when_nothing_was_touched(path: Path, looked_at: Look) -> None:
    assert looked_at(path) == []
    assert looked_at(path) == []


@pytest.mark.parametrize("gone", ["head", "ids", "files", "*"])
def test_whatever_was_noted_may_be_deleted(path: Path, looked_at: Look, gone: str) -> None:
    for note in Side(path).folder.glob(f"events.jsonl.{gone}"):
        note.unlink()
    assert len(looked_at(path)) == 40
    assert looked_at(a_while_ago(path)) == []


def test_the_table_of_ids_is_as_small_for_a_copy_as_for_the_log_that_was_copied(path: Path, looked_at: Look) -> None:
    slots = len(Side(path).ids.read_bytes()) // 16
    Side(path).ids.unlink()
    assert len(looked_at(path)) == 40
    assert len(Side(path).ids.read_bytes()) // 16 == slots == 4096 // 16 + 256


def test_the_table_of_a_copy_grows_with_the_lines_that_are_found_in_it(tmp_path: Path) -> None:
    there = log_of(tmp_path, b"".join(sealed_lines(captures(300))))
    FileLog.open(there).close()
    slots = len(Side(there).ids.read_bytes()) // 16 - 4096 // 16
    assert 2 * 300 <= slots <= 16 * 300, "half of them are free, and no more than what is put in sooner or later"
    with FileLog.open(there) as log:
        assert log.append(captures(300), NOW).sequences == tuple(range(1, 301))


def test_what_was_touched_is_looked_through_from_that_file_on(path: Path, looked_at: Look) -> None:
    files = (*closed(path), path)
    for number, file in enumerate(files):
        first = int(file.read_bytes().partition(b'"sequence":"')[2][:12])
        file.touch()
        assert looked_at(path) == list(range(first, 41)), number
        a_while_ago(path)


def test_a_copy_is_looked_through_whole_once(path: Path, tmp_path: Path, looked_at: Look) -> None:
    shutil.copytree(path.parent, tmp_path / "copy")
    there = tmp_path / "copy" / "events.jsonl"
    assert len(looked_at(there)) == 40
    assert looked_at(a_while_ago(there)) == []


@pytest.mark.parametrize("first", [".feed", "events"])
def test_while_somebody_writes_what_lies_beside_the_log_is_to_be_copied_before_it(
    path: Path, tmp_path: Path, first: str
) -> None:
    there = tmp_path / "copy" / path.name
    there.parent.mkdir()
    for part in sorted([".feed", "events"], key=lambda part: part != first):
        for each in path.parent.glob(f"{part}*"):
            (shutil.copytree if each.is_dir() else shutil.copy)(each, there.parent / each.name)
        with FileLog.open(path, size=SIZE) as log:
            log.append(captures(4, first=log.head().sequence + 1), NOW)
    if first == "events":
        with pytest.raises(LineRefused, match="the log ends before it, but 44 lines were on record"):
            FileLog.open(there)
    else:
        with FileLog.open(there) as log:
            assert log.append(captures(44), NOW).sequences == tuple(range(1, 45))


@pytest.mark.parametrize("number", [0, 1, 2, -1])
def test_damage_is_found_by_opening_in_whatever_file_it_is(path: Path, number: int) -> None:
    file = (*closed(path), path)[number]
    file.chmod(0o644)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    with file.open("rb+") as there:
        there.write(content)
    with pytest.raises(LineRefused, match=file.name):
        FileLog.open(path)


def test_what_was_noted_in_the_same_moment_as_the_last_write_is_in_doubt(path: Path, looked_at: Look) -> None:
    then = path.stat().st_ctime_ns + 1
    os.utime(Side(path).head, ns=(then, then))
    first = int(path.read_bytes().partition(b'"sequence":"')[2][:12])
    assert looked_at(path) == list(range(first, 41))


def died(path: Path, numbers: range, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that appends these and is killed: nothing is noted at the end."""
    with monkeypatch.context() as patched:
        log = FileLog.open(path, size=SIZE)
        for number in numbers:
            log.append(captures(1, first=number), NOW)
        patched.setattr(Tail, "_note", lambda self: None)
        log.close()


def test_after_kill_and_after_power_loss_no_id_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looked_at: Look
) -> None:
    path = tmp_path / "events.jsonl"
    died(path, range(1, 26), monkeypatch)
    assert len(closed(path)) == 2
    died(path, range(1, 41), monkeypatch)
    monkeypatch.setattr(disk, "boot", lambda: "another")
    first = int(path.read_bytes().partition(b'"sequence":"')[2][:12])
    lost = bytearray(Side(path).ids.read_bytes())
    for at in range(4096, len(lost), 16):
        if int.from_bytes(lost[at + 12 : at + 16], "little") >= first:
            lost[at : at + 16] = bytes(16)
    Side(path).ids.write_bytes(lost)
    assert looked_at(a_while_ago(path)) == list(range(first, 41))


def test_a_damaged_table_never_hides_an_event(path: Path) -> None:
    table = Side(path).ids
    sound = table.read_bytes()
    taken = [at for at in range(4096, len(sound), 16) if any(sound[at : at + 16])]
    assert len(taken) == 40
    for at in taken[::4]:
        table.write_bytes(sound[: at + 12] + b"\x63\0\0\0" + sound[at + 16 :])
        number = int.from_bytes(sound[at + 12 : at + 16], "little")
        with FileLog.open(a_while_ago(path), size=SIZE) as log:
            if number < 40:
                with pytest.raises(LogUnwritable, match="wrong about line 99"):
                    log.append(captures(1, first=number), NOW)
        with FileLog.open(path, size=SIZE) as log:
            assert log.append(captures(1, first=number), NOW).sequences == (number,)
        a_while_ago(path)
    assert verify(path).lines == 40


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    runs=st.lists(
        st.tuples(
            st.lists(st.integers(0, 30), min_size=1, max_size=8),
            st.sampled_from(["closed", "killed", "powerless"]),
            st.sets(st.sampled_from(["head", "ids", "files"]), max_size=1),
        ),
        max_size=6,
    )
)
def test_however_writers_come_and_go_each_event_is_recorded_once(
    tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[list[int], str, set[str]]]
) -> None:
    path, said = tmp_path_factory.mktemp("log") / "events.jsonl", list[str]()
    for number, (events, ending, gone) in enumerate(runs):
        with pytest.MonkeyPatch.context() as patched:
            boot = f"boot {number}" if ending == "powerless" else "one"
            patched.setattr(disk, "boot", lambda boot=boot: boot)
            log = FileLog.open(path, size=3000)
            for each in events:
                name = f"article {each}"
                place = log.append(captures(1, first=each), NOW).sequences[0]
                said += [] if name in said else [name]
                assert said[place - 1] == name
            if ending != "closed":
                patched.setattr(Tail, "_note", lambda self: None)
            log.close()
        for name in gone:
            Side(path).folder.joinpath(f"events.jsonl.{name}").unlink(missing_ok=True)
        a_while_ago(path)
    assert [event.subject for event in ReadOnlyLog(path).read()] == said
