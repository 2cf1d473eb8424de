"""What a sentence is about from its first words on: "Among Welshmen the fall was steeper: 300 of them ..."."""

from __future__ import annotations

from feed.read.grammar.nouns import PRONOUNS, unit_at
from feed.read.patterns.lexicon import BREAK, QUANTITY
from feed.read.scene import Scene
from feed.read.text.lexer import Kind


def opening(scene: Scene, atom: int) -> range:
    """The atoms that say before a number what all of its sentence is about; none when nothing does."""
    if scene.form(0) in LEADS:
        return LEAD
    return _announced(scene, atom) or _subject(scene, atom) or _beyond_aside(scene, atom)


def opening_whole(scene: Scene, atom: int) -> range:
    """As in "Of the 2,925 Welshmen who left, 2,300 went by force and 625 by choice": the whole of all the parts."""
    if scene.form(0) != "of":
        return range(0)
    told = scene.form(1) == "that" or scene.form(1) in PRONOUNS  # "of that number 300 were sold": it is over
    ends = (",", BREAK, QUANTITY) if told else (",", BREAK)
    comma = next((at for at in range(1, atom) if scene.form(at) in ends), 0)
    return range(1, comma) if scene.form(comma) == "," else range(0)


def _announced(scene: Scene, atom: int) -> range:
    """The clause before a colon: "Welshmen are keenest on tea: 2,841 ordered it"."""
    colon = next((at for at in range(atom - 1, max(-1, atom - 1 - TIMED), -1) if scene.form(at) == BREAK), -1)
    said = colon > 0 and scene.words.token(scene.line.firsts[colon]).kind is Kind.COLON
    bare = said and atom + 1 < len(scene.line.forms) and not unit_at(scene, atom + 1)
    alone = bare and QUANTITY not in scene.line.forms[:colon]
    return range(colon) if alone else range(0)


TIMED = 3  # atoms that a time before the number may take


def _beyond_aside(scene: Scene, atom: int) -> range:
    """As in "Welshmen, who numbered 125 in 2022, bought 300": the subject of what is stated behind an aside."""
    heads = [hit for hit in scene.narrowing if not hit.first and hit.value.population and hit.counted < 0]
    if not heads:
        return range(0)
    last = max(hit.last for hit in heads)
    aside = scene.form(last) == "," and scene.form(last + 1) in RELATIVE and scene.numbered(last, atom)
    closed = [at for at in range(last + 1, atom) if scene.form(at) in (",", BREAK)]
    return range(last) if aside and len(closed) == 1 else range(0)


RELATIVE = frozenset({"who", "whose"})


def _subject(scene: Scene, atom: int) -> range:
    """As in "Welshmen explain most of it: 300 came ...": what a statement before a colon is about."""
    colon = next((at for at in range(atom) if scene.form(at) in (BREAK, QUANTITY)), 0)
    if scene.words.token(scene.line.firsts[colon]).text != ":":
        return range(0)
    return next((range(hit.first, hit.last) for hit in scene.narrowing if not hit.first and hit.last < colon), range(0))


LEADS = frozenset({"among", "for"})
LEAD = range(1, 5)  # atoms


def of_everyone(scene: Scene, atom: int) -> bool:
    """As in "2,300 were Welsh, and across the board the number was 67,000": the whole of those told apart before."""
    told = (hit.last for hit in scene.told("everyone") if hit.last <= atom)
    return any(QUANTITY not in [scene.form(at) for at in range(last, atom)] for last in told)


def labelled_number(scene: Scene, first: int) -> bool:
    """As in "Study: 486,107": a label of a few words and a colon open the line, and tell what is counted."""
    colon = scene.form(first - 1) == BREAK and 0 < first - 1 <= LABEL
    if not colon or scene.words.token(scene.line.firsts[first - 1]).kind is not Kind.COLON:
        return False
    return not scene.met({QUANTITY, BREAK}, 0, first - 1)


LABEL = 4  # atoms
