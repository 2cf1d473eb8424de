"""Arithmetic between figures, charitable: a claim fails only when every admissible choice of operands fails. Pure."""

from feed.check.asked import asked
from feed.check.facts import Facts
from feed.check.laws import checks

__all__ = ["Facts", "asked", "checks"]
