"""What the program is called, which commands it has, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

PROGRAM = "feed"
# An article makes some 30,000 small objects that all die with it: looking for rings among them takes a tenth of the
# time of reading when it is done every 700 objects, as Python does.
RINGS = (100_000, 20, 20)
EXITS = {
    0: "done",
    1: "it failed",
    2: "that is no command, or not a word it takes",
    3: "settings or a topic pack cannot be used",
    4: "some sources or deliveries failed, the rest was done; of `status`: look at something",
    5: "the log, or a capture, is damaged",
    75: "the log could not be made durable: nothing of it counts, try again",
    130: "interrupted",
}
COMMANDS = {
    # what fills a record
    "demo": "demo.demo",
    "init": "init.init",
    "ingest": "ingest.ingest",
    "poll": "poll.poll",
    "serve": "serve.serve",
    "add": "add.add",
    "sources": "sources.sources",
    "try": "trying.try_",
    "opml": "add.opml",
    # what asks it
    "totals": "totals.totals",
    "history": "history.history",
    "alerts": "alerts.alerts",
    "why": "why.why",
    "why-not": "whynot.why_not",
    "check": "check.check",
    "asof": "asof.asof",
    "diff": "diff.diff",
    "checks": "checks.checks",
    "status": "status.status",
    # what tells people
    "subscribe": "subscribe.subscribe",
    "unsubscribe": "subscribe.unsubscribe",
    "subscriptions": "subscriptions.subscriptions",
    "notify": "notify.notify",
    "mute": "mute.mute",
    "deliveries": "deliveries.deliveries",
    # what looks behind it
    "read": "read.read",
    "verify": "verify.verify",
    "checkpoint": "checkpoint.checkpoint",
    "key": "key.key",
    "proof": "proof.proof",
    "audit": "audit.audit",
    "replay": "replay.replay",
    "reread": "reread.reread",
    "export": "export.export",
    "backup": "backup.backup",
    "rebuild": "rebuild.rebuild",
    "schemas": "schemas.schemas",
    "docs": "docs.docs",
}
"""All commands, in the order in which a newcomer meets them, each with its module of this package and the function
in it: only what is asked for is loaded."""
QUICK = ("totals", "history", "alerts", "why", "why-not", "asof", "diff", "checks", "status")
"""Questions that are answered without the library of the command line, which takes longer to load than they take."""


def function_of(command: str) -> Callable[..., Any]:
    """The function of a command; its module is loaded."""
    module, _, function = COMMANDS[command].partition(".")
    found: Callable[..., Any] = getattr(import_module(f"feed.app.cli.{module}"), function)
    return found
