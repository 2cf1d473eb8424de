"""Numbers that stand for what another is compared with: "on the 25,065 who", "from 27,133", "than 649"."""

from __future__ import annotations

from feed.read.grammar.changes import REACH, change_before, is_noun, signed
from feed.read.numbers import PERCENT, TIMES
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME
from feed.read.scene import Scene
from feed.read.times import Shape


def compared_level(scene: Scene, atom: int) -> bool:
    """Whether the number stands for what another is compared with: "on the 25,065 who", "from 27,133", "than 649"."""
    if _bracketed(scene, atom) or _when(scene, atom):
        return True
    if scene.form(atom - 1) == "and" and scene.form(atom - 2) == QUANTITY:
        return scene.quantities[atom].unit == scene.quantities[atom - 2].unit and compared_level(scene, atom - 2)
    if _after_its_change(scene, atom) or _named_behind(scene, atom):
        return True
    for at in range(atom - 1, max(-1, atom - 1 - REACH), -1):
        form = scene.form(at)
        if _leads_to_base(scene, at, atom):
            return not (form == "from" and at == atom - 1 and _taken_from(scene, atom))
        if form == QUANTITY:  # "four times the 18,826"
            return scene.quantities[at].unit == TIMES
        if form != TIME and form not in scene.tables.comparing.between:
            return False
    return False


def _bracketed(scene: Scene, atom: int) -> bool:
    """As in "more than in 2022 (2,301)", "double the 2022 number (2,301)": the level of the time before the bracket."""
    before = atom - 3 if scene.form(atom - 2) in TOTALS else atom - 2
    timed = scene.bracket(atom - 1) and scene.opens(atom - 1) and scene.form(before) == TIME
    if timed and scene.form(0) in FRONTED and scene.form(atom + 2) == "," and not scene.numbered(0, atom):
        return False  # "Of all who left in 2021 (2,732), 23% were Welsh"
    return timed and not (before in scene.times and scene.times[before].rule == "the")  # "45% in the quarter (9,196)"


FRONTED = frozenset({"of", "among", "out"})
TOTALS = frozenset({"number", "figure", "total", "level", "count", "tally"})


def _leads_to_base(scene: Scene, at: int, atom: int) -> bool:
    """Whether what something is compared with begins behind that word."""
    form, before, words = scene.form(at), scene.form(at - 1), scene.tables.comparing
    if form == "after":
        return _later(scene, at, atom)
    if form in words.leads or _having(scene, at, atom) or _as_many(scene, at, atom):
        return True
    if form in ("with", "to") and before in words.with_to:
        return True
    if form == "of" and scene.form(at + 1) == "the" and before == QUANTITY and scene.quantities[at - 1].fraction:
        return TIME in scene.line.forms[atom + 1 : atom + 1 + REACH]  # not "a third of the 103,000 who live there"
    leans = form in words.leaning and scene.form(at + 1) in ("the", "a", QUANTITY, TIME)
    return leans and (_after_change(scene, at) or before in DEGREE)


def _as_many(scene: Scene, at: int, atom: int) -> bool:
    """As in "half as many as <the 11,700> granted the year before"."""
    known = scene.form(at) == "as" and scene.form(at + 1) == "the" and at + 2 == atom
    return known and scene.form(at - 1) in ("many", "much") and scene.form(at - 3) == QUANTITY


def _having(scene: Scene, at: int, atom: int) -> bool:
    """As in "948,000, <having been> 1,326,000", "granted 7% of them, <having granted> 53%"."""
    rate = at == atom - 1 and scene.quantities[atom].unit == PERCENT
    return scene.form(at - 1) == "having" and (scene.form(at) == "been" or rate)


def _taken_from(scene: Scene, atom: int) -> bool:
    """As in "£19m from 361 notices", "62 were brought in from two dinghies": where a count came from, no base."""
    before, after = scene.form(atom - 2), scene.form(atom + 1)
    sums = before == QUANTITY and scene.quantities[atom - 2].unit not in (scene.quantities[atom].unit, PERCENT, TIMES)
    noun = after.isalpha() and after not in scene.tables.open_words
    apart = before in (",", BREAK, TIME, QUANTITY) or any(
        signed(scene, scene.form(at)) or (scene.form(at) == QUANTITY and scene.quantities[at].unit in (PERCENT, TIMES))
        for at in range(_clause(scene, atom), atom)
    )
    onward = any(scene.form(at) == "to" and scene.form(at + 1) == QUANTITY for at in range(atom + 1, atom + REACH))
    return noun and (sums or not apart) and not onward


def _clause(scene: Scene, atom: int) -> int:
    return next((at + 1 for at in range(atom - 1, -1, -1) if scene.form(at) == BREAK and not scene.bracket(at)), 0)


def _later(scene: Scene, after: int, atom: int) -> bool:
    """As in "29,000 in 2023 after 45,000 in 2022": what came before, told behind."""
    timed = TIME in (scene.form(atom + 1), scene.form(atom + 2))
    return timed and scene.numbered(after - 2 * REACH, after)


DEGREE = frozenset({"well", "far", "slightly", "still", "way", "comfortably", "narrowly"})  # "well above the"


def _after_its_change(scene: Scene, atom: int) -> bool:
    """As in "an increase of 21% (5,244)": what the change is counted from."""
    alone = scene.bracket(atom - 1) and scene.bracket(atom + 1) and scene.form(atom - 2) == QUANTITY
    return alone and scene.quantities[atom - 2].unit == PERCENT and bool(change_before(scene, atom - 2, counted=False))


def _named_behind(scene: Scene, atom: int) -> bool:
    """As in "almost double that of the year before, £2bn", "10% more than in 2023, 4,100": the base, told behind."""
    ends = scene.form(atom + 1) in ("", ".", ",", BREAK)
    if not ends or scene.form(atom - 1) != "," or atom - 2 not in scene.times or not _moved(scene, atom - 2):
        return False
    at = next(
        (i for i in range(atom - 3, max(-1, atom - 3 - REACH), -1) if scene.form(i) in (QUANTITY, ",", BREAK)), -1
    )
    if at < 0 or scene.form(at) != QUANTITY or scene.quantities[at].unit not in (PERCENT, TIMES):
        return False
    return not BASES.isdisjoint(scene.line.forms[at + 1 : atom - 2])


def _moved(scene: Scene, at: int) -> bool:
    """Whether a time is told as one before another: "the year before", not "2023", of which a level may follow."""
    time = scene.times[at]
    return time.shape is Shape.SHIFT and bool(time.months or time.year or time.days)


BASES = frozenset({"that", "than", "what", "those", "on", "as", "over"})


def _when(scene: Scene, atom: int) -> bool:
    """As in "the same period last year, when there were 5,401": the number is that time's."""
    for at in range(atom - 1, max(-1, atom - 1 - REACH), -1):
        form = scene.form(at)
        if form == "when":
            return any(scene.form(before) == TIME for before in range(max(0, at - 3), at))
        if form in (QUANTITY, TIME, ","):  # "after a week when nobody came, 500 did"
            return False
    return False


def _after_change(scene: Scene, at: int) -> bool:
    form = scene.form(at - 1)
    return form == QUANTITY or bool(signed(scene, form)) or is_noun(scene, at - 1)
