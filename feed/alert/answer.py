"""Is a number that somebody says still the number? A claim held against what is on record, on a day. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from feed.model.line import Line
from feed.model.notice import Shown, shown
from feed.model.relate import Relation, relation, same_period
from feed.model.standing import Reported
from feed.model.standings import Standings
from feed.model.window import Window
from feed.model.wording import day, number, when

AGREEING = (Relation.REPEATS, Relation.REFINES, Relation.COARSENS, Relation.AGREES)
OUTDATING = (Relation.SUPERSEDES, Relation.FOLLOWS, Relation.REVISES)
REFUTING = (Relation.CONTRADICTS, Relation.REVISES)


class Verdict(StrEnum):
    """What the record says of a claim; never whether it is true."""

    CURRENT = "current"
    STALE = "stale"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim, the verdict, the figure on record that it says (if any), and the one that stands (if any).

    Of a claim that says what was revised for a time that is past, `stands` is what was put in its place for that time.
    """

    claim: Reported
    verdict: Verdict
    matches: Reported | None
    stands: Reported | None


def answer(known: Standings, claim: Reported) -> Answer:
    """Hold a claim against what was known.

    `current`: it says what stands. `stale`: it says what a later period or its own source replaced, or what holds for
    its own past period only. `contradicted`: about its time another figure is on record that no value can share with
    it, or a running total of another time that would have had to fall. `unknown`: nothing on record measures this, or
    nothing at the time that it is about; a claim that does not say since when can be current or stale, never
    contradicted.
    """
    answers = [each for line in _lines(known, claim) if (each := _among(line, claim)) is not None]
    order = list(Verdict)
    return min(answers, key=lambda each: order.index(each.verdict), default=Answer(claim, Verdict.UNKNOWN, None, None))


def _lines(known: Standings, claim: Reported) -> Iterator[Line]:
    """The lines that a claim can be about: of its series and frame, or of all frames when it has no time."""
    if not claim.timeless:
        yield known.line(claim.group)
        return
    for (series, _), line in known.lines.since((claim.group[0], "")):
        if series != claim.group[0]:
            return
        yield line


def _among(line: Line, claim: Reported) -> Answer | None:
    stands = line.standing
    if stands is None:
        return None
    peer = None if claim.timeless else line.peer(claim)
    if peer is not None and peer is not stands:
        if relation(peer, claim) in AGREEING:
            return Answer(claim, Verdict.STALE, peer, stands)
        revised = [told for told in _outdated(line, claim, peer) if same_period(told, claim)]
        return _replaced(claim, revised, peer) or Answer(claim, Verdict.CONTRADICTED, peer, stands)
    if _says(claim, stands):
        return Answer(claim, Verdict.CURRENT, stands, stands)
    before = _replaced(claim, _outdated(line, claim, stands), stands)
    if before is not None or claim.timeless:
        return before
    refuted = peer is not None or _cannot_both(stands, claim)
    return Answer(claim, Verdict.CONTRADICTED if refuted else Verdict.UNKNOWN, None, stands)


def _cannot_both(told: Reported, claim: Reported) -> bool:
    """Whether a claim cannot hold beside a figure of another time, whichever of the two times is the later."""
    return relation(told, claim) in REFUTING or relation(claim, told) in REFUTING


def _outdated(line: Line, claim: Reported, by: Reported) -> list[Reported]:
    """What a claim says of all that another figure put out of date, by publication. Who only disagrees does not.

    First what was only ever told as an old number.
    """
    said = (told for told in line.figures if _says(claim, told))
    outdated = (told for told in said if told.superseded or relation(told, by) in OUTDATING)
    return sorted(outdated, key=lambda told: not told.superseded)


def _replaced(claim: Reported, said: list[Reported], by: Reported) -> Answer | None:
    return Answer(claim, Verdict.STALE, said[-1], by) if said else None


def _says(claim: Reported, told: Reported) -> bool:
    return claim.figure.value.softened().meets(told.figure.value.softened())


def explain(given: Answer) -> str:
    """The answer in one sentence, with the figures, sources and days that it rests on."""
    claim = number(shown(given.claim, None))
    stands = given.stands and _cited(given.stands)
    none = f"is about that time; the last is {stands}" if stands else "measures this"
    matches = given.matches and _cited(given.matches)
    return {
        Verdict.CURRENT: f"{claim} is current: {stands} stands.",
        Verdict.STALE: f"{claim} is stale: it says {matches}; since then {stands} stands.",
        Verdict.CONTRADICTED: f"{claim} is contradicted: on record is {matches or stands}.",
        Verdict.UNKNOWN: f"{claim} is unknown: nothing on record {none}.",
    }[given.verdict]


def _cited(told: Reported) -> str:
    seen: Shown = shown(told, None)
    published = "" if told.figure.published is None else f", {day(told.figure.published)}"
    to = f" to {day(told.end)}" if seen.window is Window.SINCE else ""
    return f"{f'{number(seen)} {when(seen)}'.strip()}{to} ({told.figure.publisher or told.figure.article}{published})"
