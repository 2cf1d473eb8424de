"""The version of the rules by which a log becomes what stands, what is checked and what is told."""

from __future__ import annotations

# Counted up whenever the same log would come to other standings, checks or alerts: what was made from it by other rules
# (the view, the shelf of standings) is then made anew. tests/contracts/test_ledger_rules.py holds it to the code.
RULES = 4
