"""Ask each source politely and give the entries that it lists.

An edge: `poll` asks over the port `Fetch`, `Memory` keeps what must be known next time in ops.db.
An unchanged feed costs one conditional request and at most one digest; no feed parser is even imported for it.
"""

from __future__ import annotations

from feed.poll.due import Outcome, Validators, is_due, next_due
from feed.poll.memory import Memory
from feed.poll.visit import Polled, poll

__all__ = ["Memory", "Outcome", "Polled", "Validators", "is_due", "next_due", "poll"]
