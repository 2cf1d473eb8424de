"""The demo: the whole line on this machine alone, with a news site, a mailbox and a webhook of its own."""

from __future__ import annotations

from feed.app.demo.line import demo

__all__ = ["demo"]
