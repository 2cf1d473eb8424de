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
    from feed.model.errors import CheckpointRefused, EvidenceDamaged
    from feed.record.evidence import MEND, Evidence

    kept = Evidence(settings.log)
    verifiers = tuple(map(_key, keys)) or kept.verifiers()
    if files:
        return [_believed(note, str(file), verifiers) for file in files for note in _read(file)]
    last = kept.last()
    here = list(kept.checkpoints()) if every else [last] if last else []
    try:
        return [_believed(one.note, HERE, verifiers) for one in here]
    except CheckpointRefused as refused:
        if keys:
            raise
        raise EvidenceDamaged(refused.what, where=".feed/checkpoints.jsonl", mend=MEND) from refused


def told(believed: Believed) -> str:
    """One line for people."""
    one, signer = believed.checkpoint, believed.signer
    by = f"signed by {signer.name} (key {signer.id.hex()})" if signer else "its signature was not checked: no key given"
    return f"Checkpoint: {one.size} lines of {one.origin}, {believed.kept}: the log has them; {by}."


def _key(told: str) -> Verifier:
    from feed.model.checkpoint import Verifier
    from feed.model.errors import CheckpointRefused

    try:
        return Verifier.parse(told)
    except CheckpointRefused as none:
        raise CheckpointRefused(none.what, where="--key", mend="`feed key` prints the keys of a log.") from none


HERE = "kept here"
NONE = "Checkpoint: none is kept here or given (--against FILE). A log that was cut or made anew would look whole, too."
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

    known, size = tuple(verifiers), note.checkpoint.size
    try:
        signer = note.signed_by(known, checks)
    except CheckpointRefused as forged:
        what = f"the checkpoint over {size} lines is forged or was changed: {forged.what}"
        raise CheckpointRefused(what, where=kept, mend="Compare it with another copy of it.") from forged
    if known and signer is None:
        what = f"none of the known keys signed the checkpoint over {size} lines"
        raise CheckpointRefused(what, where=kept, mend="Give the log's key with --key")
    return Believed(note.checkpoint, kept, signer)
