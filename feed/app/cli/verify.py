"""`feed verify`: whether the log is what it was when it was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from feed.app.cli.options import Dir, Json, settings_of

if TYPE_CHECKING:
    from feed.app.settings import Settings
    from feed.model.chain import Head
    from feed.record.verify import Verified


def verify(
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Each line through all four gates, and each capture against its digest: slower."),
    ] = False,
    head: Annotated[
        str, typer.Option(metavar="HEAD", help="A head that an earlier verify printed: must still be in the log.")
    ] = "",
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A checkpoint, or a saved mail with one, whose lines must be in the log."),
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="Who must have signed it (name+id+key) [default: the keys kept here]."),
    ] = None,
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Check the whole log.

    Sequence, chain, ids and the newest checkpoint that is kept here (with --strict all of them), from the first line to
    the last. Damage ends with exit code 5 and names file, line, gate and reason.

    Keep a checkpoint (`feed checkpoint`) or the head that this prints somewhere else: only with one of them can a log
    be told from one that was cut or made anew. Changes nothing and needs nobody to stop writing.
    """
    from feed.app.cli import evidence, printing
    from feed.model.chain import EMPTY
    from feed.record.verify import verify as audit
    from feed.view import seal

    settings = settings_of(dir)
    notes = evidence.notes(settings, against or (), key or (), every=strict)
    checkpoints = [note.checkpoint for note in notes]
    held = audit(settings.log, strict=strict, against=_head(head) if head else EMPTY, checkpoints=checkpoints)
    captures, missing = _captures(settings, look_inside=strict)
    told, whole = f"{held.head.sequence}:{held.head.hash}", not seal.is_broken(settings.view)
    if json:
        met = [{"size": each.size, "origin": each.origin} for each in checkpoints]
        asked = {"strict": strict, "checkpoints": met, "captures": captures, "missing": missing, "view": whole}
        printing.as_json({**_numbers(held), "head": told, **asked})
        return
    printing.say(f"{settings.log}: {_counted(held)}, {'all four gates passed' if strict else 'chained without a gap'}.")
    printing.say(f"Head: {told}")
    for line in map(evidence.told, notes[-3:]) if notes else (evidence.NONE,):
        printing.say(line)
    printing.say(f"Captures: {captures} named by the log, {missing} of them not kept here.")
    _oddities(held, whole=whole)


def _numbers(held: Verified) -> dict[str, Any]:
    counted = {"lines": held.lines, "bytes": held.size, "files": held.files, "unfinished": held.unfinished}
    return {**counted, "unknown": held.unknown, "strangers": dict(held.strangers)}


def _counted(held: Verified) -> str:
    return f"{held.lines} lines" if held.files == 1 else f"{held.lines} lines in {held.files} files"


def _oddities(held: Verified, *, whole: bool) -> None:
    """What is no damage, but what an operator ought to know."""
    from feed.app.cli.printing import say

    for schema, count in held.strangers.items():
        say(f"{count} events say what this version does not know: {schema}. They were judged as envelopes.")
    if held.unfinished:
        say(f"{held.unfinished} bytes behind the last line are an interrupted write; the next start clears it.")
    if not whole:
        say("The view is not what its writer left; the next question makes it anew from the log.")


def _head(text: str) -> Head:
    from feed.model.chain import Head
    from feed.model.errors import UsageRefused

    sequence, _, digest = text.partition(":")
    if not sequence.isdecimal() or len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise UsageRefused(f"{text!r} is no head", where="--head", mend="Give what `feed verify` printed as Head.")
    return Head(int(sequence), digest)


def _captures(settings: Settings, *, look_inside: bool) -> tuple[int, int]:
    """How many captures the log names, and how many of them are not here. Raises CaptureDamaged when looking inside."""
    from feed.capture.captures import Captures
    from feed.model.report import ArticleCaptured
    from feed.record.file import ReadOnlyLog

    kept, named = Captures(settings.captures), set[str]()
    for event in ReadOnlyLog(settings.log).read():
        if isinstance(event.data, ArticleCaptured):
            named |= {event.data.raw, event.data.text}
    here = {digest for digest in named if kept.path(digest).is_file()}
    for digest in sorted(here) if look_inside else ():
        kept.get(digest)
    return len(named), len(named - here)
