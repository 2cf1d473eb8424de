"""The port of the log and its promise. Every log passes one contract suite, the double of the tests too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Protocol

from pydantic import ValidationError

from feed.model.chain import Head
from feed.model.event import Draft, Event, NewerEvent, decode
from feed.model.report import OLDER, TYPES
from feed.record.lines import parse


@dataclass(frozen=True)
class Appended:
    """What became of a batch.

    `sequences` has the place on record of every draft, in order, whether it was written now or long ago.
    `lines` are those written now, in order, without line feeds; none when all were known. `head` is where the log ends.
    """

    sequences: tuple[int, ...]
    lines: tuple[bytes, ...]
    head: Head

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What was written now, as whoever reads the log reads it: from the lines, not from the drafts."""
        return tuple(map(decode, self.lines))


@dataclass(frozen=True, slots=True)
class Unknown:
    """The `data` of an event that this version cannot interpret, since a newer one wrote it: its type is not known, or
    it says more than is known of its type, which may change what the rest of it means.

    It keeps its place in the chain and its envelope; `raw` is the JSON object as it stands. Nobody drops it.
    """

    raw: dict[str, Any]


SLACK = timedelta(seconds=2)  # by so much a clock is put back when it is set by the network, and nothing is amiss


def recording(last: datetime, now: datetime) -> tuple[datetime, bool]:
    """When a batch counts as recorded behind one that was recorded at `last`, and whether its clock is in doubt.

    Recorded times never go back. A clock that went back by more than `SLACK` says so in each line until it has caught
    up; one that jumped ahead cannot be told from time gone by.
    """
    return max(last, now), last - now > SLACK


class EventLog(Protocol):
    """An append-only sequence of events, each chained to the one before. One writer, any number of readers."""

    def append(self, drafts: tuple[Draft, ...], now: datetime) -> Appended:
        """Put the drafts at the end, all of them or none, and return when they are durable.

        A draft whose id is on record (or earlier in the batch) is not written again: retrying after an unknown
        outcome is a no-op that returns the old sequence. What is written passes shape, meaning, canonical form and
        chain first. `now` is aware; the recorded time never goes backwards, even when the clock does: the lines then
        say so.

        Raises EventRefused (nothing written; names the draft), LogUnwritable (nothing acknowledged; some of it may
        still turn out to be on record: retry), HeadMoved (someone else appended first). Batch: at most 1 MiB of
        lines of at most 65,535 bytes.
        """
        ...

    def read(self, after: int = 0) -> Iterator[Event]:
        """Every event with a sequence above `after`, in order, as the log stood when reading began.

        Sequence and chain are checked from the first line on, and each line is given out only once its successor (or
        the end) vouches for it; meaning is checked for what is given out. Not checked: shape and canonical form, as
        they were checked on appending (`verify` with `strict` does). An event that a newer version wrote, and this one
        cannot interpret, is given out with an `Unknown` as its data. Raises LineRefused at the first bad line.
        """
        ...

    def head(self) -> Head:
        """Where the log ends: EMPTY for a log without lines."""
        ...


def interpret(line: bytes) -> Event:
    """The event of a line without line feed, `Unknown` when a newer version wrote it so. Raises ValueError."""
    try:
        return decode(line)
    except ValueError as refused:
        told = parse(line)
        if not _says_more(refused) and (told.get("type") in TYPES or told.get("type") in OLDER):
            raise
        event = NewerEvent.of(told)
        if not isinstance(event.data, dict):
            raise
        return event.model_copy(update={"data": Unknown(event.data)})


def _says_more(refused: ValueError) -> bool:
    """Whether nothing is wrong with a line but attributes that its model does not know."""
    return isinstance(refused, ValidationError) and {each["type"] for each in refused.errors()} == {"extra_forbidden"}
