"""What a crash may have left at the end of a log, and how a writer clears it away before it writes.

A crash can only have damaged what was not yet flushed, so only bytes beyond the durable end are ever set aside. Damage
before it is no crash's doing: it is refused and nothing is mended.
"""

from __future__ import annotations

import os
from binascii import unhexlify
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from feed.model.chain import Head
from feed.model.errors import Gate
from feed.record import disk
from feed.record.ids import Ids
from feed.record.lines import BATCH_LIMIT, BEGINNING, Start, Walk, place_of
from feed.record.resume import Looked, begin
from feed.record.segments import Whole, closed, protect, refused
from feed.record.side import Side

USUAL = 1000  # bytes of a line: how many there may be, before they are counted


@dataclass(frozen=True, slots=True)
class SetAside:
    """An interrupted write that was cut off the log: what lay from `offset` on is now in `path`, as it was."""

    path: Path
    offset: int
    length: int
    why: str

    def __str__(self) -> str:
        return (
            f"the log ended in an interrupted write ({self.why}): {self.length} bytes from offset {self.offset} on "
            f"were set aside in {self.path}. Nothing that was acknowledged was in them"
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """A log ready for writing: where it ends, when its last line was recorded, the table of all ids.

    The file that is appended to begins at byte `open_at` of the log, with line `first`. `looked` is what can be noted
    of the others; `resumed` says that nothing had to be looked through.
    """

    offset: int
    open_at: int
    first: int
    head: Head
    recorded: str
    ids: Ids
    looked: Looked
    resumed: bool
    set_aside: SetAside | None


@contextmanager
def walking(path: Path, heads: Mapping[int, str] = MappingProxyType({}), start: Start = BEGINNING) -> Iterator[Walk]:
    """A walk over the log as it stands now, that meets `heads` and the hint. An absent log is an empty one."""
    # The hint is read before the log: the log's end moves first, so that a hint read here is never too high.
    saved = Side(path).saved()
    with Whole(path) as file:
        durable = saved.offset if saved else _last_line_feed(file)
        known = {saved.head.sequence: saved.head.hash} if saved and saved.offset else {}
        # Each batch is flushed before the next is begun, so that what lies a whole batch before the end is durable. So
        # is what was closed.
        durable = max(durable, file.length() - BATCH_LIMIT, file.open_at)
        yield Walk(file, partial(refused, path), durable=durable, heads={**known, **heads}, start=start)


def _last_line_feed(file: Whole) -> int:
    """Where the last line that is ended ends. The durable end of a log that came without its hint, such as a copy."""
    start = file.seek(max(0, file.length() - BATCH_LIMIT))
    return start + file.read().rfind(b"\n") + 1


def recover(path: Path) -> Opened:
    """Make a log fit for writing. Only for the holder of its lock.

    Sets an interrupted write aside, durably, before cutting it off; moves a log that the disk failed to keep into a new
    file. Looks only through what `resume` has doubts about: usually nothing, the whole log once when nothing was noted.
    Raises LineRefused for damage before the durable end, OSError when the disk has no room to set anything aside
    (nothing was cut then).
    """
    side, looked = Side(path), Looked(path)
    with ExitStack() as stack:
        ids, start = _ids(path, side)
        stack.callback(ids.close)
        before = Head(start.sequence, start.hash)
        with walking(path, start=start) as walk:
            for sequence, name, _ in walk:
                ids.reserve(sequence, before)
                ids.put(_key(name, path, sequence), sequence)
        set_aside = _set_aside(side, path, walk.offset, walk.torn) if walk.torn else None
        with Whole(path) as log:
            open_at = log.open_at
            log.seek(open_at)
            place = place_of(log.readline()) if walk.offset > open_at else None
        if side.suspect.exists():
            _copy(side, path, walk.offset - open_at)
        elif set_aside:
            _cut(path, walk.offset - open_at)
        for file in closed(path):
            protect(file)
        first = place.sequence if place else walk.head.sequence + 1
        resumed = (start.offset, start.sequence) == (walk.offset, walk.head.sequence) != (0, 0)
        stack.pop_all()
        return Opened(walk.offset, open_at, first, walk.head, walk.recorded, ids, looked, resumed, set_aside)


def _ids(path: Path, side: Side) -> tuple[Ids, Start]:
    """The table of ids, and from where on the log must be looked through to have all of them in it."""
    ids = Ids.open(side.ids)
    start = begin(path, ids) if ids else None
    if ids and start:
        return ids, start
    if ids:
        ids.close()
    with Whole(path) as log:
        return Ids.fresh(side.ids, log.length() // USUAL), BEGINNING


def _set_aside(side: Side, path: Path, offset: int, why: str) -> SetAside:
    with Whole(path) as log:
        log.seek(offset)
        content = log.read()
    torn = side.torn(offset)
    disk.keep(torn, content)
    return SetAside(torn, offset, len(content), why)


def _cut(path: Path, size: int) -> None:
    fd = os.open(path, os.O_WRONLY)
    try:
        os.ftruncate(fd, size)
        disk.flush(fd)
    finally:
        os.close(fd)


def _copy(side: Side, path: Path, size: int) -> None:
    """Write what is good of the open file into a new one: after a failed flush the old may never reach the disk."""
    mode = path.stat().st_mode & 0o777
    with path.open("rb") as old:
        fd = os.open(side.copy, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        try:
            while size and (some := old.read(min(size, BATCH_LIMIT))):
                disk.write_all(fd, some)
                size -= len(some)
            disk.flush(fd)
        finally:
            os.close(fd)
    side.copy.replace(path)
    disk.flush_folder(path.parent)
    side.suspect.unlink()
    disk.flush_folder(side.folder)


def _key(name: bytes, path: Path, at: int) -> bytes:
    try:
        return unhexlify(name)
    except ValueError as error:
        raise refused(path, at, Gate.SHAPE, "its id is not 32 hex digits") from error
