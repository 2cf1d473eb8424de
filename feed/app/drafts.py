"""From what was captured and read to drafts of events: one place that says what subject, cause and id each gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Literal

from feed.model.event import Draft, identity
from feed.model.fact import Fact, Incident, Office, Scheme, Statement
from feed.model.figure import Figure, ReadBy, Span
from feed.model.reading import Reading
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
from feed.model.series import series_of

Origin = Literal["capture", "read", "reread", "review", "alert", "log"]

REPORTS: dict[type[Any], type[Any]] = {
    Figure: FigureReported,
    Scheme: SchemeReported,
    Office: OfficeReported,
    Statement: StatementReported,
    Incident: IncidentReported,
}


def capture_draft(captured: ArticleCaptured) -> Draft:
    """The event that an article was captured; what it causes names it as its cause."""
    time = None if captured.published is None else captured.published.time
    return _draft("capture", captured, captured.article, time, None, None)


def fact_drafts(capture: Draft, reading: Reading, day: date | None) -> tuple[Draft, ...]:
    """An event for each figure and fact of a reading, in the order of the text; the last tells what was not read.

    `day`: of publication, in the zone of the topic.
    """
    found = [(f.figure, "; ".join(f.rules)) for f in reading.figures] + [(f.fact, f.rule) for f in reading.facts]
    found.sort(key=lambda each: each[0].quote.start)
    drafts = (
        fact_draft(capture, fact, day, ReadBy(reader=reading.reader, pack=reading.pack, rule=rule[:200] or None))
        for fact, rule in found
    )
    return (*_once(drafts), *_unread(capture, reading))


def _unread(capture: Draft, reading: Reading) -> tuple[Draft, ...]:
    rest = reading.unread
    if rest is None:
        return ()
    refused = ArticleUnread(
        article=capture.subject,
        capture=capture.id,
        readby=ReadBy(reader=reading.reader, pack=reading.pack),
        span=Span(start=rest.start, end=rest.end),
        why=rest.why,
    )
    return (_draft("read", refused, refused.article, capture.time, capture.id, capture.id),)


def fact_draft(
    capture: Draft, fact: Figure | Fact, day: date | None, readby: ReadBy, replaces: str | None = None
) -> Draft:
    """The event of one fact of a captured article."""
    captured = capture.data
    if not isinstance(captured, ArticleCaptured):
        message = f"{capture.id} is no capture"
        raise TypeError(message)
    report = REPORTS[type(fact)]
    data = report.model_validate(
        {
            **{name: getattr(fact, name) for name in type(fact).model_fields},
            "article": captured.article,
            "capture": capture.id,
            "publisher": captured.publisher,
            "published": day,
            "readby": readby,
            "replaces": replaces,
        }
    )
    origin: Origin = "review" if readby.reviewer else "read"
    return _draft(origin, data, _subject(data), capture.time, capture.id, capture.id)


def replacing(draft: Draft, fact: str) -> Draft:
    """The same fact, said to take the place of an earlier one of its article."""
    data = draft.data.model_copy(update={"replaces": fact})
    return draft.model_copy(update={"id": identity(data), "data": data})


def withdrawal_draft(gone: FactWithdrawn, subject: str, capture: Draft) -> Draft:
    """The event that a fact no longer counts, because of a later capture of its article."""
    return _draft("capture", gone, subject, capture.time, capture.id, capture.id)


def alert_draft(alert: AlertRaised, subject: str, time: datetime | None, correlation: str | None) -> Draft:
    """The event that an alert was raised, caused by its new fact, or by the capture when nothing new is told."""
    cause = correlation if alert.alert == "withdrawn" else alert.new or correlation
    return _draft("alert", alert, subject, time, cause, correlation)


def mute_draft(mute: MuteSet) -> Draft:
    """The event that something was muted, or is no longer."""
    return _draft("review", mute, f"{mute.scope} {mute.name}", mute.start, None, None)


def _draft(
    origin: Origin, data: Data, subject: str, time: datetime | None, cause: str | None, correlation: str | None
) -> Draft:
    return Draft(
        id=identity(data),
        origin=origin,
        subject=subject[:500],
        time=time,
        data=data,
        causationid=cause,
        correlationid=correlation,
    )


def _subject(data: Data) -> str:
    match data:
        case FigureReported():
            return str(series_of(data, data.published))
        case SchemeReported():
            return f"scheme {data.scheme}"
        case OfficeReported():
            return f"office {data.country}/{data.office}"
        case StatementReported():
            return f"statement {data.speaker}"
        case IncidentReported():
            return f"incident {data.scheme or data.what}"
        case _:
            message = f"{type(data).__name__} states no fact"
            raise TypeError(message)


def _once(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """The same fact read twice from one stretch of text is one fact."""
    by_id: Mapping[str, Draft] = {draft.id: draft for draft in drafts}
    return tuple(by_id.values())


def log_draft(data: LogCut | KeyRotated) -> Draft:
    """The event of what the log says of itself."""
    return Draft(id=identity(data), origin="log", subject="log", time=None, data=data)
