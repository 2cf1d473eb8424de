"""The end of the file, where bytes become durable: lock, recovery, one write, one flush, and only then the truth."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

from feed.model.chain import Head
from feed.model.errors import HeadMoved, LogUnwritable
from feed.record import disk
from feed.record.lines import place_of
from feed.record.lock import WriterLock
from feed.record.places import seek
from feed.record.recovery import Opened, recover
from feed.record.segments import Whole, close_off
from feed.record.side import Hint, Saved, Side, touched


class Tail:
    """Puts bytes at the end of a log, durably, for the holder of its lock. Knows nothing of events.

    `opened` says what was found there. A file that would grow beyond `size` bytes is closed first and a new one begun:
    what is put at once stands in one file. After a failed flush it refuses for good: what the disk kept is only known
    by opening again. After a failed write (a full disk) it cuts back to the last good end and goes on.
    """

    def __init__(
        self, path: Path, opened: Opened, size: int, fd: int, lock: WriterLock, hint: Hint, closing: ExitStack
    ) -> None:
        self.path, self.opened, self._size = path, opened, size
        self._fd, self._file, self._lock, self._hint, self._closing = fd, os.fstat(fd), lock, hint, closing
        self._open_at, self._first = opened.open_at, opened.first
        self._saved, self._noted, self._boot = Saved(opened.offset, opened.head), opened.head, disk.boot()
        self._unusable = ""

    @classmethod
    def open(cls, path: Path, vouch: Callable[[Head], None], *, network_disk: bool, size: int) -> Self:
        """The end of the log at `path`, made when there is none, locked and cleared of what a crash left.

        `vouch` is asked whether a log that ends so may be written on; what it raises ends the opening, with nothing
        noted. Raises LogBusy, LineRefused, LogUnwritable, the latter for a network disk too unless `network_disk`.
        """
        kind = "" if network_disk else disk.network(path.parent)
        if kind:
            mend = "Move it to a disk of this machine, or set network_disk = true in feed.toml and take the risk"
            why = f"it lies on a network file system ({kind}), which promises neither the lock nor the flush"
            raise LogUnwritable(why, where=str(path), mend=mend)
        side = Side(path)
        with ExitStack() as stack:
            try:
                side.folder.mkdir(parents=True, exist_ok=True)
                lock = WriterLock(side.lock)
                stack.callback(lock.release)
                opened = recover(path)
                stack.callback(opened.ids.close)
                vouch(opened.head)
                fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
                stack.callback(os.close, fd)
                hint = Hint(side)
                stack.callback(hint.close)
                tail = cls(path, opened, size, fd, lock, hint, stack)
                if not opened.resumed:
                    opened.ids.install(opened.head)
                    tail._note()
                    disk.flush_folder(side.folder)
                    disk.flush_folder(path.parent)
            except OSError as error:
                raise disk.unwritable(error, path, "cannot be opened for writing") from error
            tail._closing = stack.pop_all()
            return tail

    def put(self, content: bytes, head: Head, names: Sequence[bytes]) -> None:
        """Put the lines that lead to `head`, of these ids, at the end; they are durable when this returns.

        Raises HeadMoved when the file is not as we left it, LogUnwritable when the disk failed: then the content
        counts as not recorded, but some of it may be found when the log is opened again.
        """
        self._check()
        self._reserve(head)
        if self._here and self._here + len(content) > self._size:
            self._close_file()
        try:
            disk.write_all(self._fd, content)
        except OSError as error:
            self._cut_back()
            raise disk.unwritable(error, self.path, "cannot be written") from error
        try:
            disk.flush(self._fd)
        except OSError as error:
            # The system may have dropped the bytes and will report no second error: nothing here can be trusted now.
            self._unusable = "the disk failed to keep an earlier write"
            Side(self.path).mark_suspect(self._saved.offset)
            raise disk.unwritable(error, self.path, "cannot be flushed to the disk") from error
        self._remember(names)
        self._saved = Saved(self._saved.offset + len(content), head, touched(os.fstat(self._fd)), self._boot)
        self._hint.save(self._saved)

    def lines_of(self, names: Sequence[bytes]) -> list[int]:
        """The lines that have these ids, 0 for an id that none has. Raises LogUnwritable."""
        self._usable()
        try:
            lines = self.opened.ids.lines(names)
            for name, line in zip(names, lines, strict=True):
                if line:
                    self._stands(name, line)
        except OSError as error:
            raise disk.unwritable(error, self.path, "cannot be looked up in") from error
        return lines

    def _stands(self, name: bytes, found: int) -> None:
        with Whole(self.path) as log:
            seek(log, found)
            place = place_of(log.readline())
        if place is None or (place.id, place.sequence) != (name, found):
            raise self._astray(f"its table of ids is wrong about line {found}")

    def _reserve(self, head: Head) -> None:
        try:
            self.opened.ids.reserve(head.sequence, self._saved.head)
        except OSError as error:
            raise disk.unwritable(error, self.path, "has no room for its table of ids") from error

    def _remember(self, names: Sequence[bytes]) -> None:
        # Before the hint: whatever the hint covers has its ids in the table.
        try:
            self.opened.ids.put_all(names, self._saved.head.sequence + 1)
        except OSError as error:
            raise self._astray(f"its table of ids cannot be written ({error.strerror})") from error

    def _astray(self, what: str) -> LogUnwritable:
        self.opened.ids.forget()
        self._unusable = what
        mend = "Start the command or the service anew: opening the log makes the table again"
        return LogUnwritable(what, where=str(self.path), mend=mend)

    def _note(self) -> None:
        """Note all that opening it again can begin from, durably. Raises OSError."""
        if self.opened.ids.kept != self._saved.head:
            self.opened.ids.keep(self._saved.head)
        self.opened.looked.note()
        self._saved = replace(self._saved, touched=touched(os.fstat(self._fd)), boot=self._boot)
        self._hint.keep(self._saved)
        self._noted = self._saved.head

    @property
    def _here(self) -> int:
        """Bytes in the file that is appended to."""
        return self._saved.offset - self._open_at

    def _close_file(self) -> None:
        try:
            fresh = close_off(self.path, self._first, Side(self.path).spare)
        except OSError as error:
            if not self._is_there():
                self._unusable = "its last file was closed, but no new one could be begun"
            raise disk.unwritable(error, self.path, "cannot go on in a new file") from error
        os.dup2(fresh, self._fd)
        os.close(fresh)
        self._file = os.fstat(self._fd)
        self._open_at, self._first = self._saved.offset, self._saved.head.sequence + 1
        with suppress(OSError):  # what is not noted is looked through by the next writer
            self._note()

    def close(self) -> None:
        """Let the next writer in. Twice is once."""
        if not self._unusable and self._saved.head != self._noted:
            with suppress(OSError):  # what is not noted is looked through by the next
                self._note()
        self._unusable = self._unusable or "it was closed"
        self._closing.close()

    def _usable(self) -> None:
        if self._unusable:
            mend = "Nothing of this was acknowledged. Open the log again: start the command or the service anew"
            raise LogUnwritable(self._unusable, where=str(self.path), mend=mend)

    def _check(self) -> None:
        self._usable()
        if not self._is_there(self._here):
            raise self._moved("the file is not as this writer left it")
        if not self._lock.held():
            raise self._moved("its lock file was removed")

    def _is_there(self, size: int = -1) -> bool:
        """Whether the file that we write is the one that others find under its name, and has that size, if given."""
        try:
            named = self.path.stat()
        except FileNotFoundError:
            return False
        return os.path.samestat(self._file, named) and size in (-1, named.st_size)

    def _moved(self, what: str) -> HeadMoved:
        self._unusable = what
        return HeadMoved(f"{what}; another may have written", where=str(self.path), mend="Open the log again")

    def _cut_back(self) -> None:
        try:
            os.ftruncate(self._fd, self._here)
        except OSError as error:
            self._unusable = f"part of a failed write could not be cut off ({error.strerror})"
