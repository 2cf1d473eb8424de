"""`feed read`: articles in, what is read in them out; nothing is recorded."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from feed.app.cli.options import Dir

if TYPE_CHECKING:
    from feed.model.article import Article
    from feed.model.topic import Topic

STDIN = Path("-")
BOM = b"\xef\xbb\xbf"


def read(
    file: Annotated[
        Path, typer.Argument(metavar="[FILE]", help="JSON Lines of articles, as for `ingest`; `-` is stdin.")
    ] = STDIN,
    topic: Annotated[str, typer.Option(help="A topic pack [default: that of the data directory, if there is one].")] = (
        ""
    ),
    dir: Dir = None,
) -> None:
    """Read articles and print what is found.

    One JSON object a line: `id`, `figures`, `facts`, `unplaced`. Records nothing and needs no data
    directory. Each answer is printed before the next article is looked at.
    """
    from feed.app import packs
    from feed.app.cli.printing import as_line
    from feed.read.guide import record
    from feed.read.reader import read as reading

    pack, english = _topic(topic, dir), packs.english()
    with _opened(file) as lines:
        for article in _articles(lines, "stdin" if file == STDIN else str(file)):
            as_line({"id": article.name, **record(reading(article, pack, english))})


def _articles(lines: BinaryIO, name: str) -> Iterator[Article]:
    """One after the other, so that a bad line stops only what comes after it. Raises ArticleRefused."""
    from feed.capture import handed

    for at, line in enumerate(lines, start=1):
        told = line.removeprefix(BOM) if at == 1 else line
        if told.strip():
            where = f"{name}, line {at}"
            yield handed.article(told, where)


def _topic(name: str, folder: Path | None) -> Topic:
    from feed.app import packs, settings
    from feed.app.packs import topic_of
    from feed.model.errors import SettingsRefused

    if name:
        return packs.load(name)
    try:
        home = settings.find(Path.cwd()) if folder is None else folder
    except SettingsRefused:  # no data directory here, and none is needed
        return packs.load()
    return topic_of(settings.load(home))


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    if file == STDIN:
        yield sys.stdin.buffer
        return
    with file.open("rb") as lines:
        yield lines
