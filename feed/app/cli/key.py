"""`feed key`: who signs for this log."""

from __future__ import annotations

from typing import Annotated

import typer

from feed.app.cli.options import Dir, Json, now, settings_of


def key(
    rotate: Annotated[
        str, typer.Option(metavar="REASON", help="Let a new key sign from now on, and put the reason on record.")
    ] = "",
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Print the public keys of the log.

    Every key that ever signed a checkpoint, the last one signs now. A rotation is an event under a checkpoint that both
    keys sign; what the old key signed stays valid.
    """
    from functools import partial
    from secrets import token_bytes

    from feed.app.cli import printing
    from feed.app.mending import rotate_key
    from feed.app.pipeline import finish
    from feed.app.wiring import open_desk
    from feed.model.errors import NotFound
    from feed.record.evidence import Evidence

    settings = settings_of(dir)
    if rotate:
        with open_desk(settings) as desk:
            finish(desk, now())
            rotate_key(desk, rotate, partial(token_bytes, 32), now())
    keys = [str(each) for each in Evidence(settings.log).verifiers()]
    if not keys:
        raise NotFound("no key has signed here yet", where=str(settings.folder), mend="Make one with feed checkpoint")
    if json:
        printing.as_json(keys)
        return
    for each in keys:
        print(each)
