"""What is claimed of offices, and the words that tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from feed.model.actors import Office
from feed.read.cast import Cast, Person
from feed.read.english.telling import Telling
from feed.read.text.once import once
from feed.read.text.sentences import Sentence
from feed.read.text.surfaces import Surfaces, phrases


class Claim(NamedTuple):
    """Somebody said to hold an office, or to hold it no longer (`over`); token indexes of the words that say it."""

    office: Office
    country: str
    holder: str
    over: bool
    first: int
    last: int
    rule: str


class Lead(NamedTuple):
    """What stands before a title: its first token, whether the term is past, whose office, whether to leave it."""

    first: int
    past: bool
    country: str | None
    foreign: bool
    veto: bool


class Told(NamedTuple):
    """A holder told beside a title: who, whether the term is over, the stretch that says it, and the rule."""

    person: Person
    over: bool
    first: int
    last: int
    rule: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words around titles, compiled."""

    past: frozenset[str]
    kept: frozenset[str]
    veto: frozenset[str]
    was: Surfaces[str]
    at_the_time: Surfaces[str]
    predecessor: Surfaces[str]
    counterpart: Surfaces[str]
    links: Surfaces[str]
    subject: Surfaces[bool]
    object: Surfaces[bool]
    replaced: Surfaces[str]
    replaced_by: Surfaces[str]
    entered: Surfaces[str]
    into: Surfaces[str]
    unreal: frozenset[str]


@once
def words(telling: Telling) -> Words:
    """The table of English about offices, compiled. The same object gives the same one."""
    terms, told = telling.terms, telling.assertion
    return Words(
        past=frozenset(terms.past),
        kept=frozenset(terms.kept),
        veto=frozenset(terms.veto),
        was=phrases(terms.was),
        at_the_time=phrases(terms.at_the_time),
        predecessor=phrases(terms.predecessor),
        counterpart=phrases(terms.counterpart),
        links=phrases(terms.links),
        subject=Surfaces([*((w, False) for w in terms.starts), *((w, True) for w in terms.ends)]),
        object=Surfaces([*((w, False) for w in terms.starting), *((w, True) for w in terms.ending)]),
        replaced=phrases(terms.replaced),
        replaced_by=phrases(terms.replaced_by),
        entered=phrases(terms.entered),
        into=phrases(terms.into),
        unreal=frozenset((*told.modals, *told.denials)),
    )


def unreal(cast: Cast, table: Words, verb: int, sentence: Sentence) -> bool:
    """Whether the words before a verb take its truth away: "would", "not", "if"."""
    near = cast.tokens[max(sentence.first, verb - 4) : verb]
    return any(token.folded in table.unreal for token in near)
