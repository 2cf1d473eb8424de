"""Made-up articles of made-up figures, the same on every run: what the log is filled with to be measured."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path

from feed.app.drafts import capture_draft, fact_draft
from feed.model.article import Precision, PublishedBasis
from feed.model.chain import EMPTY
from feed.model.event import Draft, seal
from feed.model.figure import Attribution, Figure, Measure, Quote, ReadBy, Span, Status
from feed.model.period import Period, month_end
from feed.model.quantity import Qualifier, interval
from feed.model.report import ArticleCaptured, Publication

NOW = datetime(2035, 1, 1, tzinfo=UTC)
FIRST = date(1950, 1, 1)
METRICS, REGIONS = 20, 10
ARTICLE = 40  # events: its capture and 39 figures
READER = ReadBy(reader="bench", pack="bench 1", rule="made up")


def articles() -> Iterator[tuple[Draft, ...]]:
    """Articles without end, each a capture and 39 figures. Article n tells of metric n modulo 20, a month further on.

    So of 10,000 events some 200 series hold about 50 figures each, and nearly every figure supersedes another.
    """
    number = 0
    while True:
        yield _article(number)
        number += 1


def drafts(count: int) -> tuple[Draft, ...]:
    """The first so many events of those articles."""
    return tuple(islice(chain.from_iterable(articles()), count))


def lines(count: int) -> tuple[bytes, ...]:
    """The lines of those events as a log would hold them, line feeds included."""
    return tuple(line + b"\n" for line in seal(drafts(count), EMPTY, NOW)[0])


def write_log(path: Path, count: int) -> Path:
    """A log of those lines at `path`, and nothing beside it."""
    path.write_bytes(b"".join(lines(count)))
    return path


def _article(number: int) -> tuple[Draft, ...]:
    day = _month(number // METRICS * 4 + 4)
    name = f"https://news.example/{number:06d}"
    time = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)
    captured = ArticleCaptured(
        article=name,
        url=name,
        canonical=None,
        publisher="The Example",
        title=f"What was counted, part {number}",
        published=Publication(time=time, basis=PublishedBasis.FEED, precision=Precision.INSTANT),
        language="en-GB",
        raw=f"{number:064x}",
        text=f"{number + 1:064x}",
        path="trafilatura",
        feed="example",
    )
    capture = capture_draft(captured)
    return (capture, *(fact_draft(capture, _figure(number, place), day, READER) for place in range(ARTICLE - 1)))


def _month(number: int) -> date:
    return date(FIRST.year + number // 12, number % 12 + 1, 1)


def _figure(article: int, place: int) -> Figure:
    """One count of one region for one month, in a sentence of the usual length."""
    start = _month(article // METRICS * 4 + place // REGIONS)
    number = 1000 + article * 7 % 1000 + place * 11
    text = f"{number:,}"
    said = f"In region {place % REGIONS} {text} of them were counted in {start:%B %Y}, the office said on Thursday."
    at, begins = said.index(text), place * 120
    return Figure(
        text=text,
        span=Span(start=begins + at, end=begins + at + len(text)),
        quote=Quote(exact=said, prefix="officials said. ", suffix=" It went on", start=begins, end=begins + len(said)),
        numbers=(Decimal(number),),
        step=Decimal(1),
        value=interval((Decimal(number),), step=Decimal(1), rounded=False, qualifier=Qualifier.EXACT),
        qualifier=Qualifier.EXACT,
        unit="people",
        metric=f"metric_{article % METRICS:02d}",
        dims={"region": str(place % REGIONS)},
        measure=Measure.LEVEL,
        period=Period(start=start, end=month_end(start)),
        baseline=Period(start=start - timedelta(days=365), end=month_end(start) - timedelta(days=365)),
        status=Status.ACTUAL,
        attribution=Attribution(named="the office", speaker=None, originator="The Office"),
    )
