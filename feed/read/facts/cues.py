"""The words that tell how far a scheme has come, compiled, and the sentence that they are looked for in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from feed.model.actors import Deals
from feed.read.cast import Cast
from feed.read.english.telling import Assertion, StatusRow, Telling
from feed.read.facts.asof import Dated
from feed.read.text.lexer import Kind
from feed.read.text.once import once
from feed.read.text.sentences import Sentence
from feed.read.text.surfaces import Surfaces, phrases
from feed.read.times.dates import Almanac


class Form(StrEnum):
    """In which form of words a status is told."""

    BARE = "bare"
    DONE = "done"
    DOING = "doing"
    BEFORE = "before"
    AFTER = "after"
    NOW = "now"
    SINCE = "since"
    ADJECTIVE = "adjective"


class Tense(StrEnum):
    """Whether it is told as holding now or as something that happened then."""

    NOW = "now"
    THEN = "then"


class Cue(NamedTuple):
    """Words that tell a status: the row of the table and the form."""

    rank: int
    row: StatusRow
    form: Form


LEFT = (Form.BARE, Form.DONE, Form.DOING, Form.BEFORE, Form.ADJECTIVE)


@dataclass(frozen=True, slots=True)
class Cues:
    """The table of statuses, compiled."""

    left: Surfaces[tuple[Cue, ...]]
    right: Surfaces[tuple[Cue, ...]]
    denials: Surfaces[str]
    modals: Surfaces[str]
    deciding: Surfaces[str]
    recent: Surfaces[str]
    gerund_after: frozenset[str]
    has: frozenset[str]
    had: frozenset[str]
    be: frozenset[str]
    breaks: frozenset[str]
    adverbs: frozenset[str]
    about: frozenset[str]
    needs: Surfaces[str]


def _forms(row: StatusRow) -> dict[Form, tuple[str, ...]]:
    return {
        Form.BARE: row.bare,
        Form.DONE: row.done,
        Form.DOING: row.doing,
        Form.BEFORE: row.before,
        Form.AFTER: (*row.after, *(f"{be} {done}" for done in row.done for be in PASSIVE)),
        Form.NOW: row.now,
        Form.SINCE: row.since,
        Form.ADJECTIVE: row.adjectives,
    }


PASSIVE = ("was", "has been", "had been")
PLURAL = {"was": "were", "is": "are", "has": "have", "remains": "remain"}


def _plural(told: str) -> tuple[str, ...]:
    """A phrase as it is told of one and of several: "was scrapped", "were scrapped"."""
    first, _, rest = told.partition(" ")
    return (told, f"{PLURAL[first]} {rest}") if first in PLURAL else (told,)


@once
def _compiled(rows: tuple[StatusRow, ...], assertion: Assertion, deals: Deals | None) -> Cues:
    sides: tuple[dict[str, tuple[Cue, ...]], dict[str, tuple[Cue, ...]]] = ({}, {})
    for rank, row in enumerate(rows):
        for form, words in _forms(row).items():
            side = sides[form not in LEFT]
            for word in (form_of for told in words for form_of in _plural(told)):
                side[word] = (*side.get(word, ()), Cue(rank, row, form))
    return Cues(
        left=Surfaces(sides[0].items()),
        right=Surfaces(sides[1].items()),
        denials=phrases(assertion.denials),
        modals=phrases(assertion.modals),
        deciding=phrases(assertion.deciding),
        recent=phrases(assertion.recent),
        gerund_after=frozenset(assertion.gerund_after),
        has=frozenset(assertion.has),
        had=frozenset(assertion.had),
        be=frozenset(assertion.be),
        breaks=frozenset(assertion.breaks),
        adverbs=frozenset(assertion.adverbs),
        about=frozenset(word for phrase in (deals.context if deals else ()) for word in phrase.split()),
        needs=phrases(word for row in rows for word in row.needs),
    )


def cues(telling: Telling, deals: Deals | None) -> Cues:
    """The table compiled, with the words of what the pack's deals are about. The same objects give the same one."""
    return _compiled(telling.status, telling.assertion, deals)


class Scene(NamedTuple):
    """One sentence with what all its mentions need."""

    cast: Cast
    table: Cues
    sentence: Sentence
    spoken: frozenset[int]
    almanac: Almanac | None
    days: tuple[Dated, ...]


MARKS = frozenset({Kind.SEMICOLON, Kind.DASH, Kind.STOP, Kind.COLON})
BACK = 12  # tokens before a cue in which a denial counts


def broken(scene: Scene, first: int, last: int) -> bool:
    """Whether a clause ends between two tokens."""
    return any(t.kind in MARKS or t.folded in scene.table.breaks for t in scene.cast.tokens[first:last])


def governing(scene: Scene, at: int) -> int:
    """The index of the token that governs a verb at `at`: adverbs before it are passed."""
    low = max(scene.sentence.first, at - 4)
    while at > low and scene.cast.tokens[at - 1].folded in scene.table.adverbs:
        at -= 1
    return at - 1


def denied(scene: Scene, first: int, last: int) -> bool:
    """Whether the clause takes back what the cue tells, before the cue or between cue and mention."""
    start = max(scene.sentence.first, first - BACK)
    for at in range(first - 1, start - 1, -1):
        if scene.cast.tokens[at].kind in MARKS or scene.cast.tokens[at].folded in scene.table.breaks:
            start = at + 1
            break
    return bool(scene.table.denials.find(scene.cast.tokens, start, last))
