"""`feed reread`: the articles on record, read once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from feed.app.cli.options import Dir, Json, now, settings_of

if TYPE_CHECKING:
    from feed.app.rereading import Reread


def reread(
    pack: Annotated[
        str, typer.Option(metavar="PACK", help="A topic pack, or its folder [default: the data directory's own].")
    ] = "",
    alert: Annotated[bool, typer.Option("--alert", help="Let people be told of what is read otherwise.")] = False,
    dry: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Read the articles on record again.

    With the reader and pack of today. What is read otherwise is withdrawn (`reread`) and said anew, naming what it
    takes the place of; nothing is rewritten, what people read stays, and nobody is told unless asked for.
    """
    from feed.app.pipeline import finish
    from feed.app.rereading import reread as again
    from feed.app.wiring import open_desk

    settings = settings_of(dir)
    if pack:
        settings = settings.model_copy(update={"topic": pack})
    with open_desk(settings) as desk:
        finish(desk, now())
        made = again(desk, now(), alert=alert, dry=dry)
    _tell(made, json=json)


def _tell(made: Reread, *, json: bool) -> None:
    from feed.app.cli import printing

    if json:
        changes = [{"article": one.article, "before": one.before, "now": one.now} for one in made.changes]
        counted = {"articles": made.articles, "facts": made.facts, "missing": made.missing}
        printing.as_json({**counted, "changes": changes, "events": len(made.events)})
        return
    changed = sum(bool(one.before) for one in made.changes)
    printing.say(f"{printing.counted(made.articles, 'article')} read again: values changed {changed} of {made.facts}.")
    if made.changes:
        rows = ((one.article, one.before or "(new)", one.now or "(no longer read)") for one in made.changes)
        printing.table(("ARTICLE", "BEFORE", "NOW"), rows)
    for article in made.missing:
        printing.say(f"{article}: its text is not kept here, so it was not read again.")
    printing.say(f"{printing.counted(len(made.events), 'event')} recorded.")
