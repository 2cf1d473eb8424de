"""Sequences that may be read past their ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Endless(dict[int, Value], Generic[Value]):
    """A sequence that may be read past either end, where it gives `beyond`."""

    __slots__ = ("beyond",)

    def __init__(self, values: Iterable[Value], beyond: Value) -> None:
        super().__init__(enumerate(values))
        self.beyond = beyond

    def __missing__(self, index: int) -> Value:
        """What stands beyond the ends."""
        return self.beyond
