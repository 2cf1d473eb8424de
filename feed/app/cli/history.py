"""`feed history`: how a figure came to be what it is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from feed.app.cli.options import Argument, Dir, Json, Option, home_of

if TYPE_CHECKING:
    from feed.app.cli.naming import Naming
    from feed.view.queries import Past

HEADS = ("FIGURE", "TO", "CAME TO", "RELATION", "")
ASIDE = ("contradicted", "stale", "step", "repeated", "agreed")  # what was printed and moved nothing
STANDS = {True: "stands", False: ""}


def history(
    series: Annotated[
        str,
        Argument(
            help="A series as `totals --json` names it, or its beginning up to a `/`; with `*` at its end whatever "
            "begins so. Quote it for the shell."
        ),
    ],
    chart: Annotated[
        bool | None, Option("--chart/--no-chart", help="Draw the steps too [default: in a terminal].")
    ] = None,
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Every figure of a series, and what came of each.

    With how it bears on the one that stood. By series, frame and day of publication; what was withdrawn is left out.
    The chart draws what stood or was seen to stand later, from the end of one period to the end of the next.
    """
    from feed.app.asking import open_view
    from feed.app.cli import objects, printing
    from feed.app.cli.naming import Naming
    from feed.view import queries

    settings = home_of(dir)
    with open_view(settings) as view:
        past = queries.history(view.db, series)
    if json:
        more = ("recorded", "outcome", "relation", "held", "stands")
        printing.as_json([objects.figure(p.shown) | {key: getattr(p, key) for key in more} for p in past])
        return
    _tell(past, Naming.of(settings), chart=sys.stdout.isatty() if chart is None else chart)


def _tell(past: list[Past], naming: Naming, *, chart: bool) -> None:
    """A table for each series and frame, and the chart of its steps."""
    from feed.app.cli.naming import SOURCE
    from feed.app.cli.printing import say, table

    for group in dict.fromkeys((p.shown.series, p.shown.frame) for p in past):
        held = [p for p in past if (p.shown.series, p.shown.frame) == group]
        say(f"{naming.what(held[0].shown)}, {group[1]}   [{group[0]}]")
        table(HEADS, [_row(p, naming) for p in held], (*SOURCE, "RECORDED"))
        say()
        for each in _chart(held) if chart else ():
            print(each)


def _row(past: Past, naming: Naming) -> tuple[str, ...]:
    shown, source = past.shown, (*naming.source(past.shown), naming.recorded(past.recorded))
    return naming.number(shown), naming.end(shown), past.outcome, past.relation or "", STANDS[past.stands], *source


def _chart(held: list[Past]) -> list[str]:
    """The steps of a series and frame; none when it took no two."""
    from decimal import Decimal

    from feed.publish.chart import steps

    points = [(p.shown.period.end, Decimal(p.shown.number)) for p in held if p.shown.period and p.outcome not in ASIDE]
    drawn = steps(points)
    return [*drawn, ""] if drawn else []
