"""Bytes for ever: each kept once, under its own SHA-256."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from feed.capture.warc import Warc
from feed.model.errors import FeedError, LogUnwritable, NotFound

ARCHIVE = "warc"
DIGEST = re.compile(r"[0-9a-f]{64}")


class CaptureDamaged(FeedError):
    """A capture's bytes are not what its digest says. Evidence is lost unless a copy exists elsewhere."""

    exit_code = 5


class Captures:
    """A folder of captures: `ab/cd/abcd...`, each file named by the hex SHA-256 of its bytes.

    What is put is never altered; nothing here deletes. `archive` has the answers of each day as WARC beside them.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self.archive = Warc(root / ARCHIVE)

    def has(self, content: bytes) -> bool:
        """Whether these bytes are kept already."""
        return self.path(hashlib.sha256(content).hexdigest()).is_file()

    def put(self, content: bytes) -> str:
        """Keep bytes and give their digest. Durable when it returns, name and content. Putting them again is free.

        Heals a copy that was damaged. Raises LogUnwritable when the disk does not take them: nothing may refer to
        them then.
        """
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        try:
            if not path.is_file() or path.read_bytes() != content:
                self._write(path, content)
        except OSError as full:
            raise LogUnwritable(
                f"a capture could not be kept ({full.strerror})",
                where=str(path.parent),
                mend="Make space, or give another --dir, and start again.",
            ) from full
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of a digest, verified. Raises NotFound or CaptureDamaged."""
        path = self.path(digest)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise NotFound(f"no capture {digest} is kept", where=str(self._root)) from None
        if hashlib.sha256(content).hexdigest() != digest:
            raise CaptureDamaged("the bytes are not those of the digest", where=str(path), mend="Restore the file.")
        return content

    def path(self, digest: str) -> Path:
        """Where the bytes of a digest lie, or would. Raises NotFound for what is no digest."""
        if not DIGEST.fullmatch(digest):
            raise NotFound(f"{digest[:80]!r} is no SHA-256 digest in hex", where=str(self._root))
        return self._root / digest[:2] / digest[2:4] / digest

    def _write(self, path: Path, content: bytes) -> None:
        made = [folder for folder in (path.parent, *path.parents) if not folder.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o444)
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        # Without these a power cut may forget the file's name, or a new folder's, although its bytes are safe.
        for folder in {path.parent, *(folder.parent for folder in made)}:
            _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
