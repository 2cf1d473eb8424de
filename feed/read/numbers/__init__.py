"""Quantities in a sentence: what is left of its numbers when times have taken theirs."""

from feed.read.numbers.grammar import read_numbers
from feed.read.numbers.kinds import PERCENT, TIMES, Arithmetic, Quantity, Reserved, arithmetic, behind_mark

__all__ = ["PERCENT", "TIMES", "Arithmetic", "Quantity", "Reserved", "arithmetic", "behind_mark", "read_numbers"]
