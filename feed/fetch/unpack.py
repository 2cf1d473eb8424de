"""Take a body in, as sent, within limits: neither its packed nor its unpacked size may surprise us."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from feed.model.errors import FetchRefused, SourceFailed
from feed.model.web import KIB, Limits

RATIO = 100
RATIO_FROM = 64 * KIB  # below this a high ratio is a dull page, not a bomb
CODINGS = {"": None, "identity": None, "gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16}


def unpack(pieces: Iterable[bytes], coding: str, limits: Limits, *, where: str) -> bytes:
    """The whole body, unpacked. `coding` is the Content-Encoding header as it came.

    Reads no further than the first limit that breaks. Raises FetchRefused at a limit or a coding that we did not
    ask for, SourceFailed when the packed stream is damaged or cut off.
    """
    coding = coding.strip().lower()
    if coding not in CODINGS:
        raise FetchRefused(f"the answer is packed as {coding[:40]!r}; we asked for gzip", where=where)
    window = CODINGS[coding]
    inflate = zlib.decompressobj(window) if window else None
    packed, body = 0, bytearray()
    for piece in pieces:
        packed += len(piece)
        if packed > limits.packed:
            raise FetchRefused(f"the answer is larger than {limits.packed} bytes", where=where)
        try:
            body += inflate.decompress(piece, limits.body + 1 - len(body)) if inflate else piece
        except zlib.error as damage:
            raise SourceFailed(f"the packed answer is damaged ({damage})", where=where) from damage
        _within(len(body), packed, limits, where)
    if inflate and packed and not inflate.eof:
        raise SourceFailed("the packed answer is cut off", where=where)
    if inflate and inflate.unused_data.strip(b"\0"):
        raise FetchRefused("something follows the packed answer", where=where)
    return bytes(body)


def _within(size: int, packed: int, limits: Limits, where: str) -> None:
    if size > limits.body:
        raise FetchRefused(f"the answer is larger than {limits.body} bytes when unpacked", where=where)
    if size > RATIO_FROM and size > RATIO * packed:
        raise FetchRefused(f"the answer unpacks to more than {RATIO} times its size", where=where)
