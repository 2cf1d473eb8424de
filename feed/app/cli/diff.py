"""`feed diff`: what changed between two days of knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from feed.app.cli.options import Argument, Dir, InSeries, Json, Recorded, day_of, home_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.app.cli.naming import Naming
    from feed.app.cli.objects import Object
    from feed.project import Changed

HEADS = ("WHAT", "FRAME", "BEFORE", "TO", "NOW", "TO", "HOW")
STATE_HEADS = ("OFFICE OR SCHEME", "WAS", "IS")


def diff(
    first: Annotated[str, Argument(metavar="DATE1", help="The earlier day, such as 2024-12-01.")],
    last: Annotated[str, Argument(metavar="DATE2", help="The later day.")],
    recorded: Recorded = False,
    series: InSeries = "",
    dir: Dir = None,
    json: Json = False,
) -> None:
    """What changed between two days of knowledge.

    Every series and frame, office and scheme of which something else stood at the end of the later day, and how the
    newer figure bears on the older one.
    """
    from feed.app.cli import printing
    from feed.app.cli.naming import Naming
    from feed.app.past import standings_on
    from feed.model.errors import UsageRefused
    from feed.model.stood import Clock
    from feed.project import changes

    settings, days = home_of(dir), (day_of(first, "DATE1"), day_of(last, "DATE2"))
    if days[0] > days[1]:
        raise UsageRefused("the later day comes first", where="DATE1 DATE2", mend="Turn them round.")
    before, after = standings_on(settings, days, Clock.RECORDED if recorded else Clock.PUBLISHED)
    told = changes(before, after, series)
    if json:
        printing.as_json([_object(each) for each in told])
    elif told:
        _tell(told, Naming.of(settings))
    else:
        printing.say("Nothing changed between these days.")


def _object(each: Changed) -> Object:
    from feed.app.cli import objects
    from feed.model.notice import shown

    if each.subject is not None:
        kind, _, name = each.subject.partition(" ")
        sides = {side: told and told.value for side, told in (("before", each.was), ("now", each.becomes))}
        return {kind: name.rpartition("/")[2], **sides}
    figures = (("before", each.old), ("now", each.new))
    told = {side: None if figure is None else objects.figure(shown(figure, None)) for side, figure in figures}
    return {"series": each.group[0], "frame": each.group[1], "how": each.how, **told}


def _tell(told: Sequence[Changed], naming: Naming) -> None:
    from feed.app.cli.printing import say, table

    figures = [_row(each, naming) for each in told if each.subject is None]
    states = [_state(each, naming) for each in told if each.subject is not None]
    if figures:
        table(HEADS, figures)
    if states:
        say()
        table(STATE_HEADS, states)


def _row(each: Changed, naming: Naming) -> tuple[str, ...]:
    from feed.model.notice import shown

    sides = [None if figure is None else shown(figure, None) for figure in (each.old, each.new)]
    named = next(side for side in reversed(sides) if side is not None)
    cells = (("", "") if side is None else (naming.number(side), naming.end(side)) for side in sides)
    return (naming.what(named), each.group[1], *(cell for pair in cells for cell in pair), each.how)


def _state(each: Changed, naming: Naming) -> tuple[str, ...]:
    values = ("" if state is None else naming.value(state.value) for state in (each.was, each.becomes))
    return (naming.labels.subject(each.subject or ""), *values)
