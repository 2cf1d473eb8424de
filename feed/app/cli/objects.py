"""Answers as JSON objects: what `--json` promises, and nothing that only people need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feed.model.notice import Notice, Shown


Object = dict[str, Any]
FIGURE = (
    *("metric", "dims", "measure", "unit", "status", "frame", "printed", "number", "qualifier", "low", "high"),
    *("period", "article", "publisher", "time", "quote", "id", "series", "url", "attribution"),
)

BESIDE = frozenset({"claim", "list"})  # roles of what the arithmetic is held against, not done with


def figure(shown: Shown) -> Object:
    """A figure on record. Its numbers are JSON numbers: whole ones exact, `low` and `high` null when infinite."""
    said = {**shown.as_json(), "status": status(shown)}
    numbers = {key: number(said[key]) for key in ("number", "low", "high")}
    return {key: numbers.get(key, said[key]) for key in FIGURE}


def status(shown: Shown) -> str:
    """How a figure is asserted, as its series takes it: an estimate of what is still to come is a forecast."""
    return shown.status if shown.asserted == "outturn" else shown.asserted


def number(text: str | None) -> int | float | None:
    """A decimal string as a JSON number."""
    if text is None:
        return None
    return float(text) if "." in text else int(text)


def state(row: Mapping[str, Any]) -> Object:
    """How an office or scheme stands: `office`, `country` and `holder`, or `scheme` and `status`."""
    kind, _, name = row["subject"].partition(" ")
    country, _, office = name.partition("/")
    who = (
        {"office": office, "country": country, "holder": row["value"]}
        if kind == "office"
        else {"scheme": name, "status": row["value"]}
    )
    return who | {key: row[key] for key in ("as_of", "article", "publisher", "time", "quote", "id", "url")}


def alert(notice: Notice) -> Object:
    """An alert with both sides; of a change of state, `old` and `new` are the holders or statuses."""
    told = notice.as_json()
    sides = {"old": notice.old, "new": notice.new} if notice.new or notice.old else {}
    return told | {key: None if side is None else figure(side) for key, side in sides.items()}


def check(row: Mapping[str, Any]) -> Object:
    """An arithmetic test. `operands` are the numbers as printed, without qualifier; `ids` the facts they stand in."""
    results = [_result(text) for text in row["results"]]
    told = {} if not results else {"result": results[0]} if len(results) == 1 else {"results": results}
    operands = [operand for operand in row["operands"] if operand["role"] not in BESIDE]
    return {
        **{key: row[key] for key in ("verdict", "law", "what")},
        "operands": [bare(operand["printed"]) for operand in operands],
        **told,
        **{key: row[key] for key in ("formula", "rounding", "article")},
        "ids": [operand["id"] for operand in row["operands"]],
    }


def _result(text: str) -> int | str:
    return int(text) if text.lstrip("-").isdecimal() else text


def bare(printed: str) -> str:
    """A printed number without its qualifier word."""
    from feed.model.quantity import WORDS

    words = sorted((word for word in WORDS.values() if word), key=len, reverse=True)
    return next((printed.removeprefix(f"{word} ") for word in words if printed.startswith(f"{word} ")), printed)
