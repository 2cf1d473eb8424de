"""`feed poll`: ask the sources once, now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from feed.app.cli.options import Dir, Json, now, settings_of

if TYPE_CHECKING:
    from feed.app.rounds import Round
    from feed.app.settings import Settings
    from feed.app.telling import Told
    from feed.model.source import Source
    from feed.poll.memory import Memory
    from feed.poll.visit import Polled

SOME_FAILED = 4


def poll(
    source: Annotated[str, typer.Argument(help="The name of one source [default: all that are due].")] = "",
    at_once: Annotated[bool, typer.Option("--now", help="Ask also those that are not due yet.")] = False,
    alert_old: Annotated[
        bool, typer.Option("--alert-old", help="Raise alerts also for what a source lists when it is new.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what is new; fetch no page, record and remember nothing.")
    ] = False,
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Ask the sources once, now.

    Records what is new and sends what subscribers are owed. What a source lists when it is new is recorded as history:
    it raises no alert. A source that is named is asked whether it is due or not.
    Ends with exit code 4 when a source, a page or a delivery failed; everything else was done all the same.
    """
    from feed.app.cli import printing
    from feed.app.pipeline import finish
    from feed.app.rounds import poll_round
    from feed.app.telling import DICE, open_ops, tell
    from feed.app.watch import watch
    from feed.app.wiring import open_desk

    settings, began = settings_of(dir), now()
    chosen = _named(settings.sources, source)
    if dry_run:
        _dry(settings, chosen, every=bool(source) or at_once, json=json)
        return
    with open_desk(settings) as desk, open_ops(desk) as ops:
        finish(desk, began)
        ops.memory.mind_clock(began)
        due = chosen if source or at_once else _due(chosen, ops.memory)
        due = [one.model_copy(update={"alert_old": one.alert_old or alert_old}) for one in due]
        made = poll_round(desk, ops.memory, ops.fetch, due, began, DICE.random)
        for alarm in watch(ops.memory, settings.sources, now()):
            printing.note(f"feed: {alarm.told()}")
        told = tell(desk, ops, now())
    if json:
        printing.as_json(_as_object(made, told))
    else:
        _tell(made, told, asked=len(due), known=len(chosen))
    if made.failures or told.failed:
        raise typer.Exit(SOME_FAILED)


def _dry(settings: Settings, chosen: list[Source], *, every: bool, json: bool) -> None:
    from feed.app.cli import printing
    from feed.app.telling import web
    from feed.poll import Memory
    from feed.poll import poll as ask

    fetch, found = web(settings), []
    with Memory.looked_up(settings.ops) as memory:
        for source in chosen if every else _due(chosen, memory):
            visit = ask(source, memory.of(source), fetch, now())
            found.append((visit, memory.unknown(visit)))
    if json:
        printing.as_json([{**_visit(visit), "new": [entry.link for entry in new]} for visit, new in found])
        return
    for visit, new in found:
        printing.say(
            f"{visit.source.name}: {visit.outcome.value}, {printing.counted(len(new), 'new entry', 'new entries')}"
        )
        for entry in new:
            printing.say(f"{entry.title or entry.id}  {entry.link}", indent=2)
        if visit.why:
            printing.note(visit.why)


def _visit(visit: Polled) -> dict[str, object]:
    told = visit.source.name, visit.outcome.value, len(visit.entries), visit.why or None
    return dict(zip(("source", "outcome", "entries", "why"), told, strict=True))


def _named(sources: Sequence[Source], name: str) -> list[Source]:
    from feed.model.errors import SettingsRefused, UsageRefused

    if not sources:
        raise SettingsRefused("no source is named", where="feed.toml", mend="Add a [[source]] with name and url.")
    if not name:
        return [source for source in sources if source.enabled]
    found = [source for source in sources if source.name == name]
    if not found:
        known = ", ".join(source.name for source in sources)
        raise UsageRefused(f"no source is called {name!r}", where="feed.toml", mend=f"Known: {known}.")
    return found


def _due(sources: Sequence[Source], memory: Memory) -> list[Source]:
    from feed.poll.due import is_due

    return [source for source in sources if is_due(source, memory.of(source), now())]


def _as_object(made: Round, told: Told) -> dict[str, object]:
    from feed.app.cli.ingest import summary

    return {
        "sources": [_visit(visit) for visit in made.visits],
        "articles": [summary(taken) for taken in made.taken],
        "failures": list(made.failures),
        "letters": {"owed": len(told.owed), "sent": len(told.sent), "failed": len(told.failed)},
    }


def _tell(made: Round, told: Told, *, asked: int, known: int) -> None:
    from feed.app.cli.ingest import tell
    from feed.app.cli.printing import note, say

    say(f"{asked} of {known} sources asked.")
    for visit in made.visits:
        listed = f", {len(visit.entries)} entries" if visit.entries else ""
        say(f"{visit.source.name}: {visit.outcome.value}{listed}")
    for taken in made.taken:
        tell(taken)
    say(f"Letters: {len(told.owed)} owed, {len(told.sent)} sent, {len(told.failed)} failed for now.")
    for failure in made.failures:
        note(failure)
