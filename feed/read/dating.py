"""The period and baseline of one number: told in its sentence, carried from before, or by the guide's rules."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from feed.model.figure import Measure, Status
from feed.model.period import Basis, Period
from feed.read import periods, when
from feed.read.claim import Attached, Claim, Dated, Memory
from feed.read.inherit import anaphoric
from feed.read.lexicon import QUANTITY
from feed.read.numbers import PERCENT, TIMES
from feed.read.rank import MONEY
from feed.read.referred import in_turn, referred
from feed.read.roles import Role
from feed.read.scene import Scene
from feed.read.sentences import Layout
from feed.read.times import Shape, Time

DAY_REACH = 4  # paragraphs that a bulletin about one day goes on for


class Asked(NamedTuple):
    """The number whose time is asked for."""

    view: Scene
    atom: int
    role: Role
    found: Attached
    status: Status

    @property
    def level(self) -> bool:
        """Whether it tells how many, not by how much."""
        return self.role.measure is Measure.LEVEL

    @property
    def based(self) -> bool:
        """Whether it is the level that another one is compared with."""
        return self.level and self.role.compared


BEGUN = 4  # paragraphs


def dated(asked: Asked, memory: Memory, windows: periods.Windows) -> Dated:
    """The number's period and baseline."""
    seen = when.sight(asked.view, asked.atom, as_base=asked.role.compared)
    own = _own(asked, seen, memory, windows)
    told = own is not None
    if own is None and not (asked.status is Status.PLAN and asked.found.unit.startswith(MONEY)):
        own = _carried(asked, memory)
    if own and told and seen.own and _until(asked, seen.own):
        own = periods.until(own, _begun(asked, own, memory))
    baseline = None
    if asked.role.measure in (Measure.CHANGE, Measure.RATIO):
        baseline = periods.period(seen.base, windows, None, own) if seen.base else None
        if baseline is None and (pair := _two(asked, own if told else None, memory)):
            own, baseline = pair
    if own and asked.found.stock and asked.level and own.running:
        own = periods.last_day(own)
    if own is None and asked.level:
        own = _default(asked, windows)
    if own and asked.status in (Status.TARGET, Status.FORECAST):
        own = periods.to_come(own, windows.published if told else None, stock=asked.found.stock)
    shifted = told and seen.own is not None and when.is_moved(seen.own)
    return Dated(own, baseline, told, shifted, seen.own if told else None)


def _two(asked: Asked, own: Period | None, memory: Memory) -> tuple[Period, Period] | None:
    """As in "That is a fall of a third": from the earlier of the two levels told last to the later one."""
    rows = [row for row in memory.levels if row.attached.metric.id == asked.found.metric.id and row.period]
    if len(rows) < 2 or asked.view.sentence.index - rows[-1].scene.sentence.index > 1:
        return None
    if _apart(asked.view, rows[0]) > 0 or rows[0].status in OPEN or rows[1].status in OPEN:
        return None
    earlier, later = sorted((row.period for row in rows if row.period), key=lambda told: told.end)
    return (later, earlier) if earlier.end < later.end and own in (None, later) else None


def _begun(asked: Asked, own: Period, memory: Memory) -> date | None:
    """From which day a total is counted that ends on a day: that of the count before, when it goes on."""
    metric = asked.found.metric.id
    last = memory.totals.get(metric)
    if memory.last and memory.last.attached.metric.id == metric and not (memory.last.period or own).running:
        last = memory.last
    if last is None or last.period is None or last.period.start is None or _apart(asked.view, last) > BEGUN:
        return None
    counted = last.period
    start = last.period.start
    year = counted.days in (365, 366) and start.year == own.end.year and _apart(asked.view, last) <= 1
    return start if start <= own.end and (counted.running or year) else None


def _own(asked: Asked, seen: when.Sight, memory: Memory, windows: periods.Windows) -> Period | None:
    """The period that the number's own sentence tells, by its times or by the words beside the number."""
    if asked.found.stock and asked.level and _now(asked):
        return _default(asked, windows)
    told = _told(asked, seen, memory, windows)
    if told and asked.based and memory.last and memory.last.scene is asked.view and _been(asked):
        return _based(asked, memory.last.period)
    return told


def _now(asked: Asked) -> bool:
    """As in "staff now number 5,700", "at present 1,900 are held": the state is that of the article's day."""
    view = asked.view
    near = range(max(0, asked.atom - NOW_REACH), asked.atom + 2)
    free = not any(view.form(at) == QUANTITY for at in near if at != asked.atom)
    present = any(view.form(at) == "present" and view.form(at - 1) == "at" for at in near)
    if view.form(asked.atom - 1) in HOLDING or view.form(asked.atom - 2) in HOLDING:
        return not any(hit.first <= 1 for hit in view.told("of them"))
    return free and (present or any(view.form(at) in NOW for at in near))


HOLDING = frozenset({"is", "are", "has", "have", "holds", "hold", "houses", "house", "stands", "number", "numbers"})
NOW = frozenset({"now", "currently", "presently"})
NOW_REACH = 4  # atoms


def _been(asked: Asked) -> bool:
    """As in "it was 948,000, having been 1,326,000": the period before the one that the sentence tells."""
    return asked.view.form(asked.atom - 1) == "been" and asked.view.form(asked.atom - 2) == "having"


def _until(asked: Asked, time: Time) -> bool:
    """As in "in all 200 had come by the end of January": a running total of which only the end is told."""
    ends = (time.shape is Shape.POINT and time.rule == "by" and not time.event) or time.rule == "by then"
    return ends and asked.level and not asked.found.stock and asked.status is Status.ACTUAL


def _told(asked: Asked, seen: when.Sight, memory: Memory, windows: periods.Windows) -> Period | None:
    """The period that the sentence tells."""
    turn = in_turn(asked.view, asked.atom)
    time = seen.own if turn is None else asked.view.times[turn]
    if time is None:
        return None
    if time.shape is Shape.BACK:
        meant = referred(asked.view, asked.atom, time, memory, windows)
        return _based(asked, meant) if asked.view.bracket(asked.atom - 1) else meant
    if not asked.level:
        for row in (memory.last, memory.main):
            if row and row.scene is asked.view and row.dated.by is time and row.main:
                return row.period
    last = memory.last
    here = last is not None and last.scene is asked.view and last.main and last.dated.told
    main = last if here else memory.main
    base = main.period if main and _apart(asked.view, main) <= 1 else None
    near = memory.levels[-1] if memory.levels and memory.levels[-1].scene is asked.view else None
    if time.months < 0 and near:  # "58,680 in the year to June 2023, and 36,500 a year later"
        base = near.period
    if time.rule == "the year":
        return _the_year(asked, time, memory, windows)
    bracketed = asked.role.compared and _same_stage(asked) and not _whole(asked)
    shifted = (base or _year_so_far(windows)) if bracketed or time.shape is Shape.SHIFT else None
    return periods.period(time, windows, seen.end or _brought(asked.view, time, memory), shifted)


def _the_year(asked: Asked, time: Time, memory: Memory, windows: periods.Windows) -> Period | None:
    """The year that is spoken of: that of the day of the figure before, the whole one told last, or this one."""
    day = _brought(asked.view, time, memory)
    if day is None and memory.year and _apart(asked.view, memory.year) <= 1:
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
    return asked.view.form(asked.atom - 4) in ("whole", "all") and asked.view.form(asked.atom - 3) == "of"


def _apart(view: Scene, before: Claim) -> int:
    """How many paragraphs ago a claim was made."""
    return view.sentence.paragraph - before.scene.sentence.paragraph


def _year_so_far(windows: periods.Windows) -> Period | None:
    if windows.published is None:
        return None
    start = windows.published.replace(month=1, day=1)
    return Period(start=start, end=windows.published, end_basis=Basis.PUBLISHED, running=True)


def _brought(view: Scene, own: Time, memory: Memory) -> date | None:
    """As in "It brought the total since ... to 6,246": as of the day of the figure before."""
    last = memory.last
    if own.shape is not Shape.RUNNING or last is None or last.period is None or not view.told("bring"):
        return None
    if _apart(view, last) > 1 or (last.scene is not view and last.period.start != last.period.end):
        return None
    return last.period.end


def _carried(asked: Asked, memory: Memory) -> Period | None:
    """The period that was told before and plainly goes on."""
    last = memory.last
    if last is None:
        return None
    if last.scene is asked.view:
        main = memory.main if memory.main and not last.main and _apart(asked.view, memory.main) <= 1 else last
        return _based(asked, main.period)
    alone = asked.view.layout is Layout.BULLET and _apart(asked.view, last) > 0
    if alone or asked.view.layout in (Layout.HEADING, Layout.STAMP):
        return None
    if _same_day(asked, last):
        return last.period
    if not _continues(asked, last):
        return None
    return _based(asked, (memory.main or last).period)


def _based(asked: Asked, period: Period | None) -> Period | None:
    """The same period; of a level that is only compared with, the one a year before."""
    if not asked.based or period is None:
        return period
    return periods.moved(period, -12) if period.start else None


OPEN = frozenset({Status.PLAN, Status.TARGET, Status.FORECAST})


def _continues(asked: Asked, last: Claim) -> bool:
    apart = _apart(asked.view, last)
    if apart > 1 or last.period is None or (last.status in OPEN and asked.status is Status.ACTUAL):
        return False
    opening = any(hit.first <= 1 for hit in asked.view.told("going_on"))
    if apart == 1 and not opening and not asked.view.told("of them"):
        return False
    now = asked.found.stock and asked.level and asked.view.told("present")
    return not now or anaphoric(asked.view)


def _same_day(asked: Asked, last: Claim) -> bool:
    """A bulletin about one day goes on about it, past bylines, until a time is told."""
    period = last.period
    if period is None or period.start != period.end or not last.dated.told or not asked.level or asked.found.stock:
        return False
    near = _apart(asked.view, last) <= DAY_REACH and asked.view.layout is Layout.BODY
    return near and asked.found.metric.id == last.attached.metric.id and not asked.view.told("perfect")


def _default(asked: Asked, windows: periods.Windows) -> Period | None:
    """The guide's rules for a level without any time: a stock's day, a running total in the perfect tense."""
    if windows.published is None or asked.status in (Status.TARGET, Status.FORECAST):
        return None
    if asked.found.stock:
        return periods.at_day(windows.published, Basis.PUBLISHED)
    counts = not asked.found.unit.startswith(MONEY) and asked.found.unit not in (PERCENT, TIMES)
    perfect = asked.status is Status.ACTUAL and counts and bool(asked.view.told("perfect"))
    return periods.so_far(windows.published) if perfect else None
