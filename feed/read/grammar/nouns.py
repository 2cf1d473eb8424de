"""What the noun after a number says it counts."""

from __future__ import annotations

from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME
from feed.read.scene import Scene

FOREIGN = "?"  # a noun that the pack does not know
REACH = 7


def noun_unit(scene: Scene, atom: int) -> str:
    """A unit; "" when the noun is left out ("26 were sold"); FOREIGN for a noun that counts nothing of the pack."""
    start = atom + 2 if scene.form(atom + 1) in ("more", "further", "extra", "such") else atom + 1
    unit, foreign = _phrase(scene, atom, start)
    strange = start > atom + 1 and scene.form(start - 1) == "such" and scene.form(start).isalpha()
    return unit or (FOREIGN if foreign or strange else "")


def _phrase(scene: Scene, atom: int, start: int) -> tuple[str, bool]:
    """(unit of a number's noun phrase that begins at `start`, "" for none; whether its noun is none of the pack's)."""
    foreign, unit = False, ""
    for at in range(start, min(start + REACH, len(scene.line.forms))):
        form = scene.form(at)
        if unit and form.endswith(("ed", "ing")):  # "5,000 people claiming", no claims
            break
        found = unit_at(scene, at)
        if found:
            unit = found
            if _only_leads(scene, atom, at):
                return FOREIGN, True
        elif _ends(scene, start, at, unit):
            foreign = foreign or (not unit and at > start and _states(scene, form) and _plural(scene.form(at - 1)))
            break
        elif form in scene.tables.known_words or _couples(scene, at):
            continue
        elif unit:
            break
        else:
            foreign = True
    return unit, foreign


def _ends(scene: Scene, start: int, at: int, unit: str) -> bool:
    """Whether a noun phrase, of which `unit` was told so far, is over before that atom."""
    if not _closes(scene, scene.form(at)):
        return False
    return not _describes(scene, at) if at == start else bool(unit) or not _couples(scene, at)


def part_of_noun(scene: Scene, atom: int) -> str:
    """The unit of "nine of the <vans>", told behind "of"; "" for none."""
    told = scene.form(atom + 1) == "of" and scene.form(atom + 2) in ("the", "these", "those", "its", "their")
    return _phrase(scene, atom, atom + 3)[0] if told else ""


def _couples(scene: Scene, at: int) -> bool:
    """As in "400 tea <and> coffee shops": two words before one noun."""
    joined = scene.form(at) in ("and", "&") and scene.form(at + 1) in scene.tables.known_words
    singular = not _plural(scene.form(at - 1)) and not _closes(scene, scene.form(at - 1))
    return joined and singular and not _closes(scene, scene.form(at + 1))


def _only_leads(scene: Scene, atom: int, at: int) -> bool:
    """As in "6,900 individual <files>": a count's noun is a plural; one in the singular only leads up to another."""
    quantity, after = scene.quantities.get(atom), scene.form(at + 1)
    if not any(name.startswith("unit:") for name, _ in scene.line.classes[at]):
        return False
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
    if not form[:1].isalpha() or form in scene.tables.open_words or form in RELATIVE or contracted(form):
        return True
    return form.endswith(("ed", "ly")) and form not in scene.tables.known_words


RELATIVE = frozenset(
    {"who", "whose", "whom", "which", "that", "ones"}
)  # "and 70,000 family ones": the noun is left out


def contracted(form: str) -> bool:
    """Whether a verb is drawn into the word before it: "who'd", "they've", "didn't"."""
    return form.endswith(CONTRACTED)


CONTRACTED = ("'d", "'ve", "'ll", "n't")


def unit_at(scene: Scene, at: int) -> str:
    """The unit that a noun at that atom counts, "" when none stands there."""
    for name, _ in scene.line.classes[at] if at < len(scene.line.classes) else ():
        if name.startswith("unit:") and not scene.form(at).endswith("ed"):  # "5,000 claimed it"
            return scene.tables.topic.units[int(name[5:])].unit
        if name == "nationals":
            return "people"
        if name == "people":
            following = scene.form(at + 1)
            if following in scene.tables.open_words or not following.isalpha():
                return name
    return ""


def nominal(scene: Scene, at: int) -> bool:
    """Whether a word may stand inside a noun phrase: no verb, number, time or break."""
    form = scene.form(at)
    tables = scene.tables
    return form in tables.stating.in_phrase or (form in tables.known_words and form not in tables.open_words)


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


FRONTED = 3  # atoms of "of that,"
PRONOUNS = frozenset({"them", "these", "those", "whom", "which"})


def partitive(scene: Scene, atom: int) -> bool:
    """Whether a number tells a part of what was counted before: "40 of them", "of whom 40", "of these, 40"."""
    form = scene.form
    if form(atom + 1) == "of" and form(atom + 2) in PRONOUNS:
        return True
    if scene.bracket(atom - 1):  # "three in ten of them (32,345)" tells the part again
        return False
    if atom == FRONTED and (form(0), form(1)) == ("of", "that"):  # "Of that, £5m was paid"
        return True
    return (form(atom - 1) in PRONOUNS and form(atom - 2) in ("of", "among")) or (
        form(atom - 2) in PRONOUNS and form(atom - 3) in ("of", "among")
    )
