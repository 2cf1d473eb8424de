"""What the noun after a number says it counts."""

from __future__ import annotations

from feed.read.lexicon import BREAK, QUANTITY, TIME
from feed.read.scene import Scene

FOREIGN = "?"  # a noun that the pack does not know
REACH = 7


def noun_unit(scene: Scene, atom: int) -> str:
    """A unit; "" when the noun is left out ("26 were sold"); FOREIGN for a noun that counts nothing of the pack."""
    foreign, unit = False, ""
    start = atom + 2 if scene.form(atom + 1) in ("more", "further", "extra") else atom + 1
    for at in range(start, min(atom + REACH, len(scene.line.forms))):
        form = scene.form(at)
        if unit and form.endswith("ed"):
            break
        found = unit_at(scene, at)
        if found:
            unit = found
            if any(name.startswith("unit:") for name, _ in scene.line.classes[at]) and _only_leads(scene, atom, at):
                return FOREIGN
        elif _closes(scene, form) and not (at == start and _describes(scene, at)):
            foreign = foreign or (not unit and at > start and _states(scene, form) and _plural(scene.form(at - 1)))
            break
        elif form not in scene.tables.known_words:
            if unit:
                break
            foreign = True
    return unit or (FOREIGN if foreign else "")


def _only_leads(scene: Scene, atom: int, at: int) -> bool:
    """As in "6,900 individual <files>": a count's noun is a plural; one in the singular only leads up to another."""
    quantity, after = scene.quantities.get(atom), scene.form(at + 1)
    singular = scene.form(at) not in PLURALS and not scene.form(at).endswith("s")
    if quantity is None or quantity.unit or max(quantity.numbers) < 2 or not singular:
        return False
    plural = after.isalpha() and after.endswith("s") and len(after) > SHORT and not after.endswith(("ss", "ous"))
    return plural and after not in scene.tables.known_words and after not in scene.tables.open_words


SHORT = 3  # letters of "was", "has"
PLURALS = frozenset({"people", "men", "women", "children", "staff", "craft", "aircraft", "personnel"})


def _states(scene: Scene, form: str) -> bool:
    return form in scene.tables.stating.auxiliary or form.endswith("ed")


def _plural(form: str) -> bool:
    """As in "21 crime <groups> have": a noun that the pack uses, but that counts nothing."""
    return form.endswith("s") and not form.endswith(("ss", "'s", "ous"))


def _describes(scene: Scene, at: int) -> bool:
    """As in "three cancelled tickets": a participle before its noun, no statement about what was counted."""
    form, after = scene.form(at), scene.form(at + 1)
    return form.endswith("ed") and after[:1].isalpha() and after not in scene.tables.open_words


def _closes(scene: Scene, form: str) -> bool:
    """Whether a noun phrase cannot go on with that word."""
    if not form[:1].isalpha() or form in scene.tables.open_words or contracted(form):
        return True
    return form.endswith(("ed", "ly")) and form not in scene.tables.known_words


def contracted(form: str) -> bool:
    """Whether a verb is drawn into the word before it: "who'd", "they've", "didn't"."""
    return form.endswith(CONTRACTED)


CONTRACTED = ("'d", "'ve", "'ll", "n't")


def unit_at(scene: Scene, at: int) -> str:
    """The unit that a noun at that atom counts, "" when none stands there."""
    for name, _ in scene.line.classes[at] if at < len(scene.line.classes) else ():
        if name.startswith("unit:"):
            return scene.tables.topic.units[int(name[5:])].unit
        if name == "nationals":
            return "people"
        if name == "people":
            following = scene.form(at + 1)
            if following in scene.tables.open_words or not following.isalpha():
                return name
    return ""


def has_something(scene: Scene, at: int) -> bool:
    """As in "a dozen more <had their> tickets cancelled": a thing is stated of those counted, by a full verb."""
    return scene.form(at) in HAVE and scene.form(at + 1) in OBJECTS


HAVE = frozenset({"have", "has", "had"})
OBJECTS = frozenset({"their", "his", "her", "its", "a", "an", "no", "the"})
PLACING = frozenset({"on", "in", "at", "without", "under", "with", "within", "inside"})


def predicated(scene: Scene, at: int) -> bool:
    """Whether a statement begins at that atom which no cue knows: "were withdrawn", "were on sick leave"."""
    if scene.form(at) not in scene.tables.stating.auxiliary:
        return False
    while scene.form(at) in scene.tables.stating.auxiliary or scene.form(at).endswith("ly"):
        at += 1
    if scene.form(at) in scene.tables.neutral and scene.form(at + 1) == "as":  # "were counted as withdrawn"
        at += 2
    form = scene.form(at)
    if has_something(scene, at - 1):
        return True
    if form in PLACING and scene.form(at - 1) != "had":
        return scene.form(at + 1) not in (TIME, BREAK, QUANTITY, "")
    said = form.endswith("ed") or form in scene.tables.participles
    return said and form not in scene.tables.neutral


def known_at(scene: Scene, at: int) -> bool:
    """Whether a word of the pack stands at that atom, past auxiliaries and adverbs."""
    while scene.form(at) in scene.tables.stating.auxiliary or scene.form(at).endswith("ly"):
        at += 1
    return scene.form(at) in scene.tables.known_words


PRONOUNS = frozenset({"them", "these", "those", "whom", "which"})


def partitive(scene: Scene, atom: int) -> bool:
    """Whether a number tells a part of what was counted before: "40 of them", "of whom 40", "of these, 40"."""
    form = scene.form
    if form(atom + 1) == "of" and form(atom + 2) in PRONOUNS:
        return True
    return (form(atom - 1) in PRONOUNS and form(atom - 2) in ("of", "among")) or (
        form(atom - 2) in PRONOUNS and form(atom - 3) in ("of", "among")
    )
