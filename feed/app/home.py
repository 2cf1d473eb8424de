"""Where a data directory is. Apart from `settings`, so that looking for one costs nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

from feed.model.errors import SettingsRefused

FILE = "feed.toml"


def find(start: Path) -> Path:
    """The data directory at or above a folder: where feed.toml is. Raises SettingsRefused."""
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    raise SettingsRefused(
        f"no {FILE} at or above this folder",
        where=str(start),
        mend="Make a data directory with `feed init DIR`, or name one with --dir DIR.",
    )


def topic(folder: Path) -> str:
    """The topic that a data directory's settings name; "" when they are not as they should be, or not there.

    What is wrong with them, `settings.load` tells.
    """
    try:
        named = tomllib.loads((folder / FILE).read_text(encoding="utf-8")).get("topic")
    except (OSError, ValueError):
        return ""
    return named if isinstance(named, str) else ""
