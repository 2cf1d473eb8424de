"""One event, one line: the CloudEvents envelope and what each type of event says.

The models are the source of `schemas/`. A released version of a type never changes; new meaning is a new version.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from feed.model.article import Precision, PublishedBasis
from feed.model.chain import Head, canonical, content_id, digest
from feed.model.check import Check
from feed.model.fact import Incident, Office, Scheme, Statement
from feed.model.figure import Figure, Name, ReadBy
from feed.model.quantity import STRICT
from feed.model.rules import Severity

SPELLING = "%Y-%m-%dT%H:%M:%SZ"
SCHEMA_PREFIX = "urn:feed-of-record:schema:"


def instant(time: datetime) -> str:
    """The one spelling of a time: UTC, whole seconds, `2025-02-10T09:30:00Z`. Refuses a time without a zone."""
    if time.tzinfo is None:
        message = f"{time} has no zone"
        raise ValueError(message)
    return time.astimezone(UTC).strftime(SPELLING)


def parse_instant(text: object) -> object:
    """The aware datetime of that one spelling; datetimes pass, anything else raises ValueError."""
    if isinstance(text, str):
        time = datetime.strptime(text, SPELLING).replace(tzinfo=UTC)
        if instant(time) != text:
            message = f"{text!r} is not spelt like 2025-02-10T09:30:00Z"
            raise ValueError(message)
        return time
    return text


Instant = Annotated[
    datetime,
    BeforeValidator(parse_instant),
    PlainSerializer(instant, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}),
]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Publication(BaseModel):
    """When an article was published and how that is known."""

    model_config = STRICT

    time: Instant
    basis: PublishedBasis
    precision: Precision
    note: Annotated[str, Field(max_length=500)] = ""


ArticleName = Annotated[str, Field(min_length=1, max_length=2048)]


class ArticleCaptured(BaseModel):
    """An article was captured. `article` is how answers call it: the id it was handed in under, else its address.

    `raw` and `text` are SHA-256 digests under which the bytes are kept; `path` says what made the text of the bytes.
    `replaces` names the capture of the same address before.
    """

    model_config = STRICT

    article: ArticleName
    url: Annotated[str, Field(max_length=2048)] | None
    canonical: Annotated[str, Field(max_length=2048)] | None
    publisher: Name | None
    title: Annotated[str, Field(max_length=500)]
    published: Publication | None
    language: Annotated[str, Field(max_length=35)] | None
    raw: Digest
    text: Digest
    path: Literal["given", "trafilatura", "jsonld"]
    feed: Name | None
    replaces: Id | None = None


class Provenance(BaseModel):
    """What every fact carries: article and capture, publisher, day of publication, who read it, what it replaces."""

    model_config = STRICT

    article: ArticleName
    capture: Id
    publisher: Name | None
    published: date | None
    readby: ReadBy
    replaces: Id | None = None


class FigureReported(Figure, Provenance):
    """An article states a figure."""


class SchemeReported(Scheme, Provenance):
    """An article says what a scheme's state or one of its terms is."""


class OfficeReported(Office, Provenance):
    """An article says who holds, or held, an office."""


class StatementReported(Statement, Provenance):
    """An article quotes somebody."""


class IncidentReported(Incident, Provenance):
    """An article tells of something that happened."""


class FactWithdrawn(BaseModel):
    """A fact no longer counts: `edited` away, rejected by a reviewer, or read otherwise. It stays on record."""

    model_config = STRICT

    fact: Id
    why: Literal["edited", "reviewed", "reread"]
    by: Name
    reason: Name


AlertClass = Literal[
    "superseded",
    "revised",
    "contradicted",
    "inconsistent",
    "rescoped",
    "stale",
    "withdrawn",
    "state_changed",
    "target_met",
    "target_missed",
]


class AlertRaised(BaseModel):
    """People ought to know. `old` and `new` are the ids of the facts compared; `check` the failed arithmetic.

    `trace` names, in order, the rules that led here. `engine` is the version that decided.
    """

    model_config = STRICT

    alert: AlertClass
    severity: Severity
    article: ArticleName
    old: Id | None
    new: Id | None
    check: Check | None = None
    sentence: Annotated[str, Field(min_length=1, max_length=1000)]
    trace: tuple[str, ...]
    engine: Name


Data = (
    ArticleCaptured
    | FigureReported
    | SchemeReported
    | OfficeReported
    | StatementReported
    | IncidentReported
    | FactWithdrawn
    | AlertRaised
)

TYPES: dict[str, type[BaseModel]] = {
    "article.captured.v1": ArticleCaptured,
    "figure.reported.v1": FigureReported,
    "scheme.reported.v1": SchemeReported,
    "office.reported.v1": OfficeReported,
    "statement.reported.v1": StatementReported,
    "incident.reported.v1": IncidentReported,
    "fact.withdrawn.v1": FactWithdrawn,
    "alert.raised.v1": AlertRaised,
}
TYPE_OF = {model: name for name, model in TYPES.items()}


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


class Event(Envelope):
    """A line of the log, read: its envelope and the data of its type."""

    data: Any

    @property
    def position(self) -> int:
        """The sequence as a number, from 1."""
        return int(self.sequence)


class Draft(BaseModel):
    """An event before the log gave it its place: everything but sequence, chain and time of recording."""

    model_config = STRICT

    id: Id
    origin: Literal["capture", "read", "review", "alert"]
    subject: Annotated[str, Field(min_length=1, max_length=500)]
    time: Instant | None
    data: Data
    causationid: Id | None = None
    correlationid: Id | None = None


def identity(data: Data) -> str:
    """The id of what is said. Who read it, with what version, is not part of it: the same reading is the same event.

    Of a capture: its name and text. Of an alert: its class and what it compares.
    """
    kind = TYPE_OF[type(data)]
    if isinstance(data, ArticleCaptured):
        return content_id(kind, data.article, data.text)
    if isinstance(data, AlertRaised):
        return content_id(kind, data.alert, data.article, data.old, data.new, data.check and data.check.what)
    said = data.model_dump(mode="json", exclude={"readby", "publisher", "published", "by", "reason"})
    return content_id(kind, said)


def seal(drafts: tuple[Draft, ...], after: Head, now: datetime) -> tuple[tuple[bytes, ...], Head]:
    """The lines of these drafts at the end of a log, without line feeds, and the head that they make. Pure."""
    lines: list[bytes] = []
    sequence, previous = after.sequence, after.hash
    for draft in drafts:
        sequence += 1
        line = canonical(_object(draft, sequence, previous, now))
        lines.append(line)
        previous = digest(line)
    return tuple(lines), Head(sequence, previous)


def _object(draft: Draft, sequence: int, previous: str, now: datetime) -> Mapping[str, object]:
    kind = TYPE_OF[type(draft.data)]
    return _attributes(
        id=draft.id,
        origin=f"urn:feed-of-record:{draft.origin}",
        kind=kind,
        subject=draft.subject,
        time=draft.time,
        recorded=now,
        sequence=f"{sequence:012d}",
        previous=previous,
        cause=draft.causationid,
        correlation=draft.correlationid,
        data=draft.data,
    )


def line_object(event: Event) -> Mapping[str, Any]:
    """The JSON object of an event's line: `canonical` of it is the line, byte for byte."""
    return _attributes(
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
        data=event.data,
    )


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
    data: Any,
) -> Mapping[str, Any]:
    attributes = {
        "specversion": "1.0",
        "id": id,
        "source": origin,
        "type": kind,
        "subject": subject,
        "time": time and instant(time),
        "dataschema": SCHEMA_PREFIX + kind,
        "datacontenttype": "application/json",
        "recordedtime": instant(recorded),
        "sequence": sequence,
        "prevhash": previous,
        "causationid": cause,
        "correlationid": correlation,
        "data": data.model_dump(mode="json") if isinstance(data, BaseModel) else data.raw,
    }
    return {name: value for name, value in attributes.items() if value is not None}


def decode(line: bytes) -> Event:
    """The event of a line. Promises meaning (the model of its type accepted it), not shape, canonical form or chain.

    Raises pydantic.ValidationError (a ValueError) when envelope or data mean nothing; KeyError never.
    """
    raw = _Raw.model_validate_json(line)
    model = TYPES.get(raw.type)
    if model is None:
        message = f"no event type {raw.type!r} is known to this version"
        raise ValueError(message)
    data = model.model_validate_json(canonical(raw.data))
    return Event.model_construct(**{**dict(raw), "data": data})


class _Raw(Envelope):
    data: dict[str, Any]
