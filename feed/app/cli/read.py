"""`feed read`: articles in, what is read in them out; nothing is recorded."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from feed.app.cli.options import Dir

if TYPE_CHECKING:
    from feed.model.article import Article
    from feed.model.reading import Reading
    from feed.model.topic import Topic

STDIN = Path("-")
BOM = b"\xef\xbb\xbf"


def read(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="[PATH]",
            help="JSON Lines of articles, as for `ingest`, or a folder of them or as seeds/; `-` is stdin.",
        ),
    ] = STDIN,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show each number in its sentence: what it was read as, and why.")
    ] = False,
    unplaced: Annotated[
        bool, typer.Option("--unplaced", help="List what no metric claimed, by frequency: the pack editor's work.")
    ] = False,
    topic: Annotated[str, typer.Option(help="A topic pack [default: that of the data directory, if there is one].")] = (
        ""
    ),
    dir: Dir = None,
) -> None:
    """Read articles and print what is found.

    One JSON object a line: `id`, `figures`, `facts`, `unplaced`. Records nothing and needs no data
    directory. Each answer is printed before the next article is looked at.
    """
    from feed.app import compiled
    from feed.app.cli.printing import as_line
    from feed.read.guide import record
    from feed.read.reader import read as reading

    if explain and unplaced:
        raise typer.BadParameter("give one of --explain and --unplaced")
    pack, english = compiled.load(topic or _settled(dir))
    read_one = ((article, reading(article, pack, english)) for article in _handed(file))
    if unplaced:
        _list(read_one)
        return
    for article, found in read_one:
        if explain:
            _tell(article, found, pack)
        else:
            as_line({"id": article.name, **record(found)})


def _tell(article: Article, found: Reading, pack: Topic) -> None:
    from feed.app.cli.printing import say
    from feed.app.explain import explained

    say(f"{article.name}: {article.title}" if article.title else article.name)
    for told in explained(article, found, pack):
        say()
        say(told.sentence, indent=2)
        for head, text in told.lines:
            say(f"{head}: {text}", indent=4)
    say()


def _list(read_one: Iterable[tuple[Article, Reading]]) -> None:
    from feed.app.cli.printing import say, table
    from feed.app.explain import unplaced

    rows = unplaced(read_one)
    if not rows:
        say("Every number was read, reserved or refused.")
        return
    table(
        ("TIMES", "ARTICLES", "WORDS", "FOR EXAMPLE"),
        [(str(row.times), str(row.articles), row.words, row.example) for row in rows],
    )


def _handed(path: Path) -> Iterator[Article]:
    """The articles of a file, of stdin, or of all files of JSON Lines in a folder, by their names."""
    from feed.capture.handed import articles

    if path != STDIN and path.is_dir():
        files = sorted(path.glob("*.jsonl"))
        for each in files or [path]:
            yield from articles(each)
        return
    with _opened(path) as lines:
        yield from _articles(lines, "stdin" if path == STDIN else str(path))


def _articles(lines: BinaryIO, name: str) -> Iterator[Article]:
    """One after the other, so that a bad line stops only what comes after it. Raises ArticleRefused."""
    from feed.capture import handed

    for at, line in enumerate(lines, start=1):
        told = line.removeprefix(BOM) if at == 1 else line
        if told.strip():
            where = f"{name}, line {at}"
            yield handed.article(told, where)


def _settled(folder: Path | None) -> Path | str:
    """Which pack a data directory asks for; "" where there is none, for the product's first."""
    from feed.app import home
    from feed.model.errors import SettingsRefused

    try:
        folder = folder or home.find(Path.cwd())
    except SettingsRefused:  # no data directory here, and none is needed
        return ""
    named = home.topic(folder)
    if named:
        return home.pack(folder, named)
    from feed.app import settings

    return home.pack(folder, settings.load(folder).topic)


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    if file == STDIN:
        yield sys.stdin.buffer
        return
    with file.open("rb") as lines:
        yield lines
