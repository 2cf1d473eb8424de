"""Where a writer may begin to look at a log: behind what was looked through before and was not touched since.

Trusted: that a file still holds what it held when its size, its inode and the disk's time of its last change are those
that were noted. That time moves with every write, by whatever program, and with a copy. Checked in any case: that the
last line before the place is the very one that was noted, and that the table of ids has it. Whatever is in doubt is
looked through, from the beginning of the first file in doubt. All that is noted may be deleted: it is made anew.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from feed.model.chain import Head, digest
from feed.record import disk
from feed.record.ids import Ids
from feed.record.lines import BEGINNING, LINE_LIMIT, Place, Start, place_of
from feed.record.segments import Whole, closed
from feed.record.side import Saved, Side, saved_of, touched, written

QUIET = 50_000_000  # nanoseconds: disks tell time in steps, so what changed just before it was noted is in doubt


def begin(path: Path, ids: Ids) -> Start | None:
    """Where to begin, with that table; None when the table is of no use: then at the beginning, with a new one."""
    saved = Side(path).saved()
    if saved is None or not saved.offset:
        return None
    # After a crash of the machine only what was surely kept counts; the death of a process loses nothing.
    sure = saved.head if saved.boot == disk.boot() or ids.kept == saved.head else ids.kept
    with Whole(path) as log:
        for end in reversed(_untouched(path, saved)):
            place = _last_place(log, end) if end.head.sequence <= sure.sequence else None
            if place is not None and ids.get(place.id) == place.sequence:
                return Start(end.offset, end.head.sequence, end.head.hash, place.recordedtime)
    return BEGINNING


def _untouched(path: Path, saved: Saved) -> list[Saved]:
    """The ends of the files, from the first on, that are as they were when they were noted."""
    side, ends, offset = Side(path), list[Saved](), 0
    noted = _noted(side)
    for file in (*closed(path), path):
        note, end = (side.head, saved) if file == path else (side.files, noted.get(file.name))
        if end is None or not _is_untouched(file, end, offset, note):
            break
        ends.append(end)
        offset = end.offset
    return ends


def _is_untouched(file: Path, end: Saved, offset: int, note: Path) -> bool:
    with suppress(FileNotFoundError):
        now, noted_at = file.stat(), note.stat().st_mtime_ns
        is_old = now.st_ctime_ns + QUIET < noted_at
        return is_old and now.st_size == end.offset - offset and touched(now) == end.touched
    return False


def _last_place(log: Whole, end: Saved) -> Place | None:
    """The place of the line that ends there, if it is the one that was noted."""
    line = _line_before(log, end.offset)
    place = place_of(line + b"\n")
    return place if place and Head(place.sequence, digest(line)) == end.head else None


def _line_before(log: Whole, offset: int) -> bytes:
    log.seek(max(0, offset - LINE_LIMIT - 2))
    return log.read(offset - log.tell()).removesuffix(b"\n").rpartition(b"\n")[2]


class Looked:
    """What is noted of the closed files of a log that its writer looked through."""

    def __init__(self, path: Path) -> None:
        """As they are now, so before looking: a file that is changed meanwhile is in doubt the next time."""
        self._path, self._side = path, Side(path)
        self._touched = {file.name: touched(file.stat()) for file in closed(path)}

    def note(self) -> None:
        """Note where each of them ends, durably; nothing when there are none. Raises OSError."""
        rows, offset = [], 0
        with Whole(self._path) as log:
            for file in closed(self._path):
                now = file.stat()
                offset += now.st_size
                line = _line_before(log, offset)
                place = place_of(line + b"\n")
                head = Head(place.sequence if place else 0, digest(line))
                end = Saved(offset, head, self._touched.setdefault(file.name, touched(now)))
                rows.append(f"{file.name} ".encode() + written(end))
        if rows:
            fresh = self._side.files.with_suffix(".new")
            disk.keep(fresh, b"".join(rows))
            fresh.replace(self._side.files)


def _noted(side: Side) -> dict[str, Saved]:
    """Where each closed file ended when it was noted, by its name."""
    with suppress(FileNotFoundError):
        rows = (row.partition(b" ") for row in side.files.read_bytes().splitlines(keepends=True))
        return {name.decode(errors="replace"): saved_of(told) for name, _, told in rows}
    return {}
