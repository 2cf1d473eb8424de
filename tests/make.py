"""Alerts and figures for tests, said in as few words as each test needs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from feed.model.alert import AlertClass, Severity
from feed.model.chain import GENESIS, content_id
from feed.model.checkpoint import Checkpoint, Verifier, signed
from feed.model.instant import instant
from feed.model.notice import Notice, Shown, StateShown
from feed.model.window import Days
from feed.publish.render import Renderer
from feed.publish.site import Site

FEBRUARY = datetime(2025, 2, 10, 12, tzinfo=UTC)
MARCH = datetime(2025, 3, 31, 12, tzinfo=UTC)
RECORDED = datetime(2025, 4, 1, 6, 30, tzinfo=UTC)
START = date(2024, 7, 5)

NOTE = str(
    signed(
        Checkpoint("record.example.org", 144, b"\xab" * 32),
        (Verifier("record.example.org", b"k" * 32), lambda _: b"\xcd" * 64),
    )
)

NEARLY_19000 = Shown(
    id=content_id("figure", "nearly 19,000"),
    metric="returns",
    dims={},
    measure="level",
    unit="people",
    status="actual",
    frame="since 2024-07-05",
    series="returns/level/people",
    printed="nearly 19,000",
    number="19000",
    qualifier="nearly",
    low="18050",
    high="19000",
    period=Days(START, date(2025, 1, 31)),
    article="seed-2-nearly-19000",
    publisher="Home Office",
    url="https://news.example/seed-2",
    time=FEBRUARY,
    quote="Nearly 19,000 failed asylum seekers, foreign criminals and others have been removed since the election.",
    attribution="Home Office",
)
OVER_24000 = NEARLY_19000._replace(
    id=content_id("figure", "more than 24,000"),
    printed="more than 24,000",
    number="24000",
    qualifier="over",
    low="24000",
    high=None,
    period=Days(START, date(2025, 3, 31)),
    article="seed-1-return-hubs",
    publisher="Daily Express",
    url="https://news.example/seed-1?a=1&b=2",
    time=MARCH,
    quote="More than 24,000 migrants have been deported since the election, Sir Keir Starmer said.",
    attribution="Keir Starmer",
)
COOPER = StateShown(
    id=content_id("office", "Yvette Cooper"),
    value="Yvette Cooper",
    article="seed-2-nearly-19000",
    publisher="Home Office",
    url="https://news.example/seed-2",
    time=FEBRUARY,
    quote="Home Secretary Yvette Cooper said: “We are doing it.”",
)
MAHMOOD = COOPER._replace(
    id=content_id("office", "Shabana Mahmood"),
    value="Shabana Mahmood",
    article="seed-4-one-in-one-out",
    publisher="Daily Express",
    url="https://news.example/seed-4",
    time=MARCH,
    quote="Shabana Mahmood, the Home Secretary, said otherwise.",
)
SENTENCE = "Returns since 5 July 2024: more than 24,000 (was nearly 19,000 to 31 January)"


def event(notice_id: str, sequence: int, alert: str, sentence: str) -> dict[str, Any]:
    """An alert's line as an object."""
    return {
        "specversion": "1.0",
        "id": notice_id,
        "source": "urn:feed-of-record:alert",
        "type": "alert.raised.v1",
        "subject": "seed-1-return-hubs",
        "time": instant(MARCH),
        "dataschema": "urn:feed-of-record:schema:alert.raised.v1",
        "datacontenttype": "application/json",
        "recordedtime": instant(RECORDED),
        "sequence": f"{sequence:012d}",
        "prevhash": GENESIS,
        "data": {
            "alert": alert,
            "severity": "medium",
            "article": "seed-1-return-hubs",
            "old": NEARLY_19000.id,
            "new": OVER_24000.id,
            "check": None,
            "sentence": sentence,
            "trace": ["supersedes: same start, later end"],
            "engine": "0.1.0",
        },
    }


def notice(
    sequence: int = 7,
    *,
    alert: AlertClass = "superseded",
    severity: Severity = Severity.MEDIUM,
    sentence: str = SENTENCE,
    old: Shown | None = NEARLY_19000,
    new: Shown | None = OVER_24000,
    context: tuple[str, ...] = ("Returns are enforced and voluntary together; deported is narrower.",),
) -> Notice:
    """More than 24,000 superseded nearly 19,000, unless told otherwise."""
    name = content_id("alert", sequence)
    return Notice(
        id=name,
        sequence=sequence,
        alert=alert,
        severity=severity,
        sentence=sentence,
        article="seed-1-return-hubs",
        publisher="Daily Express",
        url="https://news.example/seed-1?a=1&b=2",
        time=MARCH,
        recorded=RECORDED + timedelta(minutes=sequence),
        series=None if new is None else new.series,
        old=old,
        new=new,
        subject=None,
        old_state=None,
        new_state=None,
        why=None,
        context=context,
        trace=("supersedes: same start, later end", "medium: moved 5 % or more"),
        event=event(name, sequence, alert, sentence),
    )


def about(sequence: int, metric: str, dims: dict[str, str] | None = None, **more: Any) -> Notice:
    """An alert about a figure of another metric."""
    narrowed = ",".join(f"{key}={value}" for key, value in sorted((dims or {}).items()))
    series = f"{metric}{{{narrowed}}}/level/people" if narrowed else f"{metric}/level/people"
    moved: dict[str, Any] = {"metric": metric, "dims": dims or {}, "series": series}
    return notice(
        sequence,
        sentence=more.pop("sentence", f"{metric}: more than 24,000 (was nearly 19,000)"),
        old=NEARLY_19000._replace(**moved),
        new=OVER_24000._replace(**moved),
        **more,
    )


def state_changed(sequence: int = 8) -> Notice:
    """The office changed hands."""
    plain = notice(sequence, alert="state_changed", old=None, new=None, context=())
    return plain._replace(
        sentence="Home secretary: Shabana Mahmood (was Yvette Cooper)",
        series=None,
        subject="office GB/home_secretary",
        old_state=COOPER,
        new_state=MAHMOOD,
    )


def inconsistent(sequence: int = 9, severity: Severity = Severity.LOW) -> Notice:
    """Two derivations of one day's flow do not meet."""
    plain = notice(sequence, alert="inconsistent", severity=severity, old=None, new=None, context=())
    why = "20,433 - 19,820 = 613 but 6,858 - 6,246 = 612 for the same day"
    return plain._replace(
        sentence="Small boat arrivals do not add up by 1",
        series="small_boat_arrivals{route=sea}/level/people",
        why=why,
    )


SITE = Site(
    base="https://figures.example",
    title="Figures of record",
    description="What was published, and what stands.",
    about="https://figures.example/docs/events",
    author="The desk",
)


def renderer() -> Renderer:
    """The product's own templates."""
    folder = Path(__file__).parent.parent / "feed" / "publish" / "templates"
    return Renderer({path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()})
