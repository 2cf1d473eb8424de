"""What a number with a metric of its own is narrowed by that was told of the numbers before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from feed.model.figure import Measure
from feed.model.topic import Metric
from feed.read.claim import Claim, Memory
from feed.read.grammar.nouns import partitive, unit_at
from feed.read.grammar.opening import of_everyone
from feed.read.metric.heard import MONEY
from feed.read.narrowing.narrow import narrowed, own, place_of, titled
from feed.read.onward.anaphora import anew
from feed.read.onward.recalled import is_whole
from feed.read.onward.worded import Worded
from feed.read.patterns.lexicon import BREAK, QUANTITY
from feed.read.scene import Scene

NOTHING: Mapping[str, str] = {}


class Rule(NamedTuple):
    """What goes on holding, and whether only for a number that does not tell itself of whom it is."""

    dims: Callable[[Worded, Memory], Mapping[str, str]]
    unpeopled: bool = False


def handed(number: Worded, memory: Memory) -> Mapping[str, str]:
    """The dimensions that go on holding for a number with a metric of its own, besides what its own words tell."""
    carried = NOTHING
    for rule in HANDED:
        told = NOTHING if rule.unpeopled and number.population else rule.dims(number, memory)
        carried = {**told, **carried} if told else carried
    return carried


# --- from its own sentence


def _ellipsis(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "3,002 <nationals> came but only 26 left": a number without a noun goes on with the same people."""
    view, atom, part, last = number.view, number.atom, number.part, memory.last
    if number.role.measure is not Measure.LEVEL or number.noun or last is None or last.scene is not view:
        return NOTHING
    if is_whole(view, atom) or view.tells("bring", atom) or (partitive(view, last.atom) and not partitive(view, atom)):
        return NOTHING  # "seven went, four of them Welsh, and three came back"
    shared = part.first >= atom or part.first == last.attached.at  # "hired 50 Welshmen and later 20"
    after = view.form(atom + 1)
    named = part.first != atom + 1 and after.endswith("s") and after in view.tables.known_words
    return last.attached.population if shared and not named else NOTHING  # "and 1,200 <families>"


def _having(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "they gave tea to 7% of the Welsh, having given it to 53% before": the same, before that."""
    last = number.beside(memory)
    rate = number.metric.kind == "rate" and number.view.form(number.atom - 2) == "having"
    return last.attached.dims if last and rate else NOTHING


def _of_noun(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "they bought 60 such cakes, 5% more than ever": by how much the count rose of which the words tell."""
    last, named = number.beside(memory), number.part.counted
    moves = number.role.measure in (Measure.CHANGE, Measure.RATIO)
    its = named >= 0 and number.view.form(named + 1) == "such"
    return last.attached.dims if last and moves and its else NOTHING


def _against(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "500 Welshmen left, 16% fewer than in 2019, when 600 <left>": the same, at the time of comparison."""
    last = number.beside(memory)
    changed = last is not None and last.role.measure is Measure.CHANGE and last.attached.inherited
    return last.attached.dims if last and changed and number.role.compared else NOTHING


def _joined(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "Welshmen were given 3,215 cups and 610 plates": who stands before the first of two counts has both."""
    view, last = number.view, number.beside(memory)
    if last is None:
        return NOTHING
    between = view.line.forms[last.atom + 1 : number.atom]
    stated = view.tables.stating.auxiliary
    if not between or between[-1] not in ("and", ",", "plus") or len(between) > JOINED:
        return NOTHING
    if any(form in stated or form in (QUANTITY, BREAK) for form in between):
        return NOTHING
    heads = [hit for hit in view.narrowing if hit.last <= last.atom and hit.counted < 0]
    told = {(hit.value.dim, place_of(view, hit) if hit.value.placed else hit.value.value) for hit in heads}
    return {dim: value for dim, value in last.attached.population.items() if (dim, value) in told}


JOINED = 6  # atoms of the first count's noun and "and"


def _more(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "paid £220m for tea; a further £50m is due": more of the same money."""
    view, atom, last = number.view, number.atom, number.beside(memory)
    money = view.quantities[atom].unit.startswith(MONEY)
    return last.attached.dims if last and money and view.tells("extra", atom) else NOTHING


def _joint_sum(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "The budget for tea was £5m and the outturn £7m": two sums of one thing, which only the first names."""
    view, last, part = number.view, memory.last, number.part
    if last is None or last.scene is not view or not part.value.cue.weak or not last.attached.unit.startswith(MONEY):
        return NOTHING
    words = [view.form(at) for at in range(last.atom + 1, part.first)]
    joint = view.quantities[number.atom].unit == last.quantity.unit
    return last.attached.dims if joint and words in (["and", "the"], [",", "the"], ["and"]) else NOTHING


def _of_listed(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "80 cakes for Leeds, comprising 50 <such> and 30 <such>": parts are narrowed as their whole."""
    view, atom = number.view, number.atom
    if not memory.row or memory.row[0].scene is not view:
        return NOTHING
    last = memory.row[-1]
    same = last.attached.metric.id == number.metric.id
    if same and _next_part(view, atom, last):
        told = own(view, number.metric, last.atom)[0]
        return {dim: value for dim, value in last.attached.dims.items() if dim not in told}
    again = view.tells("extra", atom) and last.quantity.unit == view.quantities[atom].unit
    if (again or last.partitioned) and same:  # "paid 20m for tea, and another 30m"
        return last.attached.dims
    begins = [hit.first for hit in view.told("parts") if hit.last <= atom]
    whole = next((c for c in reversed(memory.row) if begins and c.atom < begins[-1]), None)
    return whole.attached.dims if whole and whole.attached.metric.id == number.metric.id else NOTHING


def _by_kind(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "500 Welshmen left; 300 were <driven out>, 200 <went gladly>": the kinds of one count, behind a break."""
    view, atom, last = number.view, number.atom, number.beside(memory)
    if last is None or number.noun or number.role.compared or not number.part.value.cue.dims:
        return NOTHING
    whole = memory.row[0]
    breaks = [at for at in range(whole.atom + 1, atom) if view.form(at) == BREAK and not view.bracket(at)]
    opens = view.form(atom - 1) in (BREAK, "and", ",")
    if (
        not breaks
        or not opens
        or whole.attached.metric.id != number.metric.id
        or whole.role.measure is not Measure.LEVEL
    ):
        return NOTHING
    share = number.role.measure is Measure.SHARE
    part = share or view.quantities[atom].numbers[0] < whole.quantity.numbers[0]
    return whole.attached.dims if part else NOTHING


def _next_part(view: Scene, atom: int, last: Claim) -> bool:
    """As in "Of those, 20 were teas <and> 16 cakes": one more part of what the part before is a part of."""
    joined = view.form(atom - 1) in ("and", ",", "while", "but", BREAK)
    return joined and partitive(view, last.atom) and last.role.measure is Measure.LEVEL and not last.role.compared


def _in_numbers(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "Welshmen were a tenth of those who <came>: 3,690 people": a share told again as a number."""
    view, atom, last = number.view, number.atom, number.beside(memory)
    if last is None or last.role.measure is not Measure.SHARE:
        return NOTHING
    ends = "." in (view.form(atom + 1), view.form(atom + 2)) or not view.form(atom + 1)
    again = view.form(atom - 1) == BREAK and ends and not view.bracket(atom - 1)
    return last.attached.dims if again else NOTHING


# --- from the sentence before


def _of_line_before(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "Ginger sales held up. The bakery sold 403": whose metric and people the sentence before named.

    "Welshmen lead the buyers of cakes. They bought 60 <such cakes>" goes on about them whatever its own words name.
    """
    again = number.view.form(0) in THEY or number.view.form(number.atom + 1) == "such"
    if not (number.vague or again) or memory.topic is None:
        return NOTHING
    above, hit = memory.topic
    if number.view.sentence.index - above.sentence.index != 1 or hit.value.metric.id != number.metric.id:
        return NOTHING
    return narrowed(above, number.metric, hit.first, hit, range(len(above.line.forms)))[0]


THEY = frozenset({"they", "these", "those"})


def _whose(number: Worded, memory: Memory) -> Mapping[str, str]:
    """Of whom a weak cue tells that goes on about the metric before; "the bill" is that of all that was told."""
    view, before, last = number.view, number.before, memory.last
    if before is None or not number.vague or before.metric.id != number.metric.id:
        return NOTHING
    if last is not None and last.scene is not view and last.role.measure is Measure.SHARE:
        return NOTHING  # "Nine in ten are Welsh. On Monday 1,000 came"
    first = number.part.first
    sums = "the" in (view.form(first), view.form(first - 1)) and before.unit.startswith(MONEY)
    return before.dims if sums else before.population


def _led_to(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "Cups of tea fell by 85%. Only 300 were <poured>": the level that a change told before led to."""
    last, view = number.lately(memory), number.view
    if last is None or not number.vague or view.sentence.index - last.scene.sentence.index != 1:
        return NOTHING
    moved = last.role.measure in (Measure.CHANGE, Measure.RATIO) and number.role.measure is Measure.LEVEL
    same = last.attached.metric.id == number.metric.id and not number.part.value.cue.dims
    return last.attached.dims if moved and same and not number.role.compared else NOTHING


def _such(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "400 cakes for Leeds were sold. Five <such cakes> ...": those that were just told apart."""
    last = number.lately(memory)
    if last is None or number.view.form(number.atom + 1) != "such":
        return NOTHING
    whole = memory.row[0].attached if memory.row else last.attached
    if whole.metric.id != number.metric.id:
        return NOTHING
    return whole.population or {dim: value for dim, value in whole.dims.items() if dim not in whole.own}


def _they(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "900 Welshmen came. They were a fifth of all <comers>": whose share it is."""
    view, last = number.view, number.lately(memory)
    if last is None or last.scene is view or view.form(0) != "they" or number.role.measure is not Measure.SHARE:
        return NOTHING
    return last.attached.population if last.attached.metric.id == number.metric.id else NOTHING


def _theirs(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "Welshmen ate 60 cakes. Some 20 of their <plates> ...": whose they are."""
    view, last = number.view, number.lately(memory)
    if last is None:
        return NOTHING
    near = range(min(number.atom, number.part.first) - 1, max(number.atom + 3, number.part.first))
    auxiliary = view.tables.stating.auxiliary  # not "300 <are> on <their> feet", where they are those 300
    their = any(
        view.form(at) == "their" and not _with_them(view, at) and not view.met(auxiliary, number.atom, at)
        for at in near
    )
    return last.attached.population if their else NOTHING


def _with_them(view: Scene, at: int) -> bool:
    """As in "cooks and <their> families": those who are named just before."""
    return view.form(at - 1) in ("and", "or", "with") and unit_at(view, at - 2) == "people"


def _some_before(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "46 Welshmen were flown out. Nineteen had been in prison and were <sent back>": some of them.

    Not so in "Nineteen had been <sent back>", which begins anew.
    """
    view, atom, last = number.view, number.atom, number.lately(memory)
    if number.part.first <= atom + DONE:
        return NOTHING
    if number.noun or atom or last is None or last.scene is view or view.form(atom + 1) != "had":
        return NOTHING
    near = view.sentence.paragraph == last.scene.sentence.paragraph and last.attached.metric.id == number.metric.id
    level = last.role.measure is Measure.LEVEL and last.quantity.numbers[0] > view.quantities[atom].numbers[0]
    return last.attached.dims if near and level else NOTHING


DONE = 3  # atoms of "had been <sent back>"


def _ones(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "Hot drinks of Welshmen rose to 300 while cold <ones> fell to 20": the noun stands for whose they were."""
    last = number.beside(memory)
    return last.attached.population if last and number.view.form(number.part.last - 1) == "ones" else NOTHING


# --- from the whole of which it is a part


def _of_whole(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "500 Welshmen <left>; 20 of them were <driven out>": what narrows the whole narrows its part."""
    whole = _of_same(number.metric, memory) if partitive(number.view, number.atom) else None
    if whole is None:
        return NOTHING
    last = whole.attached
    parts = last.population if last.inherited and anew(number.view, number.atom) else NOTHING
    return {dim: value for dim, value in last.dims.items() if dim not in parts}


def _of_same(metric: Metric, memory: Memory) -> Claim | None:
    """As in "42 were sent home, 23 let in. Ten of those sent home": the last claim of the metric in that sentence."""
    last = memory.last
    if last is not None and last.partitioned and len(memory.row) > 1:
        last = memory.row[-2]  # "one in four of the 5,000 is Welsh. Some 1,250 of them": of the part
    if last is None or last.attached.metric.id == metric.id:
        return last
    levels = (claim for claim in reversed(memory.row) if claim.attached.metric.id == metric.id)
    return next((claim for claim in levels if claim.role.measure is Measure.LEVEL), None)


def _of_those(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in "It took in 500 Welsh cups. It washed 7% of them": whose the whole is, so is what another metric counts."""
    view, atom, last = number.view, number.atom, number.lately(memory)
    behind = view.form(atom + 1) == "of" and view.form(atom + 2) in ("them", "these", "those")
    if last is None or not behind or anew(view, atom) or last.attached.metric.id == number.metric.id:
        return NOTHING
    if last.role.measure is not Measure.LEVEL or last.attached.metric.kind == "rate" or last.attached.own:
        return NOTHING
    return NOTHING if last.scene is not view and view.numbered(0, atom) else fitting(view, number.metric, last)


def fitting(view: Scene, metric: Metric, last: Claim, *, people: bool = True) -> Mapping[str, str]:
    """Those dimensions of a claim that the metric has, too; of its people alone, or all."""
    narrows, told = view.tables.narrows, last.attached
    fits = (dim for dim in told.dims if dim in narrows and metric.id in (narrows[dim] or {metric.id}))
    return {dim: told.dims[dim] for dim in fits if not people or dim in told.population}


def _under_heading(number: Worded, memory: Memory) -> Mapping[str, str]:
    """As in the line under "Welshmen": "Some 900 were sent home"."""
    view, over = number.view, memory.over
    if over is None or view.sentence.paragraph != over.sentence.paragraph + 1 or of_everyone(view, number.atom):
        return NOTHING
    return titled(over, number.metric)


HANDED: Sequence[Rule] = (
    Rule(_ellipsis, unpeopled=True),
    Rule(_of_line_before),
    Rule(_whose),
    Rule(_led_to),
    Rule(_of_whole),
    Rule(_having),
    Rule(_of_noun),
    Rule(_against, unpeopled=True),
    Rule(_they, unpeopled=True),
    Rule(_such, unpeopled=True),
    Rule(_ones, unpeopled=True),
    Rule(_joined, unpeopled=True),
    Rule(_more),
    Rule(_joint_sum),
    Rule(_of_listed),
    Rule(_by_kind),
    Rule(_of_those, unpeopled=True),
    Rule(_theirs),
    Rule(_some_before),
    Rule(_in_numbers),
    Rule(_under_heading, unpeopled=True),
)
"""What is handed on, by rank: of two values for one dimension the rule that stands first tells it."""
