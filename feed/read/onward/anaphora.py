"""Whether a sentence goes on about what was counted before it: by pronoun, by "the total", by a shifted time."""

from __future__ import annotations

from feed.read.grammar.nouns import noun_unit, unit_at
from feed.read.metric.excluded import HAPPENS
from feed.read.metric.heard import MONEY
from feed.read.numbers import PERCENT, TIMES
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME, Hit
from feed.read.scene import MOVES, Scene
from feed.read.tables import Narrowing
from feed.read.times import Shape

NOWHERE = 99


def anaphoric(view: Scene, atom: int = NOWHERE) -> bool:
    """Whether a sentence goes on about what was counted before it: by pronoun, by "the total", by a shifted time."""
    if any(time.shape in (Shape.SHIFT, Shape.BACK) for time in view.times.values()) or _of_them(view, atom):
        return True
    if did_so(view, atom):
        return True
    if any((hit.value.near or hit.value.placed) and hit.counted == atom and _told(view, hit) for hit in view.narrowing):
        return True
    if _object(view, atom) or _set_off(view, atom) or (view.form(atom - 2), view.form(atom - 1)) == ("having", "been"):
        return True  # "Having been 76% in May, it was ..."
    existential = view.tells("existential", atom) and not noun_unit(view, atom)
    if existential or bare_subject(view, atom) or _more_money(view, atom):
        return True
    if any(hit.first < atom and not _of_others(view, hit.last) and plain(view, hit) for hit in view.told("the total")):
        return True
    return any(hit.first <= _lead(view) and not _expletive(view, hit.first) for hit in view.told("anaphor"))


def _object(view: Scene, atom: int) -> bool:
    """As in "she wants to cut it by £4bn", "she hopes to halve it": what is to be changed was told before."""
    multiplied = atom in view.quantities and view.quantities[atom].unit == TIMES
    by = view.form(atom - 1) == "by" and view.form(atom - 2) in OBJECTS
    return by or (multiplied and view.form(atom + 1) in OBJECTS)


def _set_off(view: Scene, atom: int) -> bool:
    """As in "At 300 people, it is the longest queue ever": what "it" is follows its number."""
    behind = (view.form(at) for at in range(atom + 1, atom + AHEAD))
    return view.form(atom - 1) == "at" and atom <= AHEAD - 2 and any(form in ("it", "this", "that") for form in behind)


AHEAD = 4  # atoms


def _expletive(view: Scene, at: int) -> bool:
    """As in "It is not possible to say how many", "It is said that": an "it" that stands for nothing."""
    if view.form(at) != "it":
        return False
    here = at + 1
    while view.form(here) in view.tables.stating.auxiliary or view.form(here) in ("not", "n't", "never", "'s"):
        here += 1
    stated = here > at + 1 and view.form(here) in view.tables.stating.expletive
    return stated and view.form(here + 1) in ("to", "that", "for")


def _told(view: Scene, hit: Hit[Narrowing]) -> bool:
    """Whether it is stated who some are: not "shared a room with <four women>", where they are only mentioned."""
    atom = hit.counted
    if hit.first < atom or view.quantities[atom].unit:
        return True
    if view.met(WHOSE, atom - 2, atom) or not _happened(view, hit.last):
        return False  # "her two children", "138 men must be out by noon"
    naming = view.tables.stating.remarks  # "the dead <included> 17 men"
    start = next((at for at in range(atom - 1, -1, -1) if view.form(at) in (",", BREAK) or view.form(at) in naming), -1)
    return all(
        view.form(at) in view.tables.open_words or view.form(at) in (TIME, QUANTITY) for at in range(start + 1, atom)
    )


def _happened(view: Scene, at: int) -> bool:
    """Whether only that they came, or when, is stated of those told there: "800 Welshmen <came that way>"."""
    if view.form(at) in ("was", "were"):
        at += 1
        return view.form(at) in AMONG or view.form(at) in ENDING - PLACED
    return view.line.has(at, HAPPENS) or view.form(at) in ENDING - PLACED


AMONG = frozenset({"among", "amongst"})
PLACED = frozenset({"in", "on", "by", "from", "of", "there"})


OBJECTS = frozenset({"it", "them", "this", "that", "these", "those"})


WHOSE = frozenset({"my", "your", "his", "her"})


def _more_money(view: Scene, atom: int) -> bool:
    """As in "another £120m would follow": more of the sum told before."""
    money = atom in view.quantities and view.quantities[atom].unit.startswith(MONEY)
    return money and view.tells("extra", atom)


def _of_others(view: Scene, at: int) -> bool:
    """Whether "the number" is that of something named: of "people" and "cases" alone it is that of those before."""
    return view.form(at) == "of" and not of_any(view, at + 1)


def of_any(view: Scene, at: int) -> bool:
    """As in "the number of <people> is 24% lower": nothing is told of them, so that they are those spoken of."""
    return unit_at(view, at) in ("people", "cases") and view.line.has(at, ANYBODY) and view.line.has(at + 1, MOVES)


ANYBODY = "anybody"  # English's class, or a pack's, of nouns that tell nothing of whom they count


def of_whom(view: Scene, atom: int) -> str:
    """The unit of "the number of people" that a sentence is about before that atom; "" for none."""
    heads = (at for at in range(atom) if view.form(at) == "number" and view.form(at + 1) == "of")
    return next((unit_at(view, at + 2) for at in heads if of_any(view, at + 2)), "")


def plain(view: Scene, hit: Hit[str]) -> bool:
    """Whether "the ... total" is that of what was spoken of: not "the Cooks' Guild vacancy count"."""
    tables = view.tables
    familiar = (tables.qualities, tables.known_words, tables.open_words, (TIME,))
    between = (view.form(at) for at in range(hit.first + 1, hit.last - 1))
    return all(any(form in words for words in familiar) for form in between)


def anew(view: Scene, atom: int) -> bool:
    """Whether a part says itself what it is of: "18 of those <counted>", not "18 of those were"."""
    if view.form(atom + 1) != "of" or view.form(atom + 2) != "those" or view.line.has(atom + 3, HAPPENS):
        return False
    after = view.form(atom + 3)
    return after not in view.tables.stating.auxiliary and after not in ("", ",", BREAK, ".")


def _of_them(view: Scene, atom: int) -> bool:
    """As in "nine of them", "of these 40 were", "the rest, 300,": not "nine others" in the same sentence."""
    return any(
        atom == NOWHERE or hit.first == atom + 1 or (hit.last <= atom and not _passes(view, hit.last, atom))
        for hit in view.told("of them")
    )


def _passes(view: Scene, first: int, last: int) -> bool:
    return view.numbered(first, last)


def did_so(view: Scene, atom: int) -> bool:
    """As in "Last year 36,816 did", "110,051 people have done so": a verb that stands for one told before."""
    at = atom + 2 if unit_at(view, atom + 1) == "people" else atom + 1
    if view.form(at) in view.tables.stating.stands_for_verb:
        return view.form(at + 1) in ENDING or (view.form(at + 1) == "so" and view.form(at + 2) in ENDING)
    helps = view.form(at) in view.tables.stating.auxiliary
    return helps and (view.form(at + 1) in (".", "") or (view.form(at + 1) == "done" and view.form(at + 2) == "so"))


def bare_subject(view: Scene, atom: int) -> bool:
    """As in "Sixty-one left for ...", "On Sunday 503": a number without a noun that opens its sentence."""
    if atom > _lead(view) or atom not in view.quantities:
        return False
    at = atom + 1
    if view.bracket(at) and view.bracket(at + 2):  # "A third (32%) had arrived by ..."
        at += 3
    after = view.form(at)
    if view.quantities[atom].unit == PERCENT:  # "A third came from ..."
        return after in STATING
    return not view.quantities[atom].unit and after in view.tables.open_words


def elliptic(view: Scene, atom: int, noun: str) -> bool:
    """As in "Sales went on. The shop counted 19 in May": a verb's object, whose noun the sentence before told."""
    if noun or atom not in view.quantities or view.quantities[atom].unit:
        return False
    verb = atom - 2 if view.form(atom - 1) in PARTICLES else atom - 1
    done = view.form(verb).endswith("ed") or view.form(verb) in view.tables.stating.does
    return verb > 0 and done and view.form(atom + 1) in ENDING


PARTICLES = frozenset({"out", "up", "in", "on"})
ENDING = frozenset(
    {TIME, BREAK, ".", ",", "", "in", "on", "by", "between", "during", "over", "from", "to", "of", "there"}
)
STATING = frozenset({"were", "was", "are", "came", "had", "have", "went"})


def _lead(view: Scene) -> int:
    """How far a sentence's beginning reaches: past a leading time, past "For Welshmen,"."""
    time = next((at for at in view.times if at <= 2 or SPANNING.issuperset(view.line.forms[:at])), _spanned(view))
    while time and view.form(time + 1) in (",", "and") and TIME in (view.form(time + 2), view.form(time + 3)):
        time = next(at for at in (time + 2, time + 3) if view.form(at) == TIME)  # "In 2023, 2024 and 2025 ..."
    fronted = next((at for at in range(1, FRONTED) if view.form(at) == ","), 0) if view.form(0) in FRONTING else 0
    return max(time, fronted) + 2


def _spanned(view: Scene) -> int:
    """As in "Over the whole year it ...": the last atom of a lead that tells how long."""
    run = next((at for at, form in enumerate(view.line.forms) if form not in SPANNING), 0)
    return run if run and view.form(run) in PERIODS else 0


PERIODS = frozenset({"year", "month", "week", "quarter", "period", "decade", "summer", "winter", "parliament"})
SPANNING = frozenset(
    {"over", "in", "for", "across", "during", "throughout", "the", "all", "whole", "of", "course", "entire", "full"}
)
FRONTING = frozenset({"for", "among", "with", "by", "in"})
FRONTED = 6  # atoms that a fronted phrase may take
