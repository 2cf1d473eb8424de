"""Checkpoints as commands take and tell them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feed.app.settings import Settings
    from feed.model.checkpoint import Checkpoint, Note, Verifier


@dataclass(frozen=True, slots=True)
class Believed:
    """A checkpoint, where it was kept, and who signed it: None when nobody could be asked for a key."""

    checkpoint: Checkpoint
    kept: str
    signer: Verifier | None


def notes(settings: Settings, files: Sequence[Path], keys: Sequence[str], *, every: bool) -> list[Believed]:
    """The checkpoints to hold a log against: those of the files, else those kept beside it, the newest or every one.

    Each must be signed by one of the `keys`, or else by a key kept here; where no key is known, nobody is asked.
    Raises CheckpointRefused, UsageRefused for a file that cannot be read.
    """
    from feed.model.checkpoint import Verifier
    from feed.record.evidence import Evidence

    kept = Evidence(settings.log)
    verifiers = tuple(map(Verifier.parse, keys)) or kept.verifiers()
    if files:
        return [_believed(note, str(file), verifiers) for file in files for note in _read(file)]
    last = kept.last()
    here = list(kept.checkpoints()) if every else [last] if last else []
    return [_believed(one.note, "kept here", verifiers) for one in here]


def told(believed: Believed) -> str:
    """One line for people."""
    one, signer = believed.checkpoint, believed.signer
    by = f"signed by {signer.name} (key {signer.id.hex()})" if signer else "its signature was not checked: no key given"
    return f"Checkpoint: {one.size} lines of {one.origin}, {believed.kept}: the log has them; {by}."


NOTED = "Give a checkpoint as `feed checkpoint` prints it, or a mail that carries one."


def _read(file: Path) -> list[Note]:
    """The notes in a file: it is one, or a log's checkpoints.jsonl, or a letter as text or .eml in which one stands."""
    import json
    from contextlib import suppress

    from feed.model.checkpoint import Note
    from feed.model.errors import CheckpointRefused, UsageRefused

    try:
        content = file.read_bytes()
        text = content.decode()
    except (OSError, UnicodeDecodeError) as unread:
        raise UsageRefused(f"it cannot be read: {unread}", where=str(file), mend=NOTED) from unread
    with suppress(CheckpointRefused):  # it may be a letter
        return [Note.parse(text)]
    try:
        if text.startswith('{"'):
            return [Note.parse(json.loads(line)["note"]) for line in text.splitlines()]
        return [Note.within(_letter(content) or text)]
    except (ValueError, KeyError) as odd:
        raise CheckpointRefused(f"this is no list of checkpoints: {odd}", where=str(file), mend=NOTED) from odd
    except CheckpointRefused as none:
        raise CheckpointRefused(none.what, where=str(file), mend=NOTED) from none


def _letter(content: bytes) -> str:
    """What a mail says as plain text; "" when this is none."""
    from email import message_from_bytes
    from email.message import EmailMessage
    from email.policy import default

    message = message_from_bytes(content, EmailMessage, policy=default)
    part = message.get_body(("plain",)) if message["MIME-Version"] else None
    if part is None:
        return ""
    raw = part.get_payload(decode=True)
    return raw.decode(errors="replace") if isinstance(raw, bytes) else ""


def _believed(note: Note, kept: str, verifiers: Iterable[Verifier]) -> Believed:
    from feed.model.errors import CheckpointRefused
    from feed.record.keys import checks

    known = tuple(verifiers)
    signer = note.signed_by(known, checks)
    if known and signer is None:
        raise CheckpointRefused("none of the known keys signed it", where=kept, mend="Give the log's key with --key")
    return Believed(note.checkpoint, kept, signer)
