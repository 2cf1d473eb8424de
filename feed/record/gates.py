"""The four gates that a line passes before it counts: shape, meaning, canonical form, chain.

Each gate has a quick way that only ever accepts, and the full way that refuses with a reason. A line that the quick way
does not take goes the full one from the start, so that both give the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache, partial
from typing import Any, NamedTuple

import orjson
import rfc8785
from pydantic import ValidationError

from feed.model.chain import Head, digest
from feed.model.errors import EventRefused, Gate, LineRefused
from feed.model.event import SCHEMA_PREFIX, Draft, Event, decode, draft_object
from feed.model.report import TYPE_OF
from feed.model.schema import ENVELOPE, schemas
from feed.record.laws import laws
from feed.record.lines import BATCH_LIMIT, LINE_LIMIT, parse
from feed.record.log import Unknown, interpret
from feed.record.released import released
from feed.record.shapes import Shapes

# What only RFC 8785 in full can spell: a number that is no integer of at most fifteen digits; a character beyond the
# first plane, which in a key would sort otherwise. Text that looks so goes the full way too.
ODD_NUMBER = re.compile(rb"[:,\[]-?\d+(?:[.eE]|(?<=\d{16}))")
BEYOND = bytes(range(0xF0, 0xF5))
BENT = (ValueError, TypeError, LookupError, AttributeError)  # what a draft that went round its model ends in


class Sealed(NamedTuple):
    """Lines that passed every gate, without their line feeds; the head that they make."""

    lines: tuple[bytes, ...]
    head: Head

    @property
    def batch(self) -> bytes:
        """The bytes to write."""
        return b"\n".join((*self.lines, b""))


class Gates:
    """Judges lines. Keeps the compiled schemas and nothing else: those that are given, or those of this version."""

    def __init__(self, known: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self._shapes = Shapes(schemas() if known is None else known)

    def knows(self, event: Event) -> bool:
        """Whether an event was judged by a schema, and not by what is known of its envelope alone."""
        return event.dataschema in self._shapes and not isinstance(event.data, Unknown)

    def check(self, line: bytes, *, file: str, at: int, after: Head, newer: bool = True) -> Event:
        """The event of a line (without line feed) that stands after `after`. Raises LineRefused.

        `file` and `at` (from 1) only name the line. What a `newer` version may have written, an event of an unknown
        type or with attributes that are not known, passes shape and meaning by what is known of its envelope alone, and
        comes with an `Unknown` as its data.
        """
        gate = partial(_gate, file, at)
        if self._passes(line):
            with gate(Gate.MEANING):
                event = interpret(line)
            with gate(Gate.CHAIN):
                _chain(event, after)
            return event
        with gate(Gate.SHAPE):
            value = self._shape(line, newer=newer)
        with gate(Gate.MEANING):
            event = interpret(line) if newer else decode(line)
        with gate(Gate.CANONICAL):
            _canonical(value, line)
        with gate(Gate.CHAIN):
            _chain(event, after)
        return event

    def admit(self, drafts: tuple[Draft, ...], after: Head, now: datetime, *, suspect: bool = False) -> Sealed:
        """What to write for these drafts behind `after`, judged as the line that it will be. `suspect` as `recording`.

        Raises EventRefused naming the draft, or the batch when it is over 1 MiB as a whole.
        """
        lines: list[bytes] = []
        head = after
        for at, draft in enumerate(drafts, start=after.sequence + 1):
            line = self._quickly(draft, head, now, suspect=suspect)
            if line is None:
                line = self._fully(draft, head, now, suspect=suspect)  # says why, if it may not be recorded
            lines.append(line)
            head = Head(at, digest(line))
        size = sum(map(len, lines)) + len(lines)
        if size > BATCH_LIMIT:
            what = f"{len(lines)} events of {size} bytes together; a batch holds at most {BATCH_LIMIT}"
            raise EventRefused(what, mend="Record them in several appends")
        return Sealed(tuple(lines), head)

    def _quickly(self, draft: Draft, after: Head, now: datetime, *, suspect: bool) -> bytes | None:
        """The line of a draft when it certainly passes every gate. None says nothing.

        It need not be read back: its object is made from values of the right types only, so that whole numbers are
        whole; the schema judges each of them as it stands there, and the models' own laws what they mean together. Then
        encoded in the order of its keys it is canonical if it is plain, and its place in the chain is the one that it
        is made for.
        """
        try:
            laws(type(draft.data)).ask(draft.data)
            told = draft_object(draft, after, now, suspect=suspect, strict=True)
            if not self._shapes.fits_line(told):
                return None
            line = encode(told)
        except BENT:
            return None
        return line if len(line) <= LINE_LIMIT and _is_plain(line) else None

    def _fully(self, draft: Draft, after: Head, now: datetime, *, suspect: bool) -> bytes:
        """The line of a draft by the full way. Raises EventRefused."""
        try:
            line = encode(draft_object(draft, after, now, suspect=suspect))
            self.check(line, file="to be written", at=after.sequence + 1, after=after, newer=False)
        except (*BENT, LineRefused) as error:
            raise _refused(draft, error) from error
        return line

    def _passes(self, line: bytes) -> bool:
        """Whether a line certainly has its shape and its canonical form. False says nothing.

        Bytes that come out again when the value is encoded had no key twice and no other spelling.
        """
        if len(line) > LINE_LIMIT or _is_odd(line):
            return False
        try:
            value = orjson.loads(line)
            return (
                encode(value) == line
                and value["dataschema"] == SCHEMA_PREFIX + value["type"]
                and self._shapes.fits_line(value)
            )
        except (ValueError, KeyError, TypeError):
            return False

    def _shape(self, line: bytes, *, newer: bool) -> dict[str, Any]:
        if len(line) > LINE_LIMIT:
            message = f"{len(line)} bytes; a line has at most {LINE_LIMIT}"
            raise ValueError(message)
        value = parse(line)
        self._fits(ENVELOPE, value, "", newer=newer)
        uri, kind = value["dataschema"], value["type"]
        if uri != SCHEMA_PREFIX + kind:
            message = f"type {kind} names the schema of another: {uri}"
            raise ValueError(message)
        if uri in self._shapes:
            self._fits(uri, value["data"], "data", newer=newer)
        return value

    def _fits(self, uri: str, value: object, under: str, *, newer: bool) -> None:
        if not self._shapes.fits(uri, value) and not (newer and self._shapes.says_more(uri, value)):
            path, why = self._shapes.wrong(uri, value)
            path = ".".join((under, path)).strip(".")
            raise ValueError(f"{path}: {_short(why)}" if path else _short(why))


def encode(value: object) -> bytes:
    """As `chain.canonical`, ten times as fast, for values without floats.

    A contract test holds it to RFC 8785. Raises TypeError or ValueError (orjson.JSONEncodeError is one), for an integer
    of 2**53 and more too.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER)


@cache
def gates() -> Gates:
    """The gates of this process: compiling the schemas takes longer than judging a hundred lines."""
    return Gates()


@cache
def released_gates() -> Gates:
    """Gates that judge by the schemas as they were released. Raises SchemaChanged."""
    return Gates(released())


def _is_odd(line: bytes) -> bool:
    # One after the other: both at once take three times as long.
    return ODD_NUMBER.search(line) is not None or not _is_plain(line)


def _is_plain(line: bytes) -> bool:
    """Whether it has no character beyond the first plane."""
    return line.isascii() or len(line.translate(None, BEYOND)) == len(line)


@contextmanager
def _gate(file: str, at: int, gate: Gate) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(map(str, first["loc"]))
        raise LineRefused(file=file, at=at, gate=gate, why=f"{path}: {_short(first['msg'])}".lstrip(": ")) from error
    except ValueError as error:
        raise LineRefused(file=file, at=at, gate=gate, why=_short(str(error))) from error


def _canonical(value: dict[str, Any], line: bytes) -> None:
    if rfc8785.dumps(value) != line:
        message = "the bytes differ when encoded again"
        raise ValueError(message)


def _chain(event: Event, after: Head) -> None:
    if event.position != after.sequence + 1:
        message = f"sequence {event.position} stands where {after.sequence + 1} belongs"
        raise ValueError(message)
    if event.prevhash != after.hash:
        message = f"prevhash is not the digest of line {after.sequence}"
        raise ValueError(message)


def _refused(draft: Draft, error: Exception) -> EventRefused:
    why = f"{error.why} (gate: {error.gate})" if isinstance(error, LineRefused) else _short(str(error))
    kind = TYPE_OF.get(type(draft.data), type(draft.data).__name__)
    where = f"{kind} {draft.id} of {_short(str(draft.subject), 80)!r}"
    return EventRefused(why, where=where, mend="Nothing of its batch was recorded. Mend what made it and record again")


def _short(text: str, most: int = 240) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 3] + "..."
