"""What was captured, once more, in the archives' own format: one WARC file a day, which their tools open.

For others to look into and to carry away. The evidence is `Captures`: a page is in it first, and this may be deleted.
"""

from __future__ import annotations

import threading
import zlib
from datetime import datetime
from io import BytesIO
from pathlib import Path

from feed.model.errors import LogUnwritable
from feed.model.web import Response

# Those of the connection, and of the packing that was undone: the body stands here as it is kept.
LEFT_OUT = frozenset({"connection", "content-encoding", "content-length", "keep-alive", "transfer-encoding"})
PIECE = 1 << 20


class Warc:
    """A folder of files `2026-01-05.warc.gz`, by the UTC day of the capture. Threads may share one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._mended: set[str] = set()

    def add(self, response: Response, digest: str, now: datetime) -> None:
        """Add an answer as a response record; `digest` is the SHA-256 of its body in hex, by which `Captures` has it.

        Not flushed to the disk: what a crash leaves of a record is cut off at the next one. Raises LogUnwritable when
        the disk does not take it.
        """
        member = record(response, digest, now)
        path = self._folder / f"{now:%Y-%m-%d}.warc.gz"
        try:
            with self._lock:
                self._mend(path)
                with path.open("ab") as file:
                    file.write(member)
        except OSError as full:
            raise LogUnwritable(
                f"the archive of the day could not be written ({full.strerror})",
                where=str(path),
                mend="Make space, or give another --dir, and start again.",
            ) from full

    def _mend(self, path: Path) -> None:
        """Once for each file: cut off the part of a record that a crash left, or what follows would be lost to all."""
        if path.name in self._mended:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and (good := whole(path)) < path.stat().st_size:
            with path.open("r+b") as file:
                file.truncate(good)
        self._mended.add(path.name)


def record(response: Response, digest: str, now: datetime) -> bytes:
    """One response record as a gzip member: status, headers and body, as far as they were kept.

    The same answer at the same time is the same bytes: its id is made from content.
    """
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    class Writer(WARCWriter):  # type: ignore[misc]  # it ships no types
        """It works out digests over temporary files, which it leaves open; memory has room for one page."""

        @staticmethod
        def _create_temp_file() -> BytesIO:
            return BytesIO()

    headers = [(name, value) for name, value in response.headers.items() if name not in LEFT_OUT]
    headers.append(("content-length", str(len(response.body))))
    status = StatusAndHeaders(f"{response.status} OK", headers, protocol="HTTP/1.1")
    date = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    said = {
        "WARC-Record-ID": f"<urn:sha256:{digest}:{date}>",
        "WARC-Date": date,
    }
    made = BytesIO()
    writer = Writer(made, gzip=True)
    writer.write_record(
        writer.create_warc_record(
            response.url, "response", payload=BytesIO(response.body), http_headers=status, warc_headers_dict=said
        )
    )
    return made.getvalue()


def whole(path: Path) -> int:
    """How many bytes of a file are whole gzip members."""
    good = read = 0
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            while piece:
                try:
                    inflate.decompress(piece)
                except zlib.error:
                    return good
                read += len(piece) - len(inflate.unused_data)
                piece = inflate.unused_data
                if inflate.eof:
                    good, inflate = read, zlib.decompressobj(zlib.MAX_WBITS | 16)
    return good
