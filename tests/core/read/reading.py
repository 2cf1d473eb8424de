"""How the tests of reading put a sentence before the reader, and what they look at."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from feed.app import packs
from feed.model.article import Article, Precision, Published, PublishedBasis
from feed.model.figure import Figure
from feed.model.reading import Reading
from feed.model.topic import Topic
from feed.read.english import English
from feed.read.numbers import Quantity, Reserved, read_numbers
from feed.read.reader import read
from feed.read.tables import Tables, tables
from feed.read.text.sentences import Document, cut
from feed.read.text.words import Words
from feed.read.times import Time, read_times

TODAY = date(2025, 8, 22)


@cache
def english() -> English:
    return packs.english()


@cache
def topic() -> Topic:
    return packs.load()


@cache
def rules_alone() -> Topic:
    """The pack without what was learned of words."""
    return topic().model_copy(update={"classifier": None})


def compiled() -> Tables:
    return tables(topic(), english())


def article(text: str, *, day: date | None = TODAY, title: str = "", publisher: str | None = None) -> Article:
    published = None
    if day:
        time = datetime(day.year, day.month, day.day, tzinfo=UTC)
        published = Published(time, PublishedBasis.GIVEN, Precision.DAY)
    return Article("a", text, publisher=publisher, title=title, published=published)


def document(text: str) -> Document:
    return cut(article(text), english())


def words(text: str) -> Words:
    whole = document(text)
    return Words(whole, whole.sentences[0])


def times(text: str, *, day: date | None = TODAY) -> tuple[Time, ...]:
    return read_times(words(text), compiled().calendar(day))


def numbers(text: str) -> tuple[list[Quantity], list[Reserved]]:
    line = words(text)
    return read_numbers(line, read_times(line, compiled().calendar(TODAY)), compiled().arithmetic)


def reading(text: str, *, day: date | None = TODAY, title: str = "") -> Reading:
    """What the rules make of a text, also where a figure would be left out as too likely wrong (test_trust.py).

    The words around a number say nothing here (test_read_likely.py): a sentence shows what cues and grammar make of it.
    """
    return read(article(text, day=day, title=title), rules_alone(), english(), doubtful=True)


def figures(text: str, *, day: date | None = TODAY, title: str = "") -> list[Figure]:
    return [found.figure for found in reading(text, day=day, title=title).figures]


def figure(text: str, *, day: date | None = TODAY, title: str = "") -> Figure:
    found = figures(text, day=day, title=title)
    assert len(found) == 1, [one.text for one in found]
    return found[0]


def told(one: Figure) -> str:
    """A figure in one line: printed, unit, metric, dims, measure and period."""
    dims = "".join(f" {dim}={value}" for dim, value in sorted(one.dims.items()))
    measure = "" if one.measure == "level" else f" {one.measure}"
    period = "" if one.period is None else f" {one.period.start or '?'}..{one.period.end}"
    status = "" if one.status == "actual" else f" ({one.status})"
    return f"{one.printed} {one.unit} {one.metric}{dims}{measure}{period}{status}"
