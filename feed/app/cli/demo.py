"""`feed demo`: the whole line on five articles, on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    dir: Annotated[
        Path | None, typer.Option("--dir", metavar="DIR", help="A new folder to keep [default: a temporary one].")
    ] = None,
) -> None:
    """Show the whole line at work on this machine.

    A local news site is polled into a fresh data directory; a local mailbox and a local webhook are told. Talks to
    nobody but this machine and ends by itself.
    """
    from feed.app.demo import demo as play

    play(dir)
