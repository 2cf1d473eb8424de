"""Whether an alert meets a subscriber's condition: certain, possible or no. Nothing is rounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from feed.model.condition import Condition, Surety
from feed.model.notice import Notice
from feed.model.quantity import Interval

MOVES = ("superseded", "revised", "contradicted")  # in these the new figure is told against the old one as its value
ONE, NOTHING = Decimal(1), Decimal(0)


def met(condition: Condition, notice: Notice) -> Surety:
    """How surely an alert is what the condition asks for. All that it asks for must be so: the least sure decides.

    Thresholds, moves and bases are asked of figures only, and only where a new value is told against an old one: an
    old number that somebody quotes again moves nothing. A threshold is met where it is passed, so it is told once, and
    once more where what was possible becomes certain.
    """
    return min((*_cited(condition, notice), *_valued(condition, notice)), key=lambda each: each.rank)


def tells(condition: Condition, notice: Notice) -> bool:
    """Whether an alert is to be told: certain, or possible where the condition lets that pass."""
    return met(condition, notice).rank >= (Surety.POSSIBLE if condition.possible else Surety.CERTAIN).rank


def _cited(condition: Condition, notice: Notice) -> Iterator[Surety]:
    if condition.cites:
        yield Surety.CERTAIN if any(fact.startswith(condition.cites) for fact in _facts(notice)) else Surety.NO


def _facts(notice: Notice) -> Iterator[str]:
    """Every fact that an alert speaks of: both sides, and the operands of a failed check."""
    yield from (side.id for side in (notice.old, notice.new) if side is not None)
    yield from (state.id for state in (notice.old_state, notice.new_state) if state is not None)
    check = notice.event["data"].get("check")
    yield from (operand["id"] for operand in (check["operands"] if check else ()))


def _valued(condition: Condition, notice: Notice) -> Iterator[Surety]:
    if not condition.of_value:
        return
    if notice.old is None or notice.new is None or notice.alert not in MOVES:
        yield Surety.NO
        return
    old, new = notice.old.value, notice.new.value
    if condition.at_least is not None:
        yield _passed(at_least, condition.at_least, old, new)
    if condition.at_most is not None:
        yield _passed(at_most, condition.at_most, old, new)
    if condition.base_at_least is not None:
        yield at_least(old, condition.base_at_least)
    yield from _moves(condition, old, new)


def _passed(mark: Callable[[Interval, Decimal], Surety], at: Decimal, old: Interval, new: Interval) -> Surety:
    now = mark(new, at)
    return now if now.rank > mark(old, at).rank else Surety.NO


def _moves(condition: Condition, old: Interval, new: Interval) -> Iterator[Surety]:
    ways = ("up", "down") if condition.direction is None else (condition.direction,)
    if condition.moved_by is not None:
        yield _either(_beyond(way, new, old, ONE, condition.moved_by) for way in ways)
    if condition.moved_part is not None:
        positive = old.low is not None and old.low > 0
        # Of nothing, and of less than nothing, there is no fraction.
        yield _either(_grown(way, new, old, condition.moved_part) for way in ways) if positive else Surety.NO
    if condition.direction is not None:
        yield _risen(old, new) if condition.direction == "up" else _risen(new, old)


def _either(ways: Iterable[Surety]) -> Surety:
    return max(ways, key=lambda each: each.rank)


def _beyond(way: str, new: Interval, old: Interval, times: Decimal, amount: Decimal) -> Surety:
    left = less(new, old, times)
    return at_least(left, amount) if way == "up" else at_most(left, -amount)


def _grown(way: str, new: Interval, old: Interval, part: Decimal) -> Surety:
    """new >= old * (1 + part), or new <= old * (1 - part): a fraction without a division."""
    return _beyond(way, new, old, ONE + part if way == "up" else ONE - part, NOTHING)


def _risen(old: Interval, new: Interval) -> Surety:
    if old.below(new):
        return Surety.CERTAIN
    return Surety.POSSIBLE if old.low is None or new.high is None or new.high > old.low else Surety.NO


def at_least(value: Interval, mark: Decimal) -> Surety:
    """Whether a value is at least the mark."""
    if value.low is not None and value.low >= mark:
        return Surety.CERTAIN
    reaches = value.high is None or value.high > mark or (value.high == mark and not value.high_open)
    return Surety.POSSIBLE if reaches else Surety.NO


def at_most(value: Interval, mark: Decimal) -> Surety:
    """Whether a value is at most the mark."""
    if value.high is not None and value.high <= mark:
        return Surety.CERTAIN
    reaches = value.low is None or value.low < mark or (value.low == mark and not value.low_open)
    return Surety.POSSIBLE if reaches else Surety.NO


def less(a: Interval, b: Interval, times: Decimal) -> Interval:
    """All values of `a - times * b`."""
    if times == 0:
        return a
    low, low_open, high, high_open = b.low, b.low_open, b.high, b.high_open
    if times < 0:
        low, low_open, high, high_open = high, high_open, low, low_open
    return Interval(
        low=None if a.low is None or high is None else a.low - times * high,
        high=None if a.high is None or low is None else a.high - times * low,
        low_open=a.low_open or high_open,
        high_open=a.high_open or low_open,
    )
