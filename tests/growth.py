"""How the cost of work grows with its size: a ratio, the same on any machine; `LINEAR` leaves room for noise."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

ROUNDS = 5
LINEAR = 8


def growth(work: Callable[[int], object], size: int) -> float:
    """CPU time at four times the size over CPU time at the size, each the best of five. Linear is 4, quadratic 16.

    The two take turns, so that a machine that slows down for a while slows both.
    """
    rounds = [(_once(work, size), _once(work, 4 * size)) for _ in range(ROUNDS)]
    return min(large for _, large in rounds) / min(small for small, _ in rounds)


def _once(work: Callable[[int], object], size: int) -> float:
    gc.collect()
    gc.disable()  # else what the other tests left behind is looked through in the middle, now and then
    started = process_time()
    try:
        work(size)
        return process_time() - started
    finally:
        gc.enable()
