"""The only reader of feed.toml, environment and flags: one frozen Settings, passed on as a value."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from feed.app.home import FILE, Home
from feed.model.errors import SettingsRefused
from feed.model.source import Source
from feed.model.subscription import Subscription, ascii_address

MADE = ConfigDict(frozen=True, extra="forbid", defer_build=True)
MailAddress = Annotated[str, AfterValidator(ascii_address)]


class Web(BaseModel):
    """Where `serve` listens. Loopback unless the operator says otherwise; `base` is how others reach it, if they do.

    `hub` is a WebSub hub that feeds name.
    """

    model_config = MADE

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8460
    base: Annotated[str, Field(pattern=r"^https?://[^\s]+[^/]$")] | None = None
    hub: Annotated[str, Field(pattern=r"^https?://[^\s]+$")] | None = None


class Mail(BaseModel):
    """The mail server that takes letters. `security` is demanded, never tried.

    `owner` is who is told when a receiver was given up, or a source is in trouble.
    """

    model_config = MADE

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    password: SecretStr | None = None
    sender: MailAddress
    owner: MailAddress | None = None


class Reach(BaseModel):
    """Whom polling may ask. `allow` names private hosts or networks that are meant all the same: an intranet."""

    model_config = MADE

    allow: tuple[str, ...] = ()
    contact: str = ""


class Settings(Home, BaseModel):
    """All that can be set. `folder` is the data directory.

    `file_size`: once `events.jsonl` would grow beyond so many bytes, it is closed and a new one begun.
    Environment: FEED_MAIL_PASSWORD for the mail server's password, so that it need not stand in a file.
    """

    model_config = MADE

    folder: Path
    title: Annotated[str, Field(min_length=1, max_length=100)] = "Feed of record"
    topic: Annotated[str, Field(min_length=1)]
    network_disk: bool = False
    file_size: Annotated[int, Field(ge=1)] = 64 << 20
    web: Web = Field(default_factory=Web)
    mail: Mail | None = None
    reach: Reach = Field(default_factory=Reach)
    sources: tuple[Source, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()


# How the tables of feed.toml are called in Settings.
TABLES = {"source": "sources", "subscription": "subscriptions"}


def load(folder: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of a data directory. Raises SettingsRefused naming the file, the row and what it may be."""
    path = folder / FILE
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise SettingsRefused(
            f"there is no {FILE} here", where=str(folder), mend=f"Make it a data directory: `feed init {folder}`."
        ) from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise SettingsRefused(f"this is no TOML: {broken}", where=str(path), mend="Mend that line.") from broken
    named: dict[str, Any] = {TABLES.get(key, key): value for key, value in given.items()}
    password = (os.environ if environment is None else environment).get("FEED_MAIL_PASSWORD")
    if password and isinstance(named.get("mail"), dict):
        named["mail"] = {**named["mail"], "password": password}
    try:
        return Settings.model_validate({**named, "folder": folder})
    except ValidationError as refused:
        first = refused.errors()[0]
        row = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")  # of pydantic's own manner of speaking
        raise SettingsRefused(f"{row}: {said}", where=str(path), mend=_known(row)) from refused


def _known(row: str) -> str:
    if "." in row:
        return "`feed init` in an empty folder writes a feed.toml that explains each setting."
    return (
        f"Known settings: {', '.join(sorted({*Settings.model_fields} - {'folder'} - {*TABLES.values()} | {*TABLES}))}."
    )


TEMPLATE = """\
# A feed of record. Everything that can be set, with what holds when a line is left out.

title = "{title}"
topic = "{topic}"          # a pack that comes with the product, or the folder of your own

# network_disk = true      # record on a network file system all the same: neither lock nor flush are sure there
# file_size = 67108864     # bytes after which events.jsonl is closed under a name of its own, and a new one begun

# [web]                    # where `feed serve` listens
# host = "127.0.0.1"
# port = 8460
# base = "https://record.example.org"   # how others reach it: links in letters begin so
# hub = "https://hub.example.org/"       # a WebSub hub that our feeds name

# [mail]                   # the server that takes letters; the password may come from FEED_MAIL_PASSWORD
# host = "mail.example.org"
# port = 587
# security = "starttls"    # starttls, tls or none
# username = "record"
# sender = "record@example.org"
# owner = "operator@example.org"         # who is told of receivers given up and sources in trouble

# [reach]
# contact = "https://example.org/about"  # who asks: sent to every site that is polled
# allow = ["intranet.example.org"]       # private hosts that may be asked all the same

# [[source]]               # one for each feed that is polled
# name = "statistics"
# url = "https://statistics.example.org/releases.atom"
# publisher = "The Statistics Office"

# [[subscription]]         # one for each receiver; docs/subscriptions.md explains them
# name = "desk"
# channel = "mail"         # mail, webhook (with a secret), or apprise for chat and push services
# to = "desk@example.org"
# metrics = ["..."]        # ids of the pack; all when left out, likewise classes, dims, sources and series
# severity = "medium"      # the least that is told
# cadence = "immediate"    # or: batch 15m, hourly, daily 07:30 Europe/London, weekly mon 07:30
# quiet = "22:00-07:00"    # hours in which nothing is told
# at_most = 4              # letters an hour; what is more comes gathered
# when = {{ at_least = 20000 }}   # only what passes a mark, moves so far ... : docs/conditions.md
"""
