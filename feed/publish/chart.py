"""A small step chart for the terminal: which value stood from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from feed.model.quantity import plain

Point = tuple[date, Decimal]  # from that day on that value
HEIGHT, WIDTH = 6, 60


def steps(points: Sequence[Point], height: int = HEIGHT, width: int = WIDTH) -> list[str]:
    """Lines of a chart of these values, in the order of their days; none when there are not two different days.

    Each value is drawn from its day to the next one's; the axis begins at the least value, not at nothing, and says so.
    """
    by_day = sorted(dict(points).items())
    if len(by_day) < 2 or height < 2 or width < len(by_day):
        return []
    levels = [_level(value, [v for _, v in by_day], height) for _, value in by_day]
    ends = [_column(day, by_day, width) for day, _ in by_day]
    grid = [[" "] * width for _ in range(height)]
    for level, left, right in zip(levels, ends, [*ends[1:], width], strict=True):
        grid[level][left:right] = "─" * (right - left)
    for before, after, at in zip(levels, levels[1:], ends[1:], strict=False):
        _rise(grid, before, after, at)
    return _framed(grid, by_day)


def _level(value: Decimal, values: Sequence[Decimal], height: int) -> int:
    """The row of a value, the greatest one on top."""
    low, high = min(values), max(values)
    return 0 if low == high else int((high - value) / (high - low) * (height - 1) + Decimal("0.5"))


def _column(day: date, by_day: Sequence[Point], width: int) -> int:
    """The column of a day: in proportion, but never that of the day before or after it."""
    first, last = by_day[0][0], by_day[-1][0]
    at = [known for known, _ in by_day].index(day)
    column = (day - first).days * (width - 2) // (last - first).days
    return min(max(column, at), width - (len(by_day) - at))


def _rise(grid: list[list[str]], before: int, after: int, at: int) -> None:
    if before == after:
        return
    up = after < before
    grid[before][at], grid[after][at] = ("┘", "┌") if up else ("┐", "└")
    for level in range(min(before, after) + 1, max(before, after)):
        grid[level][at] = "│"


def _framed(grid: list[list[str]], by_day: Sequence[Point]) -> list[str]:
    values = [value for _, value in by_day]
    labels = [f"{_number(max(values))}", *[""] * (len(grid) - 2), f"{_number(min(values))}"]
    wide = max(map(len, labels))
    rows = [f"{label:>{wide}} ┤{''.join(row)}".rstrip() for label, row in zip(labels, grid, strict=True)]
    first, last = by_day[0][0].isoformat(), by_day[-1][0].isoformat()
    return [*rows, f"{'':>{wide}}  {first}{last:>{max(len(grid[0]) - len(first), len(last) + 1)}}"]


def _number(value: Decimal) -> str:
    text = plain(value)
    return f"{int(text):,}" if "." not in text else text
