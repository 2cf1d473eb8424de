"""Names of kinds as plain attributes."""

from __future__ import annotations


class Mark(str):
    """A closed set of names, each declared as `NAME: ClassVar[Self class]` and compared by identity.

    Serves where a `StrEnum` would, in loops over every word: an enumeration takes ten times as long to give a member.
    With `letters` each is one character, so that many in a row are a string, which is searched much faster than a list.
    """

    __slots__ = ()

    def __init_subclass__(cls, *, letters: bool = False) -> None:
        for index, name in enumerate(cls.__annotations__):
            setattr(cls, name, cls(chr(ord("a") + index) if letters else name.lower()))
