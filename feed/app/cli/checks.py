"""`feed checks`: the arithmetic between figures."""

from __future__ import annotations

from feed.app.cli.options import Dir, Json, home_of

HEADS = ("VERDICT", "WHAT", "COMPUTED", "ARTICLE")


def checks(dir: Dir = None, json: Json = False) -> None:
    """The arithmetic between figures.

    Every test made: it holds, holds loosely, fails, or stays open.
    A verdict is about arithmetic, never about truth. A claim fails only when no admissible choice of figures saves it.
    """
    from feed.app.asking import open_view
    from feed.app.cli import objects, printing
    from feed.view import queries

    with open_view(home_of(dir)) as view:
        made = queries.checks(view.db)
    if json:
        printing.as_json([objects.check(row) for row in made])
    elif made:
        printing.table(HEADS, ([row[key] for key in ("verdict", "what", "formula", "article")] for row in made))
    else:
        printing.say("No figure on record could be tested against another.")
