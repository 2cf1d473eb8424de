"""The stretch of a sentence whose words narrow a number."""

from __future__ import annotations

from feed.read.grammar.opening import labelled_number
from feed.read.patterns.lexicon import BREAK, QUANTITY, Hit
from feed.read.scene import Scene
from feed.read.tables import Named

EDGES = frozenset({",", "and", "or", "followed", "ahead", "then"})


def region(scene: Scene, atom: int, hit: Hit[Named] | None) -> range:
    """The atoms whose words narrow a number: between it and its cue, and on both sides up to the next number's."""
    first = min(atom, hit.first) if hit else atom
    last = max(atom + 1, hit.last) if hit else atom + 1
    return range(_left_edge(scene, first), _right_edge(scene, atom, last))


def _left_edge(scene: Scene, first: int) -> int:
    if scene.form(first - 1) == "of" and scene.form(first - 2) == "out":  # "94 Welshmen out of <548 people>"
        return first
    if labelled_number(scene, first):
        return 0
    crowded = scene.numbered(0, first)
    at = first
    if scene.bracket(at - 1) and scene.form(at) == QUANTITY:  # "those on other routes (57,800"
        at -= 1
    if scene.form(at - 1) in ("at", "with", "on") and scene.form(at - 2) == ",":  # "drinkers of tea, at 2,980,"
        at -= 2
    while at > 0 and (not _bounds(scene.form(at - 1), crowded=crowded) or _inside(scene, at - 1)):
        at -= 1
        if scene.form(at) == "out" and scene.form(at + 1) == "of":  # "909 Welshmen out of 4,548"
            return at + 2
    return at


def _right_edge(scene: Scene, atom: int, last: int) -> int:
    end = len(scene.line.forms)
    at = _past_apposed(scene, last)
    crowded = at > last or scene.numbered(at, end)
    if _whole_of_share(scene, atom):
        end = next((i for i in range(at, end) if scene.form(i) in STATES and scene.form(i - 1) not in REFERS), end)
    while at < end and not begins_clause(scene, at):
        if _bounds(scene.form(at), crowded=crowded) and not _inside(scene, at):
            break
        at += 1
    return at


def _inside(scene: Scene, at: int) -> bool:
    """Whether a word stands inside those of one value: "bread and butter"."""
    return scene.form(at) == "and" and any(
        hit.first < at < hit.last - 1 and hit.counted < 0 and not hit.value.near for hit in scene.narrowing
    )


def _whole_of_share(scene: Scene, atom: int) -> bool:
    """As in "One in four of the 39,900 <counted> is <Welsh>": what is stated of the part is not told of the whole."""
    return scene.form(atom - 1) == "the" and scene.form(atom - 2) == "of" and scene.form(atom - 3) == QUANTITY


STATES = frozenset({"is", "are", "was", "were"})
REFERS = frozenset({"who", "which", "that"})


def begins_clause(scene: Scene, at: int) -> bool:
    """As in "sales dip under 900 as fewer Welshmen drink": a clause about something else begins."""
    begun = scene.form(at) == "as" and scene.form(at - 1) not in ("such", "same")
    return begun and scene.form(at + 1) in scene.tables.clauses.behind_as


def _past_apposed(scene: Scene, last: int) -> int:
    """Past the same told again: "a quarter of those, <9,900>, were Welsh", "9,900, <or a quarter>, were Welsh"."""
    closed = scene.bracket(last) and scene.bracket(last - 2)
    if (closed or (scene.form(last), scene.form(last - 2)) == (",", "at")) and scene.form(last + 1) in STATES:
        return last + 1  # "the largest group (11,234) were Welsh", "the largest, at 11,234, were Welsh"
    if scene.bracket(last) and scene.form(last + 1) == QUANTITY and scene.bracket(last + 2):
        return last + 3  # "a third (32%) had come by ..."
    if scene.form(last) == "," and scene.form(last - 1) == QUANTITY and scene.form(last - 2) in (",", "or"):
        return last + 1
    comma = next((at for at in range(last, last + APPOSED) if scene.form(at) in (",", BREAK, QUANTITY)), last)
    number = comma + 2 if scene.form(comma + 1) == "or" else comma + 1
    apposed = (scene.form(comma), scene.form(number), scene.form(number + 1)) == (",", QUANTITY, ",")
    return number + 2 if apposed else last


APPOSED = 4  # atoms between a number and the comma before its other words


def _bounds(form: str, *, crowded: bool) -> bool:
    return form in (BREAK, QUANTITY) or (crowded and form in EDGES)
