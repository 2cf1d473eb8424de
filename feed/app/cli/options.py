"""What several commands are asked with, and the settings that follow from it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from feed.app.settings import Settings

Dir = Annotated[
    Path | None,
    typer.Option("--dir", metavar="DIR", help="The data directory [default: where feed.toml is, here or above]."),
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]


def settings_of(folder: Path | None) -> Settings:
    """The settings of that data directory, or of the one at or above the current folder. Raises SettingsRefused."""
    from feed.app import settings

    return settings.load(settings.find(Path.cwd()) if folder is None else folder)


def day_of(text: str, option: str) -> date:
    """A day as `2025-02-15`. Raises UsageRefused."""
    from feed.model.errors import UsageRefused

    try:
        return date.fromisoformat(text)
    except ValueError as other:
        raise UsageRefused(f"{text!r} is no day", where=option, mend="Write it as 2025-02-15.") from other


def now() -> datetime:
    """The clock of the commands; everything below them takes it as an argument."""
    return datetime.now(UTC)
