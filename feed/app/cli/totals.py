"""`feed totals`: what stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from feed.app.cli.options import Dir, Json, home_of

if TYPE_CHECKING:
    from feed.app.home import Home
    from feed.model.notice import Shown


def totals(dir: Dir = None, json: Json = False) -> None:
    """The figures that stand now.

    One for each series and frame; then who holds which office, and how each scheme stands.
    """
    from feed.app.asking import open_view
    from feed.app.cli import printing
    from feed.view import queries

    home = home_of(dir)
    with open_view(home) as view:
        figures, states = queries.totals(view.db), queries.states_now(view.db)
        unknown = queries.unknown(view.db)
    tell(home, figures, states, json=json)
    if not json:
        printing.unknown(unknown)


def tell(home: Home, figures: Sequence[Shown], states: Sequence[Mapping[str, Any]], *, json: bool) -> None:
    """Standing figures, then standing states: one list in JSON, two tables for people."""
    from feed.app.cli import objects, printing
    from feed.app.cli.naming import SOURCE, Naming

    if json:
        printing.as_json([*map(objects.figure, figures), *map(objects.state, states)])
        return
    naming = Naming.of(home)
    if figures:
        rows = [(naming.what(f), f.frame, naming.number(f), naming.end(f), *naming.source(f)) for f in figures]
        printing.table(("WHAT", "FRAME", "FIGURE", "TO"), rows, SOURCE)
    if states:
        printing.say()
        printing.table(("OFFICE OR SCHEME", "IS", "FROM"), map(naming.state, states), SOURCE)
    if not figures and not states:
        printing.say("Nothing is on record there.")
