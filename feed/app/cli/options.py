"""What several commands are asked with, and the settings that follow from it."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable

    from feed.app.checked import Checked
    from feed.app.settings import Settings


class Option(NamedTuple):
    """How an option is spelt and explained, whoever reads the words. Without a name it is called as its parameter."""

    name: str = ""
    metavar: str | None = None
    help: str = ""


class Argument(NamedTuple):
    """How a word is explained that is told by its place, whoever reads the words."""

    metavar: str | None = None
    help: str = ""


def asked_with(function: Callable[..., Any]) -> dict[str, Any]:
    """What a command takes: the type of each parameter, with its Option or Argument."""
    hints = get_type_hints(function, include_extras=True)
    return {name: hint for name, hint in hints.items() if name != "return"}


Dir = Annotated[
    Path | None,
    Option("--dir", metavar="DIR", help="The data directory [default: where feed.toml is, here or above]."),
]
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
LONGEST = 4  # digits
Json = Annotated[bool, Option("--json", help="Answer in JSON, for programs.")]
Recorded = Annotated[bool, Option("--recorded", help="By what this log held then, not by what was published.")]
InSeries = Annotated[str, Option("--series", metavar="SERIES", help="Only this series; what `history` takes.")]


def settings_of(folder: Path | None, *, fresh: bool = False) -> Settings:
    """The settings of that data directory, or of the one at or above the current folder. Raises SettingsRefused.

    A folder that is named but has no feed.toml is taken with what holds when every line is left out: if it holds a
    record, or, with `fresh`, if it is empty or not there yet (it is made, and said so).
    """
    from feed.app import home, settings

    if folder is None:
        return settings.load(home.find(Path.cwd()))
    if _is_told(folder) and not (fresh and _bare(folder)):
        return settings.load(folder)
    if not folder.exists():
        folder.mkdir(parents=True)
        told = f"feed: {folder} is a new data directory, without a {home.FILE}: defaults hold."
        print(told, file=sys.stderr)
    return settings.Settings(folder=folder, topic=home.known()[0])


def home_of(folder: Path | None) -> Checked:
    """The same for questions, which need little of the settings: checked anew only when their files have changed."""
    from feed.app import checked, home

    if folder is None:
        return checked.settings(home.find(Path.cwd()))
    return checked.settings(folder) if _is_told(folder) else checked.plain(folder)


def _is_told(folder: Path) -> bool:
    """Whether the folder has settings, or should have: there is no record in it that could do without."""
    from feed.app import checked, home

    return (folder / home.FILE).exists() or not checked.plain(folder).log.exists()


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
