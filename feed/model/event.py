"""One event, one line: the CloudEvents envelope, its identity from content, and how it is sealed and read.

What each type says is in `report`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, PrivateAttr, create_model

from feed.model.chain import Head, canonical, content_id, digest
from feed.model.instant import instant
from feed.model.quantity import STRICT
from feed.model.report import OLDER, TYPE_OF, TYPES, AlertRaised, ArticleCaptured, Data, Digest, Id, Instant

SCHEMA_PREFIX = "urn:feed-of-record:schema:"


class Envelope(BaseModel):
    """The CloudEvents 1.0.2 attributes of a line, without its data. Optional attributes are absent when unknown."""

    model_config = STRICT

    specversion: Literal["1.0"] = "1.0"
    id: Id
    source: Annotated[str, Field(pattern=r"^urn:feed-of-record:[a-z]+$")]
    type: Annotated[str, Field(pattern=r"^[a-z]+\.[a-z]+\.v[0-9]+$")]
    subject: Annotated[str, Field(min_length=1, max_length=500)]
    time: Instant | None = None
    dataschema: Annotated[
        str, Field(pattern=r"^urn:feed-of-record:schema:[a-z]+\.[a-z]+\.v[0-9]+$", json_schema_extra={"format": "uri"})
    ]
    datacontenttype: Literal["application/json"] = "application/json"
    recordedtime: Instant
    sequence: Annotated[str, Field(pattern=r"^[0-9]{12}$")]
    prevhash: Digest
    causationid: Id | None = None
    correlationid: Id | None = None
    clocksuspect: Literal[True] | None = None


class Event(Envelope):
    """A line of the log, read: its envelope and the data of its type."""

    data: Any

    @property
    def position(self) -> int:
        """The sequence as a number, from 1."""
        return int(self.sequence)


class OlderEvent(Event):
    """A line of an older type: its data in the words of today, beside which it keeps those of the line."""

    _told: BaseModel | None = PrivateAttr(default=None)

    @property
    def told(self) -> BaseModel:
        """The data as the line has it."""
        return self._told or self.data


class NewerEvent(Event):
    """A line whose envelope has attributes that this version does not know: it keeps them, as they stand there."""

    _more: Mapping[str, Any] = PrivateAttr(default_factory=dict)

    @property
    def more(self) -> Mapping[str, Any]:
        """Those attributes."""
        return self._more

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> NewerEvent:
        """Of a line's object. Raises ValueError when what is known of its envelope means nothing."""
        known = {name: value for name, value in told.items() if name in cls.model_fields}
        made = cls.model_validate_json(json.dumps(known))
        made._more = {name: value for name, value in told.items() if name not in known}
        return made


class Draft(BaseModel):
    """An event before the log gave it its place: everything but sequence, chain and time of recording."""

    model_config = STRICT

    id: Id
    origin: Literal["capture", "read", "reread", "review", "alert", "log"]
    subject: Annotated[str, Field(min_length=1, max_length=500)]
    time: Instant | None
    data: Data
    causationid: Id | None = None
    correlationid: Id | None = None


def identity(data: Data) -> str:
    """The id of what is said. Who read it, with what version, is not part of it: the same reading is the same event.

    Of a capture: its name and text, and what it replaces. Of an alert: its class and what it compares.
    """
    kind = TYPE_OF[type(data)]
    if isinstance(data, ArticleCaptured):
        before = () if data.replaces is None else (data.replaces,)  # a text that is put back is said anew
        return content_id(kind, data.article, data.text, *before)
    if isinstance(data, AlertRaised):
        return content_id(kind, data.alert, data.article, data.old, data.new, data.check and data.check.what)
    said = data.model_dump(mode="json", exclude={"readby", "publisher", "published", "by", "reason"})
    return content_id(kind, said)


def seal(
    drafts: tuple[Draft, ...], after: Head, now: datetime, encode: Callable[[object], bytes] = canonical
) -> tuple[tuple[bytes, ...], Head]:
    """The lines of these drafts at the end of a log, without line feeds, and the head that they make. Pure.

    `encode` must give the bytes that `canonical` gives.
    """
    lines: list[bytes] = []
    sequence, previous = after.sequence, after.hash
    for draft in drafts:
        line = encode(draft_object(draft, Head(sequence, previous), now))
        lines.append(line)
        sequence, previous = sequence + 1, digest(line)
    return tuple(lines), Head(sequence, previous)


def draft_object(
    draft: Draft, after: Head, now: datetime, *, suspect: bool = False, strict: bool = False
) -> Mapping[str, Any]:
    """The JSON object of the line that a draft becomes behind `after`. Pure; `now` is aware, and `suspect` when the
    clock had gone back.

    `strict`: raises ValueError for a value of another type than its field's, having gone round its model; else it is
    told as what it is.
    """
    kind = TYPE_OF[type(draft.data)]
    return _attributes(
        id=draft.id,
        origin=f"urn:feed-of-record:{draft.origin}",
        kind=kind,
        subject=draft.subject,
        time=draft.time,
        recorded=now,
        sequence=f"{after.sequence + 1:012d}",
        previous=after.hash,
        cause=draft.causationid,
        correlation=draft.correlationid,
        suspect=suspect or None,
        data=draft.data.__pydantic_serializer__.to_python(
            draft.data, mode="json", warnings="error" if strict else "warn"
        ),
    )


def line_object(event: Event) -> Mapping[str, Any]:
    """The JSON object of an event's line: `canonical` of it is the line, byte for byte."""
    attributes = _attributes(
        id=event.id,
        origin=event.source,
        kind=event.type,
        subject=event.subject,
        time=event.time,
        recorded=event.recordedtime,
        sequence=event.sequence,
        previous=event.prevhash,
        cause=event.causationid,
        correlation=event.correlationid,
        suspect=event.clocksuspect,
        data=_data(event),
    )
    return {**attributes, **event.more} if isinstance(event, NewerEvent) else attributes


def _data(event: Event) -> Mapping[str, Any]:
    told = event.told if isinstance(event, OlderEvent) else event.data
    raw: Mapping[str, Any] = told.model_dump(mode="json") if isinstance(told, BaseModel) else told.raw
    return raw


def _attributes(
    *,
    id: str,
    origin: str,
    kind: str,
    subject: str,
    time: datetime | None,
    recorded: datetime,
    sequence: str,
    previous: str,
    cause: str | None,
    correlation: str | None,
    suspect: bool | None,
    data: Mapping[str, Any],
) -> Mapping[str, Any]:
    attributes: dict[str, Any] = {
        "specversion": "1.0",
        "id": id,
        "source": origin,
        "type": kind,
        "subject": subject,
        "dataschema": SCHEMA_PREFIX + kind,
        "datacontenttype": "application/json",
        "recordedtime": instant(recorded),
        "sequence": sequence,
        "prevhash": previous,
        "data": data,
    }
    if time is not None:
        attributes["time"] = instant(time)
    if cause is not None:
        attributes["causationid"] = cause
    if correlation is not None:
        attributes["correlationid"] = correlation
    if suspect is not None:
        attributes["clocksuspect"] = suspect
    return attributes


LINES: dict[str, type[Event]] = {
    kind: create_model(f"{kind} line", __base__=Event, data=(model, ...)) for kind, model in TYPES.items()
}
BEFORE_TYPE, BEHIND_TYPE = b'"type":"', b'"}'
LONGEST = 80  # bytes: where that may begin, counted from the end of a line


_KNOWN: dict[bytes, str] = {kind.encode(): kind for kind in (*TYPES, *OLDER)}


def decode(line: bytes) -> Event:
    """The event of a line. Promises meaning (the model of its type accepted it), not shape, canonical form or chain.

    The data of an older type comes in the words of today's; type and line stay as they are.
    Raises ValueError (pydantic.ValidationError is one) when envelope or data mean nothing.
    """
    kind = _kind(line)
    model = LINES.get(kind) or (_older_line(kind) if kind in OLDER else None)
    if model is None:
        message = f"no event type {kind!r} is known to this version"
        raise ValueError(message)
    event = model.model_validate_json(line)
    if event.type != kind:
        message = f"the line names its type twice, as {kind!r} and {event.type!r}"
        raise ValueError(message)
    return _upcast(event) if isinstance(event, OlderEvent) else event


@cache
def _older_line(kind: str) -> type[OlderEvent]:
    return create_model(f"{kind} line", __base__=OlderEvent, data=(OLDER[kind].model, ...))


def _upcast(event: OlderEvent) -> Event:
    """The event of an older type, with its data in the words of today's."""
    kind, told = event.type, event.data.model_dump(mode="json")
    while kind in OLDER:
        told, kind = OLDER[kind].upcast(told), OLDER[kind].to
    made = event.model_copy(update={"data": TYPES[kind].model_validate_json(canonical(told))})
    made._told = event.data
    return made


def _kind(line: bytes) -> str:
    """The type that a line names: the last attribute of a canonical line, anywhere in another."""
    at = line.rfind(BEFORE_TYPE, -LONGEST)
    last = line[at + len(BEFORE_TYPE) : -len(BEHIND_TYPE)] if at >= 0 and line.endswith(BEHIND_TYPE) else b""
    if last in _KNOWN:
        return _KNOWN[last]
    read = json.loads(line)
    return str(read.get("type")) if isinstance(read, dict) else ""
