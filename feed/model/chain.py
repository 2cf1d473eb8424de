"""Canonical bytes, digests and the chain that ties each line to the one before.

A line of the log is one JSON object in RFC 8785 form, so its own SHA-256 is its digest and `sha256sum` can check it.
Our events hold no floats, which leaves RFC 8785 a sorted, compact, UTF-8 JSON; a contract test holds `canonical`
to the `rfc8785` package.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import NamedTuple

GENESIS = "0" * 64


def canonical(value: object) -> bytes:
    """RFC 8785 bytes of a value made of dict (ASCII keys), list, str, int, bool, None.

    Raises ValueError or TypeError for anything that has no single canonical form here, floats among them.
    """
    _no_float(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _no_float(value: object) -> None:
    if isinstance(value, float):
        message = f"{value!r} is a float; numbers are integers or decimal strings"
        raise ValueError(message)  # noqa: TRY004 - decode() promises ValueError for whatever a line may hold
    if isinstance(value, Mapping):
        for each in value.values():
            _no_float(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _no_float(each)


def digest(line: bytes) -> str:
    """The SHA-256 of a line without its line feed, in hex."""
    return hashlib.sha256(line).hexdigest()


def content_id(*parts: object) -> str:
    """An id made from what is said: 32 hex characters of the SHA-256 of the parts' canonical form."""
    return hashlib.sha256(canonical(list(parts))).hexdigest()[:32]


class Head(NamedTuple):
    """Where a log ends: how many lines it has and the digest of the last one."""

    sequence: int = 0
    hash: str = GENESIS


EMPTY = Head()
