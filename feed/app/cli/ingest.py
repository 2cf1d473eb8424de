"""`feed ingest`: record articles that are at hand as files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from feed.app.cli.options import Dir, Json, now, settings_of

if TYPE_CHECKING:
    from feed.app.pipeline import Taken

REVIEWED = "reviewed.toml"


def ingest(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="JSON Lines files of articles (keys id, text, published, and perhaps url, publisher, title), or "
            "folders laid out as seeds/.",
        ),
    ],
    untold: Annotated[bool, typer.Option("--untold", help="As history: nobody shall ever be told of it.")] = False,
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Record articles from files.

    They are read and recorded in the order given, with what they mean; a folder in order of publication.
    What is on record already is not recorded again. Letters about it go out with the next `poll` or `serve`.
    """
    from feed.app import review
    from feed.app.cli import printing
    from feed.app.pipeline import finish, take
    from feed.app.telling import forgo, open_ops, owe
    from feed.app.wiring import open_desk
    from feed.capture.capture import given
    from feed.capture.handed import articles

    settings = settings_of(dir, fresh=True)
    handed = [article for path in paths for article in articles(path)]
    reviewed = [row for path in paths if (path / REVIEWED).is_file() for row in review.load(path / REVIEWED)]
    made = []
    with open_desk(settings) as desk, open_ops(desk) as ops:
        finish(desk, now())
        owe(desk, ops, now())
        for article in handed:
            taken = take(desk, given(article, desk.captures), now(), reviewed)
            made.append(summary(taken))
            if not json:
                tell(taken)
        if untold:
            forgo(desk, ops.outbox)
    if json:
        printing.as_json(made)
        return
    events = printing.counted(sum(each["events"] for each in made), "event")
    new = sum(each["events"] > 0 for each in made)
    printing.say(f"{printing.counted(len(made), 'article')}, {new} of them new: {events} recorded.")


def summary(taken: Taken) -> dict[str, Any]:
    """What became of one article, as an object: how many events were recorded now, of which kinds, and the alerts."""
    counted = Counter(event.type.split(".")[0] for event in taken.events)
    alerts = [{"class": a.alert, "severity": a.severity.value, "sentence": a.sentence} for a in taken.alerts]
    facts = sum(counted[kind] for kind in ("scheme", "office", "statement", "incident"))
    events = len(taken.events)
    made = {"article": taken.article, "events": events, "figures": counted["figure"], "facts": facts, "alerts": alerts}
    rest = taken.reading and taken.reading.unread
    return {**made, "unread": {"start": rest.start, "why": rest.why}} if rest else made


def tell(taken: Taken) -> None:
    """The same for people."""
    from feed.app.cli.printing import counted, say

    made = summary(taken)
    if not made["events"]:
        say(f"{made['article']}: already on record")
        return
    held = (counted(made["figures"], "figure"), counted(made["facts"], "other fact"))
    say(f"{made['article']}: {', '.join((*held, counted(len(made['alerts']), 'alert')))}")
    if "unread" in made:
        say(f"not read from character {made['unread']['start']} on: {made['unread']['why']}", indent=2)
    for alert in made["alerts"]:
        say(f"{alert['class']}, {alert['severity']}: {alert['sentence']}", indent=2)
