"""Topic packs and the table of English, read from their folders. The only I/O that reading needs."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from feed.app.home import PRODUCT, TOPICS, Home, known, pack
from feed.model.errors import PackRefused
from feed.model.topic import Topic

if TYPE_CHECKING:
    from feed.read.english import English

Made = TypeVar("Made", bound=BaseModel)

# Which table of which file becomes which part of the topic. Arrays keep their order: the first row wins.
PARTS = {
    "pack.toml": {},
    "metrics.toml": {"metric": "metrics"},
    "words.toml": {
        "class": "classes",
        "verb": "verbs",
        "construction": "constructions",
        "unit": "units",
        "dim": "dims",
        "refuse": "refusals",
        "reserve": "reserved",
    },
    "places.toml": {"place": "places", "placing": "placing"},
    "calendar.toml": {"event": "events"},
}
WHOLE = {"rules.toml": "rules"}
LEARNED = "classifier.json"  # made by a program from annotated articles; a pack may do without
ACTORS = {"schemes": "schemes.toml", "offices": "offices.toml", "names": "actors.toml"}


def english() -> English:
    """The table of English that comes with the reader. Raises PackRefused when it is malformed."""
    from feed.read.english import English  # whoever only needs a topic's words does not read

    path = PRODUCT / "read"
    files = {part: f"{part}.toml" for part in ("telling", "trust")}
    parts = {**_toml(path / "english.toml"), **{part: _toml(path / file) for part, file in files.items()}}
    return _made(English, parts, files, path)


def load(folder: Path | str = "") -> Topic:
    """The topic pack in that folder, or the one of that name that comes with the product.

    Raises PackRefused, naming file and row, when a file is missing, is not TOML, holds an unknown key or a bad value.
    """
    folder = folder or known()[0]
    home = TOPICS / folder if isinstance(folder, str) and (TOPICS / folder).is_dir() else Path(folder)
    parts: dict[str, object] = {}
    origin: dict[str, str] = {}
    for file, tables in PARTS.items():
        for key, value in _toml(home / file).items():
            part = tables.get(key, key if not tables else "")
            if not part:
                raise PackRefused(f"unknown table {key!r}", where=str(home / file), mend=f"Known: {', '.join(tables)}.")
            parts[part], origin[part] = value, file
    for file, part in WHOLE.items():
        parts[part], origin[part] = _toml(home / file), file
    if (home / LEARNED).exists():
        parts["classifier"], origin["classifier"] = _json(home / LEARNED), LEARNED
    parts["actors"] = {part: _toml(home / file) for part, file in ACTORS.items()}
    origin |= {f"actors.{part}": file for part, file in ACTORS.items()}
    return _made(Topic, parts, origin, home)


def _toml(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError as error:
        raise PackRefused("the file is missing", where=str(path), mend="A pack needs all of its files.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackRefused(f"not TOML: {error}", where=str(path), mend="Mend the line that it names.") from error


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_bytes())
    except ValueError as error:
        raise PackRefused(f"not JSON: {error}", where=str(path), mend="Make it anew, or remove it.") from error


def _made(kind: type[Made], parts: Mapping[str, object], origin: Mapping[str, str], home: Path) -> Made:
    try:
        return kind.model_validate(parts)
    except ValidationError as error:
        first = error.errors()[0]
        raise PackRefused(first["msg"], where=_place(first["loc"], origin, home), mend="Mend the row.") from error


def _place(loc: tuple[int | str, ...], origin: Mapping[str, str], home: Path) -> str:
    steps = [str(step) if isinstance(step, str) else f"row {step + 1}" for step in loc]
    file = origin.get(".".join(steps[:2])) or origin.get(steps[0] if steps else "", "")
    return f"{home / file}, {', '.join(steps)}" if file else f"{home}, {', '.join(steps)}"


def topic_of(home: Home) -> Topic:
    """The topic pack of a data directory: a folder beside its feed.toml, or one that comes with the product."""
    return beside(home.folder, home.topic)


def beside(folder: Path, name: str) -> Topic:
    """The topic pack of that name: a folder in the data directory `folder`, or one that comes with the product."""
    return load(pack(folder, name))
