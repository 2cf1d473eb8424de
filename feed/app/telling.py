"""After something was recorded: who is owed what is written down, what is due is sent, feeds and pages are written.

The order is the safety argument. A debt and the place in the log up to which debts were reckoned are written in one
transaction; a letter is struck out after its receiver took it. A crash in between sends again, with the same id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import SystemRandom

from feed import __version__
from feed.alert.route import route
from feed.app.settings import Settings
from feed.app.site import Made, address, glosses, made, renderer, site_of, write
from feed.app.wiring import Desk
from feed.deliver.email import Mail, Smtp
from feed.deliver.outbox import Outbox, Owed
from feed.deliver.rounds import Channel, Delivered, deliver
from feed.deliver.webhook import Hook, secrets
from feed.fetch import Guard, Web
from feed.model.chain import Head
from feed.model.errors import NotFound
from feed.model.notice import Notice
from feed.model.subscription import Cadence, Medium
from feed.model.web import Fetch
from feed.poll import Memory
from feed.publish import hook, letter
from feed.publish.item import Items
from feed.publish.site import Site
from feed.view import queries
from feed.view.queries import Wanted

DIGEST_HOUR = 7  # of the topic's day: before the desk's first meeting
DICE = SystemRandom()


@dataclass(slots=True)
class Ops:
    """What polling and telling remember and go out with. One thread uses it, the one that has the desk.

    `items` are the alerts as feeds show them. `made` is the site as last written; `written` is where the log stood
    then, None before the first time.
    """

    memory: Memory
    outbox: Outbox
    fetch: Fetch
    items: Items
    channels: Mapping[Medium, Channel]
    made: Made = field(default_factory=lambda: Made({}, ()))
    written: Head | None = None

    @property
    def site(self) -> Site:
        """Where what we publish is found."""
        return self.items.site


@dataclass(frozen=True, slots=True)
class Told:
    """What one round of telling came to, as ids of letters: newly owed, sent, and tried in vain."""

    owed: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


@contextmanager
def open_ops(desk: Desk, *, fetch: Fetch | None = None, base: str | None = None) -> Iterator[Ops]:
    """Open the memory of a data directory. Open it *before* recording what subscribers shall be told of.

    A new memory beside an old log starts at the log's end: what is on record already is not news, and is not sent.
    `fetch` is the real client unless given; `base` is where the site is reached, as the settings say unless given.
    """
    settings = desk.settings
    client = fetch or web(settings)
    with Memory(settings.ops) as memory:
        outbox = Outbox.at(settings.ops)
        try:
            outbox.begin(desk.log.head().sequence)
            site = site_of(settings, desk.topic, base or address(settings))
            yield Ops(memory, outbox, client, Items(site, renderer()), channels(settings, client))
        finally:
            outbox.close()


def web(settings: Settings) -> Web:
    """The real client: it says who asks, and goes to private hosts only where the settings allow it."""
    contact = f" (+{settings.reach.contact})" if settings.reach.contact else ""
    return Web(agent=f"feed-of-record/{__version__}{contact}", guard=Guard.allowing(settings.reach.allow))


def channels(settings: Settings, fetch: Fetch) -> dict[Medium, Channel]:
    """The ways out that the settings set up. Without a mail server there is none for mail: such letters wait."""
    found: dict[Medium, Channel] = {Medium.WEBHOOK: Hook(fetch, secrets(settings.subscriptions))}
    mail = settings.mail
    if mail is not None:
        password = mail.password.get_secret_value() if mail.password else None
        found[Medium.MAIL] = Mail(Smtp(mail.host, mail.port, mail.security, mail.username, password), mail.sender)
    return found


def tell(desk: Desk, ops: Ops, now: datetime) -> Told:
    """Owe what the log has gained, send what is due, and write feeds and pages when the log has moved.

    One bad receiver never stops another. Raises OSError when the pages cannot be written; nothing is owed twice then.
    """
    owed = owe(desk, ops.outbox, now)
    done = send(desk, ops, now)
    publish(desk, ops)
    return Told(owed, done.sent, done.failed)


def owe(desk: Desk, outbox: Outbox, now: datetime) -> tuple[str, ...]:
    """Write down who is owed what since the last time; gives the new letters' ids. Sends nothing.

    Digests take what was recorded before the last digest hour (7 o'clock in the topic's zone).
    """
    head = desk.log.head().sequence
    new: list[str] = []
    if outbox.cursor(Cadence.IMMEDIATE) < head:
        letters = route(_since(desk, outbox, Cadence.IMMEDIATE), desk.settings.subscriptions, Cadence.IMMEDIATE)
        new += outbox.owe(letters, head, now, Cadence.IMMEDIATE)
    if outbox.cursor(Cadence.DIGEST) < head:
        closing = digest_hour(now, desk)
        gathered = [each for each in _since(desk, outbox, Cadence.DIGEST) if each.recorded < closing]
        if gathered:
            letters = route(gathered, desk.settings.subscriptions, Cadence.DIGEST)
            new += outbox.owe(letters, gathered[-1].sequence, now, Cadence.DIGEST)
    return tuple(new)


def forgo(desk: Desk, outbox: Outbox, now: datetime) -> None:
    """Let nobody be owed what the log has gained since debts were last written down."""
    for cadence in Cadence:
        outbox.owe((), desk.log.head().sequence, now, cadence)


def digest_hour(now: datetime, desk: Desk) -> datetime:
    """The last digest hour at or before now."""
    local = now.astimezone(desk.zone)
    hour = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return hour if hour <= local else hour - timedelta(days=1)


def send(desk: Desk, ops: Ops, now: datetime) -> Delivered:
    """Try every letter that is due, once."""
    return deliver(ops.outbox, ops.channels, lambda owed: compose(desk, ops, owed), now, lambda: DICE.uniform(0.9, 1.1))


def compose(desk: Desk, ops: Ops, owed: Owed) -> bytes:
    """The bytes of a letter: the same at each attempt. Raises NotFound when an alert that it tells is not on record."""
    found = queries.notices(desk.view.db, Wanted(ids=owed.letter.alerts), glosses(desk.topic))
    if len(found) != len(owed.letter.alerts):
        raise NotFound("the log has not all of its alerts", where=f"letter {owed.id}")
    if owed.letter.channel is Medium.WEBHOOK:
        return hook.body(found[0])
    return letter.mail(
        owed.letter, found, sender=_sender(desk.settings), site=ops.site, render=renderer(), now=owed.owed
    )


def publish(desk: Desk, ops: Ops) -> bool:
    """Write feeds and pages when the log has moved since the last time; gives whether it had."""
    head = desk.log.head()
    if head == ops.written:
        return False
    ops.made = made(desk.view.db, ops.items, desk.topic)
    write(desk.settings.pages, ops.made.pages)
    ops.written = head
    return True


def _since(desk: Desk, outbox: Outbox, cadence: Cadence) -> list[Notice]:
    return queries.notices(desk.view.db, Wanted(after=outbox.cursor(cadence)), glosses(desk.topic))


def _sender(settings: Settings) -> letter.Sender:
    address = settings.mail.sender if settings.mail else ""
    return letter.Sender(address=address, name=settings.title, list_id=f"alerts.{address.rpartition('@')[2]}")
