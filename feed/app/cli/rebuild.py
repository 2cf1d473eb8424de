"""`feed rebuild`: the view, made anew from the log."""

from __future__ import annotations

from feed.app.cli.options import Dir, Json, settings_of


def rebuild(dir: Dir = None, json: Json = False) -> None:
    """Make the view anew from the log.

    The same log gives the same rows; nothing is sent and no alert is raised.
    """
    from feed.app.asking import open_view
    from feed.app.cli import printing
    from feed.app.packs import topic_of
    from feed.app.wiring import rebuild_view
    from feed.record.file import ReadOnlyLog
    from feed.view import queries

    settings = settings_of(dir)
    events = rebuild_view(settings, topic_of(settings), ReadOnlyLog(settings.log).read())
    with open_view(settings) as view:
        rows = queries.counts(view.db)
    if json:
        printing.as_json({"events": events, "rows": rows})
        return
    printing.say(f"{settings.view} is made anew from {events} events.")
    printing.table(("TABLE", "ROWS"), ((name, str(count)) for name, count in rows.items()))
