"""Tables compiled once for each pack and language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache, update_wrapper
from typing import Any, ParamSpec, Self, TypeVar, overload

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Same:
    """A value that equals only itself. A pack's hash would cost more than what it looks up."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value


def once(make: Callable[Given, Made]) -> Callable[Given, Made]:
    """The same function of frozen values, which makes its result once for the same objects and remembers the last few.

    Arguments are given by position. Equal but different objects are made for anew.
    """

    @lru_cache(maxsize=8)
    def kept(*given: Same) -> Made:
        return make(*(one.value for one in given))  # type: ignore[call-arg,arg-type]

    def called(*given: Given.args, **named: Given.kwargs) -> Made:
        return kept(*map(Same, (*given, *named.values())))

    return update_wrapper(called, make)


class lazily(cached_property[Made]):  # noqa: N801 - stands where a decorator does
    """A cached property without the lock that Python 3.11 takes at each first look: its objects stay in one thread."""

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> Made: ...

    def __get__(self, instance: object, owner: type[Any] | None = None) -> Made | Self:
        """The value, worked out once for each object."""
        if instance is None:
            return self
        value = instance.__dict__[self.attrname or ""] = self.func(instance)
        return value
