"""What the noun after a number says it counts."""

from __future__ import annotations

from feed.read.scene import Scene

FOREIGN = "?"  # a noun that the pack does not know
REACH = 7


def noun_unit(scene: Scene, atom: int) -> str:
    """A unit; "" when the noun is left out ("26 were sold"); FOREIGN for a noun that counts nothing of the pack."""
    foreign, unit = False, ""
    start = atom + 2 if scene.form(atom + 1) in ("more", "further", "extra") else atom + 1
    for at in range(start, min(atom + REACH, len(scene.line.atoms))):
        form = scene.form(at)
        if unit and form.endswith("ed"):
            break
        found = unit_at(scene, at)
        if found:
            unit = found
        elif _closes(scene, form):
            break
        elif form not in scene.tables.known_words:
            if unit:
                break
            foreign = True
    return unit or (FOREIGN if foreign else "")


def _closes(scene: Scene, form: str) -> bool:
    """Whether a noun phrase cannot go on with that word."""
    if not form[:1].isalpha() or form in scene.tables.open_words:
        return True
    return form.endswith(("ed", "ly")) and form not in scene.tables.known_words


def unit_at(scene: Scene, at: int) -> str:
    """The unit that a noun at that atom counts, "" when none stands there."""
    for name, _ in scene.line.classes[at]:
        if name.startswith("unit:"):
            return scene.tables.topic.units[int(name[5:])].unit
        if name == "nationals":
            return "people"
        if name == "people":
            following = scene.form(at + 1)
            if following in scene.tables.open_words or not following.isalpha():
                return name
    return ""
