"""A sample letter, marked TEST, by the real way to one subscriber."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import Any

from feed.app.asking import open_view
from feed.app.packs import topic_of
from feed.app.settings import Settings
from feed.app.site import address, renderer, site_of
from feed.app.subscribed import Subscribed
from feed.app.telling import HOOK_TIMES, channels, web
from feed.app.writing import checkpoint, sender_of
from feed.deliver.subscribers import Subscribers
from feed.model.alert import Severity
from feed.model.chain import GENESIS, content_id
from feed.model.errors import DeliveryFailed, UsageRefused
from feed.model.event import SCHEMA_PREFIX
from feed.model.instant import instant
from feed.model.notice import Notice
from feed.model.subscription import Kind, Letter, Medium, Subscription
from feed.model.topic import Topic
from feed.model.web import Fetch
from feed.publish import hook, letter
from feed.publish.letter import Paper
from feed.view import queries

MARK = "TEST"


def sample(settings: Settings, name: str, now: datetime, watched: Callable[[Fetch], Fetch]) -> str:
    """Send a sample to one subscription and give the receiver's answer. `watched` wraps the client for webhooks.

    Raises UsageRefused when nobody is called so, DeliveryFailed when it was not taken.
    """
    settings.hidden.mkdir(parents=True, exist_ok=True)
    with closing(Subscribers.at(settings.ops)) as subscribers:
        asking = Subscribed(settings, subscribers, address(settings)).now()
    found = [each for each in asking if each.name == name]
    if not found:
        known = ", ".join(each.name for each in asking) or "nobody"
        raise UsageRefused(f"nobody is told as {name!r}", where="NAME", mend=f"Told are: {known}.")
    topic = topic_of(settings)
    notice = _marked(settings, topic, now)
    told = Letter(found[0].channel, found[0].to, Kind.ALERT, (name,), (notice.id,), sequence=notice.sequence)
    channel = channels(settings, tuple(found), watched(web(settings, HOOK_TIMES))).get(told.channel)
    if channel is None:
        raise DeliveryFailed(f"no {told.channel} is set up", where=name, mend="Set it up in feed.toml.")
    return channel(told, _body(settings, topic, told, notice, found[0], now), now)


def _body(
    settings: Settings, topic: Topic, told: Letter, notice: Notice, subscription: Subscription, now: datetime
) -> bytes:
    if subscription.channel is Medium.WEBHOOK:
        return hook.body(notice)
    paper = Paper(site_of(settings, topic, address(settings)), renderer(), sender_of(settings, None))
    if subscription.channel is Medium.APPRISE:
        return letter.plain(told, [notice], paper)
    return letter.mail(told, [notice], replace(paper, checkpoint=checkpoint(settings, [notice])), now)


def _marked(settings: Settings, topic: Topic, now: datetime) -> Notice:
    """The latest alert on record, or a made-up one, under an id of its own and marked."""
    with open_view(settings) as view:
        known = queries.notices(view.db, glosses=topic.labels.gloss)
    notice = known[-1] if known else _made_up(now)
    name, sentence = content_id("test", notice.id, instant(now)), f"{MARK}: {notice.sentence}"
    event: dict[str, Any] = {
        **notice.event,
        "id": name,
        "type": "alert.test.v1",
        "dataschema": f"{SCHEMA_PREFIX}alert.raised.v1",
        "data": {**notice.event["data"], "sentence": sentence},
    }
    return notice._replace(id=name, sentence=sentence, event=event)


def _made_up(now: datetime) -> Notice:
    data: dict[str, Any] = {
        "alert": "superseded", "severity": "medium", "article": "test", "old": None, "new": None, "check": None,
        "sentence": "nothing is on record yet", "trace": [], "engine": MARK,
    }  # fmt: skip
    event = {
        "specversion": "1.0", "id": "", "source": "urn:feed-of-record:alert", "type": "", "subject": "test",
        "datacontenttype": "application/json", "recordedtime": instant(now), "sequence": f"{0:012d}",
        "prevhash": GENESIS, "data": data,
    }  # fmt: skip
    return Notice(
        id="", sequence=0, alert="superseded", severity=Severity.MEDIUM, sentence=str(data["sentence"]),
        article="test", publisher=None, url=None, time=None, recorded=now, series=None, old=None, new=None,
        subject=None, old_state=None, new_state=None, why=None, context=(), trace=(), event=event,
    )  # fmt: skip
