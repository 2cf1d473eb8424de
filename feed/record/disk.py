"""The few system calls that durability rests on, each with what it promises."""

from __future__ import annotations

import os
from pathlib import Path

from feed.model.errors import LogUnwritable

# Where the system has it, fdatasync also flushes the length of the file and spares the journal its other times.
_sync = getattr(os, "fdatasync", os.fsync)


def write_all(fd: int, content: bytes) -> None:
    """Write all of it: one call, more only after a short write. Raises OSError; part of it may then be in the file."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(fd, rest) :]


def flush(fd: int) -> None:
    """Return when the file's bytes are on the disk. An OSError is final: never flush the same descriptor again."""
    _sync(fd)


def flush_folder(folder: Path) -> None:
    """Return when the names in a folder are on the disk; else a power cut may forget a file whose bytes are safe."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def keep(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """A file of this content under this name, durably. Raises OSError; then there is no such file."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        write_all(fd, content)
        flush(fd)
    except OSError:
        path.unlink()
        raise
    finally:
        os.close(fd)
    flush_folder(path.parent)


def unwritable(error: OSError, path: Path, what: str) -> LogUnwritable:
    """The refusal for an error of the disk: `what` we wanted, the system's own words."""
    mend = "Nothing of this was acknowledged. Free space or mend the disk, then try again: it picks up where it was."
    return LogUnwritable(f"{what}: {error.strerror or error}", where=str(path), mend=mend)
