"""`feed proof`: one event, for somebody who trusts nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feed.app.cli.options import Dir, Json, settings_of


def proof(
    event: Annotated[str, typer.Argument(metavar="ID", help="The id of an event, or its beginning.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder.")],
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Write the proof of an event.

    A folder with the event, the facts and captures that it rests on, a Merkle proof for each, the signed checkpoint,
    and a program of one file that checks all of it with Python alone.
    """
    from feed.app.cli import printing
    from feed.app.cli.checkpoint import sign
    from feed.app.proving import prove

    settings = settings_of(dir)
    sign(settings)
    made = prove(settings, event, out)
    if json:
        printing.as_json({"sequence": made.sequence, "lines": made.lines, "missing": made.missing})
        return
    lines = ", ".join(map(str, made.lines))
    printing.say(f"{out} proves line {made.sequence}, with what it rests on: lines {lines}.")
    if made.missing:
        printing.say(f"{printing.counted(len(made.missing), 'capture')} it names are not kept here.")
    printing.say(f"Check it with Python alone: python3 {out}/check.py {out}")
