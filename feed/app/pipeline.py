"""The whole line, and the only place that knows its order; `rounds` brings it what the sources have.

tick(now): poll → capture → read → record → project → check → alert → owe → deliver

The order of effects is the safety argument. A capture's bytes are durable before the log names them; an article's facts
and alerts reach the log in one durable batch; only then is its entry done, its alerts owed, and letters sent; a letter
is marked delivered after the receiver took it. A crash between any two steps repeats the later one and never loses the
earlier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from feed.app.drafts import alert_draft, capture_draft, fact_draft, fact_drafts
from feed.app.fold import one_step
from feed.app.judge import judge
from feed.app.review import Reviewed
from feed.app.wiring import Desk
from feed.capture.capture import Captured
from feed.model.article import Article, Precision, Published, PublishedBasis
from feed.model.errors import NotFound
from feed.model.event import Draft, Event
from feed.model.figure import ReadBy
from feed.model.reading import Reading
from feed.model.report import AlertRaised, ArticleCaptured, Provenance, Publication
from feed.model.topic import Topic
from feed.read.english import English
from feed.read.reader import read
from feed.view import queries


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one article: the events written now (none when it was on record) and its reading, if any."""

    article: str
    events: tuple[Event, ...]
    reading: Reading | None

    @property
    def alerts(self) -> tuple[AlertRaised, ...]:
        """The alerts raised now."""
        return tuple(event.data for event in self.events if isinstance(event.data, AlertRaised))


def take(desk: Desk, captured: Captured, now: datetime, reviewed: Sequence[Reviewed] = ()) -> Taken:
    """Read one captured article and put it on record with what it means; a no-op for one that is on record whole.

    `reviewed`: what a person read in it that the reader does not, recorded as theirs. One durable batch.
    """
    article, capture = captured.article, capture_draft(captured_event(captured, _replaced(desk, captured)))
    day = _day(article, desk)
    by_hand = tuple(
        fact_draft(capture, row.fact(article.text, day), day, ReadBy(reviewer=row.by, reason=row.reason))
        for row in reviewed
        if row.article == article.name
    )
    if capture.id in desk.known:
        return Taken(article.name, _record(desk, by_hand, now), None)
    reading = read(article, desk.topic, desk.english)
    return Taken(article.name, _record(desk, (capture, *fact_drafts(capture, reading, day), *by_hand), now), reading)


def drafted(text: str, day: date, topic: Topic, english: English) -> tuple[Draft, ...]:
    """What is read in a sentence that is said on a day, as facts that nobody records. It belongs to no article."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    said = Published(midnight, PublishedBasis.GIVEN, Precision.DAY)
    article = Article(name="said", text=text, published=said)
    digest = sha256(text.encode()).hexdigest()
    capture = capture_draft(captured_event(Captured(article, digest, len(text), digest, "given"), None))
    return fact_drafts(capture, read(article, topic, english), day)


def finish(desk: Desk, now: datetime) -> tuple[Event, ...]:
    """Complete the last article of the log, should a crash have cut its batch short. Usually writes nothing.

    Leaves alone what another version of reader or pack recorded: reading that again is a decision, not a repair.
    Leaves alone, too, an article whose text is not kept here: the log was copied without its captures.
    """
    last = desk.last
    if last is None or not isinstance(last.events[0].data, ArticleCaptured):
        return ()
    try:
        article = _again(last.events[0].data, desk)
    except NotFound:
        return ()
    capture = capture_draft(last.events[0].data)
    reading = read(article, desk.topic, desk.english)
    readers = {(e.data.readby.reader, e.data.readby.pack) for e in last.events if isinstance(e.data, Provenance)}
    if not readers <= {(reading.reader, reading.pack), (None, None)}:
        return ()
    return _record(desk, fact_drafts(capture, reading, _day(article, desk)), now)


def _record(desk: Desk, drafts: tuple[Draft, ...], now: datetime) -> tuple[Event, ...]:
    """Append drafts of one article with the alerts that they give rise to, then let them count. Gives what is new."""
    if not drafts:
        return ()
    correlation = drafts[0].correlationid or drafts[0].id
    goes_on = desk.last is not None and _correlation(desk.last.events) == correlation
    before = desk.last.before if desk.last is not None and goes_on else desk.standings
    recorded = desk.last.events if desk.last is not None and goes_on else ()
    known = {event.id for event in recorded}
    said: tuple[Event | Draft, ...] = (*recorded, *(draft for draft in drafts if draft.id not in known))
    alerts = judge(before, said, desk.topic).decision.alerts
    subjects = {one.id: one.subject for one in said}
    raised = tuple(alert_draft(alert, _about(alert, subjects), drafts[0].time, correlation) for alert in alerts)
    new = desk.log.append((*drafts, *raised), now).events
    if new:
        desk.bring_in(one_step(before, (*recorded, *new), desk.topic))
    return new


def _correlation(events: tuple[Event, ...]) -> str:
    return events[0].correlationid or events[0].id


def _about(alert: AlertRaised, subjects: Mapping[str, str]) -> str:
    """The subject that an alert shares: that of the new fact, or of a failed check's first operand in the article.

    Other operands of a check may be on record from earlier articles.
    """
    facts = (alert.new,) if alert.new else tuple(one.id for one in alert.check.operands) if alert.check else ()
    return next(subjects[fact] for fact in facts if fact in subjects)


def captured_event(captured: Captured, replaces: str | None) -> ArticleCaptured:
    """What the log says of a capture."""
    article = captured.article
    known = article.published
    published = None
    if known is not None:
        published = Publication(time=known.time, basis=known.basis, precision=known.precision, note=known.note[:500])
    return ArticleCaptured(
        article=article.name,
        url=article.url,
        canonical=captured.canonical,
        publisher=article.publisher,
        title=article.title,
        published=published,
        language=article.language,
        raw=captured.raw_sha256,
        text=captured.text_sha256,
        path=captured.text_path,
        feed=article.source,
        replaces=replaces,
    )


def _replaced(desk: Desk, captured: Captured) -> str | None:
    """The capture of the same article before this one, when its text was another."""
    earlier = [
        row for row in queries.captured(desk.view.db, captured.article.name) if row["text"] != captured.text_sha256
    ]
    return earlier[-1]["capture"] if earlier else None


def _again(data: ArticleCaptured, desk: Desk) -> Article:
    known = data.published
    return Article(
        name=data.article,
        text=desk.captures.get(data.text).decode(),
        publisher=data.publisher,
        title=data.title,
        url=data.url,
        language=data.language,
        source=data.feed,
        published=None if known is None else Published(known.time, known.basis, known.precision, known.note),
    )


def _day(article: Article, desk: Desk) -> date | None:
    return None if article.published is None else article.published.day(desk.zone)
