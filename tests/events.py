"""Drafts of events for tests, and the lines that they make: no log, no file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from feed.model.alert import Severity
from feed.model.chain import EMPTY, Head
from feed.model.check import Check, Law, Operand, Verdict
from feed.model.event import Draft, identity, seal
from feed.model.figure import Attribution, Measure, Quote, ReadBy, Span, Status
from feed.model.period import Period
from feed.model.quantity import Interval, Qualifier, interval
from feed.model.report import (
    AlertRaised,
    ArticleCaptured,
    ArticleUnread,
    Data,
    FactWithdrawn,
    FigureReported,
    IncidentReported,
    KeyRotated,
    LogCut,
    MuteSet,
    OfficeReported,
    SchemeReported,
    StatementReported,
)

NOW = datetime(2025, 2, 10, 9, 30, tzinfo=UTC)


def capture(name: str | int = "seed-2-nearly-19000", title: str = "Nearly 19,000 returned – “a record”") -> Draft:
    """An article was captured. Another name is another event."""
    data = ArticleCaptured(
        article=str(name),
        url="https://news.example/seed-2?a=1&b=2",
        canonical=None,
        publisher="Home Office",
        title=title,
        published=None,
        language="en-GB",
        raw="0" * 64,
        text="1" * 64,
        path="given",
        feed=None,
    )
    return Draft(id=identity(data), origin="capture", subject=data.article, time=NOW, data=data)


def figure(number: int = 19000, cause: Draft | None = None) -> Draft:
    """An article states that nearly so many were returned since 5 July 2024."""
    cause = cause or capture()
    text = f"{number:,}"
    said = f"Nearly {text} people have been returned."
    value = interval((Decimal(number),), step=Decimal(1000), rounded=True, qualifier=Qualifier.NEARLY)
    data = FigureReported(
        text=text,
        span=Span(start=7, end=7 + len(text)),
        quote=Quote(exact=said, prefix="", suffix=" “It works,” she said.", start=0, end=len(said)),
        numbers=(Decimal(number),),
        step=Decimal(1000),
        value=value,
        qualifier=Qualifier.NEARLY,
        unit="people",
        metric="returns",
        dims={},
        measure=Measure.LEVEL,
        period=Period(start=date(2024, 7, 5), end=date(2025, 1, 31)),
        status=Status.ACTUAL,
        attribution=Attribution(),
        article=cause.subject,
        capture=cause.id,
        publisher="Home Office",
        published=date(2025, 2, 10),
        readby=ReadBy(reader="0.1.0", pack="uk_returns 1", rule="cue returned"),
    )
    name = identity(data)
    return Draft(id=name, origin="read", subject=cause.subject, time=NOW, data=data, causationid=cause.id)


def captures(count: int, first: int = 1) -> tuple[Draft, ...]:
    """So many captures of different articles, with short titles."""
    return tuple(capture(f"article {number}", title="é") for number in range(first, first + count))


MUTE = MuteSet(
    scope="series", name="returns/level/people", start=NOW, until=NOW, by="the desk", reason="“known”, and over"
)


def every_type() -> tuple[Draft, ...]:
    """One event of each type, with as much filled in as its type can hold."""
    article = capture()
    first, second = figure(19000, article), figure(18000, article)
    quote, common = first.data.quote, _provenance(article)  # type: ignore[union-attr]
    check = Check(
        law=Law.DIFFERENCE,
        verdict=Verdict.FAILS,
        what="two derivations of one day's flow",
        formula="20,433 - 19,820 = 613, but 6,858 - 6,246 = 612",
        operands=(Operand(id=first.id, printed="nearly 19,000", role="new"),),
        results=("613", "612"),
        claimed=Interval(low=Decimal(613), high=Decimal(613)),
        computed=Interval(low=None, high=Decimal("612.5"), high_open=True, soft_low=Decimal(-1)),
        rounding="to the printed step",
    )
    datas: tuple[Data, ...] = (
        SchemeReported(scheme="one_in_one_out", term="countries", value=("France", "Iraq"), as_of=None, **common),
        OfficeReported(
            office="home_secretary", country="GB", holder="Yvette Cooper", as_of=date(2025, 2, 10), **common
        ),
        StatementReported(speaker="Yvette Cooper", as_of=date(2025, 2, 10), **common),
        IncidentReported(what="a flight left", scheme=None, as_of=None, **common),
        _unread(article),
        FactWithdrawn(fact=second.id, why="reviewed", by="the desk", reason="misread: “18,000” is a target"),
        MUTE,
        LogCut(offset=19_770, length=1_204, digest="2" * 64),
        KeyRotated(old="a+1+AQ==", new="a+2+AQ==", reason="“lost”"),
        AlertRaised(
            alert="inconsistent",
            severity=Severity.LOW,
            article=article.subject,
            old=None,
            new=first.id,
            check=check,
            sentence=f"They do not add up: {quote.exact}",
            trace=("difference", "off by 1"),
            engine="0.1.0",
        ),
    )
    beside: dict[str, Any] = {"origin": "read", "subject": article.subject, "time": None}
    causes: dict[str, Any] = {"causationid": article.id, "correlationid": first.id}
    return (article, first, *(Draft(id=identity(data), data=data, **beside, **causes) for data in datas))


def _unread(article: Draft) -> ArticleUnread:
    return ArticleUnread(
        article=article.subject,
        capture=article.id,
        readby=ReadBy(reader="reader 1", pack="uk_returns 1"),
        span=Span(start=80, end=90_000),
        why="more than 2,000 numbers",
    )


def _provenance(article: Draft) -> dict[str, Any]:
    said = "“We are doing it.”"
    return {
        "quote": Quote(exact=said, prefix="She said: ", suffix=" Then she left.", start=40, end=40 + len(said)),
        "article": article.subject,
        "capture": article.id,
        "publisher": None,
        "published": None,
        "readby": ReadBy(reviewer="the desk", reason="seen with own eyes"),
    }


def sealed_lines(drafts: tuple[Draft, ...], after: Head = EMPTY) -> list[bytes]:
    """The lines of these drafts, line feeds included."""
    return [line + b"\n" for line in seal(drafts, after, NOW)[0]]
