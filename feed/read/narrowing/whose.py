"""To which of a sentence's numbers its words belong: each number governs the part of the sentence that it opens.

900 people left, <300 of whom were Welsh>, for Kent        an insertion ends, and its whole goes on
300 of <the 900 who left> were Welsh                       a relative clause ends, and its whole goes on
<300 were Welsh>, <90 were Manx> and <40 of Kent>          what is told in turn begins at its comma or "and"
<half, 450, were Welsh>                                    a number told again has no part of its own
the Welsh: <300 in May>, <90 in June>                      what stands before all parts is told of each
"""

from __future__ import annotations

from collections.abc import Iterator

from feed.read.grammar.compared import compared_level
from feed.read.grammar.nouns import nominal, noun_unit, partitive
from feed.read.grammar.opening import opening_whole
from feed.read.narrowing.stretch import REFERS, STATES
from feed.read.patterns.lexicon import BREAK, QUANTITY
from feed.read.scene import Scene

JOINTS = frozenset({",", BREAK, "and", "but", "or"})
EVERYONE = -1  # no number's alone


def told_of(scene: Scene, word: int, atom: int, *, beside: bool = False) -> bool:
    """Whether a word may tell something of the number at `atom`, as far as the parts of the sentence go.

    A number without a noun borrows that of the part before; without a statement of its own also what is stated there.
    `beside`: a pattern takes the word for the number's own, so that nothing is borrowed.
    """
    if atom not in scene.quantities or word in opening_whole(scene, atom):
        return True
    owner = governor(scene, word)
    if owner in (EVERYONE, atom, _first_told(scene, atom)):
        return True
    if owner > atom:
        return not _parted(scene, atom, owner) or _shared(scene, atom, owner, word)
    lent = not _parted(scene, owner, atom) or (not beside and _borrows(scene, atom, owner, word))
    return word < atom and lent


def governor(scene: Scene, word: int) -> int:
    """The atom of the number that governs a word; EVERYONE for what stands before all parts."""
    begun = [atom for at, atom in enumerate(scene.quantities) if (_start(scene, atom) if at else atom) <= word]
    found = next((atom for atom in reversed(begun) if not _over(scene, atom, word)), EVERYONE)
    return _first_told(scene, found)


def _borrows(scene: Scene, atom: int, owner: int, word: int) -> bool:
    """Whether a number goes on about what another part tells: "down from 300", "and 300 in May", "300 of them"."""
    again = scene.form(atom - 1) in scene.tables.stating.stands_for_verb  # "as <did> 90 Welshmen"
    if again or partitive(scene, atom) or compared_level(scene, atom):
        return True
    if partitive(scene, owner):
        return False
    auxiliary = scene.tables.stating.auxiliary
    named = _named(scene, atom)
    stated = scene.met(auxiliary, atom, _end(scene, atom) if named else atom + 2)
    if scene.met(auxiliary, owner, word):  # "300 people <were put> out and 90 Welshmen"
        return not stated and (not named or (_named(scene, owner) and _start(scene, atom) == atom))
    return not named and (not stated or (_named(scene, owner) and _described(scene, owner, word)))


def _named(scene: Scene, atom: int) -> bool:
    """Whether a number's noun stands behind it."""
    return not scene.quantities[atom].unit and bool(noun_unit(scene, atom))


def _described(scene: Scene, atom: int, word: int) -> bool:
    """Whether a word stands in the noun phrase of a number: no verb comes between."""
    return all(nominal(scene, at) and scene.form(at) not in scene.tables.participles for at in range(atom + 1, word))


def _end(scene: Scene, atom: int) -> int:
    forms = scene.line.forms
    return next((at for at in range(atom + 1, len(forms)) if forms[at] in JOINTS or forms[at] == QUANTITY), len(forms))


def _start(scene: Scene, atom: int) -> int:
    """Where the part of a number begins: behind the last joint before it, else with itself."""
    return next((at + 1 for at in _joints(scene, atom)), atom)


def _joints(scene: Scene, atom: int) -> Iterator[int]:
    """What parts a number from the one before, from right to left; not what stands before one told behind its noun."""
    behind = next((at for at in (atom - 1, atom - 2) if scene.form(at) in (",", BREAK)), -1)
    apposed = _alone(scene, atom) if behind == atom - 1 else scene.form(atom - 1) in WITH
    for at in range(atom - 1, -1, -1):
        if scene.form(at) == QUANTITY:
            return
        if scene.form(at) in JOINTS and not (apposed and at == behind):
            yield at


WITH = frozenset({"with", "at", "on"})  # "the Welsh, <with> 300, ..."


def _alone(scene: Scene, atom: int) -> bool:
    """Whether a number stands alone between commas or brackets: "the Welsh, 300, ...", "the Welsh (300)"."""
    joint = atom - 2 if scene.form(atom - 1) == "or" else atom - 1
    if scene.bracket(joint) or scene.bracket(atom + 1):
        return scene.bracket(joint) and scene.bracket(atom + 1)
    return scene.form(joint) in (",", BREAK) and scene.form(atom + 1) in (",", BREAK, ".", "")


def _parted(scene: Scene, first: int, last: int) -> bool:
    """Whether a part begins between two numbers, or with the second of them."""
    numbers = [atom for atom in scene.quantities if first < atom <= last]
    return any(next(_joints(scene, atom), None) is not None for atom in numbers)


def _first_told(scene: Scene, atom: int) -> int:
    """The number that another one only tells again: "<half>, 450, were Welsh", "<half>, or 450,", "<half> (450)"."""
    if not _alone(scene, atom):
        return atom
    joint = atom - 2 if scene.form(atom - 1) == "or" else atom - 1
    again = (at for at in range(joint - 1, joint - 1 - APPOSED, -1) if scene.form(at) in (*JOINTS, QUANTITY))
    head = next(again, -1)
    return head if scene.form(head) == QUANTITY else atom


APPOSED = 4  # atoms from the comma before a number told again back to where it was told first


def _over(scene: Scene, atom: int, word: int) -> bool:
    """Whether the part of a number is over before a word, and that of its whole goes on."""
    if atom >= word:
        return False
    if scene.enclosed(atom) and not _alone(scene, atom):
        return any(scene.bracket(at) for at in range(atom, word))
    if _inserted(scene, atom):
        return scene.met({",", BREAK}, atom, word)
    return _nested(scene, atom) and _stated(scene, atom, word)


def _inserted(scene: Scene, atom: int) -> bool:
    """As in "500 people, <31 of whom were Welsh>, came in May": more about a whole whose statement follows."""
    if scene.form(atom - 1) not in (",", BREAK) or not partitive(scene, atom):
        return False
    closed = next((at for at in range(atom + 1, len(scene.line.forms)) if scene.form(at) in (",", BREAK)), -1)
    return closed > 0 and scene.form(closed + 1) not in (*JOINTS, QUANTITY)


def _nested(scene: Scene, atom: int) -> bool:
    """As in "a quarter of <the 900 who left>": a number inside the noun phrase of another."""
    head = atom - 2 if scene.form(atom - 1) in ("the", "those", "these", "all") else atom - 1
    return scene.form(head) == "of" and scene.form(head - 1) == QUANTITY


def _stated(scene: Scene, atom: int, word: int) -> bool:
    """Whether a main verb stands between: "the 900 who left <were>", not "those who <were> sold"."""
    return any(scene.form(at) in STATES and scene.form(at - 1) not in REFERS for at in range(atom + 1, word))


def _shared(scene: Scene, atom: int, other: int, word: int) -> bool:
    """As in "26 Welshmen and 18 Manxmen <were sent home by air>": a statement for all that are told before it."""
    auxiliary = scene.tables.stating.auxiliary
    alike = not partitive(scene, other) and not scene.met(auxiliary, atom, other)
    return alike and scene.met(auxiliary, other, word)
