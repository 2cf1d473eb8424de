"""The one careful way out to the web, for polling, capturing and delivering: `Web` is the real `feed.model.web.Fetch`.

An edge. Checks each address before it connects, connects only to a checked one, and holds every answer to limits.
"""

from __future__ import annotations

from feed.fetch.guard import Guard
from feed.fetch.web import Times, Web

__all__ = ["Guard", "Times", "Web"]
