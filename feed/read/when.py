"""Which time of its sentence a number is about, and which one it is compared with."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from feed.model.period import month_end
from feed.read.compared import compared_level
from feed.read.dates import Grain
from feed.read.lexicon import BREAK, QUANTITY, TIME
from feed.read.numbers import PERCENT
from feed.read.scene import Scene
from feed.read.times import Shape, Time


class Sight(NamedTuple):
    """The times that one number may be about: its own, what it is compared with, and the end of a running total."""

    own: Time | None
    base: Time | None
    end: date | None
    carried: bool = False


COMPARE = frozenset({"than", "against", "versus", "vs", "on", "from", "above", "below"})
FILLER = frozenset(
    {
        "in",
        "the",
        "at",
        "with",
        "to",
        "for",
        "during",
        "over",
        "of",
        "figure",
        "figures",
        "total",
        "level",
        "number",
        "a",
        "by",
        "record",
        "all",
        "whole",
        "it",
        "was",
        "they",
        "were",
    }
)
COST = {QUANTITY: 7.0, BREAK: 4.0, ",": 1.5, "and": 2.0}
COST |= dict.fromkeys(("taking", "bringing", "lifting", "pushing", "raising"), 9.0)  # what follows is another number's
BRACKETED = 0.5
LIMIT = 40.0
RIGHT = 20.0
ALONE = 90.0  # the only time of a sentence, at the end of its list
NEAR_VERB = 4
SAID_LATER = 6


def times_of(scene: Scene, number: int) -> dict[int, Time]:
    """The times of a sentence that tell a period; not when something was said or published."""
    found = {}
    for atom, time in scene.times.items():
        if time.shape is Shape.DURATION or _of_telling(scene, atom, time):
            continue
        if (
            time.rule == "since date"
            and atom < number
            and scene.form(atom + 1) == ","
            and scene.form(atom + 2) == "when"
        ):
            found[atom] = time._replace(shape=Shape.WINDOW, end=_closing(time))
        elif not _record(scene, atom, time):
            found[atom] = time
    return found


def _closing(time: Time) -> date:
    start = time.start or date.min
    return start.replace(month=12, day=31) if time.grain is Grain.YEAR else month_end(start)


def _record(scene: Scene, atom: int, time: Time) -> bool:
    """As in "the highest rate since 2018": how long a record stands, not what a number is about."""
    if time.rule not in ("since date", "since event") or (
        time.event and any(event.id == time.event for event in scene.tables.anchors)
    ):
        return False
    for at in range(atom - 1, max(-1, atom - 10), -1):
        form = scene.form(at)
        if form in (QUANTITY, BREAK):
            return False
        if form in SUPERLATIVE or (len(form) > 5 and form.endswith("est")):
            return True
    return False


SUPERLATIVE = frozenset({"any", "most", "worst", "first", "best", "low", "high"})


def _of_telling(scene: Scene, atom: int, time: Time) -> bool:
    """As in "published on Thursday", "told the Commons on Monday"."""
    if time.shape is not Shape.WINDOW or time.start is None or time.end is None or (time.end - time.start).days > 31:
        return False
    for hit in scene.told("telling"):
        if 0 <= atom - hit.last <= NEAR_VERB and not any(
            scene.form(i) in (QUANTITY, BREAK, ",") for i in range(hit.last, atom)
        ):
            return True
        if (
            0 < hit.first - atom <= SAID_LATER
            and atom <= 1
            and not any(scene.form(i) in (QUANTITY, BREAK) for i in range(atom, hit.first))
        ):
            return True
    return False


def compared(scene: Scene, atom: int) -> bool:
    """Whether a time stands for what something is compared with: "than in 2023", "compared to the same period"."""
    for at in range(atom - 1, max(-1, atom - 6), -1):
        form = scene.form(at)
        if form in ("compared", "comparison", "compares", "what") or (
            form in COMPARE and form != "on" and form != "from"
        ):
            return True
        if form == "on":
            return scene.times[atom].grain not in (Grain.DAY, Grain.WEEK) and _after_number(scene, at)
        if form == "from":
            return _after_number(scene, at)
        if form == QUANTITY:
            return scene.quantities[at].unit != PERCENT and compared_level(scene, at)
        if form not in FILLER and form != TIME:
            return False
    return False


def _after_number(scene: Scene, at: int) -> bool:
    for before in range(at - 1, max(-1, at - 4), -1):
        form = scene.form(before)
        if form == QUANTITY or form in scene.tables.up or form in scene.tables.down:
            return True
        if form not in ("increase", "rise"):
            return False
    return False


def sight(scene: Scene, atom: int, *, as_base: bool) -> Sight:
    """The times of the sentence that bear on the number at that atom."""
    times = times_of(scene, atom)
    own = _nearest(
        scene,
        atom,
        {
            at: t
            for at, t in times.items()
            if as_base or not (compared(scene, at) or (is_moved(t) and _trailing(scene, atom, at)))
        },
        as_base=as_base,
    )
    base = _nearest(scene, atom, {at: t for at, t in times.items() if compared(scene, at) or is_moved(t)}, as_base=True)
    return Sight(own, base, _end(scene, atom, times, own))


def is_moved(time: Time) -> bool:
    """Whether a time is another one moved; "in the same year" is not."""
    return time.shape is Shape.SHIFT and bool(time.months or time.year)


def _trailing(scene: Scene, atom: int, at: int) -> bool:
    """A shift behind a change is its base, whatever stands between."""
    return at > atom and scene.quantities[atom].unit in ("percent", "times")


def _nearest(scene: Scene, atom: int, times: dict[int, Time], *, as_base: bool) -> Time | None:
    best: tuple[float, Time] | None = None
    for at, time in times.items():
        cost = _cost(scene, atom, at, time, as_base=as_base)
        if at > atom and _others(scene, atom, at):
            continue
        free = at < atom or as_base or not any(scene.form(i) == BREAK and not scene.bracket(i) for i in range(atom, at))
        alone = at > atom and len(times) == 1 and cost < ALONE
        if cost <= ((ALONE if alone else LIMIT) if free else RIGHT) and (best is None or cost < best[0]):
            best = cost, time
    return best[1] if best else None


def _others(scene: Scene, atom: int, at: int) -> bool:
    """As in "the number is 197; there were 400 in 2023": the time of a number behind a break."""
    breaks = [i for i in range(atom, at) if scene.form(i) == BREAK and not scene.bracket(i)]
    if not breaks:
        return False
    end = len(scene.line.atoms)
    stop = next((i for i in range(at, end) if scene.form(i) == BREAK and not scene.bracket(i)), end)
    return any(scene.form(i) == QUANTITY for i in range(breaks[-1], stop))


def _cost(scene: Scene, atom: int, at: int, time: Time, *, as_base: bool) -> float:
    if at > atom:
        if scene.form(at - 1) == "of" and scene.form(at - 2) == QUANTITY and at - 2 > atom:
            return LIMIT + 1.0
        cost = sum(_passing(scene, i) for i in range(atom + 1, at))
        return cost + (3.0 if time.shape is Shape.POINT else 0.0)
    cost = sum(_passing(scene, i) for i in range(at + 1, atom)) + 1.0
    if as_base and "when" in (scene.form(at + 1), scene.form(at + 2)):
        return 0.0
    if as_base and time.shape is not Shape.SHIFT and not compared(scene, at):
        cost += 12.0
    if scene.form(atom - 1) == BREAK and at == atom - 2:
        return 0.0
    if not as_base and not any(scene.form(i) == QUANTITY for i in range(at)):
        return min(cost, 9.0)
    return cost


def _passing(scene: Scene, at: int) -> float:
    form = scene.form(at)
    return BRACKETED if form == BREAK and scene.bracket(at) else COST.get(form, 1.0)


def _end(scene: Scene, atom: int, times: dict[int, Time], own: Time | None) -> date | None:
    """The day that a running total runs to, when the sentence names one."""
    if own is None or own.shape is not Shape.RUNNING or own.end:
        return own.end if own else None
    for at, time in times.items():
        point = time.shape is Shape.POINT or (time.shape is Shape.WINDOW and time.start == time.end)
        later = point and time.end and own.start and time.end > own.start and not compared(scene, at)
        if later and (time.shape is Shape.POINT or at < atom):
            return time.end
    return None
