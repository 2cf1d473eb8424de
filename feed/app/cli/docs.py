"""`feed docs`: write the two pages that are made from the product itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def docs(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write them; made when it is not there.")] = (
        Path("docs")
    ),
) -> None:
    """Write the reference pages.

    What each command takes (cli.md) and what each event says (events.md, with lines of the events.jsonl beside DIR).
    """
    from feed.app.cli.printing import say
    from feed.app.cli.reference import reference
    from feed.app.reference import events_page

    log = folder.absolute().parent / "events.jsonl"
    lines = log.read_bytes().splitlines() if log.is_file() else ()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cli.md").write_text(reference(context.find_root().command), encoding="utf-8")
    (folder / "events.md").write_text(events_page(lines), encoding="utf-8")
    say(f"cli.md and events.md are in {folder}.")
