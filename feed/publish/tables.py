"""Figures as tables for other programs: CSV with Frictionless and CSVW descriptions, and a CSV in the manner of SDMX.

The same figures give the same bytes. A cell of text that a spreadsheet would take for a formula is led by a `'`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from feed.model.chain import canonical, digest
from feed.model.instant import instant
from feed.model.notice import Shown

FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure on record with what came of it: a row of the table."""

    shown: Shown
    recorded: str
    outcome: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type (string, number, date, datetime, boolean) and what it means.

    `of` gives its value of a figure; without, the figure as shown has it under the column's name.
    """

    name: str
    kind: str
    means: str
    of: Callable[[Figure], Any] | None = None

    def value(self, figure: Figure) -> Any:
        """What stands in the column for a figure; None for nothing."""
        return getattr(figure.shown, self.name) if self.of is None else self.of(figure)

    @property
    def required(self) -> bool:
        """Whether every figure has a value there."""
        return self.name not in OPTIONAL


def _bound(told: Figure, which: str) -> str | None:
    period = told.shown.period
    day = None if period is None else getattr(period, which)
    return None if day is None else str(day.isoformat())


OPTIONAL = {"low", "high", "period_start", "period_end", "published", "publisher", "url", "attribution"}
COLUMNS: tuple[Column, ...] = (
    Column("id", "string", "the id of the figure's event in the log"),
    Column("series", "string", "metric, dimensions, measure, unit and status class"),
    Column("frame", "string", "how the period is cut: since a day, a calendar year, a month, ..."),
    Column("metric", "string", "what is measured, as the topic names it"),
    Column("dims", "string", "how the metric is narrowed, as JSON", lambda f: canonical(dict(f.shown.dims)).decode()),
    Column("measure", "string", "level, change, share or ratio"),
    Column("unit", "string", "what is counted"),
    Column("status", "string", "actual, estimate, forecast, target or plan"),
    Column("printed", "string", "the number as it is printed, with its hedge"),
    Column("number", "number", "the number in the unit"),
    Column("low", "number", "least value that it admits; empty: no lower bound"),
    Column("high", "number", "greatest value that it admits; empty: no upper bound"),
    Column("period_start", "date", "first day; empty: not told", lambda f: _bound(f, "start")),
    Column("period_end", "date", "last day, included; empty: not told", lambda f: _bound(f, "end")),
    Column("published", "datetime", "when it was said; empty: not known", lambda f: _published(f)),
    Column("recorded", "datetime", "when the log recorded it", lambda f: f.recorded),
    Column("outcome", "string", "what came of it: first, superseded, repeated, ...", lambda f: f.outcome),
    Column("stands", "boolean", "whether it stands now for its series and frame", lambda f: str(f.stands).lower()),
    Column("article", "string", "the article"),
    Column("publisher", "string", "who printed it"),
    Column("url", "string", "where it was printed"),
    Column("attribution", "string", "whose figure it is, as the text says"),
    Column("quote", "string", "the words that say so"),
)


def _published(figure: Figure) -> str | None:
    return None if figure.shown.time is None else instant(figure.shown.time)


STATUSES = {"estimate": "E", "forecast": "F"}  # of the SDMX code list CL_OBS_STATUS; A is a normal value
SDMX: tuple[tuple[str, Callable[[Figure], Any]], ...] = (
    ("STRUCTURE", lambda _: "dataflow"),
    ("STRUCTURE_ID", lambda _: "FEED_OF_RECORD:FIGURES(1.0)"),
    ("ACTION", lambda _: "I"),
    ("SERIES", lambda f: f.shown.series),
    ("FRAME", lambda f: f.shown.frame),
    ("METRIC", lambda f: f.shown.metric),
    ("MEASURE", lambda f: f.shown.measure),
    ("TIME_PERIOD", lambda f: _time_period(f)),
    ("VINTAGE", lambda f: f.recorded),
    ("OBS_VALUE", lambda f: f.shown.number),
    ("UNIT_MEASURE", lambda f: f.shown.unit),
    ("OBS_STATUS", lambda f: STATUSES.get(f.shown.status, "A")),
    ("LOWER_BOUND", lambda f: f.shown.low),
    ("UPPER_BOUND", lambda f: f.shown.high),
    ("SOURCE", lambda f: f.shown.publisher),
    ("EVENT", lambda f: f.shown.id),
)


def figures_csv(figures: Iterable[Figure]) -> bytes:
    """The table of figures: RFC 4180, UTF-8, one head row, as `COLUMNS` says."""
    return _csv([column.name for column in COLUMNS], (_cells(figure) for figure in figures))


def sdmx_csv(figures: Iterable[Figure]) -> bytes:
    """The same in the manner of SDMX-CSV 2.0: what is one observation, its period as `start/duration` or a day."""
    return _csv([name for name, _ in SDMX], ([_text(of(figure)) for _, of in SDMX] for figure in figures))


def frictionless(title: str, table: bytes) -> bytes:
    """The Frictionless data package of `figures.csv` (datapackage.json)."""
    fields = [
        {
            "name": column.name,
            "type": column.kind,
            "description": column.means,
            **({"format": "%Y-%m-%dT%H:%M:%SZ"} if column.kind == "datetime" else {}),
            **({"constraints": {"required": True}} if column.required else {}),
        }
        for column in COLUMNS
    ]
    resource = {
        "name": "figures",
        "type": "table",
        "path": "figures.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table),
        "hash": f"sha256:{digest(table)}",
        "schema": {"fields": fields, "primaryKey": ["id"]},
    }
    return _json({"name": "feed-of-record-figures", "title": title, "resources": [resource]})


CSVW_KINDS = {"number": "decimal", "datetime": "dateTime"}


def csvw(title: str) -> bytes:
    """The CSV on the Web description of `figures.csv` (figures.csv-metadata.json)."""
    columns = [
        {
            "name": column.name,
            "titles": column.name,
            "datatype": CSVW_KINDS.get(column.kind, column.kind),
            "dc:description": column.means,
            **({"required": True} if column.required else {}),
        }
        for column in COLUMNS
    ]
    return _json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "url": "figures.csv",
            "dc:title": title,
            "tableSchema": {"columns": columns, "primaryKey": "id"},
        }
    )


def cells(figure: Figure) -> Row:
    """A figure as values by column, None where there is none: for tables that are not text."""
    return {column.name: column.value(figure) for column in COLUMNS}


def _cells(figure: Figure) -> list[str]:
    return [(_guarded if column.kind == "string" else _text)(column.value(figure)) for column in COLUMNS]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _guarded(value: Any) -> str:
    text = _text(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _time_period(figure: Figure) -> str | None:
    start, end = _bound(figure, "start"), _bound(figure, "end")
    return end if start is None or start == end else f"{start}/{end}"


class _Lines(list[str]):
    """What the csv module writes to."""

    def write(self, text: str) -> int:
        self.append(text)
        return len(text)


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    lines = _Lines()
    table = csv.writer(lines)
    table.writerow(head)
    table.writerows(rows)
    return "".join(lines).encode()


def _json(value: Any) -> bytes:
    return canonical(value) + b"\n"
