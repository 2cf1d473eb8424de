"""All commands, in the order in which a newcomer meets them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer

from feed import __version__
from feed.app.cli.program import EXITS, PROGRAM

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
"""Each with the module of this package and the function in it: only what is asked for is loaded."""


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"feed {__version__}")
        raise typer.Exit


def feed(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error; may stand anywhere.")] = False,
) -> None:
    """A feed of record: which figure stands, what it replaced, who says so, and where that is written."""


def app_of(word: str = "") -> typer.Typer:
    """The program with that command alone, which starts in half the time; with all of them where none is called so.

    `docs` comes with all of them: it writes about them.
    """
    made = typer.Typer(
        name=PROGRAM,
        help=feed.__doc__,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        epilog="Exit codes: " + "; ".join(f"{code} {means}" for code, means in EXITS.items()) + ".",
    )
    made.callback()(feed)
    for name in [word] if word in COMMANDS and word != "docs" else COMMANDS:
        made.command(name)(_function(name))
    return made


def _function(name: str) -> Callable[..., Any]:
    module, _, function = COMMANDS[name].partition(".")
    found: Callable[..., Any] = getattr(import_module(f"feed.app.cli.{module}"), function)
    return found
