"""`feed status`: how the record as a whole is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from feed.app.cli.options import Dir, Json, home_of, now

if TYPE_CHECKING:
    from feed.app.status import Status

TROUBLE, DAMAGED = 4, 5
HEADS = ("OF", "HOW IT IS")


def status(dir: Dir = None, json: Json = False) -> int:
    """How the record as a whole is.

    Where the log ends and since when, what the last checkpoint covers, how far the view is, alerts, sources that are
    late or in trouble, letters that wait or are parked, versions, free disk. Looks at it, takes no lock and changes
    nothing: it may be asked while `serve` runs. It looks at the end of the log only; `verify` looks at all of it.

    Ends with 0 when nothing is wrong, 4 when somebody should look at something, 5 when the log is damaged: for `cron`
    and the like.
    """
    from feed.app.cli import printing
    from feed.app.status import status as of

    at = now()
    told = of(home_of(dir), at)
    damage, wrong = "" if told.log is None else told.log.damage, told.wrong(at)
    if json:
        printing.as_json(_object(told, damage, wrong))
    else:
        printing.table(HEADS, _rows(told, at))
        printing.say()
        for each in [f"Damaged: {damage}. `feed verify` says more."] if damage else []:
            printing.say(each)
        for each in wrong:
            printing.say(f"Wrong: {each}.")
        if not wrong and not damage:
            printing.say("Nothing is wrong that can be seen from here.")
    return DAMAGED if damage else TROUBLE if wrong else 0


def _rows(told: Status, at: datetime) -> Iterator[tuple[str, str]]:
    yield "log", _log(told, at)
    yield "checkpoint", _checkpoint(told, at)
    yield "view", "to be made anew, when somebody asks" if told.view is None else _view(told)
    if told.alerts is not None:
        yield "alerts", f"{told.alerts.record} on record, {told.alerts.muted or 'nothing'} muted"
    yield "sources", _sources(told)
    held = told.deliveries
    yield "deliveries", f"{held.delivered} delivered, {held.waiting + held.gathering} waiting, {held.parked} parked"
    yield "made by", f"{told.topic}, {told.reader}, version {told.version}"
    yield "disk", f"{told.free / 1e9:,.1f} GB free"


def _log(told: Status, at: datetime) -> str:
    from feed.app.cli.printing import counted

    log = told.log
    if log is None:
        return "nothing is on record yet"
    since = f", the last one {_ago(log.recorded, at)}" if log.recorded else ""
    files = counted(log.files, "file")
    return f"{counted(log.head.sequence, 'event')} in {files}, {log.bytes / 1e6:,.1f} MB{since}, {log.head.hash[:12]}"


def _checkpoint(told: Status, at: datetime) -> str:
    if told.log is None or told.log.signed is None:
        return "none yet"
    signed, last = told.log.signed, told.log.head.sequence
    covers = "covers all of it" if signed.size == last else f"covers {signed.size} of {last}"
    return f"{covers}, signed {_ago(signed.time, at)}"


def _view(told: Status) -> str:
    behind = (told.log.head.sequence if told.log else 0) - (told.view or 0)
    return f"{behind} events behind the log" if behind else "up to the log"


def _sources(told: Status) -> str:
    held = told.sources
    if not held.on:
        return "none is switched on"
    last = f", the last {held.last_success}" if held.last_success else ""
    return f"{held.answered} of {held.on} answered{last}; {len(held.late) or 'none'} late, {len(held.wrong)} in trouble"


UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def _ago(then: datetime, at: datetime) -> str:
    """`3 days ago`, by the largest unit that fits."""
    from feed.app.cli.printing import counted

    seconds = max(0, int((at - then).total_seconds()))
    size, unit = next(((size, unit) for size, unit in UNITS if seconds >= size), (1, "second"))
    return f"{counted(seconds // size, unit)} ago"


def _object(told: Status, damage: str, wrong: list[str]) -> dict[str, Any]:
    from feed.model.instant import instant

    log = told.log
    signed = log and log.signed
    return {
        "ok": not damage and not wrong,
        "damage": damage or None,
        "wrong": wrong,
        "log": log
        and {
            "events": log.head.sequence,
            "hash": log.head.hash,
            "files": log.files,
            "bytes": log.bytes,
            "recorded": log.recorded and instant(log.recorded),
            "unfinished": log.unfinished,
        },
        "checkpoint": signed and {"size": signed.size, "time": instant(signed.time)},
        "view": told.view,
        "alerts": told.alerts and told.alerts._asdict(),
        "sources": told.sources._asdict(),
        "deliveries": told.deliveries._asdict(),
        "topic": told.topic,
        "reader": told.reader,
        "version": told.version,
        "free": told.free,
    }
