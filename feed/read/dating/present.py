"""What is told of the article's own day: a state in the present tense, a total that runs until now."""

from __future__ import annotations

from feed.model.figure import Measure, Status
from feed.model.period import Basis, Period
from feed.read.dating.carrying import Asked
from feed.read.grammar.fences import heads_clause
from feed.read.grammar.modals import whole_of_part
from feed.read.metric.heard import MONEY
from feed.read.numbers import PERCENT, TIMES
from feed.read.patterns.lexicon import BREAK, QUANTITY
from feed.read.scene import Scene
from feed.read.times import Time, periods

NOW = frozenset({"now", "currently", "presently"})
REACHED = frozenset({"to", "reached", "hit", "passed", "topped"})
BEFORE, BEHIND = 4, 6  # atoms between a number and "now"


def is_now(asked: Asked, own: Time | None) -> bool:
    """Whether a state is that of the article's day; `own`: the time that its sentence tells."""
    if not (asked.found.stock and asked.level):
        return False
    if _now(asked.view, asked.atom, based=asked.role.compared) or _come_to(asked, own):
        return True
    if whole_of_part(asked.view, asked.atom):
        return True
    if own is None:
        return _held(asked) or (asked.view.form(asked.atom - 1) == "that" and _going_on(asked))
    return _elsewhere(asked.view, asked.atom, own) and (_held(asked) or _going_on(asked))


def _elsewhere(view: Scene, atom: int, own: Time) -> bool:
    """As in "It was 45,768 in May, and the number stands at 320, with 20 to go by June": the time of another clause."""
    at = next((at for at, told in view.times.items() if told.first == own.first), atom)
    ahead = range(atom, at) if at > atom else range(at, atom)
    joints = (
        i
        for i in ahead
        if view.form(i) == BREAK or (view.form(i) == "," and view.form(i + 1) in APART) or _anew(view, i)
    )
    return any(any(view.form(k) == QUANTITY for k in (range(i, at) if at > atom else range(i))) for i in joints)


def _anew(view: Scene, at: int) -> bool:
    """As in "it spent £392m in 2019-20 and employs 5,000 people": what it does now begins."""
    return view.form(at) == "and" and view.form(at + 1) in view.tables.stating.holding


APART = frozenset({"and", "but", "with", "while", "though", "although"})


def _now(view: Scene, atom: int, *, based: bool) -> bool:
    """As in "staff now number 5,700", "at present 1,900 are held", "there are 2,200 places at present".

    `based`: something is compared with the number, so that what stands before a comma tells nothing of it.
    """
    ahead = range(atom + 1, atom + 1 + BEHIND)
    stop = next((at for at in ahead if view.form(at) in (QUANTITY, BREAK, ",", "and", "")), atom + 1 + BEHIND)
    start = max(0, atom - BEFORE)
    start = next((at for at in range(atom - 1, start - 1, -1) if view.form(at) == ","), start) if based else start
    near = range(start, max(stop, atom + 2))
    free = not any(view.form(at) == QUANTITY for at in near if at != atom)
    present = _still(view, atom) or any(view.form(at) == "present" and view.form(at - 1) == "at" for at in near)
    return free and (present or any(view.form(at) in NOW for at in near))


def _still(view: Scene, atom: int) -> bool:
    """As in "the 200 or so still open", "every one of the 200 shops still trading": what is so without a verb."""
    at = next((at for at in range(atom + 1, atom + BEFORE) if view.form(at) == "still"), None)
    between = view.line.forms[atom + 1 : at]
    return at is not None and "," not in between and view.tables.clauses.finite.isdisjoint(between)


def _held(asked: Asked) -> bool:
    """As in "the estate has 2,500 places", "the number of them is 197": a state told in the present tense."""
    view = asked.view
    stands = view.form(asked.atom - 1) == "at" and view.form(asked.atom - 2) in ("stands", "stand")
    holds = stands or view.form(asked.atom - 1) in view.tables.stating.holding
    return holds and not any(hit.first <= 1 for hit in view.told("of them"))


def _going_on(asked: Asked) -> bool:
    """As in "It got £150m for 2025/26, and 11 countries <are taking> part": a state told in the present behind it."""
    view = asked.view
    ahead = range(asked.atom + 1, asked.atom + 1 + BEFORE)
    verb = next((at for at in ahead if view.form(at) in ("is", "are", QUANTITY, BREAK, ",", "and", "")), asked.atom)
    return view.form(verb) in ("is", "are")


def _come_to(asked: Asked, own: Time | None) -> bool:
    """As in "the number of them has come down to 320": what a state has become.

    Also behind a time, "it was 900 in May and has come down to 320", and since one without bounds, "last summer".
    """
    view = asked.view
    if view.form(asked.atom - 1) not in REACHED:
        return False
    here = [hit.first for hit in view.told("perfect") if hit.last <= asked.atom]
    if own is None or own.rule == "vague":
        return bool(here)
    at = next((at for at, told in view.times.items() if told.first == own.first), asked.atom)
    return any(at < first and view.form(first - 1) in ("and", "but", ",") for first in here)


def has_since(asked: Asked) -> bool:
    """As in "it peaked at 900 in June and has since fallen to 400": later than the time that was told."""
    view = asked.view
    has = ("has", "have", "had")
    at = next((at for at in range(1, asked.atom) if view.form(at) == "since" and view.form(at - 1) in has), None)
    return at is not None and not any(at < told < asked.atom and heads_clause(view, told) for told in view.times)


def has_now(asked: Asked, own: Time | None) -> bool:
    """As in "five left on Monday, so that 12 have now gone": a total that runs on past the day that was told."""
    view, atom = asked.view, asked.atom
    if asked.found.stock or (own is not None and own.first > view.line.firsts[atom]):
        return False
    ahead = range(atom + 1, atom + BEFORE)
    return any(view.form(at) in ("have", "has") and view.form(at + 1) == "now" for at in ahead)


def is_over(asked: Asked, carried: Period) -> bool:
    """Whether a time told before is over by now, where the perfect tense tells what has come about until now.

    As in "It was £240m by the end of 2023. They have run up £2m in fees"; not in "Of those, 300 have left".
    """
    view = asked.view
    closed = not carried.running and asked.status is Status.ACTUAL and asked.level and not asked.found.stock
    spoken = [hit for hit in view.told("perfect") if hit.last <= asked.atom + BEHIND]
    near = any(_joined(view, hit.last, asked.atom) for hit in spoken)
    return closed and near and not any(hit.first <= asked.atom + 1 for hit in view.told("of them"))


def _joined(view: Scene, one: int, other: int) -> bool:
    """Whether no break, no comma and no number stands between two atoms."""
    return not view.met({BREAK, QUANTITY, ","}, min(one, other) + 1, max(one, other))


def default(asked: Asked, windows: periods.Windows) -> Period | None:
    """The guide's rules for a level without any time: a stock's day, a running total in the perfect tense."""
    if windows.published is None or asked.status in (Status.TARGET, Status.FORECAST):
        return None
    if asked.role.measure is Measure.SHARE and asked.found.stock and _is_so(asked.view):
        return periods.at_day(windows.published, Basis.PUBLISHED)
    if asked.role.measure is not Measure.LEVEL:
        return None
    if asked.found.stock:
        return periods.at_day(windows.published, Basis.PUBLISHED)
    perfect = asked.status is Status.ACTUAL and _counts(asked) and (_has_been(asked.view) or _passes(asked))
    return periods.so_far(windows.published) if perfect else None


def _has_been(view: Scene) -> bool:
    """Whether something has come about until now; not only that somebody has said so: "the body has warned"."""
    said = {hit.first for hit in view.told("telling")}
    return any(
        hit.last not in said and (hit.last + 1 not in said or view.form(hit.last) == "been")
        for hit in view.told("perfect")
    )


def _passes(asked: Asked) -> bool:
    """As in the headline "Returns pass 300": what a running total has come to by the article's day."""
    view, quantity = asked.view, asked.view.quantities[asked.atom]
    return quantity.opening < quantity.first and view.words.form(quantity.opening) in view.tables.stating.passes


def _is_so(view: Scene) -> bool:
    """As in "over a third of them are in hotels": told in the present tense, and of no time."""
    return bool(view.told("present")) and not view.times


def _counts(asked: Asked) -> bool:
    """Whether a total is added up: counts, and what was paid under a scheme; not what a yearly bill has come to."""
    if asked.found.unit.startswith(MONEY):
        return (
            bool(asked.found.metric.needs) and "/" not in asked.found.unit and asked.view.form(asked.atom - 1) != "to"
        )
    return asked.found.unit not in (PERCENT, TIMES)
