"""Which times of a sentence stand for what something is compared with: "than in 2023", "on the end of March"."""

from __future__ import annotations

from collections.abc import Mapping

from feed.read.grammar.compared import compared_level
from feed.read.numbers import PERCENT, TIMES
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME
from feed.read.scene import Scene
from feed.read.times import Shape, Time
from feed.read.times.dates import Grain

COMPARE = frozenset({"than", "against", "versus", "vs", "on", "from", "above", "below"})


def compared(scene: Scene, atom: int) -> bool:
    """Whether a time stands for what something is compared with: "than in 2023", "compared to the same period"."""
    if scene.times[atom].event and scene.form(atom - 1) == "," and scene.form(atom - 2) == TIME:
        return _led_to(scene, atom - 2)  # "five more than in July, when they took power"
    return _led_to(scene, atom)


def _led_to(scene: Scene, atom: int) -> bool:
    """Whether words that compare lead to a time."""
    for at in range(atom - 1, max(-1, atom - 6), -1):
        form = scene.form(at)
        if (
            form in COMPARISON
            or _as_many(scene, at)
            or (form in scene.tables.changes.beyond and scene.form(atom + 1) == "by")
            or (form == "of" and scene.form(at - 1) in AHEAD)  # "35% ahead of 2023"
        ):
            return True
        if form == "on" and (scene.form(at - 1) == "than" or _as_many(scene, at - 1)):
            return True
        if form == "on":
            return (not _day(scene, atom) or _of_two(scene, atom)) and _after_number(scene, at)
        if form in ("from", "where"):
            return _after_number(scene, at) if form == "from" else scene.form(at - 1) in WHERE
        if form == QUANTITY:
            return _with_number(scene, at, atom)
        if form != TIME and form not in scene.tables.comparing.before_time:
            return _of_those(scene, at)
    return False


AHEAD = frozenset({"ahead", "short", "shy"})
WHERE = frozenset({"of", "than", "on", "above", "below", "behind"})  # "9% ahead of where 2023 was"


def _day(scene: Scene, atom: int) -> bool:
    """Whether a time is a day or a week: "on the last day of the year" as well as "on 30 June"."""
    time = scene.times[atom]
    named = time.shape is Shape.POINT and "day" in scene.words.forms[time.first : time.last]
    return named or time.grain in (Grain.DAY, Grain.WEEK)


def _of_two(scene: Scene, atom: int) -> bool:
    """As in "at 30 June 2022 it was 101, up 53% on <30 June 2021>": an earlier day than the one told before it."""
    day = scene.times[atom].end
    before = (time.end for at, time in scene.times.items() if at < atom and time.start == time.end)
    number = next((at for at in range(atom - 1, -1, -1) if scene.form(at) == QUANTITY), None)
    moves = number is not None and scene.quantities[number].unit in (PERCENT, TIMES)
    return moves and day is not None and any(end is not None and end > day for end in before)


COMPARISON = frozenset({"compared", "comparison", "compares", "what"}) | (COMPARE - {"on", "from"})
MANY = frozenset({"many", "much", "high", "large", "big", "often"})
CLAUSE = 8  # atoms


def _as_many(scene: Scene, at: int) -> bool:
    """As in "as many as in 2022", "twice as many were held at the end of June as on the same date in 2020"."""
    if scene.form(at) != "as":
        return False
    if scene.form(at - 1) in MANY:
        return True
    if MANY.isdisjoint(scene.spoken):
        return False
    return any(scene.form(i) in MANY and scene.form(i - 1) == "as" for i in range(max(0, at - 2 * CLAUSE), at))


def _with_number(scene: Scene, at: int, atom: int) -> bool:
    """Whether the number before a time is what another one is compared with."""
    unit = scene.quantities[at].unit
    if unit == TIMES:
        return scene.met(LIKE, at + 1, atom)
    return _against(scene, at) if unit == PERCENT else compared_level(scene, at)


def _against(scene: Scene, at: int) -> bool:
    """As in "48% against 33%", "compared with 33%"."""
    before = scene.form(at - 1)
    return before in AGAINST or (before in ("with", "to") and scene.form(at - 2) in scene.tables.comparing.with_to)


def _of_those(scene: Scene, last: int) -> bool:
    """As in "short of the 24,400 taken in during 2019": the number that the time's own words tell more about."""
    for at in range(last, max(-1, last - CLAUSE), -1):
        form = scene.form(at)
        if form == QUANTITY:
            if scene.quantities[at].unit == TIMES:  # "1.5 times those of 2023"
                return scene.form(last) in ("those", "that") or any(scene.form(i) == "what" for i in range(at, last))
            part = any(scene.form(i) == "of" and scene.form(i - 1) == QUANTITY for i in range(at - 4, at))
            return not part and scene.quantities[at].unit != PERCENT and compared_level(scene, at)
        if form in (BREAK, TIME, ",", "and"):
            return False
    return False


LIKE = frozenset({"the", "that", "those", "what", "as"})  # "double the number in 2022"
AGAINST = frozenset({"against", "from", "than", "versus", "vs"})


def _after_number(scene: Scene, at: int) -> bool:
    for before in range(at - 1, max(-1, at - 4), -1):
        form = scene.form(before)
        if form == QUANTITY or form in scene.tables.up or form in scene.tables.down:
            return True
        if form not in ("increase", "rise"):
            return False
    return False


BEHIND = frozenset({"than", "below", "above", "beneath", "against", "versus", "vs"})
WHEN = frozenset({"when", "who", "which", "where"})
OBJECT = 24  # atoms that tell what something is compared with


def bases_behind(scene: Scene, atom: int, times: Mapping[int, Time]) -> list[int]:
    """The times behind a change or a ratio that only tell what it is compared with, in order.

    As in "four times the 18,826 reached in 2022", "20% below the high point of 6,437 in 2016", "up 10% on the end of
    March", "higher than at the peak, when there were 36,546 in the year to June 2016": the first one behind each word
    that compares, in the same clause or in one that goes on about what is compared with.
    """
    found: list[int] = []
    open_ = scene.quantities[atom].unit == TIMES and scene.form(atom + 1) in scene.tables.comparing.like
    for at in range(atom + 1, atom + 1 + OBJECT):
        if _stops(scene, at):
            break
        if open_ and at in times:
            found.append(at)
            open_ = False
        open_ = open_ or _compares(scene, at)
    return found


def set_against(scene: Scene, atom: int, times: Mapping[int, Time]) -> set[int]:
    """The times that some change of the sentence is compared with: that number's, or one told in percent."""
    changes = {atom} | {at for at, quantity in scene.quantities.items() if quantity.unit in (PERCENT, TIMES)}
    return {behind for at in changes for behind in bases_behind(scene, at, times)}


def _stops(scene: Scene, at: int) -> bool:
    """Whether what is compared with is over: another change, another clause; not "..., when there were 400"."""
    form = scene.form(at)
    if form == QUANTITY:
        return scene.quantities[at].unit in (PERCENT, TIMES)
    if form == BREAK:
        return not scene.bracket(at)
    return form == "" or (form == "," and scene.form(at + 1) not in WHEN)


def _compares(scene: Scene, at: int) -> bool:
    """Whether what something is compared with begins behind that word."""
    form, after = scene.form(at), scene.form(at + 1)
    if form in ("to", "with"):
        return scene.form(at - 1) in scene.tables.comparing.with_to
    if form in ("on", "from"):
        return _after_number(scene, at) and _bounded(scene, at + 1)
    if form == "of":
        return scene.form(at - 1) in AHEAD
    if form == "as":  # "twice as many were held in June <as> in March"
        return after not in MANY and _as_many(scene, at)
    return form in BEHIND and after not in scene.tables.comparing.untimed


def _bounded(scene: Scene, at: int) -> bool:
    """Whether what stands behind "on" is compared with, "up 10% on the end of March": no day of the change itself.

    Nor what money is saved on: "to save £500m on hotels by 2027".
    """
    time = scene.times.get(at)
    before = scene.quantities.get(at - 2)
    if time is None:
        return before is None or before.unit == PERCENT or scene.form(at) == QUANTITY
    return time.shape in (Shape.POINT, Shape.SHIFT) or time.grain not in (Grain.DAY, Grain.WEEK)
