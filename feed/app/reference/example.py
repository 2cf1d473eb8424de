"""A log of two short articles about biscuits, with one event of each type: an example where a real log has none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from feed.app.drafts import alert_draft, capture_draft, fact_draft, log_draft, mute_draft
from feed.model.alert import Severity
from feed.model.article import Precision, PublishedBasis
from feed.model.chain import EMPTY
from feed.model.event import Draft, identity, seal
from feed.model.fact import Fact, Incident, Office, Scheme, Statement
from feed.model.figure import Attribution, Figure, Measure, Quote, ReadBy, Span, Status
from feed.model.period import Basis, Period
from feed.model.quantity import Qualifier, interval
from feed.model.report import (
    AlertRaised,
    ArticleCaptured,
    ArticleUnread,
    FactWithdrawn,
    KeyRotated,
    LogCut,
    MuteSet,
    Publication,
)

READER = ReadBy(reader="reader 1", pack="biscuits 1", rule="metric sold; period since")
MAY, JUNE = date(2025, 5, 31), date(2025, 6, 30)
RECORDED = datetime(2025, 7, 1, 6, 30, tzinfo=UTC)
FIRST = "Nearly 17,000 biscuits were sold between 1 April and 31 May, the Biscuit Board said."
SECOND = (
    "Nearly 19,000 biscuits were sold between 1 April and 30 June, the Biscuit Board said. Its ginger scheme is in "
    "force. The first van left on Monday. “We bake at night,” said Ada Crumb, who chairs the board."
)


def example_lines() -> tuple[bytes, ...]:
    """The lines of that log, without line feeds: the same at any time and on any machine."""
    return seal(_drafts(), EMPTY, RECORDED)[0]


def _drafts() -> tuple[Draft, ...]:
    may, june = _capture("board-may", FIRST, MAY), _capture("board-june", SECOND, JUNE)
    old, new = _read(may, _figure(FIRST, "17,000", MAY), MAY), _read(june, _figure(SECOND, "19,000", JUNE), JUNE)
    facts: tuple[Fact, ...] = (
        Scheme(scheme="ginger", status="in_force", quote=_quote("Its ginger scheme is in force."), as_of=JUNE),
        Incident(what="first_van", scheme=None, quote=_quote("The first van left on Monday."), as_of=None),
        Statement(speaker="Ada Crumb", quote=_quote("“We bake at night,”"), as_of=JUNE),
        Office(office="chair", country="GB", holder="Ada Crumb", quote=_quote("Ada Crumb, who chairs"), as_of=JUNE),
    )
    told = [_read(june, fact, JUNE) for fact in facts]
    alert = AlertRaised(
        alert="superseded",
        severity=Severity.MEDIUM,
        article="board-june",
        old=old.id,
        new=new.id,
        sentence="Biscuits sold since 1 April 2025: nearly 19,000 (was nearly 17,000 to 31 May)",
        trace=("supersedes: same start, later end", "medium: moved 5 % or more"),
        engine="1",
    )
    gone = FactWithdrawn(fact=told[1].id, why="reviewed", by="the desk", reason="a test drive, not the first van")
    withdrawal = Draft(id=identity(gone), origin="review", subject=told[1].subject, time=None, data=gone)
    raised = alert_draft(alert, new.subject, june.time, june.id)
    quiet = MuteSet(
        scope="series",
        name=new.subject,
        start=RECORDED,
        until=RECORDED + timedelta(days=7),
        by="the desk",
        reason="we know: the bakery is counting anew",
    )
    return (may, old, june, new, *told, raised, withdrawal, mute_draft(quiet), *_too_long(), *_of_itself())


def _of_itself() -> Iterator[Draft]:
    """What the log says of itself."""
    yield log_draft(LogCut(offset=19_770, length=1_204, digest=sha256(b"half a line").hexdigest()))
    old, new = (f"board.example+{name}+AQ...=" for name in ("1b2f0c9d", "77aa10e3"))
    yield log_draft(KeyRotated(old=old, new=new, reason="a laptop was lost"))


def _too_long() -> tuple[Draft, Draft]:
    """An article of tables, and that it was not read to its end."""
    tables = _capture("board-tables", "Every oven of the country, hour by hour.", JUNE)
    span = Span(start=18_211, end=96_040)
    cut = ArticleUnread(
        article=tables.subject, capture=tables.id, readby=READER, span=span, why="more than 2,000 numbers"
    )
    rest = Draft(id=identity(cut), origin="read", subject=tables.subject, time=tables.time, data=cut)
    return tables, rest.model_copy(update={"causationid": tables.id, "correlationid": tables.id})


def _capture(name: str, text: str, day: date) -> Draft:
    time = datetime(day.year, day.month, day.day, tzinfo=UTC)
    bytes_ = sha256(text.encode()).hexdigest()
    captured = ArticleCaptured(
        article=name,
        url=f"https://news.example/{name}",
        canonical=None,
        publisher="The Crumb",
        title="",
        published=Publication(time=time, basis=PublishedBasis.FEED, precision=Precision.DAY),
        language="en-GB",
        raw=bytes_,
        text=bytes_,
        path="given",
        feed="crumb",
    )
    return capture_draft(captured)


def _read(capture: Draft, fact: Figure | Fact, day: date) -> Draft:
    return fact_draft(capture, fact, day, READER)


def _figure(text: str, number: str, end: date) -> Figure:
    said, at = text.partition(" Its")[0], text.index(number)
    value = Decimal(number.replace(",", ""))
    step = Decimal(1000)
    return Figure(
        text=number,
        span=Span(start=at, end=at + len(number)),
        quote=_quote(said, text),
        numbers=(value,),
        step=step,
        value=interval((value,), step=step, rounded=True, qualifier=Qualifier.NEARLY),
        qualifier=Qualifier.NEARLY,
        unit="biscuits",
        metric="biscuits_sold",
        dims={},
        measure=Measure.LEVEL,
        period=Period(start=date(2025, 4, 1), end=end, end_basis=Basis.STATED, running=True),
        status=Status.ACTUAL,
        attribution=Attribution(named="the Biscuit Board", speaker="Biscuit Board", originator="Biscuit Board"),
    )


def _quote(exact: str, text: str = SECOND) -> Quote:
    start = text.index(exact)
    end = start + len(exact)
    return Quote(
        exact=exact, prefix=text[max(0, start - 20) : start], suffix=text[end : end + 20], start=start, end=end
    )
