"""Where a data directory is, what lies where in it, and where packs are. Apart from `settings`: it costs nothing."""

from __future__ import annotations

from pathlib import Path

from feed.model.errors import SettingsRefused

FILE = "feed.toml"
PRODUCT = Path(__file__).resolve().parent.parent
TOPICS = PRODUCT / "topics"


class Home:
    """A data directory: log, and under `.feed/` captures, view and memory. `topic` names its pack."""

    folder: Path
    topic: str

    @property
    def log(self) -> Path:
        """The log of events."""
        return self.folder / "events.jsonl"

    @property
    def hidden(self) -> Path:
        """Where everything lies that is not the log itself."""
        return self.folder / ".feed"

    @property
    def captures(self) -> Path:
        """The bytes of what was captured."""
        return self.hidden / "captures"

    @property
    def view(self) -> Path:
        """The read model; may be deleted at any time."""
        return self.hidden / "view.db"

    @property
    def shelf(self) -> Path:
        """What stands, in pieces; may be deleted at any time."""
        return self.hidden / "shelf.db"

    @property
    def ops(self) -> Path:
        """What polling and delivery remember."""
        return self.hidden / "ops.db"

    @property
    def pages(self) -> Path:
        """Feeds and pages, written out for any web server."""
        return self.hidden / "public"


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
    import tomllib  # who has the settings already does without

    try:
        named = tomllib.loads((folder / FILE).read_text(encoding="utf-8")).get("topic")
    except (OSError, ValueError):
        return ""
    return named if isinstance(named, str) else ""


def known() -> list[str]:
    """The names of the packs that come with the product; the first is taken where none is named."""
    return sorted(pack.name for pack in TOPICS.iterdir() if (pack / "pack.toml").is_file())


def pack(folder: Path, name: str) -> Path:
    """The folder of the pack of that name: one in the data directory `folder`, or one that comes with the product."""
    own = folder / name
    if own.is_dir():
        return own
    return TOPICS / name if (TOPICS / name).is_dir() else Path(name)
