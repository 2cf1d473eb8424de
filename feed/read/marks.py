"""Names of kinds as plain attributes."""

from __future__ import annotations


class Mark(str):
    """A closed set of names, each declared as `NAME: ClassVar[Self class]` and compared by identity.

    Serves where a `StrEnum` would, in loops over every word: an enumeration takes ten times as long to give a member.
    """

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        for name in cls.__annotations__:
            setattr(cls, name, cls(name.lower()))
