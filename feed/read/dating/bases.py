"""The two times of a change or a ratio: the one that it is about, and the one that it is compared with."""

from __future__ import annotations

from feed.model.figure import Measure
from feed.model.period import Basis, Period, month_end
from feed.read.claim import Claim, Memory
from feed.read.dating import when
from feed.read.dating.carrying import OPEN, Asked, apart
from feed.read.times import Time, periods
from feed.read.times.dates import Grain


def moved_from(
    asked: Asked,
    seen: when.Sight,
    told: Period | None,
    own: Period | None,
    memory: Memory,
    windows: periods.Windows,
) -> tuple[Period | None, Period | None]:
    """The period of a change or a ratio, and the one that it is compared with."""
    state = _state_since(asked, seen, windows)
    if state:
        return state
    if own is None and seen.base and seen.base.rule == "same time":  # "up 51 per cent on the same time last year"
        own = _window(asked, memory)
    if own and own.days == 1 and seen.base and seen.base.rule == "same time":
        own = _total(asked, own, memory) or own
    whole = seen.base is not None and _total_of(asked, seen.base)
    baseline = periods.period(seen.base, windows, None, None if whole else own) if seen.base else None
    if baseline is not None and baseline != own:
        return own or _since_base(asked, baseline, memory), baseline
    return _two(asked, told, memory) or (own, None)


def _state_since(asked: Asked, seen: when.Sight, windows: periods.Windows) -> tuple[Period, Period] | None:
    """As in "the number of them has halved since May": from what it was then to what it is now."""
    own, day = seen.own, windows.published
    dated = own is not None and own.rule == "since date" and own.start and not own.end
    if own is None or not dated or day is None or not asked.found.stock or own.start is None:
        return None
    begun = periods.at_day(own.start, Basis.STATED)
    if own.grain is Grain.MONTH:
        begun = Period(start=own.start, end=month_end(own.start))
    elif own.grain is Grain.YEAR:
        begun = periods.at_year(own.start)
    return periods.at_day(day, Basis.PUBLISHED), begun


def _total_of(asked: Asked, base: Time) -> bool:
    """As in "up 13% on the 2024 total of 36,816": all of that year, not as much of it as of this one."""
    words = asked.view.words
    here = base.last + (words.form(base.last) == "'s")
    return words.form(here) in TOTALS and words.form(here + 1) == "of" and base.grain is Grain.YEAR


TOTALS = frozenset({"total", "tally", "figure", "count", "number", "record", "high", "peak"})


def _two(asked: Asked, own: Period | None, memory: Memory) -> tuple[Period, Period] | None:
    """As in "That is a fall of a third": from the earlier of the two levels told last to the later one."""
    both = _from_aside(asked, own, memory) or _beside_base(asked, own, memory)
    if both:
        return both
    rows = [row for row in memory.levels if row.attached.metric.id == asked.found.metric.id and row.period]
    if len(rows) < 2 or asked.view.sentence.index - rows[-1].scene.sentence.index > 1:
        return None
    if apart(asked.view, rows[0]) > 0 or rows[0].status in OPEN or rows[1].status in OPEN:
        return None
    earlier, later = sorted((row.period for row in rows if row.period), key=lambda told: told.end)
    return (later, earlier) if earlier.end < later.end and own in (None, later) else None


def _beside_base(asked: Asked, own: Period | None, memory: Memory) -> tuple[Period, Period] | None:
    """As in "24,443 in 2019, against 14,773 in 2020, a fall of 40%": from the first level to the second one."""
    last = memory.last
    if own is None or last is None or not last.role.compared or last.period != own or last.scene is not asked.view:
        return None
    before = next((row.period for row in memory.row if row.main and row.attached.dims == last.attached.dims), None)
    return (own, before) if before is not None and before.end < own.end else None


def _from_aside(asked: Asked, own: Period | None, memory: Memory) -> tuple[Period, Period] | None:
    """As in "A year before it was 26,000, so it has shot up by half": from that to what the text is about."""
    last, main = memory.last, memory.main
    if own or last is None or main is None or last.scene is not asked.view or main.scene is asked.view:
        return None
    same = asked.found.metric.id == last.attached.metric.id == main.attached.metric.id
    if not (same and last.dated.shifted and last.role.measure is Measure.LEVEL and last.period and main.period):
        return None
    return (main.period, last.period) if last.period.end < main.period.end else None


def _window(asked: Asked, memory: Memory) -> Period | None:
    """The span that is spoken of: of the last claim whose sentence told one."""
    main = _level(asked, memory) or memory.main
    near = main is not None and apart(asked.view, main) <= 1 and main.period is not None
    return main.period if main and near and main.status not in OPEN else None


def _total(asked: Asked, day: Period, memory: Memory) -> Period | None:
    """As in "By that day 20,000 had come this year, and half as many again as at that stage of 2023": the total's."""
    totals = (row.period for row in memory.row if row.scene is asked.view and row.role.measure is Measure.LEVEL)
    return next((total for total in totals if total and total.running and total.end == day.end), None)


def _level(asked: Asked, memory: Memory) -> Claim | None:
    """As in "It pushed the count for 2023 to 15,826. That is 15 per cent down on the same stage": the last level."""
    level = memory.levels[-1] if memory.levels else None
    same = level is not None and level.attached.metric.id == asked.found.metric.id and level.period is not None
    near = same and level is not None and asked.view.sentence.index - level.scene.sentence.index <= 1
    return level if near and level is not None and level.period and level.period.running else None


def _since_base(asked: Asked, baseline: Period, memory: Memory) -> Period | None:
    """As in "Against April 2024 they were up a third": the same time a year on, when the text before is about it."""
    main = memory.main
    if main is None or main.period is None or apart(asked.view, main) > 1 or main.period.start is None:
        return None
    before = periods.moved(main.period, -12)
    return main.period if (before.start, before.end) == (baseline.start, baseline.end) else None
