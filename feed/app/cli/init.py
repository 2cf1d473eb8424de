"""`feed init`: make a data directory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from feed.app.cli.printing import say


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An empty or new folder.")] = Path(),
    title: Annotated[str, typer.Option(help="What the record is called in letters and feeds.")] = "Feed of record",
    topic: Annotated[
        str, typer.Option(help="A topic pack that comes with the product, or your own folder [default: the first].")
    ] = "",
) -> None:
    """Make a data directory.

    Writes a feed.toml in which every setting is explained. Overwrites nothing.
    """
    from feed.app import home, settings
    from feed.model.errors import UsageRefused

    known = home.known()
    chosen = topic or known[0]
    if chosen not in known and not Path(folder, chosen).is_dir():
        raise UsageRefused(
            f"there is no topic pack {chosen!r}", where="--topic", mend=f"Name a folder, or one of: {', '.join(known)}."
        )
    if folder.exists() and any(not held.name.startswith(".") for held in _held(folder, chosen)):
        raise UsageRefused("the folder is not empty", where=str(folder), mend="Name a new one; nothing was changed.")
    folder.mkdir(parents=True, exist_ok=True)
    text = settings.TEMPLATE.format(title=_quoted(title), topic=_quoted(chosen))
    with (folder / home.FILE).open("x", encoding="utf-8") as file:
        file.write(text)
    settings.load(folder)
    say(f"{folder / home.FILE} is written: name your sources and subscriptions there.")
    at = "" if folder.resolve() == Path.cwd() else f" --dir {folder}"
    for does, line in (("record articles from files", f"ingest{at} PATH"), ("poll and tell for good", f"serve{at}")):
        say(f"feed {line}   ({does})", indent=2)


def _held(folder: Path, topic: str) -> list[Path]:
    """What stands in a folder besides the topic pack that is meant to."""
    own = (folder / topic).resolve()
    return [held for held in folder.iterdir() if held.resolve() not in (own, *own.parents)]


def _quoted(text: str) -> str:
    """As it stands between the quotes of a TOML string, which escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
