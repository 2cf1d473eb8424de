"""How a log is at a glance: by its last line and its last checkpoint, at the same cost for any length."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, cast

from feed.model.chain import EMPTY, Head
from feed.model.instant import parse_instant
from feed.record.peek import head_of, last_line
from feed.record.segments import Whole, closed, exists

CHECKPOINTS = "checkpoints.jsonl"
"""The file in `.feed/` that has every checkpoint, one object a line."""


class Signed(NamedTuple):
    """What the last checkpoint tells: so many lines, which end at byte `offset`, signed at `time`."""

    size: int
    offset: int
    time: datetime


class Glance(NamedTuple):
    """So many `files` and `bytes`, up to `head`, recorded last at `recorded`; `unfinished` bytes of a write behind it.

    `damage` says what cannot be right, "" when nothing is seen; that all lines are what they were, `verify` says.
    """

    files: int
    bytes: int
    head: Head
    recorded: datetime | None
    unfinished: int
    signed: Signed | None
    damage: str


def glance(path: Path) -> Glance | None:
    """How the log is; None when there is none. Needs no lock, reads no line but the last and no key."""
    if not exists(path):
        return None
    kept = signed(path)
    with Whole(path) as log:
        line, length = last_line(log), log.length()
        unfinished = _unfinished(log, length)
        ends = kept is None or _ends_at(log, kept.offset, length)
    head, recorded = head_of(line), _recorded(line)
    damage = ""
    if length > unfinished and (head == EMPTY or recorded is None):
        damage = "its last line is none of a log"
    elif kept is not None and (head.sequence < kept.size or not ends):
        damage = f"it ends before, or is cut otherwise at, line {kept.size}, which a checkpoint covers"
    return Glance(len(closed(path)) + 1, length, head, recorded, unfinished, kept, damage)


def signed(log: Path) -> Signed | None:
    """What the last checkpoint that is kept whole tells. Believes it."""
    with suppress(FileNotFoundError), (log.parent / ".feed" / CHECKPOINTS).open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 65536))
        line = file.read().rpartition(b"\n")[0].rpartition(b"\n")[2]
        with suppress(ValueError, KeyError, TypeError):
            told = json.loads(line)
            return Signed(int(told["size"]), int(told["offset"]), cast("datetime", parse_instant(told["time"])))
    return None


def _recorded(line: bytes) -> datetime | None:
    with suppress(ValueError, KeyError, TypeError):
        return cast("datetime", parse_instant(json.loads(line)["recordedtime"]))
    return None


def _unfinished(log: Whole, length: int) -> int:
    log.seek(max(0, length - (1 << 16)))
    return len(log.read().rpartition(b"\n")[2])


def _ends_at(log: Whole, offset: int, length: int) -> bool:
    log.seek(max(0, offset - 1))
    return offset <= length and log.read(1) == b"\n"
