"""Figures and states for tests of the core, in as few words as each test needs. Told of biscuits, not of the topic."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from feed.app.drafts import capture_draft, fact_draft
from feed.model.article import Precision, PublishedBasis
from feed.model.check import Check
from feed.model.event import Draft
from feed.model.fact import Office, Scheme
from feed.model.figure import Attribution, Dims, Figure, Measure, Quote, ReadBy, Span, Status, Whole
from feed.model.period import Basis, Period
from feed.model.quantity import Qualifier, interval, is_rounded, step_of
from feed.model.report import ArticleCaptured, Publication
from feed.model.standing import Cut, Reported, reported

SCALES = {"bn": 10**9, "million": 10**6, "k": 1000}
START = date(2024, 7, 5)
CUT = Cut(stocks=frozenset({"tins"}), starts=frozenset({START}), official=frozenset({"Biscuit Office"}))


def day(text: str) -> date:
    """`2024-07-05` as a day."""
    return date.fromisoformat(text)


def since(end: str, *, start: date | None = START, basis: Basis = Basis.STATED) -> Period:
    """A running total up to that day."""
    return Period(start=start, end=day(end), end_basis=basis, running=True)


def window(start: str, end: str) -> Period:
    """A closed window."""
    return Period(start=day(start), end=day(end))


def capture(article: str = "a", publisher: str | None = "Crumb", published: str | None = "2025-02-10") -> Draft:
    """An article that was captured."""
    when = published and Publication(
        time=datetime.fromisoformat(published).replace(tzinfo=UTC), basis=PublishedBasis.GIVEN, precision=Precision.DAY
    )
    return capture_draft(
        ArticleCaptured(
            article=article,
            url=None,
            canonical=None,
            publisher=publisher,
            title="",
            published=when or None,
            language=None,
            raw="0" * 64,
            text="0" * 64,
            path="given",
            feed=None,
        )
    )


def figure(
    text: str = "19,000",
    qualifier: Qualifier = Qualifier.EXACT,
    period: Period | None = None,
    *,
    metric: str = "biscuits",
    dims: Dims | None = None,
    unit: str = "packets",
    measure: Measure = Measure.LEVEL,
    status: Status = Status.ACTUAL,
    baseline: Period | None = None,
    originator: str | None = None,
    of: Whole | None = None,
    value: str | None = None,
    at: int = 0,
    superseded: bool = False,
) -> Figure:
    """A figure of its printed text: digits with commas, a scale word, a percent sign; or a word with its `value`."""
    digits = (re.search(r"[\d.,]*\d", value or text) or re.search(r"()", "1"))[0] or "1"  # type: ignore[index]
    scale = next((s for word, s in SCALES.items() if text.endswith(word)), 1)
    sign = -1 if (value or text).startswith("-") else 1
    number = Decimal(digits.replace(",", "")) * scale * sign
    step = step_of(digits, Decimal(scale))
    rounded = is_rounded(digits, scaled=scale > 1, percent=unit == "percent") and unit != "times"
    return Figure(
        text=text,
        span=Span(start=at, end=at + len(text)),
        quote=Quote(exact=text, start=at, end=at + len(text)),
        numbers=(number,),
        step=step,
        value=interval((number,), step=step, rounded=rounded, qualifier=qualifier),
        qualifier=qualifier,
        unit=unit,
        metric=metric,
        dims=dims or {},
        measure=measure,
        period=period,
        baseline=baseline,
        status=status,
        attribution=Attribution(originator=originator),
        of=of,
        superseded=superseded,
    )


def draft(
    made: Figure | Office | Scheme,
    article: str = "a",
    publisher: str | None = "Crumb",
    published: str | None = "2025-02-10",
    replaces: str | None = None,
) -> Draft:
    """A fact as an article of that day states it."""
    when = None if published is None else day(published[:10])
    return fact_draft(capture(article, publisher, published), made, when, ReadBy(reader="1"), replaces)


def told(
    made: Figure,
    article: str = "a",
    publisher: str | None = "Crumb",
    published: str | None = "2025-02-10",
    replaces: str | None = None,
) -> Reported:
    """A figure on record as an article of that day states it."""
    return reported(draft(made, article, publisher, published, replaces), CUT)


def as_told(check: Check) -> tuple[object, ...]:
    """What a check comes to: verdict, what it is of, formula, results, operands in their roles."""
    roles = [f"{operand.role} {operand.printed}" for operand in check.operands]
    return str(check.verdict), check.what, check.formula, check.results, roles


def endless(told_: Reported) -> Reported:
    """The same figure, of which only one end is known, and not how far it may go."""
    open_above = told_.figure.value.model_copy(update={"high": None, "high_open": False})
    return replace(told_, figure=told_.figure.model_copy(update={"value": open_above}))
