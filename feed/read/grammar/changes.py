"""Words that tell a change, and which way: "up 24%", "a fall of 300", "lopped £1bn off the bill"."""

from __future__ import annotations

from feed.read.numbers import PERCENT, TIMES
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME
from feed.read.scene import Scene

REACH = 6
FAR = 12


def signed(scene: Scene, form: str) -> int:
    """+1 for a word of rise, -1 for one of fall, 0 for any other."""
    if form in scene.tables.up:
        return 1
    return -1 if form in scene.tables.down else 0


def change_before(scene: Scene, atom: int, *, counted: bool) -> int:
    """+1 or -1 when a word of change stands before: "up 24%", "rose by a record 36 per cent", "a fall of 20%"."""
    linked, words = False, scene.tables.changes
    for at in range(atom - 1, max(-1, atom - 1 - REACH), -1):
        form = scene.form(at)
        if form in (QUANTITY, BREAK):
            return 0
        linked = linked or form in ("by", "of")
        if form in words.sides and form not in ("up", "down") and at < atom - 1 and scene.form(at + 1) != "by":
            return 0
        sign = 0 if _belongs(scene, at) else signed(scene, form)
        if sign:
            plain = scene.quantities[atom].opening == scene.quantities[atom].first  # "climbed past 2m" is a level
            direct = form in ("up", "down") or (form in words.moved and plain) or _to_level(scene, atom + 1)
            return sign if (not counted or linked or (direct and at == atom - 1)) else 0
        if form not in words.between and form != TIME and not (linked and form in OBJECTS):
            return 0
    return 0


OBJECTS = frozenset({"it", "them", "this", "that", "these", "those"})  # "cut them by 5,000"


def _belongs(scene: Scene, at: int) -> bool:
    """Whether a particle belongs to the verb before it: "made up", "turned down" are no rise and no fall."""
    return scene.form(at - 1) in scene.tables.phrasal.get(scene.form(at), NO_VERB)


NO_VERB: frozenset[str] = frozenset()


def _to_level(scene: Scene, at: int) -> bool:
    """As in "fell 5,000 <to 21,000>"."""
    return scene.form(at) == "to" and scene.form(at + 1) == QUANTITY


def change_after(scene: Scene, atom: int) -> int:
    """+1 or -1 when a word of change follows: "a 30 per cent increase in", "44% more than", "37pc lower"."""
    words = scene.tables.changes
    for at in range(atom + 1, atom + 4):
        form = scene.form(at)
        if form in ("of", "in", QUANTITY, BREAK, "", ",", "to"):
            return 0
        sign = signed(scene, form)
        if sign and (form in words.sides or is_noun(scene, at)):
            return sign if form != "over" else 0
        if form not in words.between and not form.endswith(("er", "ly", "c", "p")):
            return 0
    return 0


def is_noun(scene: Scene, at: int) -> bool:
    """Whether a noun of change stands there: "increase", "fall"; not "falls due", not "12 drop-ins"."""
    if at + 1 < len(scene.line.forms) and scene.words.hyphened(scene.line.firsts[at + 1]):
        return False
    moves = scene.line.has(at, "role:rise") or scene.line.has(at, "role:fall")
    return moves and not scene.line.has(at, "role:settled")


def change_of(scene: Scene, atom: int) -> int:
    """As in "a fall in arrivals of 20%", "a rise this year of 47%"."""
    if scene.form(atom - 1) in STATED:
        return _stated_change(scene, atom)
    if scene.form(atom - 1) not in ("of", "by"):
        return 0
    for at in range(atom - 2, max(-1, atom - FAR), -1):
        form = scene.form(at)
        if form in (QUANTITY, BREAK):
            return 0
        if is_noun(scene, at):
            return signed(scene, form)
        if (
            form in scene.tables.changes.beyond
            and scene.form(atom - 1) == "by"
            and scene.quantities[atom].unit == PERCENT
        ):
            return 1
    return 0


STATED = frozenset({"was", "is", "being"})
LINKING = frozenset({"in", "of", "on", "from", "over", "since"})
RELATING = frozenset({"after", "before", "despite", "since", "with", "from", "amid", "following", "because"})


def _stated_change(scene: Scene, atom: int) -> int:
    """As in "the true drop was 36%", "the rise in arrivals is 5,000": a statement of a change."""
    for at in range(atom - 2, max(-1, atom - FAR), -1):
        form = scene.form(at)
        if form in (QUANTITY, BREAK, ","):
            return 0
        if is_noun(scene, at):
            heads = at == atom - 2 or scene.form(at + 1) in LINKING or scene.form(at + 1) == TIME
            led = scene.met(RELATING, max(0, at - 3), at)
            return signed(scene, form) if heads and not led else 0
    return 0


ADDING = frozenset({"add", "adds", "added", "adding"})
OFF = frozenset({"off", "from", "out"})


def _added_or_cut(scene: Scene, atom: int) -> int:
    """As in "lopped £1bn off the bill", "saved £2m", "added 300 to the total": a change told by its verb."""
    at = atom - 1
    while scene.form(at) in ("a", "an", "some", "another", "further", "extra"):
        at -= 1
    behind = atom + 1
    while (
        behind <= atom + RATE and scene.form(behind) in scene.tables.changes.rates
    ):  # "taking £1bn <a year> out of the bill"
        behind += 1
    verb, after = scene.form(at), scene.form(behind)
    if verb in ADDING:
        return 1 if after == "to" else 0
    if verb not in scene.tables.changes.cutting:
        return 0
    saving = verb.startswith("sav") and scene.quantities[atom].unit not in ("", PERCENT, TIMES)
    taken = after == "out" and scene.form(behind + 1) == "of"
    return -1 if saving or after == "off" or taken or (after in OFF and not verb.startswith("t")) else 0


RATE = 2  # words of "a year"


def counted_change(scene: Scene, atom: int) -> int:
    """+1 or -1 when a count is what something changed by: "up 5,000", "300 fewer than", "cut £2m from"."""
    sign = change_before(scene, atom, counted=True) or _added_or_cut(scene, atom)
    if sign and scene.form(atom - 1) != "to":
        return sign
    if scene.form(atom - 1) == "by":
        return change_of(scene, atom)
    after = scene.form(atom + 1)
    if after in ("more", "fewer", "higher", "lower", "less") and _than(scene, atom + 2):
        return signed(scene, after)
    if after in ("up", "down") and scene.form(atom + 2) in ("on", "from", TIME):
        return signed(scene, after)
    if after in scene.tables.changes.verbs or after.endswith("ed"):
        return 0
    if is_noun(scene, atom + 1) or (after and is_noun(scene, atom + 2) and after.endswith("e")):
        return change_after(scene, atom)
    return 0


AHEAD = 9  # atoms between a count and what it is more than


def _than(scene: Scene, at: int) -> bool:
    """As in "5,000 fewer <counted> than in the previous year"."""
    for here in range(at, at + AHEAD):
        form = scene.form(here)
        if form == "than":
            return scene.form(here + 1) not in ("expected", "planned", "thought", "ever")
        if form in (QUANTITY, BREAK, ",", ""):
            return False
    return False
