"""`feed check`: is a number that somebody says still the number?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from feed.app.cli.options import Dir, Json, day_of, now, settings_of

if TYPE_CHECKING:
    from feed.alert.answer import Answer
    from feed.app.cli.objects import Object
    from feed.app.settings import Settings


def check(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The sentence, as it is said.")],
    on: Annotated[str, typer.Option(metavar="DATE", help="The day on which it is said [default: today].")] = "",
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Say whether a number is still the number.

    Reads the sentence as articles are read and holds each figure in it against what had been published by that day:
    current, stale, contradicted or unknown, with the figures, quotes and sources on record. Records nothing. Ends with
    exit code 1 when no figure could be read in it.
    """
    from feed.alert.answer import explain
    from feed.app.cli import printing

    settings = settings_of(dir)
    day = day_of(on, "--on") if on else now().date()
    answers = _answers(settings, text, day)
    if json:
        printing.as_json([_object(each) for each in answers])
    for each in () if json else answers:
        printing.say(explain(each))
        for label, told in (("Stands", each.stands), ("Matches", each.matches)):
            if told is not None and (label == "Stands" or told is not each.stands):
                printing.say(f"{label}: “{told.figure.quote.exact}”", indent=2)
    if not answers:
        printing.note(
            "no figure of the topic could be read in that sentence. `feed read` shows what is read, and why not."
        )
        raise typer.Exit(1)


def _answers(settings: Settings, text: str, day: date) -> list[Answer]:
    from feed.alert.answer import answer
    from feed.app import compiled
    from feed.app.judge import cut_of
    from feed.app.past import known_of
    from feed.app.pipeline import drafted
    from feed.model.report import FigureReported
    from feed.model.standing import reported

    topic, english = compiled.of(settings)
    cut = cut_of(topic)
    said = drafted(text, day, topic, english)
    claims = [reported(one, cut) for one in said if isinstance(one.data, FigureReported)]
    known = known_of(settings, topic, (claim.group[0] for claim in claims), day)
    return [answer(known, claim) for claim in claims]


def _object(given: Answer) -> Object:
    from feed.alert.answer import explain
    from feed.app.cli import objects
    from feed.model.notice import shown

    sides = {"claim": given.claim, "matches": given.matches, "stands": given.stands}
    told = {name: None if side is None else objects.figure(shown(side, None)) for name, side in sides.items()}
    return {"verdict": given.verdict.value, "sentence": explain(given), **told}
