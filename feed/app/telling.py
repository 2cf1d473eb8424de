"""After something was recorded: who is owed what is written down, what is due is sent, feeds and pages are written.

The order is the safety argument. A debt and the place in the log up to which debts were reckoned are written in one
transaction; so are letters and what they were made of; a letter is struck out after its receiver took it. A crash in
between sends again, with the same id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from secrets import SystemRandom

from feed import __version__
from feed.alert.route import letters, route, within
from feed.app.muting import take_up
from feed.app.schedule import OwnThread
from feed.app.settings import Settings
from feed.app.site import Made, address, is_feed, made, renderer, seal_of, site_of, write
from feed.app.subscribed import Subscribed
from feed.app.watch import polled
from feed.app.wiring import Desk
from feed.app.writing import compose
from feed.deliver.email import Mail, Smtp
from feed.deliver.hub import Hub
from feed.deliver.orders import Orders
from feed.deliver.outbox import Outbox
from feed.deliver.rounds import Channel, Delivered, deliver
from feed.deliver.services import Services
from feed.deliver.subscribers import Subscribers
from feed.deliver.webhook import Hook, secrets
from feed.fetch import Guard, Times, Web
from feed.model.chain import Head
from feed.model.subscription import Kind, Letter, Medium, Subscription, Telling
from feed.model.web import Fetch
from feed.poll import Memory
from feed.publish.item import Items
from feed.publish.site import Site
from feed.record.evidence import Evidence
from feed.view import queries
from feed.view.queries import Wanted

DICE = SystemRandom()
HOOK_TIMES = Times(whole=15)
SIDE_BY_SIDE = 8


@dataclass(slots=True)
class Ops:
    """What polling and telling remember and go out with. One thread uses it, the one that has the desk.

    `fetch` polls, `hooks` goes to webhooks. `items` are the alerts as feeds show them. `made` is the site as last
    written; `written` is where the log stood then, None before the first time.
    """

    memory: Memory
    outbox: Outbox
    subscribed: Subscribed
    orders: Orders
    fetch: Fetch
    hooks: Fetch
    items: Items
    crew: Executor | None = None
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
def open_ops(
    desk: Desk, *, fetch: Fetch | None = None, hooks: Fetch | None = None, base: str | None = None
) -> Iterator[Ops]:
    """Open the memory of a data directory. Open it *before* recording what subscribers shall be told of.

    A new memory beside an old log starts at the log's end: what is on record already is not news, and is not sent.
    `fetch` and `hooks` are the real clients unless given; `base` is where the site is reached, as the settings say
    unless given.
    """
    settings = desk.settings
    with ExitStack() as parts:
        memory = parts.enter_context(Memory(settings.ops))
        outbox, subscribers = Outbox.at(settings.ops), Subscribers.at(settings.ops)
        parts.callback(outbox.close)
        parts.callback(subscribers.close)
        orders = Orders.at(settings.ops)
        parts.callback(orders.close)
        outbox.begin(desk.log.head().sequence)
        reached = base or address(settings)
        site = site_of(settings, desk.topic, reached)
        yield Ops(
            memory,
            outbox,
            Subscribed(settings, subscribers, reached),
            orders,
            fetch or web(settings),
            hooks or web(settings, HOOK_TIMES),
            Items(site, renderer()),
            OwnThread("sending", SIDE_BY_SIDE),
        )


def web(settings: Settings, times: Times | None = None) -> Web:
    """The real client: it says who asks, and goes to private hosts only where the settings allow it."""
    contact = f" (+{settings.reach.contact})" if settings.reach.contact else ""
    agent, guard = f"feed-of-record/{__version__}{contact}", Guard.allowing(settings.reach.allow)
    return Web(agent=agent, guard=guard, times=times or Times())


def channels(settings: Settings, subscriptions: tuple[Subscription, ...], hooks: Fetch) -> dict[Medium, Channel]:
    """The ways out that the settings set up. Without a mail server there is none for mail: such letters wait."""
    found: dict[Medium, Channel] = {
        Medium.WEBHOOK: Hook(
            hooks, secrets(subscriptions), str(newest.note) if (newest := Evidence(settings.log).last()) else ""
        ),
        Medium.APPRISE: Services(),
        Medium.HUB: Hub(hooks),
    }
    mail = settings.mail
    if mail is not None:
        password = mail.password.get_secret_value() if mail.password else None
        found[Medium.MAIL] = Mail(Smtp(mail.host, mail.port, mail.security, mail.username, password), mail.sender)
    return found


def tell(desk: Desk, ops: Ops, now: datetime) -> Told:
    """Mute what was asked, owe what the log has gained, send what is due, write feeds and pages when the log has moved.

    One bad receiver never stops another. Raises OSError when the pages cannot be written; nothing is owed twice then.
    """
    take_up(desk, ops.orders, now)
    owe(desk, ops, now)
    owed = gather(desk, ops, now)
    try:
        publish(desk, ops, now)  # before the letters: they lead to these pages
    finally:
        done = send(desk, ops, now)
    return Told(owed, done.sent, done.failed)


def owe(desk: Desk, ops: Ops, now: datetime) -> None:
    """Write down who is owed what since the last time, and when it is due. Sends nothing."""
    head = desk.log.head().sequence
    after = ops.outbox.cursor()
    if after < head:
        news = queries.notices(desk.view.db, Wanted(after=after), desk.topic.labels.gloss)
        ops.outbox.owe(route(news, ops.subscribed.now(), now, desk.zone), head)


def gather(desk: Desk, ops: Ops, now: datetime) -> tuple[str, ...]:
    """Put what is due into letters; gives the new ones' ids. Sends nothing."""
    outbox, subscriptions = ops.outbox, ops.subscribed.now()
    pending = outbox.pending(now, {each.name for each in subscriptions})
    kept = [each for each in within(pending, outbox.lately(now), subscriptions) if each.subscriptions]
    due = tuple(each for each in kept if each.due <= now)
    marks = _boundaries(desk, subscriptions, now)
    ours = (*_nothing(desk, ops, due, subscriptions, marks), *_given_up(ops), *_alarms(ops, now))
    moved = {name: place for name, place in marks.items() if outbox.place(name) != place}
    if not (pending or ours or moved):
        return ()
    ours = (*_noted(desk, ops, letters(due), now), *ours)
    return outbox.write(ours, now, put_off=(each for each in kept if each.due > now), marks=moved)


def _noted(desk: Desk, ops: Ops, due: Sequence[Letter], now: datetime) -> Iterator[Letter]:
    """Letters with what was polled of late below each digest, so that little news can be told from little polling."""
    note = polled(ops.memory, desk.settings.sources, now - LATELY) if desk.settings.sources and due else ""
    for each in due:
        yield replace(each, note=note) if each.kind is Kind.DIGEST and each.channel is not Medium.WEBHOOK else each


LATELY = timedelta(days=1)


def _boundaries(desk: Desk, subscriptions: tuple[Subscription, ...], now: datetime) -> dict[str, int]:
    """For each subscription that is told when nothing changed: the last time at which it was to be told."""
    return {
        f"nothing {each.name}": int(each.cadence.before(now, desk.zone).timestamp())
        for each in subscriptions
        if each.nothing
    }


def _nothing(
    desk: Desk, ops: Ops, due: tuple[Telling, ...], subscriptions: tuple[Subscription, ...], marks: Mapping[str, int]
) -> Iterator[Letter]:
    told = {name for telling in due for name in telling.subscriptions}
    for each in subscriptions:
        place = ops.outbox.place(name := f"nothing {each.name}") if each.nothing else None
        if place is not None and place < marks[name] and each.name not in told:
            since = datetime.fromtimestamp(place, UTC)
            note = f"{polled(ops.memory, desk.settings.sources, since)}; {marks[name]}"
            yield Letter(each.channel, each.to, Kind.NOTHING, (each.name,), (), note)


def _given_up(ops: Ops) -> Iterator[Letter]:
    """A letter to the owner for each receiver that was given up. Writing the same letter twice is writing it once."""
    mail = ops.subscribed.settings.mail
    if mail is not None and mail.owner is not None:
        for (_, receiver), why in ops.outbox.gone().items():
            note = f"{receiver} {why}"
            letter = Letter(Medium.MAIL, mail.owner, Kind.OWNER, (), (), note)
            if not ops.outbox.knows(letter.id):
                yield letter


def _alarms(ops: Ops, now: datetime) -> Iterator[Letter]:
    """A letter to the owner for each source that begins to be in trouble, and for each that is well again."""
    mail = ops.subscribed.settings.mail
    if mail is not None and mail.owner is not None:
        for alarm in ops.memory.alarms.lately(now):
            letter = Letter(Medium.MAIL, mail.owner, Kind.SOURCE, (), (), alarm.told())
            if not ops.outbox.knows(letter.id):
                yield letter


def forgo(desk: Desk, outbox: Outbox) -> None:
    """Let nobody be owed what the log has gained since debts were last written down."""
    outbox.owe((), desk.log.head().sequence)


def send(desk: Desk, ops: Ops, now: datetime) -> Delivered:
    """Try every letter that is due, once. Costs next to nothing when none is."""
    if not ops.outbox.due(now):
        return Delivered()
    ways = channels(desk.settings, ops.subscribed.now(), ops.hooks)
    return deliver(
        ops.outbox,
        ways,
        lambda owed: compose(desk, ops.items, ops.subscribed, owed),
        now,
        lambda: DICE.uniform(0.9, 1.1),
        ops.crew,
    )


def publish(desk: Desk, ops: Ops, now: datetime) -> bool:
    """Write feeds and pages when the log has moved since the last time; gives whether it had.

    What they show is covered by a checkpoint first, which they pass on: so the same log gives the same bytes again.
    A hub, if there is one, is owed to be told which feeds changed. Raises what signing raises.
    """
    head = desk.log.head()
    if head == ops.written:
        return False
    desk.notary.attest(head, now)
    ops.made = made(desk.view.db, ops.items, desk.topic, partial(seal_of, desk.settings))
    written = write(desk.settings.pages, ops.made.pages)
    changed = [ops.site.url(path) for path in written if is_feed(path)]
    if ops.site.hub and changed:
        note = " ".join((str(head.sequence), *changed))
        ops.outbox.write([Letter(Medium.HUB, ops.site.hub, Kind.CHANGED, (), (), note)], now)
    ops.written = head
    return True
