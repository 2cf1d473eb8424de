"""The few system calls that durability rests on, each with what it promises."""

from __future__ import annotations

import os
from pathlib import Path

from feed.model.errors import LogUnwritable

MOUNTS = Path("/proc/self/mounts")
BOOT = Path("/proc/sys/kernel/random/boot_id")
NETWORK = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs", "lustre", "ncpfs"),
    *("fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "fuse.davfs", "davfs"),
}

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


def boot() -> str:
    """Which start of this machine it is; "" where nobody says."""
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def network(path: Path, mounts: Path = MOUNTS) -> str:
    """The type of the network file system that a path lies on, "" for a disk of this machine or where nobody says.

    On one of those a lock may not hold between machines, and what was flushed may not be on any disk.
    """
    try:
        rows = [row.split() for row in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return ""
    whole = path.resolve()
    at, kind = Path("/"), ""
    for row in rows:
        point = Path(row[1].replace("\\040", " "))
        if (whole == point or point in whole.parents) and len(point.parts) >= len(at.parts):
            at, kind = point, row[2]
    return kind if kind in NETWORK else ""


def unwritable(error: OSError, path: Path, what: str) -> LogUnwritable:
    """The refusal for an error of the disk: `what` we wanted, the system's own words."""
    mend = "Nothing of this was acknowledged. Free space or mend the disk, then try again: it picks up where it was."
    return LogUnwritable(f"{what}: {error.strerror or error}", where=str(path), mend=mend)
