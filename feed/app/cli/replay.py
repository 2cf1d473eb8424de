"""`feed replay`: the whole record once more, from nothing."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feed.app.cli.options import Dir, Json, day_of, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from feed.app.replay import Replayed
    from feed.view.store import View

DIFFERS = 1


def replay(
    until: Annotated[
        str, typer.Option(metavar="SEQ|DATE", help="Only up to that line, or what was recorded by the end of that day.")
    ] = "",
    to: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep what is made there: view.db and alerts.jsonl.")
    ] = None,
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Rebuild view and alerts from nothing, and compare.

    Nothing is sent or recorded. Says whether the alerts on record are the alerts that the record gives rise to; where
    they differ, which versions of rules and pack explain it. The same log and version give the same digest of rows on
    any machine. Ends with exit code 1 when a difference stays unexplained.
    """
    from zoneinfo import ZoneInfo

    from feed.app import replay as again
    from feed.app.packs import topic_of
    from feed.record.file import ReadOnlyLog

    settings, last = settings_of(dir), _last(until)
    topic = topic_of(settings)
    with _fresh(to) as view:
        made = again.replay(again.Part(ReadOnlyLog(settings.log).read(), last, ZoneInfo(topic.zone)), topic, view)
    if to is not None:
        again.write(to, made)
    _tell(made, json=json)
    if not made.same:
        raise typer.Exit(DIFFERS)


def _last(text: str) -> int | date | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else day_of(text, "--until")


@contextmanager
def _fresh(to: Path | None) -> Iterator[View]:
    """An empty view: in a new folder, or in memory."""
    from feed.app.asking import IN_MEMORY
    from feed.model.errors import UsageRefused
    from feed.view.store import View

    if to is not None:
        if to.exists() and any(to.iterdir()):
            raise UsageRefused("the folder is not empty", where=str(to), mend="Name a new one")
        to.mkdir(parents=True, exist_ok=True)
    view = View(to / "view.db" if to is not None else IN_MEMORY)
    try:
        yield view
    finally:
        view.close()


def _tell(made: Replayed, *, json: bool) -> None:
    from feed.app.cli import printing

    if json:
        differences = [
            {"turn": one.turn.value, "id": one.id, "sequence": one.sequence, "sentence": one.sentence, "why": one.why}
            for one in made.differences
        ]
        counted = {"events": made.events, "recorded": made.recorded, "recomputed": len(made.alerts)}
        counted["unknown"] = sum(made.unknown.values())
        told = {"differences": differences, "rows": made.rows, "same": made.same, "amid": made.amid}
        printing.as_json({**counted, **told})
        return
    printing.say(f"{printing.counted(made.events, 'event')} replayed. Rows of the view: sha256 {made.rows}.")
    recorded, recomputed = printing.counted(made.recorded, "alert"), len(made.alerts)
    printing.say(f"{recorded} on record, {recomputed} recomputed, {len(made.differences)} of them otherwise.")
    for one in made.differences:
        printing.say(f"{one.turn.value}, line {one.sequence}: {one.sentence}", indent=2)
        printing.say(one.why or "unexplained: the same versions made both", indent=4)
    printing.unknown(made.unknown)
    if made.amid:
        printing.say(
            f"Line {made.events} is amid what was recorded of one article: alerts behind it were not compared."
        )
    if made.same and not made.differences:
        printing.say("Recorded alerts = recomputed alerts.")
