"""Sources: those that a topic pack knows, and how new ones are written into feed.toml."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from feed.app.home import FILE, TOPICS
from feed.app.settings import Settings
from feed.model.errors import PackRefused, UsageRefused
from feed.model.source import Source

LONGEST = 64


def of_pack(settings: Settings) -> tuple[Source, ...]:
    """The sources that the topic pack knows, all switched off unless the pack says otherwise. Raises PackRefused."""
    own = settings.folder / settings.topic
    path = (own if own.is_dir() else TOPICS / settings.topic) / "sources.toml"
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("source", [])
        return tuple(Source.model_validate(row) for row in rows)
    except FileNotFoundError:
        return ()
    except (ValidationError, ValueError) as wrong:
        raise PackRefused(str(wrong).replace("\n", " "), where=str(path), mend="Mend the row.") from wrong


def named(url: str, title: str, taken: Iterable[str]) -> str:
    """A name for a source: of its title, else of its host and path; with a number when it is taken."""
    parts = urlsplit(url)
    words = re.findall("[a-z0-9]+", (title or f"{parts.hostname}{parts.path}").lower().removeprefix("www."))
    plain = "-".join(words)[: LONGEST - 4].strip("-") or "source"
    held = set(taken)
    names = (plain, *(f"{plain}-{number}" for number in range(2, len(held) + 3)))
    return next(name for name in names if name not in held)


def add(settings: Settings, new: Iterable[Source]) -> list[Source]:
    """Write sources into feed.toml, after what stands there. Gives those that were not there yet, by address.

    Raises UsageRefused, before anything is written, when a name is taken by another address.
    """
    known = {source.url: source for source in settings.sources}
    names = {source.name for source in settings.sources}
    fresh = [source for source in new if source.url not in known]
    for source in fresh:
        if source.name in names:
            raise UsageRefused(
                f"a source is called {source.name!r} already", where=FILE, mend="Give it another name with --name."
            )
        names.add(source.name)
    if fresh:
        _append(settings.folder / FILE, "".join(_row(source) for source in fresh))
    return fresh


def _append(path: Path, text: str) -> None:
    before = path.read_text(encoding="utf-8")
    gap = "" if before.endswith("\n") or not before else "\n"
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(f"{before}{gap}{text}", encoding="utf-8")
    fresh.replace(path)


def _row(source: Source) -> str:
    told: dict[str, Any] = source.model_dump(exclude_defaults=True, exclude={"enabled"})
    lines = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items())
    return f"\n[[source]]\n{lines}"
