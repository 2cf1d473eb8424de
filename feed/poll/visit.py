"""One visit to one source: ask, look whether anything is new, and only then parse."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus

from feed.confine import confined
from feed.model.errors import FeedError, SourceFailed
from feed.model.source import Entry, Source
from feed.model.web import FEED_LIMITS, Fetch, Request, Response
from feed.poll import jsonfeed
from feed.poll.due import Outcome, Validators, max_age, next_due, retry_after
from feed.poll.listing import Listing, listing, of_json
from feed.poll.scan import refuse_hostile

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
FORGET_MOVE = 3  # failures in a row at a new address before the configured one is asked again


@dataclass(frozen=True, slots=True)
class Polled:
    """How a visit ended. `memory` is what to remember of it; `Memory.keep` takes all of this together.

    `entries` are all that the feed lists, known ones too, oldest first; empty unless `outcome` is LISTED.
    `why` is a sentence when it failed or is gone. `moved` is the new address when the source has moved for good.
    """

    source: Source
    outcome: Outcome
    memory: Validators
    entries: tuple[Entry, ...] = ()
    skipped: tuple[str, ...] = ()
    why: str = ""
    moved: str | None = None


def poll(source: Source, memory: Validators, fetch: Fetch, now: datetime, jitter: float = 0) -> Polled:
    """Ask a source once, due or not. `jitter` in [0, 1] spreads the next visit.

    Never raises for what a source does: a failure is an outcome. Changes nothing but the web's access logs.
    """
    now = now.astimezone(UTC)  # in another zone an hour later is not always an hour later
    url = memory.url if memory.failures < FORGET_MOVE else source.url
    memory = replace(memory, url=url, last_polled=now)
    try:
        answer = fetch(Request(url=url, limits=FEED_LIMITS, headers=_conditions(memory)))
        return _judge(source, memory, answer, now, jitter)
    except FeedError as failure:
        return _failed(source, memory, str(failure), now, jitter)


def _conditions(memory: Validators) -> dict[str, str]:
    told = {"If-None-Match": memory.etag, "If-Modified-Since": memory.last_modified}
    return {"Accept": ACCEPT, **{name: value for name, value in told.items() if value and memory.body_sha256}}


def _judge(source: Source, memory: Validators, answer: Response, now: datetime, jitter: float) -> Polled:
    if answer.status == HTTPStatus.GONE:
        why = f"{memory.url}: the source is gone (410)"
        return Polled(source, Outcome.GONE, replace(memory, disabled=why, why=why), why=why)
    if answer.status == HTTPStatus.NOT_MODIFIED and memory.body_sha256:
        return _succeeded(source, memory, answer, now, jitter)
    if answer.status != HTTPStatus.OK:
        wish = retry_after(answer.headers.get("retry-after"), now)
        return _failed(source, memory, f"{memory.url}: the source answered {answer.status}", now, jitter, wish)
    digest = hashlib.sha256(answer.body).hexdigest()
    seen = replace(
        memory,
        body_sha256=digest,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
    )
    if digest == memory.body_sha256:
        return _succeeded(source, seen, answer, now, jitter)
    return _succeeded(source, seen, answer, now, jitter, _parse(source, answer, now))


def _parse(source: Source, answer: Response, now: datetime) -> Listing:
    content_type = answer.headers.get("content-type", "")
    if not answer.body.strip():
        raise SourceFailed("the answer is empty", where=answer.url)
    if source.links is not None:
        found = confined("feed.poll.links:listed", answer.body, where=answer.url, selector=source.links)
        return listing(map(of_json, found["entries"]), answer.url, now)
    if jsonfeed.looks_like(answer.body, content_type):
        return listing(jsonfeed.read(answer.body, answer.url), answer.url, now)
    refuse_hostile(answer.body, content_type, where=answer.url)
    found = confined("feed.poll.syndicated:listed", answer.body, content_type=content_type, where=answer.url)
    return listing(map(of_json, found["entries"]), answer.url, now, found["ttl"])


def _succeeded(
    source: Source, memory: Validators, answer: Response, now: datetime, jitter: float, new: Listing | None = None
) -> Polled:
    wish = max(max_age(answer.headers.get("cache-control")), new.ttl if new else 0)
    moved = answer.moved if answer.moved != memory.url else None
    after = replace(
        memory,
        url=moved or memory.url,
        last_success=now,
        next_due=next_due(source, 0, now, at_least=wish, jitter=jitter),
        failures=0,
        disabled=None,
        why=None,
    )
    if new is None:
        return Polled(source, Outcome.UNCHANGED, after, moved=moved)
    return Polled(source, Outcome.LISTED, after, new.entries, new.skipped, moved=moved)


def _failed(source: Source, memory: Validators, why: str, now: datetime, jitter: float, wish: float = 0) -> Polled:
    failures = memory.failures + 1
    due = next_due(source, failures, now, at_least=wish, jitter=jitter)
    return Polled(source, Outcome.FAILED, replace(memory, failures=failures, next_due=due, why=why), why=why)
