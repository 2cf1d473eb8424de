"""`feed mute`: no news of something for a time."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from feed.app.cli.options import Dir, Json, now, settings_of, span_of

SCOPES = ("series", "metric", "source", "class")


def mute(
    scope: Annotated[str, typer.Argument(help="series, metric, source or class [default: list what is muted].")] = "",
    name: Annotated[str, typer.Argument(help="Its name.")] = "",
    span: Annotated[str, typer.Option("--for", metavar="SPAN", help="For how long: 7d, 12h, 4w.")] = "7d",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; it stands beside what was muted.")] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="Who says so.")] = "operator",
    end: Annotated[bool, typer.Option("--end", help="No longer mute it.")] = False,
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Want no news of something for a time.

    It stays on record, on its page and, marked, in the feeds, and is pushed to nobody; when the time is over nothing
    is sent belatedly. A mute is an event of the log like any other, with its end and its reason.
    """
    from feed.app.cli import printing
    from feed.app.muting import mute as put
    from feed.model.alert import AlertClass
    from feed.model.errors import UsageRefused
    from feed.model.report import MuteSet

    settings = settings_of(dir)
    if not scope:
        _list(dir, json=json)
        return
    known = get_args(AlertClass) if scope == "class" else ()
    if scope not in SCOPES or not name or (known and name not in known):
        mend = f"feed mute {'|'.join(SCOPES)} NAME" if not known else f"Known: {', '.join(known)}."
        raise UsageRefused("this names nothing that could be muted", where=f"{scope} {name}".strip(), mend=mend)
    if not reason and not end:
        raise UsageRefused("a mute has a reason", where="--reason", mend='Give one: --reason "counted anew this week".')
    began = now().replace(microsecond=0)
    until = began if end else began + span_of(span, "--for")
    asked = MuteSet.model_validate(
        {"scope": scope, "name": name, "start": began, "until": until, "by": by, "reason": reason or "over"}
    )
    recorded = put(settings, asked, now())
    said = "is no longer muted" if end else f"is muted until {until:%Y-%m-%d %H:%M} UTC"
    printing.say(f"{scope} {name} {said}." + ("" if recorded else " `serve` takes it up within seconds."))


def _list(dir: Dir, *, json: bool) -> None:
    from feed.app.asking import open_view
    from feed.app.cli import printing
    from feed.model.instant import instant
    from feed.model.mute import latest
    from feed.view import queries

    began = now()
    with open_view(settings_of(dir)) as view:
        held = [each for each in latest(queries.mutes(view.db)) if each.until > began]
    if json:
        keys = ("scope", "name", "reason", "by")
        printing.as_json([{**{k: getattr(each, k) for k in keys}, "until": instant(each.until)} for each in held])
        return
    for each in held:
        printing.say(f"{each.scope} {each.name} until {each.until:%Y-%m-%d %H:%M} UTC: {each.reason} ({each.by})")
    if not held:
        printing.say("Nothing is muted.")
