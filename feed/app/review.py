"""What a person read in an article and the reader does not: rows of a reviewed.toml, in the reading guide's form.

Each row names the article, who decided (`by`) and the `reason`, and holds one `[reviewed.fact]` or `[reviewed.figure]`
with the guide's keys and a `quote`, an exact stretch of the article's text.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from feed.model.errors import ArticleRefused
from feed.model.fact import Fact
from feed.model.figure import Attribution, Dims, Figure, Measure, Name, Quote, Span, Status, Whole
from feed.model.period import Period
from feed.model.quantity import Interval, Qualifier, interval, is_rounded, step_of
from feed.read.text.quotes import exactly

ROW = ConfigDict(frozen=True, extra="forbid", defer_build=True)
FACTS: TypeAdapter[Fact] = TypeAdapter(Fact)
KINDS = {
    "scheme_status": ("scheme", ("scheme", "status")),
    "scheme_term": ("scheme", ("scheme", "term", "value")),
    "office": ("office", ("office", "country", "holder", "until")),
    "statement": ("statement", ("speaker",)),
    "incident": ("incident", ("what", "scheme")),
}


class Bounds(BaseModel):
    """A period as the guide writes it; `running` when the text tells a running total."""

    model_config = ROW

    start: date | None
    end: date
    running: bool = False

    def period(self) -> Period:
        """The same as the model's period, both bounds stated."""
        return Period(start=self.start, end=self.end, running=self.running)


class FactRow(BaseModel):
    """Another fact with the guide's keys. Without `as_of` it holds from the article's day."""

    model_config = ROW

    type: Literal["scheme_status", "scheme_term", "office", "statement", "incident"]
    quote: Annotated[str, Field(min_length=1)]
    as_of: date | Literal[""] | None = None
    scheme: Name | None = None
    status: Name | None = None
    term: Name | None = None
    value: str | tuple[str, ...] | None = None
    office: Name | None = None
    country: Name | None = None
    holder: Name | None = None
    until: date | None = None
    speaker: Name | None = None
    what: Name | None = None

    def fact(self, quote: Quote, day: date | None) -> Fact:
        """The model's fact. `as_of = ""` stands for a past without a date."""
        kind, keys = KINDS[self.type]
        given = {key: getattr(self, key) for key in keys if getattr(self, key) is not None}
        as_of = None if self.as_of == "" else self.as_of or day
        return FACTS.validate_python({"kind": kind, **given, "quote": quote, "as_of": as_of})


class FigureRow(BaseModel):
    """A figure with the guide's keys; `text` is the number as it stands in `quote`, its `nth` time there."""

    model_config = ROW

    quote: Annotated[str, Field(min_length=1)]
    text: Annotated[str, Field(min_length=1)]
    nth: Annotated[int, Field(ge=1)] = 1
    number: Decimal | tuple[Decimal, Decimal]
    qualifier: Qualifier
    unit: Name
    metric: Name
    dims: Dims = {}
    measure: Measure
    period: Bounds | None = None
    baseline: Bounds | None = None
    status: Status = Status.ACTUAL
    attribution: Name | None = None
    of: Whole | None = None

    def figure(self, quote: Quote) -> Figure:
        """The model's figure."""
        numbers = self.number if isinstance(self.number, tuple) else (self.number,)
        start = quote.start + _nth(quote.exact, self.text, self.nth)
        step, value = _measured(self.text, numbers, self.unit, self.qualifier)
        return Figure(
            text=self.text,
            span=Span(start=start, end=start + len(self.text)),
            quote=quote,
            numbers=numbers,
            step=step,
            value=value,
            qualifier=self.qualifier,
            unit=self.unit,
            metric=self.metric,
            dims=self.dims,
            measure=self.measure,
            period=self.period.period() if self.period else None,
            baseline=self.baseline.period() if self.baseline else None,
            status=self.status,
            attribution=Attribution(named=self.attribution),
            of=self.of,
        )


def _measured(text: str, numbers: tuple[Decimal, ...], unit: str, qualifier: Qualifier) -> tuple[Decimal, Interval]:
    """The last significant place of a printed number and what it admits."""
    printed = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", text)
    digits = printed.group() if printed else "1"
    plain = Decimal(digits.replace(",", ""))
    scale = abs(numbers[0]) / plain if printed and plain else Decimal(1)
    step = step_of(digits, scale)
    rounded = is_rounded(digits, scaled=scale != 1, percent=unit == "percent")
    return step, interval(numbers, step=step, rounded=rounded, qualifier=qualifier)


def _nth(text: str, part: str, nth: int) -> int:
    """Where `part` stands in `text` for the nth time. Raises ValueError when it does not."""
    at = -1
    for _ in range(nth):
        at = text.index(part, at + 1)
    return at


class Row(BaseModel):
    """One row of the file: exactly one of `fact` and `figure`."""

    model_config = ROW

    article: Name
    by: Name
    reason: Name
    fact: FactRow | None = None
    figure: FigureRow | None = None

    @model_validator(mode="after")
    def _one(self) -> Row:
        if (self.fact is None) == (self.figure is None):
            message = "a row holds either a fact or a figure"
            raise ValueError(message)
        return self


class Sheet(BaseModel):
    """The whole file."""

    model_config = ROW

    reviewed: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A fact or figure of one article that a person decided, and why. `where` it stands, for errors."""

    article: str
    by: str
    reason: str
    where: str
    row: Row

    def fact(self, text: str, day: date | None) -> Fact | Figure:
        """The model's fact or figure, its quote found in the article's text; `day` is the article's.

        Raises ArticleRefused when the quote or the number does not stand there or the row makes no valid fact.
        """
        told = self.row.fact or self.row.figure
        if told is None or told.quote not in text:
            words = "" if told is None else told.quote[:60]
            raise ArticleRefused(f"the article has no such words: {words!r}", where=self.where, mend=COPY)
        start = text.index(told.quote)
        quote = exactly(text, start, start + len(told.quote))
        try:
            return told.fact(quote, day) if isinstance(told, FactRow) else told.figure(quote)
        except ValidationError as error:
            first = error.errors()[0]
            what = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise ArticleRefused(what, where=self.where, mend="Compare with the reading guide.") from error
        except ValueError as error:
            raise ArticleRefused("the quote does not hold that number", where=self.where, mend=COPY) from error


COPY = "Copy an exact stretch of the article's text."


def load(path: Path) -> tuple[Reviewed, ...]:
    """The rows of a reviewed.toml, in order. Raises ArticleRefused, naming file and row, when one is malformed."""
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        sheet = Sheet.model_validate(raw)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ArticleRefused(f"cannot be read: {error}", where=str(path), mend="Mend or remove the file.") from error
    except ValidationError as error:
        first = error.errors()[0]
        steps = [f"row {step + 1}" if isinstance(step, int) else step for step in first["loc"]]
        raise ArticleRefused(first["msg"], where=f"{path}, {', '.join(steps)}", mend="Mend the row.") from error
    return tuple(
        Reviewed(row.article, row.by, row.reason, f"{path}, row {at}", row) for at, row in enumerate(sheet.reviewed, 1)
    )
