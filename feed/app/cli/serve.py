"""`feed serve`: poll, tell and answer, until stopped."""

from __future__ import annotations

from feed.app.cli.options import Dir, settings_of


def serve(dir: Dir = None) -> None:
    """Poll on schedule, tell and answer, until stopped.

    One process polls, delivers what is owed and serves feeds and pages. Prints its address,
    which only this machine can reach unless feed.toml says otherwise.
    """
    from feed.app.serve import serve as serving

    serving(settings_of(dir))
