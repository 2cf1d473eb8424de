"""The days that a time names for a number, counted from what the text is about where it only says how far away."""

from __future__ import annotations

from datetime import date

from feed.model.figure import Measure
from feed.model.period import Basis, Period
from feed.read.claim import Claim, Memory
from feed.read.dating import when
from feed.read.dating.carrying import DAY_REACH, OPEN, Asked, apart
from feed.read.dating.referred import listed, referred
from feed.read.grammar.against import compared
from feed.read.grammar.fences import fenced
from feed.read.patterns.lexicon import TIME
from feed.read.times import Shape, Time, periods
from feed.read.times.dates import Grain


def resolved(asked: Asked, seen: when.Sight, time: Time, memory: Memory, windows: periods.Windows) -> Period | None:
    """The days that a time names for the number; of one that is shifted, from what the text is about."""
    last = memory.last
    here = last is not None and last.scene is asked.view and last.main and last.dated.told
    main = last if here else memory.main
    base = main.period if main and apart(asked.view, main) <= 1 else None
    late = last if last and last.role.measure is Measure.LEVEL and apart(asked.view, last) <= 1 else None
    if time.rule == "earlier" and last and last.scene is not asked.view and _began_anew(asked, time, last, main):
        base = last.period  # "In the first quarter it was 1,266. A year earlier it was 125": of that one
    turn = _before_in_turn(asked, memory)
    if turn:  # "640 and 690 a year earlier", behind those of two months
        base = turn.period
    elif last and last.scene is asked.view and last.dated.by is time and when.is_moved(time):
        return last.period  # "a year earlier it was 125 and 909"
    base = _day(asked, time, base, memory)
    if (time.months < 0 or time.days < 0) and late:  # "58,680 in the year to June 2023, and 36,500 a year later"
        base = late.period
    if last is not None and last.scene is asked.view and (time.rule == "before that" or _one_more(asked, time, last)):
        base = last.period
    bracketed = asked.role.compared and _same_stage(asked) and not _whole(asked)
    ahead = main is not None and main.status in OPEN and base is main.period and (base is None or base.days != 1)
    if time.rule == "same time" and (base is None or ahead):
        base = _year_so_far(windows)
    if base is None and time.rule == "ago" and asked.found.stock and windows.published:
        base = periods.at_day(windows.published, Basis.PUBLISHED)
    shifted = base if bracketed or time.shape is Shape.SHIFT else None
    end = seen.end or _that_day(asked, time, memory, windows) or _brought(asked, time, memory)
    return periods.period(time, windows, end, shifted)


def _one_more(asked: Asked, time: Time, last: Claim) -> bool:
    """As in "19,000 by the same date last year and 20,000 the year before": a year back from the one just told."""
    joined = asked.view.form(asked.atom - 1) in ("and", ",") and asked.view.form(asked.atom + 1) == TIME
    by = last.dated.by
    return joined and time.rule == "year before" and by is not None and by is not time and when.is_moved(by)


DAYS = (1, 7)


def _day(asked: Asked, time: Time, base: Period | None, memory: Memory) -> Period | None:
    """As in "It was found on 11 August. The next morning six drowned": the day from which days are counted."""
    if not time.days or (base is not None and base.days in DAYS):
        return base
    here = asked.view.sentence.paragraph
    near = (row.period for row in reversed(memory.said) if here - row.scene.sentence.paragraph <= 1)
    return next((period for period in near if period.days == 1), base)


def _began_anew(asked: Asked, time: Time, last: Claim, main: Claim | None) -> bool:
    """Whether a shifted time that opens a sentence goes back from the one before, not from an earlier paragraph's."""
    level = last.role.measure is Measure.LEVEL and last.dated.told and not last.role.compared
    apart_ = main is not None and apart(asked.view, main) > apart(asked.view, last) == 0
    return level and apart_ and time.first <= 1


def _before_in_turn(asked: Asked, memory: Memory) -> Claim | None:
    """The one of as many counts told just before, with times of their own, that a number of a list goes back from."""
    run = listed(asked.view, asked.atom)
    if len(run) < 2:
        return None
    rows = [row for row in memory.row if row.scene is not asked.view or row.atom < run[0]]
    levels = [row for row in rows or memory.before if row.main and row.role.measure is Measure.LEVEL][-len(run) :]
    same = {row.attached.metric.id for row in levels} == {asked.found.metric.id}
    apart_ = len({row.period.end for row in levels if row.period}) == len(run)
    near = bool(levels) and asked.view.sentence.index - levels[-1].scene.sentence.index <= 1
    return levels[run.index(asked.atom)] if same and apart_ and near else None


def the_year(asked: Asked, time: Time, memory: Memory, windows: periods.Windows) -> Period | None:
    """The year that is spoken of: that of the day of the figure before, the whole one told last, or this one."""
    day = _brought(asked, time, memory)
    if day is None and memory.year and apart(asked.view, memory.year) <= 1:
        return memory.year.period
    return periods.period(time, windows, day, None)


def _same_stage(asked: Asked) -> bool:
    """Whether a level stands in brackets, or behind "than at this stage last year": it means as much of its year."""
    view = asked.view
    return view.bracket(asked.atom - 1) or any(
        at < asked.atom and time.rule == "same time" for at, time in view.times.items()
    )


def _whole(asked: Asked) -> bool:
    """As in "past the whole of 2021 (28,561)": all of it, not its part up to the same day."""
    view, atom = asked.view, asked.atom
    told = view.form(atom + 1) in ("who", "which", "that", "recorded", "seen") and view.form(atom - 1) == "the"
    return told or (view.form(atom - 4) in ("whole", "all") and view.form(atom - 3) == "of")


def _year_so_far(windows: periods.Windows) -> Period | None:
    if windows.published is None:
        return None
    start = windows.published.replace(month=1, day=1)
    return Period(start=start, end=windows.published, end_basis=Basis.PUBLISHED, running=True)


def _that_day(asked: Asked, own: Time, memory: Memory, windows: periods.Windows) -> date | None:
    """As in "By the end of that day 20,000 had come since January": the day told before that a total runs to."""
    view = asked.view
    if own.shape is not Shape.RUNNING or own.start is None:
        return None
    for at, time in view.times.items():
        if (
            time.shape is Shape.BACK
            and time.grain is Grain.DAY
            and not (compared(view, at) or fenced(view, asked.atom, at))
        ):
            meant = referred(view, asked.atom, time, memory, windows)
            return meant.end if meant and meant.days == 1 and meant.end >= own.start else None
    return None


def _brought(asked: Asked, own: Time, memory: Memory) -> date | None:
    """As in "It brought the total since ... to 6,246, up 20%": as of the last day that was counted before."""
    view, last = asked.view, memory.last
    if own.shape is not Shape.RUNNING or not any(_raised(asked, hit.counted) for hit in view.told("bring")):
        return None
    if last and last.scene is view and last.period and not last.period.running:
        return last.period.end
    latest = memory.latest.get(asked.found.metric.id)
    return latest.period.end if latest and latest.period and apart(view, latest) <= DAY_REACH else None


def _raised(asked: Asked, counted: int) -> bool:
    return counted in (-1, asked.atom) or (not asked.level and counted < asked.atom)
