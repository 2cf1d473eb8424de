"""`feed schemas`: write down what an event may hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feed.app.cli.printing import say


def schemas(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write them; made when it is not there.")] = (
        Path("schemas")
    ),
) -> None:
    """Write the JSON Schema of every event.

    As the models give them (draft 2020-12). Replaces files of the same name.
    """
    from feed.model import schema

    made = schema.files()
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    say(f"{len(made)} schemas are in {folder}.")
