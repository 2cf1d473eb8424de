"""Times in a sentence: windows, running spans, points, shifts ("a year earlier") and durations, each with its words.

They are read before numbers, and reserve their words: "2023/24" is no range and "12 months" no count.
"""

from feed.read.times.grammar import read_times
from feed.read.times.kinds import COUNTED, ONE_BEFORE, Calendar, Shape, Time, add_months

__all__ = ["COUNTED", "ONE_BEFORE", "Calendar", "Shape", "Time", "add_months", "read_times"]
