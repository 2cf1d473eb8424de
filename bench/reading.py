"""Reading articles of 5 KB, against one pass of a regular expression that finds their numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bench.harness import Case, Clock, Comparison, Work, steady
from feed.app import packs
from feed.model.article import Article, Precision, Published, PublishedBasis
from feed.read.reader import read

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold" / "dev.articles.jsonl"
SIZE = 5_000
NUMBER = re.compile(
    r"\b(?:nearly|about|around|more than|over|under|fewer than|at least|up to|some)?\s*£?\d[\d,]*(?:\.\d+)?"
    r"\s*(?:per cent|%|million|billion|bn|m)?",
    re.IGNORECASE,
)


def comparisons(_: Path) -> Iterator[Comparison]:
    """Articles of 5,000 characters, and of 10,000: twice the text is to cost twice the time, not four times."""
    for size in (SIZE, 2 * SIZE):
        held = [sized(article, size) for article in articles(GOLD)]
        floor = steady("one regular expression for numbers", _matching(held))
        peers = (_quantulum(held),) if size == SIZE and find_spec("quantulum3") else ()
        title = f"reading, articles of {size // 1000} KB"
        yield Comparison(title, "article", Clock.CPU, floor, (steady("read", _reading(held)), *peers))


def articles(path: Path) -> tuple[Article, ...]:
    """The articles of a file of JSON Lines with the keys `id`, `text`, `published` and perhaps `title`."""
    with path.open(encoding="utf-8") as file:
        return tuple(_article(json.loads(line)) for line in file)


def _article(row: dict[str, str]) -> Article:
    time = datetime.fromisoformat(row["published"]).replace(tzinfo=UTC)
    published = Published(time, PublishedBasis.GIVEN, Precision.DAY)
    return Article(name=row["id"], text=row["text"], title=row.get("title") or "", published=published)


def sized(article: Article, size: int) -> Article:
    """The same article with its text told again and again, up to `size` characters."""
    told = f"{article.text}\n\n" * (size // len(article.text) + 1)
    return replace(article, text=told[:size])


def _reading(held: list[Article]) -> Work:
    topic, english = packs.load(), packs.english()

    def work() -> int:
        for article in held:
            read(article, topic, english)
        return len(held)

    return work


def _matching(held: list[Article]) -> Work:
    def work() -> int:
        for article in held:
            for _ in NUMBER.finditer(article.text):
                pass
        return len(held)

    return work


def _quantulum(held: list[Article]) -> Case:
    parse = import_module("quantulum3.parser").parse

    def work() -> int:
        for article in held[:5]:  # takes a tenth of a second for each
            parse(article.text)
        return len(held[:5])

    return steady("quantulum3 (numbers and units, no meaning)", work)
