"""`feed asof`: what was known when."""

from __future__ import annotations

from typing import Annotated

from feed.app.cli.options import Argument, Dir, InSeries, Json, Recorded, day_of, home_of
from feed.app.cli.totals import tell


def asof(
    date: Annotated[str, Argument(metavar="DATE", help="A day such as 2025-02-15, in the topic's zone.")],
    recorded: Recorded = False,
    series: InSeries = "",
    dir: Dir = None,
    json: Json = False,
) -> None:
    """What stood at the end of a day.

    By what had been published by then, or by what this log had recorded. By publication, an article whose date is
    not known never counts.
    """
    from feed.app.asking import open_view
    from feed.model.asked import named
    from feed.model.stood import Clock
    from feed.view import days

    day, settings = day_of(date, "DATE"), home_of(dir)
    clock = Clock.RECORDED if recorded else Clock.PUBLISHED
    with open_view(settings) as view:
        figures = days.totals(view.db, day, clock)
        states = [] if series else days.states(view.db, day, clock)
    tell(settings, [each for each in figures if not series or named(each.series, series)], states, json=json)
