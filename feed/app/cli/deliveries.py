"""`feed deliveries`: what was owed to whom, how often it was tried, what came back, and what is tried next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from feed.app.cli.options import Dir, Json, now, settings_of

if TYPE_CHECKING:
    from feed.deliver.outbox import Outbox, Owed

SHOWN = 50


def deliveries(
    what: Annotated[str, typer.Argument(metavar="[resend]", help="`resend`: owe again what was parked.")] = "",
    letter: Annotated[str, typer.Argument(metavar="[ID]", help="One letter, by the beginning of its id.")] = "",
    state: Annotated[str, typer.Option(metavar="STATE", help="Only owed, delivered or parked.")] = "",
    all_of_them: Annotated[bool, typer.Option("--all", help="Not only the latest 50.")] = False,
    dir: Dir = None,
    json: Json = False,
) -> None:
    """What was owed to whom, and how that went.

    The latest letters, or every attempt at one. `resend` owes a parked letter again, or all of them, with their
    schedule from the start; a receiver that was given up counts as there again.
    """
    from contextlib import closing

    from feed.app.cli import printing
    from feed.deliver.outbox import Outbox

    settings = settings_of(dir)
    settings.hidden.mkdir(parents=True, exist_ok=True)
    with closing(Outbox.at(settings.ops)) as outbox:
        if what == "resend":
            again = _resend(outbox, letter)
            printing.say(f"{printing.counted(again, 'letter')} will be sent again with the next `poll`, or by `serve`.")
        elif what or letter:
            _one(outbox, letter or what, json=json)
        else:
            _several(outbox, state, everything=all_of_them, json=json)


def _resend(outbox: Outbox, letter: str) -> int:
    from feed.deliver.outbox import Debt

    parked = [outbox.one(letter)] if letter else [each for each in outbox.letters() if each.state is Debt.PARKED]
    again = [outbox.again(each.id, now()) for each in parked if each.state is Debt.PARKED]
    return len(again)


def _several(outbox: Outbox, state: str, *, everything: bool, json: bool) -> None:
    from feed.app.cli import printing
    from feed.deliver.outbox import Debt
    from feed.model.errors import UsageRefused

    if state and state not in tuple(Debt):
        raise UsageRefused(f"{state!r} is none of them", where="--state", mend=f"Known: {', '.join(Debt)}.")
    letters = [each for each in outbox.letters() if not state or each.state == state]
    shown = letters if everything else letters[-SHOWN:]
    if json:
        printing.as_json([_object(outbox, each) for each in shown])
    elif shown:
        heads = ("LETTER", "OWED", "TO", "KIND", "ALERTS", "STATE", "TRIED", "NEXT TRY", "LAST ANSWER")
        printing.table(heads, map(_row, shown))
    else:
        printing.say("No such letter was ever owed.")
    waiting = len(outbox.waiting())
    if waiting and not json:
        printing.say(f"{printing.counted(waiting, 'alert')} more to be gathered into letters when it is time.")


def _row(owed: Owed) -> list[str]:
    letter = owed.letter
    following = f"{owed.next_try:%Y-%m-%d %H:%M}" if owed.next_try else ""
    times = f"{owed.owed:%Y-%m-%d %H:%M}", letter.receiver, letter.kind.value, str(len(letter.alerts))
    return [owed.id[:12], *times, owed.state.value, str(owed.attempts), following, owed.answer]


def _one(outbox: Outbox, name: str, *, json: bool) -> None:
    from feed.app.cli import printing

    owed = outbox.one(name)
    if json:
        printing.as_json(_object(outbox, owed))
        return
    letter = owed.letter
    printing.say(f"Letter {owed.id} to {letter.receiver} as {', '.join(letter.subscriptions) or 'the owner'}")
    printing.say(f"{owed.state}, {printing.counted(owed.attempts, 'attempt')}, owed {owed.owed:%Y-%m-%d %H:%M:%S} UTC")
    for time, answer in outbox.attempts(owed.id):
        printing.say(f"{time:%Y-%m-%d %H:%M:%S} UTC  {answer}", indent=2)
    if owed.next_try:
        printing.say(f"{owed.next_try:%Y-%m-%d %H:%M:%S} UTC  next try", indent=2)


def _object(outbox: Outbox, owed: Owed) -> dict[str, Any]:
    from feed.model.instant import instant

    letter = owed.letter
    return {
        "id": owed.id,
        "kind": letter.kind.value,
        "channel": letter.channel.value,
        "to": letter.receiver,
        "subscriptions": list(letter.subscriptions),
        "alerts": list(letter.alerts),
        "owed": instant(owed.owed),
        "state": owed.state.value,
        "next_try": owed.next_try and instant(owed.next_try),
        "attempts": [{"at": instant(at), "answer": answer} for at, answer in outbox.attempts(owed.id)],
    }
