"""`feed demo`: the whole line on five articles, on this machine."""

from __future__ import annotations

from feed.app.cli.options import Dir


def demo(dir: Dir = None) -> None:
    """Show the whole line at work on this machine.

    A local news site is polled into a fresh data directory; a local mailbox and a local webhook are told. Talks to
    nobody but this machine and ends by itself. --dir names a new folder to keep [default: a temporary one].
    """
    from feed.app.demo import demo as play

    play(dir)
