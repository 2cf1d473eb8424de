"""One writer at a time, held by the kernel: the lock ends with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path

from feed.model.errors import LogBusy, LogUnwritable
from feed.model.instant import instant
from feed.record import disk


class WriterLock:
    """The right to write a log. Holds it from construction to `release` or the end of the process.

    A file of its own, so that replacing the log does not lose the lock; it names the holder's pid and boot, its time of
    change is when the lock was taken. Raises LogBusy, naming the holder, when another has it. Not promised: exclusion
    between machines on a network file system.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._fd)
            raise _busy(path) from error
        except OSError as error:
            os.close(self._fd)
            raise LogUnwritable(
                f"cannot be locked: {error.strerror}", where=str(path), mend="Use a disk that knows locks."
            ) from error
        try:
            os.ftruncate(self._fd, 0)
            os.pwrite(self._fd, f"pid {os.getpid()}\nboot {disk.boot() or 'unknown'}\n".encode(), 0)
            self._file = os.fstat(self._fd)
        except OSError:
            # A process that goes on and tries again would else find the log locked, by itself.
            os.close(self._fd)
            raise

    def held(self) -> bool:
        """Whether the lock is still the one that others would meet: nobody removed or replaced its file."""
        try:
            return os.path.samestat(self._file, self._path.stat())
        except OSError:
            return False

    def release(self) -> None:
        """Let the next writer in. The file stays: removing it would let two in."""
        os.close(self._fd)


def _busy(path: Path) -> LogBusy:
    words = path.read_text(errors="replace").split()
    pid = words[1] if len(words) > 1 else "unknown"
    since = instant(datetime.fromtimestamp(path.stat().st_mtime, tz=UTC))
    return LogBusy(
        f"another process writes this log: pid {pid}, since {since}",
        where=str(path),
        mend="Let it finish or stop it. Reading needs no lock",
    )
