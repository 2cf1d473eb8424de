"""The figures on record as files for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from feed.app.asking import open_view
from feed.app.settings import Settings
from feed.model.errors import NotFound, UsageRefused
from feed.publish import linked, tables
from feed.publish.tables import Figure
from feed.view import queries

Files = Mapping[str, bytes]


def export(settings: Settings, folder: Path, formats: Iterable[str]) -> tuple[str, ...]:
    """Write the figures on record, withdrawn ones left out, into a folder; the names of the files.

    The same log gives the same bytes. Raises UsageRefused for a format that is not known or whose package is missing.
    """
    with open_view(settings) as view:
        try:
            past = queries.history(view.db, "*")
        except NotFound:
            past = []
    figures = [Figure(each.shown, each.recorded, each.outcome, each.stands) for each in past]
    made: dict[str, bytes] = {}
    for name in formats:
        if name not in FORMATS:
            raise UsageRefused(f"no such format: {name}", where="--format", mend=f"Known: {', '.join(FORMATS)}.")
        made |= FORMATS[name](settings.title, figures)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return tuple(made)


def _csv(title: str, figures: list[Figure]) -> Files:
    table = tables.figures_csv(figures)
    return {
        "figures.csv": table,
        "datapackage.json": tables.frictionless(title, table),
        "figures.csv-metadata.json": tables.csvw(title),
    }


def _parquet(_: str, figures: list[Figure]) -> Files:
    try:
        # The extra `parquet`: fifty megabytes that most records never need.
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as missing:
        mend = "Install it beside the product: the extra `parquet`"
        raise UsageRefused("parquet needs the package pyarrow", where="--format", mend=mend) from missing
    rows: list[dict[str, Any]] = [tables.cells(figure) for figure in figures]
    schema = arrow.schema([(column.name, arrow.string()) for column in tables.COLUMNS])
    out = BytesIO()
    parquet.write_table(arrow.Table.from_pylist(rows, schema=schema), out)
    return {"figures.parquet": out.getvalue()}


FORMATS: dict[str, Callable[[str, list[Figure]], Files]] = {
    "csv": _csv,
    "sdmx": lambda _, figures: {"figures.sdmx.csv": tables.sdmx_csv(figures)},
    "jsonld": lambda _, figures: {"claims.jsonld": linked.claims(figures), "prov.jsonld": linked.provenance(figures)},
    "parquet": _parquet,
}
DEFAULT = ("csv", "sdmx", "jsonld")
