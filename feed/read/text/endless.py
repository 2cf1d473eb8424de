"""Sequences that may be read past their ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Value = TypeVar("Value")

REACH = 160  # more than the longest sentence has tokens, and more than any rule looks past one


def blank(beyond: Value) -> tuple[Value, ...]:
    """What stands beyond the ends, to be given to `endless`."""
    return (beyond,) * REACH


def endless(values: Iterable[Value], beyond: tuple[Value, ...]) -> Callable[[int], Value]:
    """Gives the value at an index; before the first and behind the last, as far as REACH, what is `beyond`."""
    # What is behind the end is before the beginning, too: there an index counts from the end.
    return [*values, *beyond].__getitem__
