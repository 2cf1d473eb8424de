"""All commands, in the order in which a newcomer meets them."""

from __future__ import annotations

from typing import Annotated

import typer

from feed import __version__
from feed.app.cli.add import add, opml
from feed.app.cli.alerts import alerts
from feed.app.cli.asof import asof
from feed.app.cli.audit import audit
from feed.app.cli.backup import backup
from feed.app.cli.check import check
from feed.app.cli.checkpoint import checkpoint
from feed.app.cli.checks import checks
from feed.app.cli.deliveries import deliveries
from feed.app.cli.demo import demo
from feed.app.cli.diff import diff
from feed.app.cli.docs import docs
from feed.app.cli.export import export
from feed.app.cli.history import history
from feed.app.cli.ingest import ingest
from feed.app.cli.init import init
from feed.app.cli.key import key
from feed.app.cli.mute import mute
from feed.app.cli.notify import notify
from feed.app.cli.poll import poll
from feed.app.cli.program import EXITS, PROGRAM
from feed.app.cli.proof import proof
from feed.app.cli.read import read
from feed.app.cli.rebuild import rebuild
from feed.app.cli.replay import replay
from feed.app.cli.reread import reread
from feed.app.cli.schemas import schemas
from feed.app.cli.serve import serve
from feed.app.cli.sources import sources
from feed.app.cli.subscribe import subscribe, unsubscribe
from feed.app.cli.subscriptions import subscriptions
from feed.app.cli.totals import totals
from feed.app.cli.trying import try_
from feed.app.cli.verify import verify
from feed.app.cli.why import why
from feed.app.cli.whynot import why_not

COMMANDS = (
    *(demo, init, ingest, poll, serve, add, sources, try_, opml),  # what fills a record
    *(totals, history, alerts, why, why_not, check, asof, diff, checks),  # what asks it
    *(subscribe, unsubscribe, subscriptions, notify, mute, deliveries),  # what tells people
    *(
        read,
        verify,
        checkpoint,
        key,
        proof,
        audit,
        replay,
        reread,
        export,
        backup,
        rebuild,
        schemas,
        docs,
    ),  # what looks behind it
)


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
    named = {command.__name__.strip("_").replace("_", "-"): command for command in COMMANDS}
    made = typer.Typer(
        name=PROGRAM,
        help=feed.__doc__,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        epilog="Exit codes: " + "; ".join(f"{code} {means}" for code, means in EXITS.items()) + ".",
    )
    made.callback()(feed)
    for name in [word] if word in named and word != docs.__name__ else named:
        made.command(name)(named[name])
    return made
