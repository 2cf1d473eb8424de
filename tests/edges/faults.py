"""A disk that fails at the Nth call: what Python's own file calls do when the system refuses one of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from feed.record import disk

CALLS = ("open", "write", "pwrite", "fsync", "fdatasync", "ftruncate", "rename", "replace", "link", "unlink", "mkdir")
SHORT = 0  # in the place of an error: half of it is written, and the next write finds the disk full


class Calls:
    """The calls made so far, by name and file, and the one that was failed, if any."""

    def __init__(self, nth: int, code: int) -> None:
        self.made: list[tuple[str, str]] = []
        self.failed: tuple[str, str] | None = None
        self._nth, self._code, self._full = nth, code, False

    def wrapped(self, name: str, done: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, counted, and failed when it is its turn."""

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.made.append((name, _file(args)))
            if len(self.made) == self._nth:
                self.failed = self.made[-1]
                return self._failing(name, done, args)
            if self._full and name in ("write", "pwrite"):
                self._full = False
                raise OSError(28, os.strerror(28))
            return done(*args, **kwargs)

        return counted

    def _failing(self, name: str, done: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        if self._code != SHORT:
            raise OSError(self._code, os.strerror(self._code))
        if name not in ("write", "pwrite"):
            return done(*args)
        self._full = True
        return done(args[0], bytes(args[1])[: len(args[1]) // 2], *args[2:])


@contextmanager
def failing(nth: int, code: int) -> Iterator[Calls]:
    """Fail the `nth` call from here on (from 1; 0 fails none) with that error."""
    calls = Calls(nth, code)
    patches = [patch.object(os, name, calls.wrapped(name, getattr(os, name))) for name in CALLS]
    # The log calls the flush that it chose when it was loaded.
    patches.append(patch.object(disk, "_sync", calls.wrapped("fdatasync", disk._sync)))
    for each in patches:
        each.start()
    try:
        yield calls
    finally:
        for each in patches:
            each.stop()


def _file(args: tuple[Any, ...]) -> str:
    """The number and name of the file that a call is about, "" for one that names a path."""
    if not args or not isinstance(args[0], int):
        return ""
    return f"{os.fstat(args[0]).st_ino} {Path(f'/proc/self/fd/{args[0]}').readlink().name}"
