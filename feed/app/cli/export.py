"""`feed export`: the figures on record, for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feed.app.cli.options import Dir, settings_of


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Where to write; made when it is not there.")],
    format: Annotated[
        list[str] | None,
        typer.Option(metavar="FORMAT", help="csv, sdmx, jsonld, parquet; may be repeated [default: all but parquet]."),
    ] = None,
    dir: Dir = None,
) -> None:
    """Write the figures on record for other programs.

    CSV with Frictionless (datapackage.json) and CSVW descriptions, a CSV in the manner of SDMX, schema.org Claims and
    W3C PROV as JSON-LD, Parquet where pyarrow is installed. Withdrawn figures are left out. Text that a spreadsheet
    would take for a formula is led by a quotation mark. The same log gives the same bytes.
    """
    from feed.app.cli.printing import say
    from feed.app.export import DEFAULT
    from feed.app.export import export as write

    for name in write(settings_of(dir), out, format or DEFAULT):
        say(str(out / name))
