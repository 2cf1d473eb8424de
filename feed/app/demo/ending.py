"""What the demo shows at the end: what stands, what was told, what arrived, where everything lies, and how to go on."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter

from feed.app.demo.show import NOT_NAMED, publisher
from feed.app.demo.stage import DemoFailed, Stage, command
from feed.app.home import FILE
from feed.deliver.outbox import Debt
from feed.model.notice import Notice, Shown
from feed.model.subscription import Medium
from feed.model.wording import plain_value
from feed.publish.told import Side, side, told
from feed.record.verify import verify
from feed.view import queries

LEVEL = "level"


def show(stage: Stage) -> None:
    """Print all of it."""
    notices = queries.notices(stage.desk.view.db, glosses=stage.desk.topic.labels.gloss)
    _standing(stage)
    _in_force(stage)
    stage.screen.head("What people were told, and the quotes that it rests on")
    for notice in notices:
        alert = told(notice, stage.ops.site)
        stage.screen.alert(alert, alert.sides or _operands(stage, notice))
    _delivered(stage)
    _where(stage)
    _next(stage, notices)
    stage.screen.head(f"Done in {perf_counter() - stage.began:.0f} s.")


def _standing(stage: Stage) -> None:
    totals = queries.totals(stage.desk.view.db)
    stage.screen.head(f"What stands now: one figure for each series and frame ({len(totals)})")
    stage.screen.table(("what", "figure", "when", "to", "said by"), (_row(shown, stage) for shown in totals))


def _row(shown: Shown, stage: Stage) -> tuple[str, ...]:
    laid_out = side(shown, stage.ops.site)
    end = shown.period.end.isoformat() if shown.period else ""
    return laid_out.what, laid_out.printed, laid_out.when or "not told", end, publisher(laid_out.publisher)


def _in_force(stage: Stage) -> None:
    states, words = queries.states_now(stage.desk.view.db), stage.desk.topic.labels
    rows = (
        (words.subject(row["subject"]), plain_value(row["value"]), row["as_of"] or "", row["publisher"] or NOT_NAMED)
        for row in states
    )
    stage.screen.head(f"Who and what is in force ({len(states)})")
    stage.screen.table(("office or scheme", "stands", "as of", "said by"), rows)


def _operands(stage: Stage, notice: Notice) -> list[Side]:
    """The figures that a failed check compared, in its order."""
    ids = [operand["id"] for operand in notice.event["data"]["check"]["operands"]]
    known = queries.figures(stage.desk.view.db, ids)
    return [side(known[each], stage.ops.site, f"figure {at}") for at, each in enumerate(ids, start=1) if each in known]


def _delivered(stage: Stage) -> None:
    screen, mails, hooks = stage.screen, stage.mailbox.mails, stage.hooks
    screen.head("What arrived")
    screen.say(f"{len(mails)} mails at {mails[0]['To'] if mails else 'the mailbox'}, with these subjects:", indent=2)
    for mail in mails:
        screen.say(f"- {mail['Subject']}", indent=4)
    screen.say(f"{len(hooks.verified)} webhooks, each with a signature that its receiver verified:", indent=2)
    for name in hooks.verified:
        screen.say(f"- webhook-id {name}", indent=4)


def _where(stage: Stage) -> None:
    settings, held = stage.settings, verify(stage.settings.log)
    stage.screen.head("Where it lies")
    for name, path, note in (
        ("log", settings.log, f"{held.lines} events, a line each, each chained to the one before: verified"),
        ("captures", settings.captures, "what was fetched, under its digest"),
        ("view", settings.view, "SQLite, made from the log; delete it any time"),
        ("JSON Feed", settings.pages / "feed.json", "beside it series/NAME.json"),
        ("pages", settings.pages / "index.html", ""),
        ("settings", settings.folder / FILE, ""),
    ):
        stage.screen.verbatim(str(path), note, name=name)


def _next(stage: Stage, notices: Iterable[Notice]) -> None:
    chosen = _telling(notices)
    at = ("--dir", str(stage.settings.folder))
    stage.screen.head("Try next")
    for words, note in (
        (("why", chosen.id[:8]), "why that was told"),
        (("history", (chosen.series or "").partition("/")[0]), "what that figure was before"),
        (("serve",), "the same in a browser"),
    ):
        stage.screen.verbatim(command(*words, *at), note)


def _telling(notices: Iterable[Notice]) -> Notice:
    """The alert that shows most: a level that another replaced, else the last one."""
    held = list(notices)
    if not held:
        raise DemoFailed("the articles gave rise to no alert", where="demo")
    return next((each for each in held if each.old and each.new and each.new.measure == LEVEL), held[-1])


def check(stage: Stage) -> None:
    """Raise DemoFailed unless every letter was taken and every receiver has what the outbox says."""
    letters = stage.ops.outbox.letters()
    late = [each for each in letters if each.state is not Debt.DELIVERED]
    if late:
        raise DemoFailed(f"{len(late)} letters were not delivered: {late[0].answer}", where=late[0].letter.to)
    mailed = sum(each.letter.channel is Medium.MAIL for each in letters)
    hooked = sorted(each.letter.alerts[0] for each in letters if each.letter.channel is Medium.WEBHOOK)
    if len(stage.mailbox.mails) != mailed or sorted(stage.hooks.verified) != hooked or not letters:
        raise DemoFailed(
            f"{mailed} mails and {len(hooked)} webhooks were sent, {len(stage.mailbox.mails)} and "
            f"{len(stage.hooks.verified)} arrived",
            where="receivers",
        )
