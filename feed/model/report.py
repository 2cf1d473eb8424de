"""What each type of event says: the data of a line. Its envelope and place in the log are `event`'s.

The models are the source of `schemas/`. A released version of a type never changes; new meaning is a new version.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from feed.model.alert import AlertClass, Severity
from feed.model.article import Precision, PublishedBasis
from feed.model.check import Check
from feed.model.fact import Incident, Office, Scheme, Statement
from feed.model.figure import Figure, Name, ReadBy, Span
from feed.model.instant import instant, parse_instant
from feed.model.quantity import STRICT

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
    `replaces` names the capture of the same address before. `copies` names the capture of another article whose text
    this one repeats; `history`: it was listed when its source was new. Neither raises alerts; both are left out when
    they say nothing.
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
    copies: Annotated[Id | None, Field(exclude_if=lambda copied: copied is None)] = None
    history: Annotated[bool, Field(exclude_if=lambda old: not old)] = False


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


class ArticleUnread(BaseModel):
    """The rest of an article was refused: from `span` on nothing was read, because the article breaks a law on size."""

    model_config = STRICT

    article: ArticleName
    capture: Id
    readby: ReadBy
    span: Span
    why: Name


class FactWithdrawn(BaseModel):
    """A fact no longer counts: `edited` away, rejected by a reviewer, or read otherwise. It stays on record."""

    model_config = STRICT

    fact: Id
    why: Literal["edited", "reviewed", "reread"]
    by: Name
    reason: Name


class MuteSet(BaseModel):
    """Somebody wants no news of something for a time. Of one thing the latest counts; one of no length ends it."""

    model_config = STRICT

    scope: Literal["series", "metric", "source", "class"]
    name: Annotated[str, Field(min_length=1, max_length=450)]
    start: Instant
    until: Instant
    by: Name
    reason: Name


class LogCut(BaseModel):
    """An interrupted write was found at the end of the log and set aside. Nothing that was acknowledged was in it."""

    model_config = STRICT

    offset: Annotated[int, Field(ge=0)]
    length: Annotated[int, Field(ge=1)]
    digest: Digest


class KeyRotated(BaseModel):
    """Another key signs checkpoints from here on. The next checkpoint is signed with both."""

    model_config = STRICT

    old: Annotated[str, Field(min_length=1, max_length=500)]
    new: Annotated[str, Field(min_length=1, max_length=500)]
    reason: Name


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
    | ArticleUnread
    | FactWithdrawn
    | MuteSet
    | LogCut
    | KeyRotated
    | AlertRaised
)

TYPES: dict[str, type[BaseModel]] = {
    "article.captured.v1": ArticleCaptured,
    "figure.reported.v1": FigureReported,
    "scheme.reported.v1": SchemeReported,
    "office.reported.v1": OfficeReported,
    "statement.reported.v1": StatementReported,
    "incident.reported.v1": IncidentReported,
    "article.unread.v1": ArticleUnread,
    "fact.withdrawn.v1": FactWithdrawn,
    "mute.set.v1": MuteSet,
    "log.cut.v1": LogCut,
    "key.rotated.v1": KeyRotated,
    "alert.raised.v1": AlertRaised,
}
TYPE_OF = {model: name for name, model in TYPES.items()}


class Older(NamedTuple):
    """A type that is written no more: the model that its lines obey for ever, and how to say it in newer words.

    `upcast` makes the data of type `to` of the old data, as JSON objects; pure. `to` may be an older type again.
    """

    model: type[BaseModel]
    to: str
    upcast: Callable[[dict[str, Any]], dict[str, Any]]


OLDER: dict[str, Older] = {}
"""By type. None yet: every type that was ever released is still written."""
