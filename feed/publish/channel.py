"""Where a feed is found and how it is paged: archives are filled from the oldest on and never change again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

PAGE = 50
Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Seal:
    """A checkpoint to be passed on: the signed `note`, and where the newest one is found, if it is anywhere."""

    note: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """One page of a feed. `base` is its address without the ending of a format, `query` what follows it, if anything.

    `page` is the number of an archive, None for the newest page; `older` the number of the archive before, if any.
    `seal` is the checkpoint that this page passes on; archives have none, since they never change.
    """

    title: str
    base: str
    home: str
    page: int | None = None
    older: int | None = None
    query: str = ""
    seal: Seal | None = None

    def address(self, end: str) -> str:
        """Where this page is found in the format of that ending (`.json`, `.atom`)."""
        return self._at(self.page, end)

    def next(self, end: str) -> str | None:
        """Where older items are found, None at the first one."""
        return None if self.older is None else self._at(self.older, end)

    def whole(self, end: str) -> str:
        """Where the feed as a whole is found: its newest page."""
        return self._at(None, end)

    def _at(self, page: int | None, end: str) -> str:
        if self.query or page is None:
            asked = "&".join(filter(None, (self.query, f"page={page}" if page else "")))
            return f"{self.base}{end}" + (f"?{asked}" if asked else "")
        return f"{self.base}/{page}{end}"


def cut(entries: Sequence[Entry]) -> Iterator[tuple[int | None, int | None, Sequence[Entry]]]:
    """Entries, oldest first, as pages: number (None for the newest page), number of the one before, its entries.

    Archives hold 50 each and are numbered from the oldest, so none of them ever changes. The newest page comes first
    and holds what is in no archive, at least 50 where there are so many.
    """
    archives = max(0, len(entries) // PAGE - 1)
    yield None, archives or None, entries[archives * PAGE :]
    for number in range(archives, 0, -1):
        yield number, number - 1 or None, entries[(number - 1) * PAGE : number * PAGE]
