"""What plays a part in the demo."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from feed.app.demo.newsroom import Newsroom
from feed.app.demo.receivers import HookBox, Mailbox
from feed.app.demo.show import Screen
from feed.app.settings import Settings
from feed.app.telling import Ops
from feed.app.wiring import Desk
from feed.model.errors import FeedError

ROOT = Path(__file__).resolve().parents[3]


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
    began: float = field(default_factory=perf_counter)


def command(*words: str) -> str:
    """How a command is called from where the reader is."""
    script = ROOT / "run"
    program = "feed" if not script.is_file() else "./run" if Path.cwd() == ROOT else str(script)
    return " ".join((program, *(shlex.quote(word) for word in words)))
