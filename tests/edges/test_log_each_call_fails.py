"""Each call to the disk fails once, one after the other: the log stops honestly and comes back whole."""

from __future__ import annotations

import errno
import itertools
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from feed.model.errors import LogUnwritable
from feed.record.file import FileLog, ReadOnlyLog
from feed.record.verify import verify
from tests.edges.faults import SHORT, failing
from tests.events import NOW, captures
from tests.logs import notary
from tests.nightly import NIGHTLY

CODES = (errno.EIO, errno.ENOSPC, errno.EDQUOT, SHORT)
BATCHES, SIZE = 3, 2500  # of two events each; a file of the log takes two of them


def session(path: Path, told: list[str]) -> None:
    """A writer that records, signs, is started anew and goes on. `told` gets what it acknowledged."""
    for turn in range(2):
        signing = notary(path)
        with FileLog.open(path, signing.check, size=SIZE) as log:
            for batch in range(BATCHES):
                drafts = captures(2, first=1 + 2 * (batch + turn * BATCHES))
                log.append(drafts, NOW)
                told += [draft.id for draft in drafts]
            signing.attest(log.head(), NOW)


def broken(path: Path, nth: int, code: int) -> tuple[bool, list[str]]:
    """The session with its nth call failed: whether there was such a call, and what was acknowledged."""
    told: list[str] = []
    # Refused as unwritable ends a command with 75; nothing else may come of it.
    with failing(nth, code) as calls, suppress(LogUnwritable):
        session(path, told)
    if calls.failed and calls.failed[0] in ("fsync", "fdatasync") and code != SHORT:
        assert not is_flushed_again(calls.made, nth), f"flushed again after a failed flush: {calls.failed}"
    return calls.failed is not None, told


def is_flushed_again(made: list[tuple[str, str]], nth: int) -> bool:
    """Whether a file whose flush failed was flushed once more, as if that could help.

    Not of the hint, which is written anew each time, nor of folders: what is named in them is made anew. A file is told
    by its number, which a new one may be given when it is gone.
    """
    file = made[nth - 1][1]
    if not file.endswith((".jsonl", ".ids", ".vkeys", ".key")):
        return False
    same = itertools.takewhile(lambda each: each[1] != f"{file}.new", made[nth:])
    return any(call in ("fsync", "fdatasync") and about.removesuffix(" (deleted)") == file for call, about in same)


@pytest.mark.parametrize("code", CODES, ids=lambda code: errno.errorcode.get(code, "short write"))
def test_whichever_call_fails_nothing_wrong_is_acknowledged_and_the_log_comes_back(tmp_path: Path, code: int) -> None:
    whole = tmp_path / "whole" / "events.jsonl"
    session(whole, [])
    expected, nth, step = ReadOnlyLog(whole).head(), 1, 1 if NIGHTLY else 2 * len(CODES)
    nth += 0 if NIGHTLY else 2 * CODES.index(code)
    points = 0
    while True:
        home = tmp_path / str(nth)
        path = home / "events.jsonl"
        there, told = broken(path, nth, code)
        if not there:
            break
        points += 1
        recorded = [event.id for event in ReadOnlyLog(path).read()]
        assert recorded[: len(told)] == told, f"call {nth}: acknowledged, and not there"
        session(path, [])
        assert ReadOnlyLog(path).head() == expected, f"call {nth}: not as if nothing had happened"
        note = notary(path)
        assert note.covered == expected.sequence
        assert verify(path, strict=True).head == expected
        shutil.rmtree(home)
        nth += step
    assert points > (60 if NIGHTLY else 15)
