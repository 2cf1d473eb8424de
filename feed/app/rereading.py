"""Articles read once more, with another reader or pack: what is read otherwise is withdrawn and said anew.

The articles did not change, our reading of them did. So it is on record as such (`reread`), and nobody is told unless
that is asked for. Readings of people stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from feed.app.drafts import capture_draft, fact_drafts, replacing, withdrawal_draft
from feed.app.edits import Stated, changed, stated
from feed.app.judge import cut_of
from feed.app.pipeline import again, day_of, record
from feed.app.wiring import Desk
from feed.model.errors import NotFound
from feed.model.event import Draft, Event
from feed.model.report import (
    ArticleCaptured,
    FactWithdrawn,
    FigureReported,
    IncidentReported,
    OfficeReported,
    Provenance,
    SchemeReported,
    StatementReported,
)
from feed.read.reader import read
from feed.view import queries

FACTS = (SchemeReported, OfficeReported, StatementReported, IncidentReported)


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that is read otherwise now, in words: what stood before ("" for a new one) and what stands now."""

    article: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Reread:
    """What came of it: articles read, facts of theirs on record before, what changed, and what was recorded."""

    articles: int
    facts: int
    changes: tuple[Change, ...]
    events: tuple[Event, ...]
    missing: tuple[str, ...]  # articles whose text is not kept here


def reread(desk: Desk, now: datetime, *, alert: bool = False, dry: bool = False) -> Reread:
    """Read the last capture of every article on record with this desk's pack, and record what is read otherwise.

    One durable batch an article. `alert`: let people be told of it. `dry`: record nothing.
    """
    captures, by_hand, known = _on_record(desk)
    articles, facts = 0, 0
    changes: list[Change] = []
    events: list[Event] = []
    missing: list[str] = []
    for name, capture in captures.items():
        try:
            drafts, count = _read_again(desk, capture, by_hand, known)
        except NotFound:
            missing.append(name)
            continue
        articles, facts = articles + 1, facts + count
        changes += _told(name, drafts, known)
        if drafts and not dry:
            events += record(desk, _marked(drafts, capture, alert=alert), now)
    return Reread(articles, facts, tuple(changes), tuple(events), tuple(missing))


class Known(NamedTuple):
    """A fact on record: where in its article it stands, and what it says in words."""

    place: tuple[str, int]
    words: str


def _on_record(desk: Desk) -> tuple[dict[str, Draft], set[str], dict[str, Known]]:
    """The last capture of each article, the ids of what people read, and every fact."""
    captures: dict[str, Draft] = {}
    by_hand: set[str] = set()
    known: dict[str, Known] = {}
    for event in desk.log.read():
        if isinstance(event.data, ArticleCaptured):
            captures[event.data.article] = capture_draft(event.data).model_copy(update={"id": event.id})
        elif isinstance(event.data, Provenance):
            known[event.id] = Known(_place(event), _in_words(event))
            if event.data.readby.reviewer:
                by_hand.add(event.id)
    return captures, by_hand, known


def _read_again(desk: Desk, capture: Draft, by_hand: set[str], known: dict[str, Known]) -> tuple[list[Draft], int]:
    """What to record for an article, and how many facts of it are on record now. Raises NotFound without its text."""
    data = capture.data
    assert isinstance(data, ArticleCaptured)  # noqa: S101 - `_on_record` gathers captures only
    article = again(data, desk)
    before = [
        one
        for one in stated(*queries.said_by(desk.view.db, data.article))
        if one.id not in by_hand and not desk.standings.withdrawn.get(one.id)
    ]
    reading = read(article, desk.topic, desk.english)
    gone, new = changed(before, fact_drafts(capture, reading, day_of(article, desk)), cut_of(desk.topic))
    by = f"{reading.reader}, {reading.pack}"
    said = _side_by_side(gone, new, known)
    return [*(_withdrawal(one, capture, by) for one in gone), *said], len(before)


def _side_by_side(gone: list[Stated], new: list[Draft], known: dict[str, Known]) -> list[Draft]:
    """The new facts; each that stands where one that is gone stood takes its place."""
    taken = {draft.data.replaces for draft in new if isinstance(draft.data, Provenance)}
    left = {known[one.id].place: one.id for one in gone if one.id not in taken}
    made = []
    for draft in new:
        free = isinstance(draft.data, Provenance) and draft.data.replaces is None
        old = left.pop(_place(draft), None) if free else None
        made.append(replacing(draft, old) if old else draft)
    return made


def _withdrawal(one: Stated, capture: Draft, by: str) -> Draft:
    gone = FactWithdrawn(
        fact=one.id, why="reread", by=by, reason="read again and otherwise; the article did not change"
    )
    return withdrawal_draft(gone, one.subject, capture)


def _marked(drafts: list[Draft], capture: Draft, *, alert: bool) -> tuple[Draft, ...]:
    """The drafts as a batch of their own, marked as no news unless people shall be told."""
    origin = "read" if alert else "reread"
    marks = {"origin": origin, "causationid": capture.id, "correlationid": drafts[0].id}
    return tuple(draft.model_copy(update=marks) for draft in drafts)


def _told(article: str, drafts: list[Draft], known: dict[str, Known]) -> Iterator[Change]:
    """The changes side by side: what takes an earlier fact's place stands beside it."""
    gone = {draft.data.fact: known[draft.data.fact].words for draft in drafts if isinstance(draft.data, FactWithdrawn)}
    for draft in drafts:
        if isinstance(draft.data, Provenance):
            yield Change(article, gone.pop(draft.data.replaces or "", ""), _in_words(draft))
    yield from (Change(article, before, "") for before in gone.values())


def _place(one: Event | Draft) -> tuple[str, int]:
    data = one.data
    if isinstance(data, FigureReported):
        return "figure", data.span.start
    return type(data).__name__, data.quote.start if isinstance(data, FACTS) else -1


def _in_words(one: Event | Draft) -> str:
    data = one.data
    if isinstance(data, FigureReported):
        period = data.period
        return f"{one.subject}: {data.text}, " + (f"{period.start} to {period.end}" if period else "no period")
    said = data.model_dump(mode="json", include={"status", "value", "holder", "speaker", "what"}, exclude_none=True)
    return f"{one.subject}: {', '.join(map(str, said.values()))}"
