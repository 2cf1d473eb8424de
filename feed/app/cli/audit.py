"""`feed audit`: some days of the record, for an auditor's file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from feed.app.cli.options import Dir, Json, day_of, settings_of

if TYPE_CHECKING:
    from feed.app.audit import Report
    from feed.app.settings import Settings
    from feed.deliver.outbox import Owed


def audit(
    first: Annotated[str, typer.Argument(metavar="DATE1", help="A day such as 2025-02-15, in the topic's zone.")],
    last: Annotated[str, typer.Argument(metavar="DATE2", help="The last day, itself included.")],
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Report what happened between two days.

    By when it was recorded: what was captured, raised, withdrawn, decided by people and delivered, by whom, with
    digests, the heads of the log around those days, and the checkpoint that covers them. The log is verified first.
    """
    from zoneinfo import ZoneInfo

    from feed.app import audit as auditing
    from feed.app.cli import printing
    from feed.app.packs import topic_of
    from feed.model.errors import UsageRefused
    from feed.record.evidence import Evidence
    from feed.record.file import ReadOnlyLog
    from feed.record.verify import verify

    settings, days = settings_of(dir), (day_of(first, "DATE1"), day_of(last, "DATE2"))
    if days[0] > days[1]:
        raise UsageRefused(f"{first} is after {last}", where="DATE1", mend="Give the earlier day first")
    kept = list(Evidence(settings.log).checkpoints())
    verify(settings.log, checkpoints=[kept[-1].note.checkpoint] if kept else [])
    zone = ZoneInfo(topic_of(settings).zone)
    report = auditing.audit(ReadOnlyLog(settings.log).read(), _letters(settings), kept, days, zone)
    if json:
        printing.as_json(report.as_json())
        return
    _tell(report)


def _letters(settings: Settings) -> tuple[Owed, ...]:
    from feed.deliver.outbox import Outbox

    if not settings.ops.is_file():
        return ()
    outbox = Outbox.at(settings.ops)
    try:
        return outbox.letters()
    finally:
        outbox.close()


def _tell(report: Report) -> None:
    from feed.app.audit import SECTIONS
    from feed.app.cli.printing import counted, say

    told = report.as_json()
    say(f"The record from {told['days'][0]} to {told['days'][1]}")
    say(f"Before: {told['heads'][0]}")
    say(f"After:  {told['heads'][1]}")
    say(", ".join(f"{count} {kind}" for kind, count in told["events"].items()) or "Nothing was recorded.")
    for reader, count in told["readers"].items():
        say(f"{counted(count, 'fact')} by {reader}")
    for head, key, row in SECTIONS:
        say()
        say(f"{head} ({len(told[key])})")
        for each in told[key]:
            place = (
                f"line {each['line']}, {each['recorded']}: "
                if "line" in each
                else f"{each['id'][:8]}, {each['owed']}: "
            )
            say(place + row(each), indent=2)
    say()
    kept = told["checkpoint"]
    say(f"Checkpoint over {kept['size']} lines, signed {kept['signed']}:" if kept else "No checkpoint covers this.")
    for line in kept["note"].splitlines() if kept else ():
        say(line, indent=2)
