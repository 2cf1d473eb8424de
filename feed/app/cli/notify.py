"""`feed notify test NAME`: try a subscription's way, and show what comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from feed.app.cli.options import Dir, now, settings_of

if TYPE_CHECKING:
    from feed.model.web import Fetch, Request, Response

FAILED = 4


def notify(
    what: Annotated[str, typer.Argument(metavar="test", help="`test` is all there is.")],
    name: Annotated[str, typer.Argument(help="The subscription.")],
    dir: Dir = None,
) -> None:
    """Send a sample, marked TEST, the real way.

    To one subscription, with its real server and its real secret; prints the raw answer. The sample is the latest alert
    on record, or a made-up one. It is not noted as owed or told. Ends with exit code 4 when nobody took it.
    """
    from feed.app.cli import printing
    from feed.app.sample import sample
    from feed.model.errors import DeliveryFailed, UsageRefused

    if what != "test":
        raise UsageRefused(f"{what!r} is not known", mend="feed notify test NAME")
    settings = settings_of(dir)
    answers: list[str] = []
    try:
        said = sample(settings, name, now(), _watched(answers))
    except DeliveryFailed as failed:
        for line in answers:
            printing.say(line)
        printing.note(f"not taken: {failed}")
        raise typer.Exit(FAILED) from failed
    for line in answers:
        printing.say(line)
    printing.say(f"taken: {said}")


def _watched(answers: list[str]) -> Callable[[Fetch], Fetch]:
    """A client that also notes what came back, as it came."""

    def watching(fetch: Fetch) -> Fetch:
        def asked(request: Request, /) -> Response:
            answer = fetch(request)
            answers.append(f"HTTP {answer.status}")
            answers.extend(f"{name}: {value}" for name, value in answer.headers.items())
            answers.extend(["", answer.body.decode("utf-8", "replace")] if answer.body else [])
            return answer

        return asked

    return watching
