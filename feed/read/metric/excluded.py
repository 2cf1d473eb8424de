"""Cues of a sentence that its words keep from a number: those in brackets, of a whole, of another part."""

from __future__ import annotations

from feed.read.grammar.nouns import PLACING, has_something, known_at, partitive, predicated, unit_at
from feed.read.metric.contrasted import for_another
from feed.read.numbers import PERCENT, TIMES
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME, Hit
from feed.read.scene import Scene
from feed.read.tables import Named


def excluded(scene: Scene, atom: int, hit: Hit[Named], *, level: bool) -> bool:
    """Whether a cue is told of another number, whatever it costs to reach it. `level`: the number is one."""
    return (
        _bracketed(scene, atom, hit)
        or _beyond_its_whole(scene, atom, hit)
        or _of_another_part(scene, atom, hit)
        or (level and _of_whole(scene, atom, hit))
        or _anothers_noun(scene, atom, hit)
        or _stated_otherwise(scene, atom, hit)
        or _did_otherwise(scene, atom, hit)
        or _of_next_clause(scene, atom, hit)
        or _past_its_relative(scene, atom, hit)
        or _before_as(scene, atom, hit)
        or for_another(scene, atom, hit)
        or _of_somebodys(scene, atom, hit)
    )


def _of_somebodys(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "homes could lose one in eight <of their> staff, he said as <sales> fell": a part of what somebody has."""
    share = scene.quantities[atom].unit == PERCENT and scene.form(atom + 1) == "of"
    if not share or scene.form(atom + 2) not in WHOSE:
        return False
    between = range(atom + 3, hit.first) if hit.first > atom else range(hit.last, atom)
    return any(scene.form(at) in (",", BREAK) and not scene.bracket(at) for at in between)


WHOSE = frozenset({"my", "our", "your", "his", "her", "their", "its"})


def _bracketed(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "106,771 people (32,345 of them <counted>)": the words in brackets are those of the number there."""
    if hit.first <= atom:
        return False
    opened = 0
    for at in range(atom + 1, hit.first):
        if scene.bracket(at):
            opened += 1 if scene.opens(at) else -1
    return opened > 0 and scene.numbered(atom + 1, hit.last)


def _beyond_its_whole(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "Of the 5,000 <who came>, 300 have been <sent back>": what the sentence states is told of the part."""
    if scene.form(0) not in WHOLE or hit.first <= atom or not all(scene.form(at) in OPENS for at in range(1, atom)):
        return False
    comma = next((at for at in range(atom + 1, hit.first) if scene.form(at) in (",", BREAK)), None)
    return comma is not None and any(at > comma for at in scene.quantities)


WHOLE = frozenset({"of", "among"})
OPENS = frozenset({"the", "all", "these", "those", "its", "their", "a", "total", "of"})


def _of_another_part(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "half were teas, and 77 of those <went to> ...": what is stated of one part is not told of another."""
    whose = next((at for at in range(hit.first, max(hit.first - 4, -1), -1) if scene.form(at) == QUANTITY), atom)
    return atom < whose < hit.last and hit.counted != atom and scene.form(whose + 1) == "of" and partitive(scene, whose)


def _anothers_noun(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "2,388 fell in spring, when 548 <tickets> were sold": the noun of another number ahead."""
    ahead = [at for at in scene.quantities if atom < at < hit.first and scene.form(at - 1) != "or"]
    if not ahead or hit.counted >= 0 or JOINED.issuperset(scene.form(at) for at in range(atom + 1, ahead[-1])):
        return False
    return any(other.counted == ahead[-1] and hit.first < other.last for other in scene.metrics)


JOINED = frozenset({QUANTITY, "and", ",", "or", "to", "-", "of", "the", "a", "(", ")"})


def _stated_otherwise(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "<vans> took 29%, and 61% were in lorries": what another number counts, where this one tells its own."""
    at = atom + 2 if scene.form(atom + 1) in ("more", "others") else atom + 1
    if hit.last > atom or not predicated(scene, at):
        return False
    parted = [i for i in range(hit.last, atom) if scene.form(i) == BREAK and not scene.bracket(i)]
    unknown = not known_at(scene, at) or has_something(scene, at)
    if parted and unknown and not any(parted[-1] < row.first <= at + 2 for row in scene.narrowing):
        return True  # "the <van> took 14 people; a dozen more had their tickets cancelled"
    between = scene.numbered(hit.first - 2, atom)  # "41% <were removed>"
    mine = any(row.counted == atom or atom < row.first <= atom + 3 for row in scene.narrowing)
    where = scene.form(atom + 3)
    own = scene.form(atom + 2) in PLACING and where.isalpha() and where not in scene.tables.open_words
    told = scene.form(atom + 2).endswith("ed") and scene.form(atom + 2) not in scene.tables.known_words
    return between and not mine and (own or told)


def _did_otherwise(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "5,000 <came in vans> and 300 were jailed", "... and 300 drowned": a verb that no cue of the metric has."""
    if hit.last > atom or not scene.met({",", "and", BREAK}, hit.last, atom):
        return False
    if not scene.numbered(hit.first - 2, atom):
        return False
    at = atom + 2 if unit_at(scene, atom + 1) else atom + 1
    while scene.form(at) in scene.tables.stating.auxiliary or scene.form(at).endswith("ly"):
        at += 1
    form, tables = scene.form(at), scene.tables
    if form in tables.neutral or form in tables.own_words[hit.value.metric.id] or scene.line.has(at, HAPPENS):
        return False
    told = form.endswith("ed") or form in tables.participles
    return told and not any(row.counted == atom or atom < row.first <= at + 2 for row in scene.narrowing)


HAPPENS = "happens"  # English's class of what tells only that it happened: "of them <came> in May"


def _of_next_clause(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "300 officers were moved, and <sales> are up": a cue that begins a clause of its own behind the number."""
    if hit.counted >= 0 or hit.first <= atom + 2:
        return False
    if any(scene.form(at) == "so" and scene.form(at - 1) == "," for at in range(atom + 2, hit.first)):
        return True  # "300 came back, so that <sales> were 500"
    if scene.form(hit.first - 1) in ("and", "but") and _has_object(scene, atom, hit):
        return True  # "we baked 300 cakes and <sold> 200"
    first = hit.first - 1 if scene.form(hit.first - 1) in DETERMINERS else hit.first
    stated = scene.form(hit.last) in scene.tables.stating.auxiliary
    return stated and first > atom + 2 and scene.form(first - 1) in ("and", "but")


def _has_object(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """Whether a cue has a number of its own right behind it, and none between it and the number before."""
    own = scene.form(hit.last) == "to" and scene.form(hit.last + 1) == QUANTITY
    return own and not scene.numbered(atom + 1, hit.first)


def _before_as(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "two <fell ill> as 500 others <came>": what the clause before counted, where this one has its own words."""
    if hit.last >= atom or hit.counted == atom or scene.form(atom - 1) not in AT_ONCE:
        return False
    if not scene.numbered(0, hit.last) or scene.met({QUANTITY, ",", BREAK}, hit.last, atom):
        return False
    end = next((at for at in range(atom + 1, len(scene.line.forms)) if scene.form(at) in STOPS), len(scene.line.forms))
    mine = hit.value.metric.id
    return any(atom < row.first < end and row.value.metric.id != mine for row in scene.metrics)


AT_ONCE = frozenset({"as", "while", "when", "whilst", "whereas"})
DETERMINERS = frozenset({"the", "its", "their", "a"})


def has_those(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "Of the guests in hotels one in eight <is a child>": a count that can be of those whom the number tells."""
    behind = (row for row in scene.narrowing if row.counted == row.first == atom)
    told = [row.value.metrics for row in behind if row.value.population]
    return not told or any(not metrics or hit.value.metric.id in metrics for metrics in told)


def _past_its_relative(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "36 of the 2,410 who came late were <sent away>": what is stated of the part is not told of the whole."""
    if scene.form(atom - 1) not in DEFINITE or (scene.form(atom - 2), scene.form(atom - 3)) != ("of", QUANTITY):
        return False
    who = next((at for at in range(atom + 1, atom + NEAR_WHO) if scene.form(at) == "who"), 0)
    if not who or hit.last <= who:
        return False
    return any(scene.form(at) in STATED and scene.form(at - 1) != "who" for at in range(who + 2, hit.last))


NEAR_WHO = 4  # atoms
STATED = frozenset({"is", "are", "was", "were", "had", "have", "has"})


def _of_whole(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "43,000 of a total of 48,000 <counted>": the words behind the whole are not the part's."""
    if scene.form(atom + 1) != "of" or hit.first <= atom:
        return False
    ahead = range(atom + 2, min(atom + 7, len(scene.line.forms)))
    whole = next((at for at in ahead if scene.form(at) in STOPS), NONE)
    if _whole_and_part(scene, atom, hit):
        return True
    if _only_narrowed(scene, atom, whole, hit):
        return False
    told = scene.form(whole) == QUANTITY and scene.quantities[whole].unit not in (PERCENT, TIMES)
    return told and whole < hit.last and (hit.counted == whole or hit.first <= whole + 4)


def _only_narrowed(scene: Scene, atom: int, whole: int, hit: Hit[Named]) -> bool:
    """As in "300 of the 900 who <came> were Welsh": what is stated of the part only tells of whom it is."""
    told = any(row.counted == atom and row.value.population for row in scene.narrowing)
    mine = hit.value.metric.id
    others = (row for row in scene.metrics if row.value.metric.id != mine and not row.value.cue.weak)
    nested = scene.form(whole - 1) in DEFINITE
    return told and nested and not any(row.last <= atom or row.first >= hit.last for row in others)


def _whole_and_part(scene: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "600 of that year's <arrivals> have been <returned>": what the number is of, where its own cue follows."""
    if scene.form(atom + 2) not in DEFINITE or hit.first > atom + AHEAD:
        return False
    end = next((at for at in range(hit.last, len(scene.line.forms)) if scene.form(at) in STOPS), len(scene.line.forms))
    mine = hit.value.metric.id
    others = (row for row in scene.metrics if hit.last <= row.first and row.last <= end and not row.value.cue.weak)
    return any(other.value.metric.id != mine and other.counted < 0 for other in others)


NONE = -1  # no atom
AHEAD = 9  # atoms
DEFINITE = frozenset({TIME, "the", "that", "those", "these", "this", "last", "its", "their", "our"})
STOPS = frozenset({QUANTITY, BREAK, ","})
