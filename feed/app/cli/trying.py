"""`feed try`: what polling would make of an address or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from feed.app.cli.options import Dir, Json, now

if TYPE_CHECKING:
    from feed.app.settings import Settings
    from feed.app.trial import Trial
    from feed.capture.capture import Captured
    from feed.model.topic import Topic
    from feed.poll.visit import Polled


def try_(
    where: Annotated[str, typer.Argument(metavar="URL|FILE", help="A feed or an article, on the web or in a file.")],
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Show what polling would make of an address or a file.

    Of a feed: what it lists. Of an article: what would be captured of it, and every number in its sentence with what it
    was read as. Records nothing and needs no data directory.
    """
    from feed.app import compiled
    from feed.app.cli.printing import as_json
    from feed.app.telling import web
    from feed.app.trial import tried

    settings = _settings(dir)
    topic, english = compiled.of(settings)
    trial = tried(where, web(settings), topic, english, now())
    if json:
        as_json(_as_object(trial))
    elif trial.listing is not None:
        _tell_listing(trial.listing)
    else:
        _tell_article(trial, topic)


def _settings(folder: Any) -> Settings:
    from pathlib import Path

    from feed.app import home, settings
    from feed.model.errors import SettingsRefused

    try:
        return settings.load(folder or home.find(Path.cwd()))
    except SettingsRefused:  # no data directory here, and none is needed
        if folder is not None:
            raise
    return settings.Settings(folder=Path.cwd(), topic=home.known()[0])


def _tell_listing(listing: Polled) -> None:
    from feed.app.cli.printing import counted, say

    say(f"A feed that lists {counted(len(listing.entries), 'entry', 'entries')}, the oldest first:")
    for entry in listing.entries:
        when = f"{entry.published.time:%Y-%m-%d %H:%M}" if entry.published else "no date"
        say(f"{when}  {entry.title or entry.link}", indent=2)
        say(entry.link, indent=4)
    for why in listing.skipped:
        say(f"left out: {why}", indent=2)


def _tell_article(trial: Trial, topic: Topic) -> None:
    from feed.app.cli.printing import counted, say
    from feed.app.explain import explained

    captured, reading = trial.captured, trial.reading
    if captured is None or reading is None:
        return
    say(captured.article.title or captured.article.name)
    for head, text in _captured(captured).items():
        say(f"{head}: {text}", indent=2)
    for told in explained(captured.article, reading, topic):
        say()
        say(told.sentence, indent=2)
        for head, text in told.lines:
            say(f"{head}: {text}", indent=4)
    say()
    figures, facts = counted(len(reading.figures), "figure"), counted(len(reading.facts), "other fact")
    say(f"{figures} and {facts}. Nothing was recorded.")


def _captured(captured: Captured) -> dict[str, str]:
    article = captured.article
    known = article.published
    when = f"{known.time:%Y-%m-%d %H:%M} UTC, known from the {known.basis}" if known else "unknown"
    told = {
        "address": article.name,
        "publisher": article.publisher or "unknown",
        "published": f"{when}{f' ({known.note})' if known and known.note else ''}",
        "author": captured.author or "",
        "language": article.language or "",
        "text": f"{len(article.text)} characters, by {captured.text_path}",
    }
    return {head: text for head, text in told.items() if text}


def _as_object(trial: Trial) -> dict[str, object]:
    from feed.read.guide import record

    if trial.listing is not None:
        return {
            "entries": [{"id": e.id, "title": e.title, "link": e.link} for e in trial.listing.entries],
            "skipped": list(trial.listing.skipped),
        }
    if trial.captured is None or trial.reading is None:
        return {}
    return {**_captured(trial.captured), "words": trial.captured.article.text, **record(trial.reading)}
