"""Who wants to be told what, and what they are owed. Values only."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr, StringConstraints, TypeAdapter, ValidationError, model_validator

from feed.model.asked import Asked
from feed.model.chain import content_id
from feed.model.condition import Condition
from feed.model.figure import Dims, Name
from feed.model.quantity import STRICT
from feed.model.report import AlertClass
from feed.model.rules import Severity

SECRET = "whsec_"  # noqa: S105 - how Standard Webhooks spells the beginning of any secret
SECRET_BYTES = range(24, 65)

ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDR_SPEC = TypeAdapter(
    Annotated[str, StringConstraints(pattern=rf"^{ATOM}(\.{ATOM})*@({LABEL}\.)*{LABEL}$", max_length=254)]
)


class Medium(StrEnum):
    """How a letter travels."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class Cadence(StrEnum):
    """When: at the tick that raised the alert, or gathered, a letter for many."""

    IMMEDIATE = "immediate"
    DIGEST = "digest"


# A file of settings knows neither tuples nor enumerations: these fields take the list or word and are strict about
# what is in it.
Classes = Annotated[tuple[AlertClass, ...], Field(strict=False)]
Names = Annotated[tuple[Name, ...], Field(strict=False)]


class Subscription(BaseModel):
    """What one subscriber asks for. Empty `classes`, `metrics` or `dims` ask for all.

    `to` is a mail address (exactly one, kept in ASCII) or the URL of a webhook, which needs its own `secret`
    (`whsec_` and 24 to 64 bytes in base64; never printed). `metrics` also takes the names of offices and schemes.
    `dims` asks for figures that are narrowed in just these ways, and maybe more. `severity` is the least to be told:
    medium when immediate, low in a digest, unless given. `when`: what must be so of the numbers.
    """

    model_config = STRICT

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
    channel: Annotated[Medium, Field(strict=False)]
    to: Annotated[str, Field(min_length=3, max_length=2048)]
    secret: SecretStr | None = None
    classes: Classes = ()
    metrics: Names = ()
    dims: Dims = {}
    severity: Annotated[Severity, Field(strict=False)] | None = None
    cadence: Annotated[Cadence, Field(strict=False)] = Cadence.IMMEDIATE
    when: Condition | None = None

    @model_validator(mode="before")
    @classmethod
    def _ascii(cls, given: object) -> object:
        if isinstance(given, Mapping) and given.get("channel") == Medium.MAIL and isinstance(given.get("to"), str):
            return {**given, "to": ascii_address(given["to"])}
        return given

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.channel is Medium.MAIL and self.secret is not None:
            message = "a mail subscription takes no secret"
            raise ValueError(message)
        if self.channel is Medium.WEBHOOK:
            _address(self.to)
            _secret(self.secret)
        return self

    @property
    def asked(self) -> Asked:
        """Which alerts it asks for."""
        return Asked(self.classes, self.metrics, dims=tuple(sorted(self.dims.items())), severity=self.least)

    @property
    def least(self) -> Severity:
        """The least severity that is told."""
        if self.severity is not None:
            return self.severity
        return Severity.LOW if self.cadence is Cadence.DIGEST else Severity.MEDIUM


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


def _secret(secret: SecretStr | None) -> None:
    text = "" if secret is None else secret.get_secret_value()
    try:
        held = len(base64.b64decode(text.removeprefix(SECRET), validate=True))
    except (binascii.Error, ValueError):
        held = 0
    if not text.startswith(SECRET) or held not in SECRET_BYTES:
        message = "a webhook needs a secret: whsec_ and 24 to 64 random bytes in base64"
        raise ValueError(message)


class Kind(StrEnum):
    """What a letter holds."""

    ALERT = "alert"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is owed to one receiver in one piece.

    `subscriptions` are the names of all that asked for it, `alerts` the ids of what it tells, in the log's order.
    """

    channel: Medium
    to: str
    kind: Kind
    subscriptions: tuple[str, ...]
    alerts: tuple[str, ...]

    @property
    def id(self) -> str:
        """Made from receiver and alerts, so that owing the same letter twice is owing it once, on any machine."""
        return content_id("letter", self.channel.value, self.to, *sorted(self.alerts))
