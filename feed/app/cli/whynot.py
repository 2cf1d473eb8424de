"""`feed why-not`: why a fact raised no alert."""

from __future__ import annotations

from typing import Annotated

from feed.app.cli.options import Argument, Dir, Json, home_of


def why_not(
    fact: Annotated[str, Argument(help="The id of a figure or state (`history --json`), or its beginning.")],
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Why a fact on record raised no alert.

    Says what came of it and the rule that held it back; or, of one that raised an alert, that it did.
    """
    from feed.app.asking import open_view
    from feed.app.cli import printing
    from feed.view import queries

    with open_view(home_of(dir)) as view:
        row = queries.outcome(view.db, fact)
    said = row.get("printed") or row["value"]
    told = {"id": row["id"], "says": said, "article": row["article"], "outcome": row["outcome"], "held": row["held"]}
    if json:
        printing.as_json(told)
        return
    held = row["held"] or "nothing held it back: an alert was raised"
    printing.say(f"{said} ({row['article']}): {row['outcome'].replace('_', ' ')}; {held}.")
