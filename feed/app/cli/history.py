"""`feed history`: how a figure came to be what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from feed.app.cli.options import Dir, Json, settings_of

if TYPE_CHECKING:
    from feed.app.cli.naming import Naming
    from feed.view.queries import Past

STANDS = {True: "stands", False: ""}


def history(
    series: Annotated[
        str,
        typer.Argument(
            help="A series as `totals --json` names it, or its beginning up to a `/`; with `*` at its end whatever "
            "begins so. Quote it for the shell."
        ),
    ],
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Every figure of a series, and what came of each.

    By series, frame and day of publication. What was withdrawn is left out.
    """
    from feed.app.cli import objects, printing
    from feed.app.cli.naming import Naming
    from feed.app.wiring import open_view
    from feed.view import queries

    settings = settings_of(dir)
    with open_view(settings) as view:
        past = queries.history(view.db, series)
    if json:
        more = ("recorded", "outcome", "relation", "held", "stands")
        printing.as_json([objects.figure(p.shown) | {key: getattr(p, key) for key in more} for p in past])
        return
    _tell(past, Naming.of(settings))


def _tell(past: list[Past], naming: Naming) -> None:
    """A table for each series and frame."""
    from feed.app.cli.naming import SOURCE
    from feed.app.cli.printing import say, table

    for group in dict.fromkeys((p.shown.series, p.shown.frame) for p in past):
        held = [p for p in past if (p.shown.series, p.shown.frame) == group]
        say(f"{naming.what(held[0].shown)}, {group[1]}   [{group[0]}]")
        rows = [
            (naming.number(p.shown), naming.end(p.shown), p.outcome, STANDS[p.stands], *naming.source(p.shown))
            for p in held
        ]
        table(("FIGURE", "TO", "CAME TO", ""), rows, SOURCE)
        say()
