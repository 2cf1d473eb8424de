"""What lies in `.feed/` for those who do not trust us: every checkpoint, the public keys, the tree's hashes.

`checkpoints.jsonl` has one object a line: `size` (lines covered), `offset` (bytes), `time` (when it was signed) and
`note`, the checkpoint as it is passed on. `log.vkeys` has every public key that ever signed, the last one signs.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from mmap import ACCESS_READ, mmap
from pathlib import Path

from feed.model.checkpoint import Note, Verifier
from feed.model.errors import CheckpointRefused, EvidenceDamaged
from feed.model.instant import instant
from feed.record import disk
from feed.record.glance import CHECKPOINTS
from feed.record.tree import Tree


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint that is kept: it covers `size` lines, which end at byte `offset`; signed at `time`."""

    size: int
    offset: int
    time: datetime
    note: Note


class Evidence:
    """The files, to be read by anyone and written by the holder of the log's lock. Making it touches nothing."""

    def __init__(self, log: Path) -> None:
        self.folder = log.parent / ".feed"
        self.secret = self.folder / "log.key"
        self.tree = Tree(self.folder / "tree")
        self._checkpoints = self.folder / CHECKPOINTS
        self._keys = self.folder / "log.vkeys"

    def checkpoints(self) -> Iterator[Kept]:
        """Every checkpoint that is kept whole, oldest first. Raises EvidenceDamaged for one that is none."""
        with suppress(FileNotFoundError), self._checkpoints.open("rb") as file:
            yield from (_kept(line) for line in file if line.endswith(b"\n") and ZERO not in line)

    def lines(self) -> bytes:
        """The file of all checkpoints, as far as it is whole; empty when there is none."""
        try:
            content = self._checkpoints.read_bytes()
        except FileNotFoundError:
            return b""
        return content[: _end(content)]

    def last(self) -> Kept | None:
        """The newest checkpoint. Raises EvidenceDamaged when that is none."""
        last = None
        with suppress(FileNotFoundError), self._checkpoints.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 65536))
            tail = file.read()
            whole = tail[: max(0, _end(tail) - 1)]
            last = _kept(whole.rpartition(b"\n")[2]) if whole else None
        return last

    def covering(self, line: int) -> Kept | None:
        """The first checkpoint that covers a line: it stays the first for ever. None when none covers it yet.

        Reads as many of them as the logarithm of how many there are.
        """
        with suppress(FileNotFoundError), self._checkpoints.open("rb") as file:
            if os.fstat(file.fileno()).st_size:
                with mmap(file.fileno(), 0, access=ACCESS_READ) as held:
                    return _first(held, line)
        return None

    def verifiers(self) -> tuple[Verifier, ...]:
        """Every public key that ever signed here, oldest first. A line that a crash left unfinished is none.

        Raises EvidenceDamaged for a line that is no key.
        """
        try:
            told = self._keys.read_bytes()
        except FileNotFoundError:
            return ()
        try:
            return tuple(map(Verifier.parse, told[: _end(told)].decode().split()))
        except (CheckpointRefused, ValueError) as error:
            raise EvidenceDamaged(str(error), where=f".feed/{self._keys.name}", mend=MEND) from error

    def tree_root(self, size: int) -> bytes | None:
        """The root over so many lines, as the hashes kept here give it; None when they do not reach that far."""
        try:
            return self.tree.root(size)
        except ValueError:
            return None

    def keep(self, kept: Kept) -> Kept:
        """Keep one more checkpoint, durably. Raises OSError."""
        told = {"size": kept.size, "offset": kept.offset, "time": instant(kept.time), "note": str(kept.note)}
        self._put(self._checkpoints, json.dumps(told, ensure_ascii=False).encode())
        return kept

    def publish(self, verifier: Verifier) -> None:
        """Let a key be known as one that signs from now on, durably. Raises OSError."""
        if verifier not in self.verifiers():
            self._put(self._keys, str(verifier).encode())

    def _put(self, path: Path, line: bytes) -> None:
        fresh = not path.exists()
        self.folder.mkdir(parents=True, exist_ok=True)
        fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            # A line that a crash left unfinished is overwritten: it was never acknowledged.
            end = os.lseek(fd, 0, os.SEEK_END)
            tail = os.pread(fd, 65536, max(0, end - 65536))
            os.lseek(fd, end - len(tail) + _end(tail), os.SEEK_SET)
            disk.write_all(fd, line + b"\n")
            os.ftruncate(fd, os.lseek(fd, 0, os.SEEK_CUR))
            disk.flush(fd)
        finally:
            os.close(fd)
        if fresh:
            disk.flush_folder(self.folder)


def _first(held: mmap, line: int) -> Kept | None:
    """The first whole line of all checkpoints that covers that line of the log."""
    end = _end(held)
    low, high = 0, end
    while low < high:
        start = held.rfind(b"\n", low, (low + high) // 2) + 1 or low
        stop = held.find(b"\n", start) + 1
        if _kept(held[start:stop]).size < line:
            low = stop
        else:
            high = start
    return _kept(held[low : held.find(b"\n", low)]) if low < end else None


def _end(content: bytes | mmap) -> int:
    """Where the last finished line ends: of one with a zero byte in it a power cut left the length, not the text."""
    end = content.rfind(b"\n") + 1
    start = content.rfind(b"\n", 0, max(0, end - 1)) + 1
    return start if ZERO in content[start:end] else end


ZERO = b"\0"
MEND = "Restore the file from a copy. A checkpoint from elsewhere judges the log: feed verify --against FILE --key KEY"


def _kept(line: bytes) -> Kept:
    try:
        told = json.loads(line)
        return Kept(told["size"], told["offset"], datetime.fromisoformat(told["time"]), Note.parse(told["note"]))
    except (CheckpointRefused, ValueError, KeyError, TypeError) as error:
        why = f"a line of it is no checkpoint ({error}): {line[:60].decode(errors='replace')}"
        raise EvidenceDamaged(why, where=".feed/checkpoints.jsonl", mend=MEND) from error
