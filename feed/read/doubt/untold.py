"""Which numbers are narrowed by what no dimension of the pack tells, so that they would pass for the whole."""

from __future__ import annotations

from collections.abc import Sequence

from feed.model.figure import Measure
from feed.read.claim import Attached
from feed.read.grammar.nouns import PRONOUNS, partitive
from feed.read.grammar.roles import Role
from feed.read.metric.excluded import HAPPENS
from feed.read.metric.heard import MONEY
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME
from feed.read.scene import Scene


def untold(view: Scene, found: Attached, atom: int, what: Role) -> str:
    """Why a number is narrowed by what no dimension tells, "" when it is not."""
    if (
        found.unit in MONEY
        and what.measure is Measure.LEVEL
        and max(view.quantities[atom].numbers) < found.metric.least
    ):
        return "too small a sum to be the whole"
    if not found.dims and view.tells("some of them", atom):
        return "of some of them, and nothing tells of which"
    if found.several:
        return "of several countries together, which no dimension tells"
    alike = _of_itself(view, found, atom, what) or _another_part(view, found, atom, what)
    return "a part of it that nothing tells apart" if alike else ""


def _another_part(view: Scene, found: Attached, atom: int, what: Role) -> bool:
    """As in "Of the 5,000 <counted>, 300 were Welsh; 1,163 came by another road": a part of the whole that opens it."""
    parts = (
        view.form(0) in ("of", "out")
        and view.form(1) in DEFINITE
        and "," in view.line.forms[:atom]
        and not what.compared
    )
    if not parts or found.own or what.measure is not Measure.LEVEL or what.superseded:
        return False
    if not found.inherited and (found.at > atom or QUANTITY not in view.line.forms[found.at : atom]):
        return False
    timed = TIME in view.line.forms[atom + 1 : atom + 1 + PHRASE] or any(h.first > atom for h in view.told("present"))
    return not timed and not view.bracket(atom - 1)


def _of_itself(view: Scene, found: Attached, atom: int, what: Role) -> bool:
    """As in "cafes made up a fifth of the <counted>", "40 of them were <unknown>": a part that nothing tells apart."""
    if found.metric.kind == "rate" or found.of is not None or what.measure not in (Measure.SHARE, Measure.LEVEL):
        return False
    if found.inherited:
        whole = view.form(atom - 1) == "," and view.form(atom + 1) == "of" and view.numbered(atom + 2, atom + 4)
        alike = what.measure is Measure.SHARE or (partitive(view, atom) and not _timed(view, atom))
        that = view.form(0) in THAT and found.dims and view.form(atom + 1) == "of"
        return alike and not (found.own or whole or that)
    if what.measure is Measure.LEVEL:
        return not found.dims and _definite(view, atom, found) and not _timed(view, atom)
    spoken = view.form(atom + 1) == "of" and view.form(atom + 2) not in PRONOUNS
    stated = view.form(found.at) in view.tables.stating.auxiliary  # "half <are in vans>" tells the part
    direct = spoken or (view.quantities[atom].fraction and found.at == atom + 1 and not stated)
    return direct and atom <= found.at <= atom + 3 and not found.dims


def _definite(view: Scene, atom: int, found: Attached) -> bool:
    """As in "one firm had 2,190 of the <counted>": the whole is known, and the number is only some of it."""
    known = view.form(atom + 1) == "of" and view.form(atom + 2) in DEFINITE and atom <= found.at <= atom + PHRASE
    told = view.form(atom + 3) in view.tables.stating.auxiliary  # "47 of those <were> sent back"
    return known and not told and not _where(view, atom)


def _where(view: Scene, atom: int) -> bool:
    """As in "100,600 were helped, some 35,700 of these <in hotels>": a predicate without its verb ends the sentence."""
    beside = view.form(atom - 1) in (",", "and", BREAK) and view.form(atom + 2) in ("these", "those")
    behind = view.line.forms[atom + 3 :]
    return beside and view.form(atom + 3) in ("in", "on", "under", "at") and not _goes_on(view, behind)


def _goes_on(view: Scene, behind: Sequence[str]) -> bool:
    return not view.tables.stating.auxiliary.isdisjoint(behind) or not view.tables.clauses.finite.isdisjoint(behind)


DEFINITE = frozenset({"the", "these", "those", "its", "their", "our", "his", "her"})
PHRASE = 4  # atoms from a number to the noun of its whole


THAT = frozenset({"that", "this", "it"})  # "<That> is 3% of the 127,834 who came"
GOING_ON = frozenset({TIME, "and", "but", "against", "compared", "up", "down", "more", "fewer", "about", "roughly"})


def _timed(view: Scene, atom: int) -> bool:
    """As in "six of them on 12 August alone", "six of them left in May": the time alone tells the part, or nothing."""
    if view.form(atom + 1) != "of":
        return False
    after = view.form(atom + 3)
    if after == ",":  # "40 of them, <others> ..." begins another statement
        parts = view.form(atom + 5) == "of" and view.form(atom + 6) in PRONOUNS
        return view.form(atom + 4) in GOING_ON or (view.form(atom + 4) == QUANTITY and not parts)
    happened = max((length for name, length in view.line.classes[atom + 3] if name == HAPPENS), default=0)
    at = atom + 3 + happened
    timed = at
    while view.form(timed) in view.tables.clauses.before_time:  # "of them <in the whole of> last year"
        timed += 1
    told = timed > at and view.form(timed) == TIME
    return (after in (TIME, BREAK, ".", "") and not happened) or told or (happened > 0 and view.form(at) == TIME)
