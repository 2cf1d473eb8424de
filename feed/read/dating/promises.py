"""Money that is promised: when it was promised, and when it is to be paid."""

from __future__ import annotations

from feed.model.figure import Status
from feed.read.dating.carrying import Asked
from feed.read.metric.heard import MONEY
from feed.read.patterns.lexicon import QUANTITY
from feed.read.scene import Scene
from feed.read.times import Shape, Time
from feed.read.times.dates import YEARS, Grain

OPENING = 2  # atoms
NEAR = 5  # atoms between a sum and the word that it is due
DUE = frozenset({"due", "will", "shall", "owed", "payable", "outstanding"})
SPREAD = frozenset({"over", "for", "across"})


def is_promise(asked: Asked) -> bool:
    """Whether it is money that was promised or offered and is not told as paid."""
    return asked.status is Status.PLAN and asked.found.unit.startswith(MONEY)


def promised_then(asked: Asked, time: Time) -> bool:
    """Whether a time only tells when a sum was promised, or when what it is worth begins, not when it is to be paid.

    As in "in 2023 they promised £500m over three years", "£500m over three years in 2023", "worth £5m will start in
    April".
    """
    view = asked.view
    if view.form(_place(asked, time) - 1) == "for":
        return False
    at = next((at for at, told in view.times.items() if told.first == time.first), asked.atom)
    verbs = any(hit.first < asked.atom for hit in view.told("promised"))
    if at <= OPENING and at < asked.atom:
        return verbs and QUANTITY not in [view.form(i) for i in range(at, asked.atom)]
    between = range(asked.atom + 1, at)
    if view.form(asked.atom - 1) == "worth":
        return at < asked.atom or any(view.form(i) in view.tables.clauses.finite for i in between)
    if _made_then(asked, time, at):
        return True
    spans = (i for i in between if i in view.times and view.times[i].shape is Shape.DURATION)
    return verbs and any(view.form(i - 1) in SPREAD for i in spans)


def vowed_then(asked: Asked, time: Time) -> bool:
    """As in "in 2010 he promised to bring it below 100,000": when an aim was set, not when it is to be met."""
    view, at = asked.view, _place(asked, time)
    if asked.status is not Status.TARGET or at >= asked.atom or time.shape is Shape.POINT:
        return False
    if view.form(at - 1) in AHEAD or view.numbered(at, asked.atom):
        return False
    vows = [*view.told("promised"), *view.told("pledge")]
    return any(at < hit.first < asked.atom and view.form(hit.first) in VOWED for hit in vows)


AHEAD = frozenset({"for", "by", "until", "before"})
VOWED = frozenset({"promised", "pledged", "vowed", "undertook", "committed", "agreed", "announced", "manifesto"})


def _made_then(asked: Asked, time: Time, at: int) -> bool:
    """As in "Britain pledged France £480m in 2023 for patrols": a year or a day behind what was promised then."""
    view = asked.view
    lately = any(hit.first < asked.atom <= hit.last + NEAR for hit in view.told("promised"))
    past = not view.met({"will", "to"}, asked.atom - NEAR, asked.atom)
    plain = view.form(at - 1) in ("in", "on") and time.grain in (Grain.YEAR, Grain.MONTH, Grain.DAY)
    return lately and past and plain and asked.atom < at <= asked.atom + NEAR


def _place(asked: Asked, time: Time) -> int:
    return next((at for at, told in asked.view.times.items() if told.first == time.first), asked.atom)


def names_year(view: Scene, time: Time) -> bool:
    """Whether a time tells its year as a number: "by 31 March 2024", not "by Christmas"."""
    return any(view.words.number(at) in YEARS for at in range(time.first, time.last))


def _to_be(view: Scene, at: int) -> bool:
    """As in "it is to be paid £50m this April"."""
    return view.form(at) in ("is", "are") and (view.form(at + 1), view.form(at + 2)) == ("to", "be")


def is_due(asked: Asked, time: Time) -> bool:
    """Whether a month told for a sum is the next one: "£50m falls due in April"; not "was due in April"."""
    view, near = asked.view, range(max(0, asked.atom - NEAR), asked.atom + NEAR)
    due = any((_to_be(view, at) or view.form(at) in DUE) and view.form(at - 1) not in ("was", "were") for at in near)
    return due and is_promise(asked) and time.grain is Grain.MONTH
