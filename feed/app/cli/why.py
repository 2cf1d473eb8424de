"""`feed why`: one alert, explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from feed.app.cli.options import Argument, Dir, Json, home_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feed.app.cli.naming import Naming
    from feed.model.notice import Notice, Shown, StateShown
    from feed.model.support import Support


def why(
    alert: Annotated[str, Argument(help="The id of an alert, or four or more characters of its beginning.")],
    dir: Dir = None,
    json: Json = False,
) -> None:
    """Explain an alert.

    Both quotes with their sources, the steps of the decision, and what the topic says of the words.
    """
    from feed.app.asking import open_view
    from feed.app.cli import objects, printing
    from feed.app.cli.naming import Naming
    from feed.view import queries

    settings = home_of(dir)
    naming = Naming.of(settings)
    with open_view(settings) as view:
        notice = queries.notice(view.db, alert, naming.labels.gloss)
        known = queries.figures(view.db, (fact for _, fact in _operands(notice)))
        behind = {side.id: queries.support(view.db, side.id) for side in (notice.old, notice.new) if side is not None}
    operands = [(role, known[fact]) for role, fact in _operands(notice) if fact in known]
    if json:
        told = [{"role": role, **objects.figure(each)} for role, each in operands]
        rests = {fact: {"outlets": each.outlets, "independent": each.independent} for fact, each in behind.items()}
        printing.as_json(objects.alert(notice) | {"operands": told, "support": rests})
        return
    _tell(notice, operands, behind, naming)


def _operands(notice: Notice) -> list[tuple[str, str]]:
    """Role and id of the facts that a failed check was made from."""
    check = notice.event["data"]["check"] or {"operands": []}
    return [(operand["role"], operand["id"]) for operand in check["operands"]]


def _tell(notice: Notice, operands: Iterable[tuple[str, Shown]], behind: Mapping[str, Support], naming: Naming) -> None:
    from feed.app.cli.printing import say
    from feed.publish.reasons import reasons
    from feed.publish.words import CLASSES

    say(notice.sentence)
    say(f"{CLASSES[notice.alert].title} ({notice.severity}). {CLASSES[notice.alert].meaning}")
    for label, figure in (
        ("Now", notice.new),
        ("Before", notice.old),
        *((role.capitalize(), each) for role, each in operands),
    ):
        if figure is not None:
            _figure(label, figure, behind.get(figure.id), naming)
    for label, state in (("Now", notice.new_state), ("Before", notice.old_state)):
        if state is not None:
            _source(f"{label}: {naming.value(state.value)}", state, naming)
    for heading, lines in (("Why", reasons(notice, naming.labels)), ("What the words mean", notice.context)):
        if lines:
            say()
            say(f"{heading}:")
        for line in lines:
            say(line, indent=2)
    say()
    say(f"Alert {notice.id}, event {notice.sequence}, recorded {notice.recorded:%Y-%m-%d %H:%M} UTC")


def _figure(label: str, figure: Shown, behind: Support | None, naming: Naming) -> None:
    from feed.app.cli.printing import say
    from feed.publish.words import period

    told = period(figure.period, naming.zone)
    when = f" ({told})" if told else ""
    _source(f"{label}: {naming.number(figure)}, {naming.what(figure)}{when}", figure, naming)
    if behind is not None and len(behind.outlets) > 1:
        say(f"{behind}.", indent=2)


def _source(head: str, told: Shown | StateShown, naming: Naming) -> None:
    from feed.app.cli.printing import say

    say()
    say(head)
    say(f"“{told.quote}”", indent=2)
    say(f"{told.publisher or 'unknown'}, {naming.day(told.time)}, {told.url or told.article}", indent=2)
