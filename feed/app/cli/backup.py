"""`feed backup`: a copy that can take the place of the data directory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feed.app.cli.options import Dir, settings_of


def backup(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder.")],
    keys: Annotated[bool, typer.Option("--keys", help="With the private key that signs checkpoints.")] = False,
    dir: Dir = None,
) -> None:
    """Copy the data directory, and verify the copy.

    Log, captures, checkpoints, what is owed to whom, settings and your own topic pack, while others go on writing. The
    folder is there only when it is whole. To restore, put it in the place of the old one: every command works on it
    with --dir, and makes the view anew. Passwords in feed.toml are copied with it.
    """
    from feed.app.backup import back_up
    from feed.app.cli.printing import counted, say

    made = back_up(settings_of(dir), out, keys=keys)
    say(f"{out} holds {counted(made.log.lines, 'line')} and {counted(made.captures, 'capture')}, verified.")
    say(f"Head: {made.log.head.sequence}:{made.log.head.hash}")
    if made.missing:
        say(f"{counted(made.missing, 'capture')} the log names are not kept here.")
    if not keys:
        say("The private key is not in it: a log restored from it signs with a new one. --keys copies it too.")
