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
from feed.app.edits import edited, stated
from feed.app.fold import one_step
from feed.app.judge import cut_of, judge
from feed.app.mending import note_cuts
from feed.app.review import Reviewed
from feed.app.wiring import Desk
from feed.capture.capture import Captured
from feed.capture.correction import is_noted
from feed.capture.likeness import is_copy
from feed.model.article import Article, Precision, Published, PublishedBasis
from feed.model.errors import NotFound
from feed.model.event import Draft, Event
from feed.model.figure import ReadBy
from feed.model.reading import Reading
from feed.model.report import AlertRaised, ArticleCaptured, FactWithdrawn, Provenance, Publication
from feed.model.topic import Topic
from feed.read.english import English
from feed.read.reader import read
from feed.view import queries
from feed.view.rows import Row


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


def take(
    desk: Desk,
    captured: Captured,
    now: datetime,
    reviewed: Sequence[Reviewed] = (),
    *,
    again: bool = False,
    history: bool = False,
) -> Taken:
    """Read one captured article and put it on record with what it means; a no-op for one that is on record whole.

    Of an article that is on record with another text, what it no longer says is withdrawn. `again`: it was looked up
    once more, so a text that it had before and has again is news. `history`: it raises no alert, nor does a copy of
    another article's text.
    `reviewed`: what a person read in it that the reader does not, recorded as theirs. One durable batch.
    """
    article, rows = captured.article, queries.captured(desk.view.db, captured.article.name)
    same = _same(rows, captured, again=again)
    copied = None if rows else _copied(desk, captured, now)
    capture = capture_draft(
        captured_event(captured, rows[-1]["capture"] if rows and not same else None, copied, history=history)
    )
    capture = capture.model_copy(update={"id": same[-1]}) if same else capture
    day = day_of(article, desk)
    by_hand = tuple(
        fact_draft(capture, row.fact(article.text, day), day, ReadBy(reviewer=row.by, reason=row.reason))
        for row in reviewed
        if row.article == article.name
    )
    if same:
        return Taken(article.name, record(desk, by_hand, now), None)
    reading = read(article, desk.topic, desk.english)
    drafts = _drafts(desk, capture, fact_drafts(capture, reading, day))
    return Taken(article.name, record(desk, (*drafts, *by_hand), now), reading)


def _same(rows: Sequence[Row], captured: Captured, *, again: bool) -> list[str]:
    """The captures on record that say what this one does; empty when it says something new."""
    if not again:
        return [row["capture"] for row in rows if row["text"] == captured.text_sha256]
    own = [row for row in rows if row["url"] == captured.article.url]
    if rows and not own:  # the same article at its mobile or AMP address, where it may be cut otherwise: no edit
        return [rows[-1]["capture"]]
    return [row["capture"] for row in own[-1:] if row["text"] == captured.text_sha256]


def _copied(desk: Desk, captured: Captured, now: datetime) -> str | None:
    """The capture whose text this one repeats: of the first article on record that it does so of."""
    name, text = captured.article.name, captured.article.text
    for article, digest in desk.likenesses.like(name, text):
        if is_copy(text, _kept(desk, digest)):
            of = [row["capture"] for row in queries.captured(desk.view.db, article) if row["text"] == digest]
            if of:
                return str(of[-1])
    desk.likenesses.add(name, captured.text_sha256, text, now)
    return None


def _drafts(desk: Desk, capture: Draft, facts: tuple[Draft, ...], part: tuple[Event, ...] = ()) -> tuple[Draft, ...]:
    """What a capture says: all of its facts, or what is new and gone in them when it replaces an earlier one.

    `part` has those of its events that are on record already.
    """
    data = capture.data
    if not isinstance(data, ArticleCaptured) or data.replaces is None:
        return (capture, *facts)
    mine = {event.id for event in part}
    withdrawn = (desk.last.before if part and desk.last else desk.standings).withdrawn
    before = (
        one
        for one in stated(*queries.said_by(desk.view.db, data.article))
        if one.id not in mine and not withdrawn.get(one.id)
    )
    noted = is_noted(_kept(desk, data.text), since=_kept(desk, _text_of(desk, data)))
    return (capture, *edited(before, capture, facts, cut_of(desk.topic), noted=noted))


def _text_of(desk: Desk, data: ArticleCaptured) -> str:
    """The digest of the text that a capture replaces."""
    rows = queries.captured(desk.view.db, data.article)
    return next((str(row["text"]) for row in rows if row["capture"] == data.replaces), data.text)


def _kept(desk: Desk, digest: str) -> str:
    try:
        return desk.captures.get(digest).decode()
    except NotFound:  # the log was copied without its captures
        return ""


def drafted(text: str, day: date, topic: Topic, english: English) -> tuple[Draft, ...]:
    """What is read in a sentence that is said on a day, as facts that nobody records. It belongs to no article.

    Figures that an article's reading would leave out as too likely wrong are among them: whoever asks sees them.
    """
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    said = Published(midnight, PublishedBasis.GIVEN, Precision.DAY)
    article = Article(name="said", text=text, published=said)
    digest = sha256(text.encode()).hexdigest()
    capture = capture_draft(captured_event(Captured(article, digest, len(text), digest, "given"), None))
    return fact_drafts(capture, read(article, topic, english, doubtful=True), day)


def finish(desk: Desk, now: datetime) -> tuple[Event, ...]:
    """Complete what a crash cut short, and put on record what it left. Usually writes nothing."""
    return (*_completed(desk, now), *note_cuts(desk, now))


def _completed(desk: Desk, now: datetime) -> tuple[Event, ...]:
    """Complete the last article of the log, should a crash have cut its batch short. Usually writes nothing.

    Leaves alone what another version of reader or pack recorded: reading that again is a decision, not a repair.
    Leaves alone, too, an article whose text is not kept here: the log was copied without its captures.
    """
    last = desk.last
    if last is None or not isinstance(last.events[0].data, ArticleCaptured):
        return ()
    try:
        article = again(last.events[0].data, desk)
    except NotFound:
        return ()
    capture = capture_draft(last.events[0].data)
    reading = read(article, desk.topic, desk.english)
    readers = {(e.data.readby.reader, e.data.readby.pack) for e in last.events if isinstance(e.data, Provenance)}
    if not readers <= {(reading.reader, reading.pack), (None, None)}:
        return ()
    drafts = _drafts(desk, capture, fact_drafts(capture, reading, day_of(article, desk)), last.events)
    return record(desk, drafts, now)


def record(desk: Desk, drafts: tuple[Draft, ...], now: datetime) -> tuple[Event, ...]:
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
    subjects = {one.data.fact if isinstance(one.data, FactWithdrawn) else one.id: one.subject for one in said}
    raised = tuple(alert_draft(alert, _about(alert, subjects), drafts[0].time, correlation) for alert in alerts)
    new = desk.log.append((*drafts, *raised), now).events
    if new:
        desk.bring_in(one_step(before, (*recorded, *new), desk.topic, desk.standings))
    return new


def _correlation(events: tuple[Event, ...]) -> str:
    return events[0].correlationid or events[0].id


def _about(alert: AlertRaised, subjects: Mapping[str, str]) -> str:
    """The subject that an alert shares: that of the new fact, of the one taken back, or of a check's first operand.

    Each only if it stands in the article: others may be on record from earlier ones.
    """
    facts = (alert.new, alert.old, *(one.id for one in (alert.check.operands if alert.check else ())))
    return next(subjects[fact] for fact in facts if fact is not None and fact in subjects)


def captured_event(
    captured: Captured, replaces: str | None, copies: str | None = None, *, history: bool = False
) -> ArticleCaptured:
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
        copies=copies,
        history=history,
    )


def again(data: ArticleCaptured, desk: Desk) -> Article:
    """The article of a capture, with the text that is kept of it. Raises NotFound."""
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


def day_of(article: Article, desk: Desk) -> date | None:
    """When an article was published, in the zone of the topic."""
    return None if article.published is None else article.published.day(desk.zone)
