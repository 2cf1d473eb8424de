"""The bytes of each letter: the same at each attempt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from feed.app.settings import Settings
from feed.app.subscribed import CONFIRM, STOP, Subscribed
from feed.app.wiring import Desk
from feed.deliver.outbox import Owed
from feed.model.errors import DeliveryFailed, NotFound
from feed.model.instant import instant
from feed.model.notice import Notice, Shown
from feed.model.subscription import Kind, Letter, Medium
from feed.publish import hook, letter
from feed.publish.item import Items
from feed.publish.letter import Paper, Sender, Word
from feed.record.evidence import Evidence
from feed.view import queries
from feed.view.queries import Wanted

ALERTS = (Kind.ALERT, Kind.DIGEST)


def compose(desk: Desk, items: Items, subscribed: Subscribed, owed: Owed) -> bytes:
    """The bytes of a letter. Raises NotFound when an alert that it tells is not on record, DeliveryFailed when it is
    for nobody any more.
    """
    told = owed.letter
    if told.kind in (*ALERTS, Kind.NOTHING) and not _wanted(told, subscribed):
        names = ", ".join(told.subscriptions)
        raise DeliveryFailed(f"nobody is subscribed as {names} any more", where=f"letter {owed.id}", retry=False)
    if told.kind is Kind.CHANGED:
        return hook.changed(told.note.split()[1:])
    if told.kind not in ALERTS:
        return _note(owed, items, subscribed)
    found = queries.notices(desk.view.db, Wanted(ids=told.alerts), desk.topic.labels.gloss)
    if len(found) != len(told.alerts):
        raise NotFound("the log has not all of its alerts", where=f"letter {owed.id}")
    if told.channel is Medium.WEBHOOK:
        return hook.body(found[0])
    paper = paper_of(items, subscribed, owed.id, _history(desk, found, instant(owed.owed)))
    if told.channel is Medium.APPRISE:
        return letter.plain(told, found, paper)
    kept = checkpoint(desk.settings, found)
    return letter.mail(told, found, replace(paper, checkpoint=kept), owed.owed)


def checkpoint(settings: Settings, told: Sequence[Notice]) -> str:
    """The first checkpoint that covers all of these, which is the same at any time; "" when none does yet."""
    kept = Evidence(settings.log).covering(max(each.sequence for each in told))
    return str(kept.note) if kept else ""


def paper_of(
    items: Items, subscribed: Subscribed, name: str, history: Mapping[str, Sequence[Shown]] | None = None
) -> Paper:
    """What the letter of that id is written with."""
    sender = sender_of(subscribed.settings, subscribed.address(STOP, name))
    return Paper(items.site, items.render, sender, history or {})


def sender_of(settings: Settings, one_click: str | None) -> Sender:
    """Who writes, and where its reader stops it with one click, if anywhere."""
    address = settings.mail.sender if settings.mail else ""
    return Sender(address, settings.title, f"alerts.{address.rpartition('@')[2]}", one_click)


def _wanted(told: Letter, subscribed: Subscribed) -> bool:
    return any(each.name in told.subscriptions for each in subscribed.now())


def _note(owed: Owed, items: Items, subscribed: Subscribed) -> bytes:
    word = _word(owed, items.site.title, subscribed)
    if owed.letter.channel is Medium.APPRISE:
        return letter.plain_note(word)
    paper = paper_of(items, subscribed, owed.id)
    return letter.note(owed.letter, word, paper, owed.owed, listed=owed.letter.kind is Kind.NOTHING)


def _word(owed: Owed, title: str, subscribed: Subscribed) -> Word:
    told = owed.letter
    if told.kind is Kind.NOTHING:
        return Word(f"Nothing changed: {told.note.partition(';')[0]}", ("No figure that you asked for changed.",))
    if told.kind is Kind.OWNER:
        return Word(
            f"A receiver was given up: {told.note.partition(' ')[0]}",
            (told.note, "What it was owed is parked. When it is there again: feed deliveries resend"),
        )
    if told.kind is Kind.SOURCE:
        return Word(told.note.partition(":")[0].partition(" (")[0], (told.note, "How all are: feed sources"))
    link = subscribed.address(CONFIRM, owed.id)
    says = (
        f"Somebody asked that “{title}” writes to this address, as “{', '.join(told.subscriptions)}”.",
        "If that was not you, do nothing: you will hear no more.",
    )
    return Word(f"Do you want to hear from {title}?", says, link, "Yes, write to me")


def _history(desk: Desk, notices: Sequence[Notice], until: str) -> dict[str, list[Shown]]:
    """For each alert, the figures that its series had in that frame up to the one that it tells of.

    What was recorded after `until` would make the letter another one at the next attempt.
    """
    known: dict[str, list[queries.Past]] = {}
    found = {}
    for notice in notices:
        if notice.new is not None:
            series = notice.new.series
            if series not in known:
                known[series] = queries.history(desk.view.db, series)
            steps = [
                past.shown
                for past in known[series]
                if past.shown.series == series and past.shown.frame == notice.new.frame and past.recorded <= until
            ]
            ids = [each.id for each in steps]
            found[notice.id] = steps[: ids.index(notice.new.id) + 1] if notice.new.id in ids else []
    return found
