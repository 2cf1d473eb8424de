"""Which time of its sentence a number is about, and which one it is compared with."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from feed.read.grammar.against import bases_behind, compared, set_against
from feed.read.grammar.asides import times_of
from feed.read.grammar.fences import fenced, heads_clause, opens_clause
from feed.read.numbers import TIMES
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME
from feed.read.scene import Scene
from feed.read.times import Shape, Time
from feed.read.times.dates import Grain


class Sight(NamedTuple):
    """The times that one number may be about: its own, what it is compared with, and the end of a running total."""

    own: Time | None
    base: Time | None
    end: date | None
    carried: bool = False


COST = {QUANTITY: 7.0, BREAK: 4.0, ",": 1.5, "and": 2.0}
COST |= dict.fromkeys(("taking", "bringing", "lifting", "pushing", "raising"), 9.0)  # what follows is another number's
BRACKETED = 0.5
NEARER = 0.01  # what an atom costs between "when" and its number: of two such times the nearer one
LEADING = 9.0  # the most for a time that opens a sentence
LIMIT = 40.0
RIGHT = 20.0
ALONE = 90.0  # the only time of a sentence, at the end of its list


def _bound(scene: Scene, atom: int, at: int, *, moves: bool) -> bool:
    """As in "71% in 2023": nothing but a preposition stands between the number and the time behind it."""
    if scene.quantities[atom].unit == TIMES:
        return False
    if at == atom - 2 and scene.bracket(atom - 1) and scene.opens(atom - 1):  # "a higher rate than in 2019 (52%)"
        return True
    moved = is_moved(scene.times[at]) and moves
    return (
        not moved
        and at > atom
        and all(scene.form(i) in scene.tables.comparing.before_time for i in range(atom + 1, at))
    )


def sight(scene: Scene, atom: int, *, as_base: bool, moves: bool) -> Sight:
    """The times of the sentence that bear on the number at that atom. `moves`: it is a change or a ratio."""
    times = times_of(scene, atom)
    behind = bases_behind(scene, atom, times) if moves else []
    free = {at: time for at, time in times.items() if as_base or _free(scene, atom, at, time, moves=moves)}
    apart = set_against(scene, atom, times) if moves else ()
    own = _in_brackets(scene, atom, times)
    own = own or _nearest(scene, atom, {at: time for at, time in free.items() if at not in apart}, as_base=as_base)
    based = {at: t for at, t in times.items() if compared(scene, at) or is_moved(t) or _owner(scene, atom, at)}
    base = times[behind[0]] if behind else _nearest(scene, atom, based, as_base=True)
    return Sight(own, base, end_of(scene, atom, times, own))


def _in_brackets(scene: Scene, atom: int, times: dict[int, Time]) -> Time | None:
    """As in "29,437 (2023), 36,816 (2024)": the time that stands alone in brackets behind a number."""
    time = times.get(atom + 2)
    if time is None or time.shape is Shape.SHIFT or not (scene.bracket(atom + 1) and scene.opens(atom + 1)):
        return None
    return time if scene.bracket(atom + 3) else None


def _free(scene: Scene, atom: int, at: int, time: Time, *, moves: bool) -> bool:
    """Whether a time may be the number's own: not what another one is compared with."""
    if time.rule == "year on year" or (moves and _owner(scene, atom, at)):
        return False
    if _bound(scene, atom, at, moves=moves) or (
        at < atom and scene.form(at + 1) in ("'s", "s") and atom - at <= POSSESSED
    ):
        return True
    if _when(scene, at, atom):
        return True
    return not (compared(scene, at) or (is_moved(time) and moves and at > atom))


def _owner(scene: Scene, atom: int, at: int) -> bool:
    """As in "three times <last year's> number": what a ratio is counted from."""
    owns = scene.form(at + 1) in ("'s", "s") or scene.words.form(scene.times[at].last - 1) == "'s"
    return owns and at == atom + 1 and scene.quantities[atom].unit == TIMES


def _when(scene: Scene, at: int, atom: int) -> bool:
    """As in "half what it was in 2023, when 860,000 came": the time of what is told of it."""
    led = at < atom and (scene.form(at + 1), scene.form(at + 2)) == (",", "when")
    return led and not scene.met({QUANTITY, BREAK, ","}, at + 2, atom)


POSSESSED = 3  # "2023's 29,437", "last year's record 45,774"


def is_moved(time: Time) -> bool:
    """Whether a time is another one moved; "in the same year" is not."""
    return time.shape is Shape.SHIFT and bool(time.months or time.year or time.days)


def _broken(scene: Scene, atom: int, at: int) -> bool:
    """Whether a break parts a number from a time behind it; not that of "44,125: people who came in 2024"."""
    return any(scene.form(i) == BREAK and not scene.bracket(i) for i in range(_past_label(scene, atom), at))


def _past_label(scene: Scene, atom: int) -> int:
    """The atom behind "44,125:" at the head of a line, of which what follows tells."""
    return atom + 2 if atom <= LABELS and scene.form(atom + 1) == BREAK else atom


def _told_again(scene: Scene, first: int, second: int) -> bool:
    """As in "four years ago, in 2019,": a time that only says when another one was."""
    between = scene.line.forms[first + 1 : second]
    if scene.times[second].shape is not Shape.WINDOW or scene.form(second + 1) != ",":
        return False
    return between[:1] == [","] and all(form in APPOSED for form in between[1:])


LABELS = 1  # atoms before a number that opens its line, as a list's mark


def _nearest(scene: Scene, atom: int, times: dict[int, Time], *, as_base: bool) -> Time | None:
    best: tuple[float, Time] | None = None
    last = -1
    times = _own_segment(scene, atom, times) or (times if as_base else _own_clause(scene, atom, times))
    for at, time in times.items():
        cost = _cost(scene, atom, at, time, as_base=as_base)
        if (at > atom and _others(scene, atom, at)) or (not as_base and fenced(scene, atom, at)):
            continue
        free = at < atom or as_base or not _broken(scene, atom, at)
        alone = at > atom and len(times) == 1 and cost < ALONE
        again = at < atom and last >= 0 and _told_again(scene, last, at)
        if cost <= ((ALONE if alone else LIMIT) if free else RIGHT) and (
            best is None or cost < best[0] or (again and cost == best[0])
        ):
            best, last = (cost, time), at
    return best[1] if best else None


def _own_segment(scene: Scene, atom: int, times: dict[int, Time]) -> dict[int, Time]:
    """The times behind a number before the next comma, break or joint: as in "4,000, among them 60 in July"."""
    found: dict[int, Time] = {}
    crowded = False
    beside = _apposed(scene, atom, times)
    if beside is not None:
        return {beside: times[beside]}
    for at in range(_past_aside(scene, atom), len(scene.line.forms)):
        form = scene.form(at)
        if form in (",", BREAK) and not (form == BREAK and scene.bracket(at) and scene.form(at + 1) == TIME):
            break
        crowded = crowded or form == "and" or (form == QUANTITY and not _aboard(scene, at))
        if at in times and not crowded and not fenced(scene, atom, at) and not _refers(times[at]):
            found[at] = times[at]
    return found


def _aboard(scene: Scene, at: int) -> bool:
    """As in "60 in two dinghies yesterday", "two dinghies carrying a total of 60 came yesterday": only told beside."""
    before = at - 1
    while scene.form(before) in SUMMED:
        before -= 1
    compares = scene.form(before) == "with" and scene.form(before - 1).startswith("compar")
    return scene.form(at - 1) in ABOARD or (scene.form(before) in BEARING and not compares)


def _refers(time: Time) -> bool:
    """Whether a time refers back to any, not to "that year", "that month"."""
    return time.shape is Shape.BACK and not (time.rule == "that" and time.grain in (Grain.YEAR, Grain.MONTH))


def _own_clause(scene: Scene, atom: int, times: dict[int, Time]) -> dict[int, Time]:
    """The times without those of clauses that are over: as in "in 2022 it was 12,658; in 2024 it was 616"."""
    head = max((at for at in times if at < atom and heads_clause(scene, at)), default=0)
    return {at: time for at, time in times.items() if at >= head} if head else times


def _past_aside(scene: Scene, atom: int) -> int:
    """The atom behind the same told otherwise, as in "12,685 came in 2022 and 927<, or 93% fewer,> in 2023"."""
    if scene.form(atom + 1) != "," or scene.form(atom + 2) not in TOLD_AGAIN:
        return atom + 1
    stop = next((at for at in range(atom + 3, atom + 3 + SAME) if scene.form(at) in (",", BREAK, TIME, "")), 0)
    return stop + 1 if scene.form(stop) == "," else atom + 1


TOLD_AGAIN = frozenset({"or", "down", "up"})
SAME = 6  # atoms in which the same is told otherwise


def _apposed(scene: Scene, atom: int, times: dict[int, Time]) -> int | None:
    """As in "the most in a day this year was 1,195, on 31 May": the time that is set beside a number."""
    at = next((at for at in range(atom + 2, atom + 5) if at in times), None)
    if at is None or scene.form(atom + 1) != "," or scene.form(at + 1) not in (",", ".", "", BREAK):
        return None
    return at if all(scene.form(i) in APPOSED for i in range(atom + 2, at)) else None


APPOSED = frozenset({"on", "in", "at", "set", "reached", "recorded", "back", "way"})
ABOARD = frozenset({"in", "on", "aboard", "from", "across", "by"})
BEARING = frozenset({"carrying", "holding", "bearing", "containing", "bringing", "with"})
SUMMED = frozenset({"a", "total", "of", "combined", "some", "in", "all", "between", "them"})


def _others(scene: Scene, atom: int, at: int) -> bool:
    """As in "the number is 197; there were 400 in 2023": the time of a number behind a break."""
    breaks = [i for i in range(_past_label(scene, atom), at) if scene.form(i) == BREAK and not scene.bracket(i)]
    if not breaks:
        return False
    end = len(scene.line.forms)
    stop = next((i for i in range(at, end) if scene.form(i) == BREAK and not scene.bracket(i)), end)
    return scene.numbered(breaks[-1], stop)


def _cost(scene: Scene, atom: int, at: int, time: Time, *, as_base: bool) -> float:
    if at > atom:
        if scene.form(at - 1) == "of" and scene.form(at - 2) == QUANTITY and at - 2 > atom:
            return ALONE
        cost = sum(_passing(scene, i) for i in range(atom + 1, at))
        return cost + (3.0 if time.shape is Shape.POINT else 0.0)
    cost = sum(_passing(scene, i) for i in range(at + 1, _of_list(scene, atom, at))) + 1.0
    if as_base and "when" in (scene.form(at + 1), scene.form(at + 2)):
        return 9.0 if scene.numbered(at, atom) else (atom - at) * NEARER
    if as_base and time.shape is not Shape.SHIFT and not compared(scene, at):
        cost += 12.0
    if scene.form(atom - 1) == BREAK and at == atom - 2:
        return 0.0
    if as_base:
        return cost
    if not scene.numbered(0, at):
        return min(cost, LEADING)
    return min(cost, LEADING - 1.0) if _leads_clause(scene, at, atom) else cost


def _of_list(scene: Scene, atom: int, at: int) -> int:
    """As in "those of May 2021 were 1,550 and <93>": the first number of a list that one time is told before.

    Likewise "last week led to <85> arrests on 225 visits": what is told beside a number has its time.
    """
    if scene.form(atom - 1) in ABOARD:
        atom = next((i for i in range(atom - 2, max(at, atom - 4), -1) if scene.form(i) == QUANTITY), atom)
    while atom - 2 > at and scene.form(atom - 1) == "and" and scene.form(atom - 2) == QUANTITY:
        if scene.quantities[atom].unit != scene.quantities[atom - 2].unit:
            break
        atom -= 2
    return atom


def _leads_clause(scene: Scene, at: int, atom: int) -> bool:
    """As in "..., and in 2020 they fell to 900", "in May, when 548 were told to pay £8m"."""
    if scene.form(at + 1) == "," and scene.form(at + 2) == "when":
        return True
    return opens_clause(scene, at) and not scene.met({QUANTITY, BREAK}, at, atom)


def _passing(scene: Scene, at: int) -> float:
    form = scene.form(at)
    return BRACKETED if form == BREAK and scene.bracket(at) else COST.get(form, 1.0)


def end_of(scene: Scene, atom: int, times: dict[int, Time], own: Time | None) -> date | None:
    """The day that a running total runs to, when the sentence names one."""
    if own is None or own.shape is not Shape.RUNNING or own.end:
        return own.end if own else None
    for at, time in times.items():
        point = time.shape is Shape.POINT
        if not (point or (time.shape is Shape.WINDOW and time.start == time.end and at < atom)):
            continue
        later = time.end and own.start and time.end > own.start and not compared(scene, at)
        if later and not (_counts_another(scene, atom, at) or _other_clause(scene, at, atom)):
            return time.end
    return None


def _other_clause(scene: Scene, at: int, atom: int) -> bool:
    """As in "two died on 27 May, and 25 have died since January": the day of a clause with a number of its own."""
    joint = next((i for i in range(at + 1, atom) if scene.form(i) in JOINTS or scene.form(i) == BREAK), None)
    start = next((i for i in range(at, -1, -1) if scene.form(i) == BREAK), 0)
    return joint is not None and scene.numbered(start, joint)


JOINTS = frozenset({"and", "but", "while", "so"})


def _counts_another(scene: Scene, atom: int, at: int) -> bool:
    """Whether a number stands between that is not the level reached: "up 6,000 since May, to 35,000 by then"."""
    return any(scene.form(i) == QUANTITY and scene.form(i - 1) != "to" for i in range(atom + 1, at))
