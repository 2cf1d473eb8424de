"""What the log says of itself: what a crash left at its end, and which key signs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from feed.app.drafts import log_draft
from feed.app.fold import one_step
from feed.app.wiring import Desk
from feed.model.event import Draft, Event
from feed.model.report import KeyRotated, LogCut
from feed.record.side import Side


def note_cuts(desk: Desk, now: datetime) -> tuple[Event, ...]:
    """Put on record what was ever set aside at the end of this log and is not on record yet. Usually writes nothing.

    After `finish`, which completes what the cut left of an article. A crash before it changes nothing: the bytes wait.
    """
    cuts = (LogCut(offset=at, length=len(rest), digest=sha256(rest).hexdigest()) for at, rest in _cuts(desk) if rest)
    return _record(desk, tuple(map(log_draft, cuts)), now)


def rotate_key(desk: Desk, reason: str, seed: Callable[[], bytes], now: datetime) -> KeyRotated:
    """Let another key sign from here on, on record, under a checkpoint that the old one signs too.

    Raises LogUnwritable. A crash in between leaves both signing; rotating again then retires both.
    """
    desk.notary.attest(desk.log.head(), now)
    old, new = desk.notary.begin_rotation(seed)
    said = KeyRotated(old=str(old), new=str(new), reason=reason)
    _record(desk, (log_draft(said),), now)
    desk.notary.attest(desk.log.head(), now)
    desk.notary.end_rotation()
    return said


def _cuts(desk: Desk) -> list[tuple[int, bytes]]:
    return list(Side(desk.settings.log).cuts())


def _record(desk: Desk, drafts: tuple[Draft, ...], now: datetime) -> tuple[Event, ...]:
    new = desk.log.append(drafts, now).events if drafts else ()
    for event in new:
        desk.bring_in(one_step(desk.standings, (event,), desk.topic))
    return new
