"""`feed checkpoint`: what to keep elsewhere, so that history cannot be changed unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed.app.cli.options import Dir, Json, now, settings_of

if TYPE_CHECKING:
    from feed.app.settings import Settings


def checkpoint(dir: Dir = None, json: Json = False) -> None:
    """Print the newest checkpoint, to be kept elsewhere.

    A signed note of three lines: the log's name, how many lines it has, and the root of the Merkle tree over them.
    Lines that no checkpoint covers yet are signed for first, unless another process writes here and does so itself.

    Any one of them, kept where we cannot reach it, lets `verify --against` find whether a line up to there was changed.
    """
    from feed.app.cli import printing
    from feed.model.errors import NotFound
    from feed.model.instant import instant
    from feed.record.evidence import Evidence

    settings = settings_of(dir)
    sign(settings)
    kept = Evidence(settings.log)
    last = kept.last()
    if last is None:
        raise NotFound(
            "nothing is on record yet, so nothing is signed",
            where=str(settings.log),
            mend="Record something: feed ingest PATH",
        )
    if json:
        keys = [str(key) for key in kept.verifiers()]
        printing.as_json({"size": last.size, "time": instant(last.time), "note": str(last.note), "keys": keys})
        return
    print(last.note, end="")


def sign(settings: Settings) -> None:
    """Sign what no checkpoint covers yet, unless another process writes here. Raises HistoryChanged."""
    from feed.app.wiring import log_of, notary_of
    from feed.model.errors import LogBusy
    from feed.record.segments import exists

    if not exists(settings.log):
        return
    notary = notary_of(settings)
    try:
        with log_of(settings, notary) as log:
            notary.attest(log.head(), now())
    except LogBusy:
        return
