"""What several commands are asked with, and the settings that follow from it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from feed.app.settings import Settings

Dir = Annotated[
    Path | None,
    typer.Option("--dir", metavar="DIR", help="The data directory [default: where feed.toml is, here or above]."),
]
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
LONGEST = 4  # digits
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
Recorded = Annotated[bool, typer.Option("--recorded", help="By what this log held then, not by what was published.")]
InSeries = Annotated[str, typer.Option("--series", metavar="SERIES", help="Only this series; what `history` takes.")]


def settings_of(folder: Path | None, *, fresh: bool = False) -> Settings:
    """The settings of that data directory, or of the one at or above the current folder. Raises SettingsRefused.

    A folder that is named but has no feed.toml is taken with what holds when every line is left out: if it holds a
    record, or, with `fresh`, if it is empty or not there yet (it is made, and said so).
    """
    from feed.app import home, packs, settings

    if folder is None:
        return settings.load(home.find(Path.cwd()))
    plain = settings.Settings(folder=folder, topic=packs.known()[0])
    if (folder / home.FILE).exists() or not (plain.log.exists() or (fresh and _bare(folder))):
        return settings.load(folder)
    if not folder.exists():
        folder.mkdir(parents=True)
        typer.echo(f"feed: {folder} is a new data directory, without a {home.FILE}: defaults hold.", err=True)
    return plain


def _bare(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and all(held.name.startswith(".") for held in folder.iterdir()))


def day_of(text: str, option: str) -> date:
    """A day as `2025-02-15`. Raises UsageRefused."""
    from feed.model.errors import UsageRefused

    try:
        return date.fromisoformat(text)
    except ValueError as other:
        raise UsageRefused(f"{text!r} is no day", where=option, mend="Write it as 2025-02-15.") from other


def span_of(text: str, option: str) -> timedelta:
    """A length of time as `90d`, `12h`, `30m` or `4w`. Raises UsageRefused."""
    from feed.model.errors import UsageRefused

    number, unit = text[:-1], text[-1:]
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST and unit in UNITS):
        raise UsageRefused(f"{text!r} is no length of time", where=option, mend="Write it as 90d, 12h, 30m or 4w.")
    return int(number) * UNITS[unit]


def now() -> datetime:
    """The clock of the commands; everything below them takes it as an argument."""
    return datetime.now(UTC)
