"""What a power cut can leave of every file that the log writes, taken from a real session and opened state by state.

At each flush of a session the folder is looked at: what was flushed is safe, what was written since may be there whole,
in part, as zeros or not at all, file by file. Renames and new names count as written until their folder is flushed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from unittest.mock import patch

import pytest

from feed.record import disk
from feed.record.evidence import Evidence
from feed.record.file import FileLog, ReadOnlyLog
from feed.record.segments import closed
from tests.events import NOW, captures, sealed_lines
from tests.logs import notary
from tests.nightly import FIRST, NIGHTLY

EVERY = 1 if NIGHTLY else 80  # of 212,000 states and more: as many as times of change differ
LINES = sealed_lines(captures(12))
COARSE = 97  # bytes between the cuts where nothing was written, or as many of them in a long file
PAGE = 512
Files = dict[str, bytes]
Names = dict[str, int]  # to the number of the file, so that a rename keeps what was flushed


@dataclass(frozen=True)
class Moment:
    """A moment of the session: names and contents that are safe on disk, those that are written, what was told."""

    safe_names: Names
    safe: dict[int, bytes]
    names: Names
    written: dict[int, bytes]
    acknowledged: int
    signed: int

    def files(self, names: Names, contents: dict[int, bytes]) -> Files:
        """What lies under each of these names."""
        return {name: contents.get(number, b"") for name, number in names.items()}


def held(folder: Path) -> Files:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


class Recorder:
    """Looks at a folder at each flush. A flush of a file makes its bytes safe, one of a folder the names in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.moments = folder, list[Moment]()
        self.acknowledged, self.signed = 0, 0
        self._names: Names = {}
        self._safe: dict[int, bytes] = {}

    def flushed(self, fd: int) -> None:
        names = {str(each.relative_to(self.folder)): each.stat().st_ino for each in self.folder.rglob("*.*")}
        names |= {str(each.relative_to(self.folder)): each.stat().st_ino for each in self.folder.rglob("tree/*")}
        names = {name: number for name, number in names.items() if (self.folder / name).is_file()}
        written = {number: (self.folder / name).read_bytes() for name, number in names.items()}
        told = (self.acknowledged, self.signed)
        self.moments.append(Moment(dict(self._names), dict(self._safe), names, written, *told))
        path = Path(f"/proc/self/fd/{fd}").readlink()
        if path.is_dir():
            self._names = {name: n for name, n in self._names.items() if (self.folder / name).parent != path}
            self._names |= {name: n for name, n in names.items() if (self.folder / name).parent == path}
        else:
            self._safe[os.fstat(fd).st_ino] = path.read_bytes()


def session(folder: Path) -> list[Moment]:
    """A writer that records, closes a file, signs, is started anew and goes on."""
    seen, path = Recorder(folder), folder / "events.jsonl"
    with patch.object(disk, "_sync", seen.flushed), patch.object(os, "fsync", seen.flushed):
        for turn in range(2):
            signing = notary(path)
            with FileLog.open(path, signing.check, size=2500) as log:
                for batch in range(3):
                    log.append(captures(2, first=1 + 2 * (batch + 3 * turn)), NOW)
                    seen.acknowledged = log.head().sequence
                signing.attest(log.head(), NOW)
                seen.signed = signing.covered
    return seen.moments


def torn(safe: bytes, written: bytes) -> Iterator[bytes]:
    """What a cut can make of a file that was `safe` and written to since.

    It is cut before and behind each byte that was written; of stretches that were not, as most of the table of ids is,
    now and then.
    """
    changed = [at for at, byte in enumerate(written) if byte != (safe[at] if at < len(safe) else 0)]
    same = changed[0] if changed else min(len(safe), len(written))
    yield safe
    yield written
    step = max(COARSE, (len(written) - same) // COARSE)
    for cut in sorted({len(written), *range(same, len(written), step), *changed, *(at + 1 for at in changed)}):
        yield written[:cut]  # the file's length is what was reached
        yield written[:cut] + bytes(len(written) - cut)  # its length came first, its bytes never
    for page in dict.fromkeys(at - at % PAGE for at in changed):
        lost = written[max(page, same) : page + PAGE]
        yield written[: max(page, same)] + bytes(len(lost)) + written[page + PAGE :]


def states(moments: list[Moment]) -> Iterator[tuple[Moment, Files]]:
    """Every file in every form that it may have, the others all safe or all written; and names that were not kept."""
    for moment in moments:
        for names in (moment.safe_names, moment.names):
            for number in dict.fromkeys(names[name] for name in sorted(names)):  # in an order that every run has
                was, now = moment.safe.get(number, b""), moment.written.get(number, b"")
                for content in torn(was, now) if was != now else ():
                    for others in (moment.safe, moment.written):
                        yield moment, moment.files(names, {**others, number: content})
        kept = {*moment.safe_names.values()}
        for name, number in sorted(moment.names.items()):
            if number not in kept:
                rest = {other: n for other, n in moment.names.items() if other != name}
                yield moment, moment.files(rest, moment.written)


def distinct(told: Iterator[tuple[Moment, Files]]) -> Iterator[tuple[Moment, Files]]:
    """The same, each but once: cuts of several files, and at several moments, may come to the same."""
    seen = set[int]()
    for moment, files in told:
        state = hash((moment.acknowledged, moment.signed, frozenset(files.items())))
        if state not in seen:
            seen.add(state)
            yield moment, files


def laid(folder: Path, files: Files) -> Path:
    for old in folder.rglob("*") if folder.exists() else ():
        if old.is_file() and str(old.relative_to(folder)) not in files:
            old.unlink()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).unlink(missing_ok=True)  # a closed file may not be written
        (folder / name).write_bytes(content)
    folder.mkdir(exist_ok=True)
    return folder / "events.jsonl"


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> list[Moment]:
    return session(tmp_path_factory.mktemp("session"))


def test_whatever_a_power_cut_leaves_what_was_acknowledged_is_there_and_it_starts(
    moments: list[Moment], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_sync", lambda fd: None)
    monkeypatch.setattr(os, "fsync", lambda fd: None)
    number = 0
    for number, (moment, files) in enumerate(islice(distinct(states(moments)), FIRST, None, EVERY), 1):
        path = laid(tmp_path / "log", files)
        signing = notary(path)
        with FileLog.open(path, signing.check) as log:
            assert log.head().sequence >= moment.acknowledged
            assert signing.covered >= moment.signed
            lines = b"".join(each.read_bytes() for each in (*closed(path), path)).splitlines(keepends=True)
            assert lines == LINES[: log.head().sequence]
            if number % 20 == 0:
                log.append(captures(2, first=log.head().sequence + 1), NOW)
                assert signing.attest(log.head(), NOW) is not None
    print(f"{number} states after a power cut, from number {FIRST} on, nothing lost")
    assert number > (100_000 if NIGHTLY else 2_600) or FIRST


def harmed(files: Files) -> Iterator[tuple[str, Files]]:
    """Damage to what had been flushed long before: no crash can do that."""
    for name, content in files.items():
        if name.startswith("events"):
            for at in range(0, len(content), 3 if NIGHTLY else 41):
                yield name, {**files, name: content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]}


def test_damage_to_what_was_safe_before_is_always_refused(moments: list[Moment], tmp_path: Path) -> None:
    last = moments[-1]
    for name, files in harmed(last.files(last.names, last.written)):
        path = laid(tmp_path / "log", files)
        with pytest.raises(Exception, match=r"events.*line ") as refused:
            FileLog.open(path, notary(path).check)
        assert getattr(refused.value, "exit_code", 0) == 5, name
        assert held(path.parent)[name] == files[name]
        assert Evidence(path).last() is not None


def test_the_session_leaves_what_it_acknowledged(moments: list[Moment], tmp_path: Path) -> None:
    last = moments[-1]
    path = laid(tmp_path / "log", last.files(last.names, last.written))
    assert ReadOnlyLog(path).head().sequence == 12
    assert {"events.jsonl", ".feed/checkpoints.jsonl", ".feed/log.key", ".feed/tree/0"} < {*last.names}
