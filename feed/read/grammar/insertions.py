"""Times of what is put in between or said beside: of some members, of a subject, of another thing claimed."""

from __future__ import annotations

from feed.read.grammar.nouns import PRONOUNS
from feed.read.patterns.lexicon import BREAK, TIME
from feed.read.scene import Scene

ASIDE = 24  # atoms that such a clause may hold
EDGES = frozenset({",", BREAK, ""})


def of_members(scene: Scene, atom: int, at: int) -> bool:
    """As in "four left, a man on Friday and a boy on Monday among them, while three came": some of another count."""
    end = next((i for i in range(at + 1, atom) if scene.form(i) in EDGES), None)
    if end is None or end - at > ASIDE:
        return False
    first = next((i for i in range(at, max(-1, at - ASIDE), -1) if scene.form(i) in EDGES), -1)
    closes = scene.form(end - 2) == "among" and scene.form(end - 1) in PRONOUNS
    opens = scene.form(first + 1) in ("including", "among") and first > 0
    return (closes or opens) and first >= 0 and scene.numbered(0, first)


def of_other_claim(scene: Scene, atom: int, at: int) -> bool:
    """As in "it says that 700 came in May, that 52 <are> waiting": a time past in one of several things said."""
    thats = [i for i in range(atom) if scene.form(i) == "that" and (scene.numbered(i, i + 3) or i == 0)]
    joint = next((i for i in reversed(thats) if at < i), 0)
    present = scene.form(atom + 1) in STANDING or scene.form(atom + 2) in STANDING
    return bool(joint) and present and any(i < at for i in thats) and not scene.met({TIME}, joint, atom)


STANDING = frozenset({"are", "is", "await", "remain"})


def of_subject(scene: Scene, relative: int, end: int) -> bool:
    """As in "the estate<, which today holds 220, is> to grow by 100": a clause between a subject and its verb."""
    verbs = scene.tables.clauses.finite | scene.tables.stating.auxiliary
    return scene.form(relative) != "when" and scene.form(end) == "," and scene.form(end + 1) in verbs
