"""Interleaved rounds: floor and cases take turns, so that a drifting machine drifts for all of them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum

Work = Callable[[], int]


class Clock(StrEnum):
    """Which time counts: the wall's where a disk takes part, the process's own where only the processor does."""

    WALL = "wall"
    CPU = "cpu"


CLOCKS = {Clock.WALL: time.perf_counter, Clock.CPU: time.process_time}


@dataclass(frozen=True, slots=True)
class Case:
    """Something to measure: work that says how many units it did.

    `ready` prepares it, gives it and clears up behind it, anew for every round; only the work itself is measured.
    """

    name: str
    ready: Callable[[], AbstractContextManager[Work]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Cases beside the floor that they are held against, all in the same `unit`."""

    title: str
    unit: str
    clock: Clock
    floor: Case
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, least and most of some rounds."""

    median: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Row:
    """What came out for one case. `ratio` is its speed as a part of the floor's (1 = as fast), round by round.

    `micros` is what a unit took, in microseconds of the comparison's clock: it drifts with the machine.
    """

    comparison: Comparison
    case: Case
    units: int
    ratio: Spread
    micros: Spread


def steady(name: str, work: Work) -> Case:
    """A case that needs nothing prepared."""
    return Case(name, lambda: nullcontext(work))


def measure(comparison: Comparison, rounds: int) -> tuple[Row, ...]:
    """Run every case once to warm up, then `rounds` (at least 1) rounds of the floor and each case in turn."""
    everyone = (comparison.floor, *comparison.cases)
    clock = CLOCKS[comparison.clock]
    for case in everyone:
        _once(case, clock)
    taken = [[_once(case, clock) for case in everyone] for _ in range(rounds)]
    return tuple(_row(comparison, case, taken, at) for at, case in enumerate(everyone) if at)


def _once(case: Case, clock: Callable[[], float]) -> tuple[float, int]:
    """Seconds a unit took, and how many units there were."""
    with case.ready() as work:
        gc.collect()
        began = clock()
        units = work()
        return (clock() - began) / units, units


def _row(comparison: Comparison, case: Case, taken: list[list[tuple[float, int]]], at: int) -> Row:
    seconds = [one[at][0] for one in taken]
    floors = [one[0][0] for one in taken]
    ratios = [floor / mine for floor, mine in zip(floors, seconds, strict=True)]
    return Row(comparison, case, taken[0][at][1], _spread(ratios), _spread([each * 1e6 for each in seconds]))


def _spread(values: list[float]) -> Spread:
    return Spread(statistics.median(values), min(values), max(values))
