"""`feed sources`: how each source is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feed.app.cli.options import Dir, Json, now, settings_of

if TYPE_CHECKING:
    from feed.poll.health import Health

HEADS = ("SOURCE", "STATE", "LAST SUCCESS", "LAST NEW", "USUAL GAP", "FIGURES", "NEXT")


def sources(dir: Dir = None, json: Json = False) -> None:
    """How each source is.

    When it last answered and last had something new, how often it usually has, how many figures its last articles gave,
    and what is wrong. Needs no lock: it may be asked while `serve` runs.
    """
    from feed.app.cli import printing
    from feed.app.watch import healths, polled
    from feed.poll.memory import Memory

    settings, at = settings_of(dir), now()
    with Memory.looked_up(settings.ops) as memory:
        found = healths(memory, settings.sources, at)
        summary = polled(memory, settings.sources, datetime.min.replace(tzinfo=UTC))
    if json:
        printing.as_json([as_object(each) for each in found])
        return
    if found:
        printing.table(HEADS, [_row(each) for each in found])
    for each in found:
        if each.why:
            printing.say(f"{each.name}: {each.why}")
    printing.say(f"{summary}.")


def as_object(told: Health) -> dict[str, object]:
    """A source's health as programs get it: times ISO, the usual gap in seconds, unknown values null."""
    from feed.model.instant import instant

    return {
        "name": told.name,
        "state": told.state.value,
        "why": told.why or None,
        "last_success": told.last_success and instant(told.last_success),
        "last_new": told.last_new and instant(told.last_new),
        "usual_gap": told.gap and round(told.gap.total_seconds()),
        "figures": None if told.figures is None else f"{told.figures:.1f}",
        "next_due": told.next_due and instant(told.next_due),
    }


def _row(told: Health) -> tuple[str, ...]:
    gap = "" if told.gap is None else f"{told.gap.total_seconds() / 86400:.1f} days"
    figures = "" if told.figures is None else f"{told.figures:.1f}"
    times = (told.last_success, told.last_new, gap, figures, told.next_due)
    return (told.name, told.state.value, *(_cell(each) for each in times))


def _cell(value: datetime | str | None) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value or ""
