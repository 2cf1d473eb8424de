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
from feed.read.roles import Role
from feed.read.scene import Scene
from feed.read.sentences import Layout
from feed.read.times import Shape, Time

WINDOW_REACH = 4  # paragraphs
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


def dated(asked: Asked, memory: Memory, windows: periods.Windows) -> Dated:
    """The number's period and baseline."""
    seen = when.sight(asked.view, asked.atom, as_base=asked.role.compared)
    own = _own(asked, seen, memory, windows)
    told = own is not None
    if own is None and not (asked.status is Status.PLAN and asked.found.unit.startswith(MONEY)):
        own = _carried(asked, memory)
    if own and told and seen.own and _until(asked, seen.own):
        own = periods.until(own)
    if own and asked.found.stock and asked.level and own.running:
        own = periods.last_day(own)
    if own is None and asked.level:
        own = _default(asked, windows)
    if own and asked.status in (Status.TARGET, Status.FORECAST):
        own = periods.to_come(own, windows.published, stock=asked.found.stock)
    baseline = None
    if asked.role.measure in (Measure.CHANGE, Measure.RATIO) and seen.base:
        baseline = periods.period(seen.base, windows, None, own)
    shifted = told and seen.own is not None and when.is_moved(seen.own)
    return Dated(own, baseline, told, shifted)


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
    return free and (present or any(view.form(at) in NOW for at in near))


NOW = frozenset({"now", "currently", "presently"})
NOW_REACH = 4  # atoms


def _been(asked: Asked) -> bool:
    """As in "it was 948,000, having been 1,326,000": the period before the one that the sentence tells."""
    return asked.view.form(asked.atom - 1) == "been" and asked.view.form(asked.atom - 2) == "having"


def _until(asked: Asked, time: Time) -> bool:
    """As in "in all 200 had come by the end of January": a running total of which only the end is told."""
    ends = time.shape is Shape.POINT and time.rule == "by" and not time.event
    return ends and asked.level and not asked.found.stock and asked.status is Status.ACTUAL


def _told(asked: Asked, seen: when.Sight, memory: Memory, windows: periods.Windows) -> Period | None:
    """The period that the sentence tells."""
    time = seen.own
    if time is None:
        return None
    base = memory.main.period if memory.main and _apart(asked.view, memory.main) <= 1 else None
    near = memory.levels[-1] if memory.levels and memory.levels[-1].scene is asked.view else None
    if time.months < 0 and near:  # "58,680 in the year to June 2023, and 36,500 a year later"
        base = near.period
    if time.rule == "the year" and memory.year:
        return memory.year
    if time.shape is Shape.SHIFT and not (time.months or time.year):
        base = _window(asked, memory) or base
    bracketed = asked.role.compared and _same_stage(asked) and not _whole(asked)
    shifted = (base or _year_so_far(windows)) if bracketed or time.shape is Shape.SHIFT else None
    return periods.period(time, windows, seen.end or _brought(asked.view, time, memory), shifted)


def _window(asked: Asked, memory: Memory) -> Period | None:
    """What "the same 12 months", "in that time" means: the last span that was told."""
    near = memory.window and _apart(asked.view, memory.window) <= WINDOW_REACH
    return memory.window.period if memory.window and near else None


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
