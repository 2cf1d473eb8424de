"""The story that the demo tells: five articles come out one after another, and what becomes of them."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes

from feed.app.demo import ending
from feed.app.demo.newsroom import Newsroom, Story
from feed.app.demo.receivers import HookBox, Mailbox
from feed.app.demo.show import Screen
from feed.app.demo.stage import ROOT, DemoFailed, Stage
from feed.app.home import FILE, TOPICS
from feed.app.rounds import Round, poll_round
from feed.app.settings import TEMPLATE, Settings
from feed.app.telling import Told, open_ops, tell
from feed.app.wiring import open_desk
from feed.model.errors import UsageRefused
from feed.model.subscription import Medium

TITLE, DESK, SENDER = "Demo of record", "desk@demo.example", "record@demo.example"


def demo(folder: Path | None = None) -> None:
    """Play the whole line on this machine, say what happens and where it lies, and end.

    Writes into `folder`, which must be new or empty, or into a new temporary one; it stays. Asks nothing of the network
    beyond this machine. Raises UsageRefused for a folder that holds something, DemoFailed when something that should
    have arrived did not.
    """
    screen = Screen()
    with _staged(_empty(folder), screen) as stage:
        _greet(stage)
        for _ in stage.newsroom.stories:
            _come_out(stage, stage.newsroom.publish())
        _nothing_new(stage)
        ending.show(stage)
        ending.check(stage)


def _empty(folder: Path | None) -> Path:
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="feed-demo-"))
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise UsageRefused("the folder is not empty", where=str(folder), mend="Name a new one; nothing was changed.")
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


@contextmanager
def _staged(folder: Path, screen: Screen) -> Iterator[Stage]:
    with ExitStack() as parts:
        newsroom = Newsroom(ROOT / "seeds")
        parts.callback(newsroom.close)
        secret = f"whsec_{base64.b64encode(token_bytes(32)).decode()}"
        hooks, mailbox = HookBox(secret), Mailbox()
        parts.callback(hooks.close)
        mailbox.start()
        parts.callback(mailbox.stop)
        settings = _settings(folder, newsroom, mailbox, hooks, secret)
        desk = parts.enter_context(open_desk(settings))
        ops = parts.enter_context(open_ops(desk))
        yield Stage(settings, newsroom, mailbox, hooks, desk, ops, screen)


def _settings(folder: Path, newsroom: Newsroom, mailbox: Mailbox, hooks: HookBox, secret: str) -> Settings:
    """What the demo runs with. feed.toml names none of its servers: they are gone when somebody reads it."""
    topic = min(pack.parent.name for pack in TOPICS.glob("*/pack.toml"))
    (folder / FILE).write_text(TEMPLATE.format(title=TITLE, topic=topic), encoding="utf-8")
    return Settings.model_validate(
        {
            "folder": folder,
            "title": TITLE,
            "topic": topic,
            "mail": {
                "host": mailbox.hostname,
                "port": mailbox.port,
                "security": "none",
                "sender": "record@demo.example",
            },
            "reach": {"allow": (newsroom.host, hooks.host)},
            "sources": ({"name": "news-site", "url": newsroom.url, "every": 1, "min": 1, "alert_old": True},),
            "subscriptions": (
                {"name": "desk", "channel": "mail", "to": DESK},
                {"name": "newsroom-system", "channel": "webhook", "to": hooks.url, "secret": secret, "severity": "low"},
            ),
        }
    )


def _greet(stage: Stage) -> None:
    screen, site = stage.screen, stage.newsroom
    screen.head("A feed of record, at work")
    screen.say(
        f"A news site on this machine ({site.url}) publishes {len(site.stories)} articles, one after another. "
        "Each time it is polled; what is new is fetched, kept, read, recorded, compared with what stood before, and "
        "told to a mailbox and a webhook. All of it is the real thing; only the site and the receivers are the demo's."
    )


def _polled(stage: Stage) -> tuple[Round, Told]:
    now = datetime.now(UTC)
    made = poll_round(stage.desk, stage.ops.memory, stage.ops.fetch, stage.settings.sources, now, lambda: 0.0)
    return made, tell(stage.desk, stage.ops, now)


def _come_out(stage: Stage, story: Story) -> None:
    screen = stage.screen
    screen.head(f"{_day(story.published)} · {story.publisher or 'publisher not named'}")
    screen.say(story.title, indent=2)
    made, told = _polled(stage)
    if made.failures or len(made.taken) != 1:
        raise DemoFailed("; ".join(made.failures) or "the site did not list this article", where=story.title)
    events, alerts = made.taken[0].events, made.taken[0].alerts
    figures = sum(event.type.startswith("figure.") for event in events)
    facts = len(events) - 1 - figures - len(alerts)
    screen.quiet(f"{figures} figures and {facts} other facts are on record, each with its quote.")
    for alert in alerts:
        screen.news(alert.sentence)
    screen.quiet(_told(told, stage) if alerts else "Nothing on record was superseded or contradicted: nobody is told.")


def _told(told: Told, stage: Stage) -> str:
    sent = [letter.letter.channel for letter in stage.ops.outbox.letters() if letter.id in told.sent]
    mails, hooks = sent.count(Medium.MAIL), sent.count(Medium.WEBHOOK)
    quiet = "" if mails else " The mailbox asked for medium and louder."
    counted = [f"{count} {name}{'s' * (count > 1)}" for count, name in ((mails, "mail"), (hooks, "webhook")) if count]
    return f"Told: {' and '.join(counted) or 'nobody'}.{quiet}"


def _nothing_new(stage: Stage) -> None:
    head = stage.desk.log.head()
    made, told = _polled(stage)
    if made.taken or told.owed or stage.desk.log.head() != head:
        raise DemoFailed("polling once more recorded or owed something anew", where=stage.newsroom.url)
    stage.screen.head("And once more")
    stage.screen.say(
        f"Polled again: {made.visits[0].outcome.value}. Nothing is parsed, nothing is recorded twice, nobody is told "
        "twice.",
        indent=2,
    )


def _day(time: datetime) -> str:
    return f"{time.day} {time:%B %Y}"
