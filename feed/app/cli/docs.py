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

    What each command takes (cli.md) and what each event says (events.md, with lines of the events.jsonl beside DIR). In
    a checkout also what `feed --help` prints.
    """
    from feed.app.cli import HELP
    from feed.app.cli.printing import say
    from feed.app.cli.reference import reference
    from feed.app.reference import events_page

    log = folder.absolute().parent / "events.jsonl"
    lines = log.read_bytes().splitlines() if log.is_file() else ()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cli.md").write_text(reference(context.find_root().command), encoding="utf-8")
    (folder / "events.md").write_text(events_page(lines), encoding="utf-8")
    if HELP.is_relative_to(folder.absolute().parent):
        HELP.write_text(first_page(), encoding="ascii")
    say(f"cli.md and events.md are in {folder}.")


def first_page() -> str:
    """What `feed --help` prints where nothing else is said about its width."""
    from feed.app.cli import HELP_COLUMNS
    from feed.app.cli.commands import app_of
    from feed.app.cli.program import PROGRAM

    command = typer.main.get_command(app_of())
    with command.make_context(PROGRAM, [], resilient_parsing=True, terminal_width=HELP_COLUMNS - 2) as context:
        return f"{command.get_help(context)}\n"
