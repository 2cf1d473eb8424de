"""The story that the demo tells: five articles come out one after another, and what becomes of them."""

from __future__ import annotations

import base64
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes
from time import perf_counter

from feed.app.demo.newsroom import Newsroom, Story
from feed.app.demo.receivers import HookBox, Mailbox
from feed.app.demo.show import Screen
from feed.app.settings import FILE, TEMPLATE, Settings
from feed.app.telling import Ops, Told, open_ops, tell
from feed.app.wiring import Desk, open_desk
from feed.model.errors import FeedError, UsageRefused
from feed.model.source import Source
from feed.model.subscription import Medium

ROOT = Path(__file__).resolve().parents[3]
TITLE, DESK, SENDER = "Demo of record", "desk@demo.example", "record@demo.example"


class DemoFailed(FeedError):
    """Something that the demo promises did not arrive."""


@dataclass(slots=True)
class Stage:
    """Everything that plays a part: the receivers, the site, and the open data directory."""

    settings: Settings
    newsroom: Newsroom
    mailbox: Mailbox
    hooks: HookBox
    desk: Desk
    ops: Ops
    screen: Screen
    owed: list[str] = field(default_factory=list)
    began: float = field(default_factory=perf_counter)

    @property
    def source(self) -> Source:
        """The news site as polling knows it."""
        return self.settings.sources[0]


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
        from feed.app.demo import ending  # here, so that the first lines are on the screen at once

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
    topic = min(pack.parent.name for pack in (ROOT / "feed" / "topics").glob("*/pack.toml"))
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
            "sources": ({"name": "news-site", "url": newsroom.url, "every": 1, "min": 1},),
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


def _come_out(stage: Stage, story: Story) -> None:
    from feed.app.pipeline import poll_round

    screen, now = stage.screen, datetime.now(UTC)
    screen.head(f"{_day(story.published)} · {story.publisher or 'publisher not named'}")
    screen.say(story.title, indent=2)
    made = poll_round(stage.desk, stage.ops.memory, stage.ops.fetch, (stage.source,), now, lambda: 0.0)
    told = tell(stage.desk, stage.ops, now)
    stage.owed += told.owed
    if made.failures or len(made.taken) != 1:
        raise DemoFailed(
            made.failures[0] if made.failures else "the site did not list its new article", where=story.title
        )
    events = made.taken[0].events
    figures = sum(event.type.startswith("figure.") for event in events)
    alerts = made.taken[0].alerts
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
    from feed.app.pipeline import poll_round

    now, head = datetime.now(UTC), stage.desk.log.head()
    made = poll_round(stage.desk, stage.ops.memory, stage.ops.fetch, (stage.source,), now, lambda: 0.0)
    told = tell(stage.desk, stage.ops, now)
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


def command(*words: str) -> str:
    """How a command is called from where the reader is."""
    script = ROOT / "run"
    program = "feed" if not script.is_file() else "./run" if Path.cwd() == ROOT else str(script)
    return " ".join((program, *(shlex.quote(word) for word in words)))
