"""`feed subscriptions`: who is told, and what they would have been told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from feed.app.cli.options import Dir, Json, now, settings_of, span_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feed.app.settings import Settings
    from feed.model.subscription import Letter, Subscription


def subscriptions(
    what: Annotated[str, typer.Argument(metavar="[test]", help="`test`: what would have been sent.")] = "",
    since: Annotated[str, typer.Option(metavar="SPAN", help="For `test`, how far back: 90d, 12h, 4w.")] = "90d",
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Who is told.

    Those of feed.toml and those who were added by command. `test` lists the letters that today's subscriptions would
    have brought, with the alerts on record; it sends nothing.
    """
    from feed.model.errors import UsageRefused

    if what not in ("", "test"):
        raise UsageRefused(f"{what!r} is not known", mend="feed subscriptions, or feed subscriptions test")
    settings = settings_of(dir)
    if what:
        _test(settings, span_of(since, "--since"), json=json)
    else:
        _list(settings, json=json)


def _list(settings: Settings, *, json: bool) -> None:
    from feed.app.cli import printing

    rows = list(_rows(settings))
    if json:
        printing.as_json(rows)
    elif rows:
        heads = ("NAME", "TO", "WHEN", "ASKS FOR", "STATE")
        printing.table(heads, ([str(row[key.lower()]) for key in heads] for row in rows))
    else:
        printing.say("Nobody is told. feed subscribe NAME --mail ADDRESS")


def _rows(settings: Settings) -> list[dict[str, Any]]:
    from contextlib import closing

    from feed.deliver.subscribers import Subscribers

    settings.hidden.mkdir(parents=True, exist_ok=True)
    with closing(Subscribers.at(settings.ops)) as subscribers:
        stopped = subscribers.stopped()
        added = subscribers.all()
    states = {each.subscription.name: "told" if each.confirmed else "asked, not confirmed" for each in added}
    known = {each.name: each for each in (*(each.subscription for each in added), *settings.subscriptions)}
    return [
        {**_row(each), "state": f"stopped {stopped[name]:%Y-%m-%d}" if name in stopped else states.get(name, "told")}
        for name, each in known.items()
    ]


def _row(each: Subscription) -> dict[str, Any]:
    from feed.model.subscription import Kind, Letter

    asked = each.model_dump(mode="json", exclude_defaults=True)
    kept = ("classes", "metrics", "dims", "sources", "series", "severity", "when")
    said = ", ".join(f"{key} {_plain(asked[key])}" for key in kept if key in asked)
    quiet = [f"quiet {each.quiet}"] if each.quiet else []
    most = [f"{each.at_most} an hour"] if each.at_most else []
    paced = ", ".join([str(each.cadence), *quiet, *most])
    to = Letter(each.channel, each.to, Kind.ALERT, (), ()).receiver
    return {"name": each.name, "to": to, "when": paced, "asks for": said or "everything"}


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key}={each}" for key, each in value.items())
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _test(settings: Settings, span: timedelta, *, json: bool) -> None:
    from contextlib import closing
    from zoneinfo import ZoneInfo

    from feed.alert.rehearsal import rehearse
    from feed.app.asking import open_view
    from feed.app.cli import printing
    from feed.app.packs import topic_of
    from feed.deliver.subscribers import Subscribers, current
    from feed.view import queries

    topic, began = topic_of(settings), now()
    with open_view(settings) as view:
        news = [each for each in queries.notices(view.db) if each.recorded >= began - span]
    settings.hidden.mkdir(parents=True, exist_ok=True)
    with closing(Subscribers.at(settings.ops)) as subscribers:
        asking = current(settings.subscriptions, subscribers)
    sent = rehearse(news, asking, ZoneInfo(topic.zone))
    sentences = {each.id: each.sentence for each in news}
    if json:
        printing.as_json([_object(when, letter, sentences) for when, letter in sent])
        return
    _tell(sent, sentences)
    printing.say(
        f"{printing.counted(len(sent), 'letter')} of {printing.counted(len(news), 'alert')}. Nothing was sent."
    )


def _tell(sent: Sequence[tuple[datetime, Letter]], sentences: dict[str, str]) -> None:
    from feed.app.cli import printing

    for when, letter in sent:
        names = ", ".join(letter.subscriptions)
        printing.say(f"{when:%Y-%m-%d %H:%M} UTC  {letter.kind}  {letter.receiver} ({names})")
        for alert in letter.alerts:
            printing.say(sentences[alert], indent=2)


def _object(when: datetime, letter: Letter, sentences: dict[str, str]) -> dict[str, Any]:
    from feed.model.instant import instant

    return {
        "when": instant(when),
        "kind": letter.kind.value,
        "channel": letter.channel.value,
        "to": letter.receiver,
        "subscriptions": list(letter.subscriptions),
        "alerts": [{"id": alert, "sentence": sentences[alert]} for alert in letter.alerts],
    }
