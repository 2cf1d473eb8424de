"""Which arithmetic is tested between figures. Apart from the checks: whoever only explains an alert loads no models."""

from __future__ import annotations

from enum import StrEnum


class Law(StrEnum):
    """The arithmetic that was tested."""

    DIFFERENCE = "difference"  # running totals differ by the flow between their ends
    CHANGE = "change"  # new / base - 1
    SHARE = "share"  # part / whole
    RATIO = "ratio"  # new / base
    PART = "part"  # a part is not more than its whole
    SUM = "sum"  # disjoint and complete parts add up
    SO_FAR = "so far"  # a count so far is not more than the final count
    LIST = "list"  # a stated number of things is the length of their list
    TARGET = "target"  # an outturn against its target
