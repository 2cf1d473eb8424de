"""`feed alerts`: what people had to know."""

from __future__ import annotations

from typing import Annotated, get_args

from feed.app.cli.options import Dir, Json, Option, day_of, home_of


def alerts(
    since: Annotated[str, Option(metavar="DATE", help="Recorded on that day or later (UTC).")] = "",
    kind: Annotated[
        list[str] | None, Option("--class", metavar="CLASS", help="Only of this class; may be repeated.")
    ] = None,
    severity: Annotated[str, Option(metavar="LEAST", help="low, medium or high: that, and louder.")] = "low",
    dir: Dir = None,
    json: Json = False,
) -> None:
    """The alerts on record.

    In the order of the log. `why` explains one.
    """
    from feed.app.asking import open_view
    from feed.app.checked import labels
    from feed.app.cli import objects, printing
    from feed.model.alert import AlertClass, Severity
    from feed.view import queries

    wanted = queries.Wanted(
        classes=tuple(_one_of(each, get_args(AlertClass), "--class") for each in kind or ()),
        severity=Severity(_one_of(severity, tuple(Severity), "--severity")),
        since=day_of(since, "--since") if since else None,
    )
    home = home_of(dir)
    with open_view(home) as view:
        found = queries.notices(view.db, wanted, labels(home).gloss if json else None)
    if json:
        printing.as_json([objects.alert(notice) for notice in found])
        return
    for notice in found:
        printing.say(notice.sentence)
        source = notice.publisher or notice.article
        printing.say(f"{notice.alert}, {notice.severity}, from {source}, alert {notice.id[:12]}", indent=2)
    if not found:
        printing.say("No such alert is on record.")


def _one_of(word: str, known: tuple[str, ...], option: str) -> str:
    from feed.model.errors import UsageRefused

    if word not in known:
        raise UsageRefused(f"{word!r} is none of them", where=option, mend=f"Known: {', '.join(known)}.")
    return word
