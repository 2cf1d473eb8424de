"""Who wants to be told what, and what they are owed. Values only."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    SecretStr,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from feed.model.alert import AlertClass, Severity
from feed.model.asked import Asked
from feed.model.cadence import Cadence, CadenceField, QuietField
from feed.model.chain import content_id
from feed.model.condition import Condition
from feed.model.figure import Dims, Name
from feed.model.quantity import STRICT

SECRET = "whsec_"  # noqa: S105 - how Standard Webhooks spells the beginning of any secret
SECRET_BYTES = range(24, 65)
SERVICE = re.compile(r"[a-z][a-z0-9+.-]{1,31}://\S+\Z")

ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDR_SPEC = TypeAdapter(
    Annotated[str, StringConstraints(pattern=rf"^{ATOM}(\.{ATOM})*@({LABEL}\.)*{LABEL}$", max_length=254)]
)


class Medium(StrEnum):
    """How a letter travels. `apprise`: by one of the many chat and push services that this library knows.

    `hub` is no way to a subscriber: a WebSub hub is told which feeds changed, and tells those who follow them.
    """

    MAIL = "mail"
    WEBHOOK = "webhook"
    APPRISE = "apprise"
    HUB = "hub"


def _several(given: object) -> object:
    return (given,) if isinstance(given, str) else given


# A file of settings knows neither tuples nor enumerations: these fields take the list or word and are strict about
# what is in it.
Classes = Annotated[tuple[AlertClass, ...], Field(strict=False)]
Names = Annotated[tuple[Name, ...], Field(strict=False)]
Secrets = Annotated[tuple[SecretStr, ...], Field(strict=False), BeforeValidator(_several)]
DIGEST = Cadence.of("daily")


class Subscription(BaseModel):
    """What one subscriber asks for. Empty `classes`, `metrics`, `dims`, `sources` or `series` ask for all.

    `to` is a mail address (exactly one, kept in ASCII), the URL of a webhook, or an address as apprise writes them. A
    webhook needs a `secret` of its own (`whsec_` and 24 to 64 bytes in base64; never printed), or a list of them while
    one replaces another: each signs. `metrics` also takes the names of offices and schemes. `dims` asks for figures
    that are narrowed in just these ways, and maybe more; `sources` are publishers. `when`: what must be so of the
    numbers.

    `severity` is the least to be told. Without it all is told when gathered; at once only medium and louder, and the
    rest with the `digest`. `quiet`: hours in which nothing is told. `at_most`: so many letters an hour; what is more
    comes gathered when the hour is over. `nothing`: say so when a day or week brought nothing.
    """

    model_config = STRICT

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
    channel: Annotated[Medium, Field(strict=False)]
    to: Annotated[str, Field(min_length=3, max_length=2048)]
    secret: Secrets = ()
    classes: Classes = ()
    metrics: Names = ()
    dims: Dims = {}
    sources: Names = ()
    series: Names = ()
    severity: Annotated[Severity, Field(strict=False)] | None = None
    when: Condition | None = None
    cadence: CadenceField = Cadence.of("immediate")
    digest: CadenceField = DIGEST
    quiet: QuietField | None = None
    at_most: Annotated[int, Field(ge=1, le=60)] | None = None
    nothing: bool = False

    @model_validator(mode="before")
    @classmethod
    def _ascii(cls, given: object) -> object:
        if isinstance(given, Mapping) and given.get("channel") == Medium.MAIL and isinstance(given.get("to"), str):
            return {**given, "to": ascii_address(given["to"])}
        return given

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.channel is Medium.HUB:
            message = "a hub is named as `hub` under [web]"
            raise ValueError(message)
        if self.channel is Medium.WEBHOOK:
            _address(self.to)
            _secret(self.secret)
        elif self.secret:
            message = f"a {self.channel} subscription takes no secret"
            raise ValueError(message)
        if self.channel is Medium.APPRISE and not SERVICE.match(self.to):
            message = f"{self.to.partition(':')[0]!r} begins no address like ntfy://topic"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _timely(self) -> Self:
        if self.channel is Medium.WEBHOOK and self.at_most is not None:
            message = "at_most is for letters that people read: a webhook gets each alert by itself"
            raise ValueError(message)
        if self.nothing and (self.cadence.at is None or self.channel is Medium.WEBHOOK):
            message = "nothing = true goes with a daily or weekly cadence of something that people read"
            raise ValueError(message)
        if not self.digest.gathers:
            message = "digest is a time at which the rest is told, such as daily 07:30"
            raise ValueError(message)
        return self

    @property
    def asked(self) -> Asked:
        """Which alerts it asks for, loud or not."""
        return Asked(
            self.classes,
            self.metrics,
            self.series,
            self.sources,
            tuple(sorted(self.dims.items())),
            self.severity or Severity.LOW,
        )

    def pace(self, severity: Severity) -> Cadence:
        """When it is told of something so loud that it asks for."""
        held_back = self.severity is None and not self.cadence.gathers and severity is Severity.LOW
        return self.digest if held_back else self.cadence


def ascii_address(address: str) -> str:
    """One mail address with its domain in ASCII (IDNA). Raises ValueError for none, several, or anything around it."""
    local, at, domain = address.rpartition("@")
    try:
        return ADDR_SPEC.validate_python(local + at + (domain if domain.isascii() else domain.encode("idna").decode()))
    except (ValidationError, UnicodeError) as refused:
        message = f"{address!r} is not one mail address like name@example.org"
        raise ValueError(message) from refused


def _address(url: str) -> None:
    parts = urlsplit(url)
    plain = url.isascii() and url.isprintable() and " " not in url
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        message = f"{url!r} is not the address of a webhook like https://example.org/hook"
        raise ValueError(message)


def _secret(secrets: tuple[SecretStr, ...]) -> None:
    if not secrets or not all(_is_secret(each.get_secret_value()) for each in secrets):
        message = "a webhook needs a secret: whsec_ and 24 to 64 random bytes in base64"
        raise ValueError(message)


def _is_secret(text: str) -> bool:
    try:
        held = len(base64.b64decode(text.removeprefix(SECRET), validate=True))
    except (binascii.Error, ValueError):
        return False
    return text.startswith(SECRET) and held in SECRET_BYTES


class Kind(StrEnum):
    """What a letter holds: one alert or what one round brought, what was gathered, or a word of ours without alerts.

    `nothing`: nothing changed. `confirm`: somebody is asked whether they want this at all. `owner`: the operator is
    told that a receiver was given up; `source`: how a source is. `changed`: a hub is told which feeds changed.
    """

    ALERT = "alert"
    DIGEST = "digest"
    NOTHING = "nothing"
    CONFIRM = "confirm"
    OWNER = "owner"
    CHANGED = "changed"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Telling:
    """One alert that one receiver is owed, for all subscriptions that asked for it. `due` is when it is to be told."""

    channel: Medium
    to: str
    alert: str
    sequence: int
    kind: Kind
    subscriptions: tuple[str, ...]
    due: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """What is owed to one receiver in one piece.

    `subscriptions` are the names of all that asked for it, `alerts` the ids of what it tells, in the log's order;
    `sequence` is where the last of them stands in the log. `note` is what a letter without alerts has to say, and
    what a digest says below its alerts.
    `previous` is where the last alert of the letter before stands, None for a receiver's first.
    """

    channel: Medium
    to: str
    kind: Kind
    subscriptions: tuple[str, ...]
    alerts: tuple[str, ...]
    note: str = ""
    sequence: int = 0
    previous: int | None = field(default=None, compare=False)

    @property
    def id(self) -> str:
        """Made from receiver and content, so that owing the same letter twice is owing it once, on any machine."""
        said = (self.kind.value, self.note) if self.note and not self.alerts else ()
        return content_id("letter", self.channel.value, self.to, *sorted(self.alerts), *said)

    @property
    def receiver(self) -> str:
        """The receiver as it may be shown: addresses of apprise hold passwords."""
        return f"{self.to.partition(':')[0]}://…" if self.channel is Medium.APPRISE else self.to
