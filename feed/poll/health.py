"""How a source is: whether it answers, whether it still has news, whether its pages are still read. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import fmean, median

from feed.model.source import Source
from feed.poll.due import Validators

FAILURES = 4  # in a row: with the waits between them that is hours, not a restart of their server
GAPS = 3  # usual gaps without a new entry are silence
LEAST_GAP = timedelta(days=1)  # a night or a Sunday is no silence
RECENT, BEFORE = 10, 10  # articles whose figures are compared with those of the articles before them
FALLEN = 0.25


class State(StrEnum):
    """How a source is, in one word. All but the first three are alarms."""

    WELL = "well"
    NEW = "new"  # not asked yet
    OFF = "off"  # switched off
    GONE = "gone"  # 410
    FAILING = "failing"
    SILENT = "silent"  # it answers, and has nothing new
    GUTTED = "gutted"  # its pages give much less text than before
    POOR = "poor"  # its articles give far fewer figures than before


ALARMS = frozenset({State.GONE, State.FAILING, State.SILENT, State.GUTTED, State.POOR})


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a source: when it listed new entries, latest first; why pages are held back; how many figures
    were read in each of its last articles, latest first.
    """

    listed: Sequence[datetime] = ()
    thin: Sequence[str] = ()
    figures: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Health:
    """How a source is and why, with what that rests on. `gap` is the usual time between its listings of new entries.

    `figures` is the mean number of figures in its last articles. None stands for what is not known yet.
    """

    name: str
    state: State
    why: str
    last_success: datetime | None
    last_new: datetime | None
    gap: timedelta | None
    figures: float | None
    next_due: datetime | None


def health(source: Source, known: Validators, seen: Seen, now: datetime) -> Health:
    """How a source is at `now`; the first that holds of: off, gone, failing, gutted, silent, poor, new, well."""
    gap = usual_gap(seen.listed)
    told = (
        (State.OFF, "" if source.enabled else "it is switched off"),
        (State.GONE, known.disabled or ""),
        (State.FAILING, _failing(known)),
        (State.GUTTED, _gutted(seen.thin)),
        (State.SILENT, _silent(seen.listed, gap, now)),
        (State.POOR, _poor(seen.figures)),
        (State.NEW, "" if known.last_success else known.why or "it was not asked yet"),
    )
    state, why = next(((state, why) for state, why in told if why), (State.WELL, ""))
    return Health(
        name=source.name,
        state=state,
        why=why,
        last_success=known.last_success,
        last_new=seen.listed[0] if seen.listed else None,
        gap=gap,
        figures=fmean(seen.figures[:RECENT]) if seen.figures else None,
        next_due=None if state in (State.OFF, State.GONE) else known.next_due,
    )


def usual_gap(listed: Sequence[datetime]) -> timedelta | None:
    """The median time between listings of new entries, at least a day; None before there were five."""
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(listed)]
    return max(timedelta(seconds=median(gaps)), LEAST_GAP) if len(gaps) >= 4 else None


def _failing(known: Validators) -> str:
    return f"{known.failures} failures in a row: {known.why}" if known.failures >= FAILURES else ""


def _gutted(thin: Sequence[str]) -> str:
    more = f", and {len(thin) - 1} more" if len(thin) > 1 else ""
    return f"its pages may have changed: {thin[0]}{more}" if thin else ""


def _silent(listed: Sequence[datetime], gap: timedelta | None, now: datetime) -> str:
    if gap is None or now - listed[0] <= GAPS * gap:
        return ""
    return f"nothing new since {listed[0]:%-d %B %Y}; usually it has something every {_told(gap)}"


def _poor(figures: Sequence[int]) -> str:
    recent, before = figures[:RECENT], figures[RECENT:]
    if len(recent) < RECENT or len(before) < BEFORE:
        return ""
    now, then = fmean(recent), fmean(before)
    return f"{now:.1f} figures an article where there were {then:.1f}" if then >= 1 and now < FALLEN * then else ""


def _told(gap: timedelta) -> str:
    return "day" if gap < 2 * LEAST_GAP else f"{gap.days} days"
