"""Everything that can be refused, one tree, each with the facts that a person needs to mend it.

Promise: every error that this product raises on purpose is a `FeedError`; its text is one line (what, where,
how to mend it) and its `exit_code` is what a command ends with. Not promised: errors of a broken Python or disk.
"""

from __future__ import annotations

from enum import StrEnum


class FeedError(Exception):
    """Something was refused. `what` went wrong, `where` it stands, and how to `mend` it."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(what)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.mend}" if self.mend else head


class UsageRefused(FeedError):
    """A command was given words that it cannot use."""

    exit_code = 2


class SettingsRefused(FeedError):
    """feed.toml, the environment or a flag holds what no setting accepts."""

    exit_code = 3


class PackRefused(SettingsRefused):
    """A topic pack or language file is malformed; `where` names file and row."""


class ArticleRefused(FeedError):
    """An article that was handed in cannot be taken; `where` names file and line."""


class SourceFailed(FeedError):
    """A source could not be polled this time. It is tried again; other sources are not touched."""

    exit_code = 4


class FetchRefused(SourceFailed):
    """An address may not be fetched, or its answer broke a limit."""


class DeliveryFailed(FeedError):
    """A receiver did not take a letter. `retry` says whether trying again can help.

    `after` is the receiver's own wish in seconds (Retry-After), None when it said nothing.
    `gone` means: never again (410). `refused` means: it is there, but does not want this letter (most of 4xx).
    """

    exit_code = 4

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        mend: str = "",
        retry: bool = True,
        after: int | None = None,
        gone: bool = False,
        refused: bool = False,
    ) -> None:
        super().__init__(what, where=where, mend=mend)
        self.retry, self.after, self.gone, self.refused = retry, after, gone, refused


class Gate(StrEnum):
    """The four gates that a line passes before it counts, in order."""

    SHAPE = "shape"
    MEANING = "meaning"
    CANONICAL = "canonical"
    CHAIN = "chain"


class LineRefused(FeedError):
    """A line of the log did not pass a gate. `at` counts lines from 1.

    `file` is the one of the log's files that it stands in, `first` the number of that file's first line.
    """

    exit_code = 5

    def __init__(self, *, file: str, at: int, gate: Gate, why: str, first: int = 1) -> None:
        self.file, self.at, self.gate, self.why = file, at, gate, why
        inside = f"line {at}" if first == 1 else f"line {at - first + 1} (line {at} of the log)"
        super().__init__(
            f"{why} (gate: {gate})",
            where=f"{file}, {inside}",
            mend="Nothing was changed. Restore the file from a copy, or compare it with one.",
        )


class HistoryChanged(FeedError):
    """The log is not the one that a checkpoint was signed for: lines were changed, taken out, or all made anew."""

    exit_code = 5


class SchemaChanged(FeedError):
    """A schema that lines are judged by is not the one that was released, or is gone."""


class CheckpointRefused(FeedError):
    """A checkpoint, a proof or a key that was handed in is malformed, or not signed by whom it should be."""


class EvidenceDamaged(CheckpointRefused):
    """A checkpoint or key that is kept beside the log is not what was kept there. Says nothing about the log itself."""

    exit_code = 5


class EventRefused(FeedError):
    """An event that we were about to record is not valid. A fault of ours or of a pack, never of the log."""


class HeadMoved(FeedError):
    """Someone else appended first; read again and decide again."""


class LogBusy(FeedError):
    """Another process writes this log."""


class LogUnwritable(FeedError):
    """The log could not be made durable; nothing of this batch is acknowledged. Exit code of sysexits TEMPFAIL."""

    exit_code = 75


class NotFound(FeedError):
    """What was asked for by name is not on record."""
