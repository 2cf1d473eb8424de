"""Keep an article's bytes under their digest, write-once, and give the article that they hold.

An edge. `capture` takes a fetched page, `articles` reads what was handed in as files, `given` keeps such a one.
What the bytes mean is never decided here: this stage finds text, publication and address, nothing else.
"""

from __future__ import annotations

from feed.capture.capture import Captured, capture, given, page_request
from feed.capture.captures import CaptureDamaged, Captures
from feed.capture.handed import articles

__all__ = ["CaptureDamaged", "Captured", "Captures", "articles", "capture", "given", "page_request"]
