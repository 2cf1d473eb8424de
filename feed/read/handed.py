"""What a number with a metric of its own is narrowed by that was told of the numbers before it."""

from __future__ import annotations

from collections.abc import Mapping

from feed.model.figure import Measure
from feed.model.topic import Metric
from feed.read.anaphora import anew
from feed.read.claim import Attached, Claim, Memory
from feed.read.heard import MONEY
from feed.read.lexicon import BREAK, QUANTITY, Hit
from feed.read.narrow import Dims, narrowed, own, place_of
from feed.read.nouns import partitive, unit_at
from feed.read.numbers import PERCENT
from feed.read.recalled import is_whole
from feed.read.roles import Role
from feed.read.scene import Scene
from feed.read.tables import Named


def handed(
    view: Scene,
    atom: int,
    role: Role,
    noun: str,
    part: Hit[Named],
    population: Dims,
    before: Attached | None,
    memory: Memory,
) -> Dims:
    """The dimensions that go on holding for the number at that atom, which `part` names; `population` are its own.

    `before` is what it would count if it only went on about the text before.
    """
    metric, cue, _ = part.value
    carried = _ellipsis(view, atom, role, noun, part, memory) if not population else {}
    if not (population or noun) and cue.weak:
        carried = {**_of_line_before(view, metric, memory), **carried}
    alike = before and before.metric.id == metric.id and not (population or noun)
    if before and alike and cue.weak and not _shared(view, memory):
        carried = {**_whose(view, part, before), **carried}
    whole = _of_same(metric, memory)
    if whole and partitive(view, atom):
        last = whole.attached
        parts = last.population if last.inherited and anew(view, atom) else {}
        carried = {**{dim: value for dim, value in last.dims.items() if dim not in parts}, **carried}
    told = (
        _in_numbers(view, atom, metric, memory),
        _some_before(view, atom, noun, metric, memory),
        _theirs(view, atom, part, memory),
        _of_those(view, atom, metric, memory) if not population else {},
        _of_listed(view, atom, metric, memory),
        _joint_sum(view, atom, part, memory),
        _more(view, atom, metric, memory),
        _joined(view, atom, metric, memory) if not population else {},
        _such(view, atom, metric, memory) if not population else {},
        _they(view, role, metric, memory) if not population else {},
        _having(view, atom, metric, memory),
    )
    for dims in reversed(told):
        carried = {**dims, **carried}
    return carried


def _of_those(view: Scene, atom: int, metric: Metric, memory: Memory) -> Dims:
    """As in "It took in 500 Welsh cups. It washed 7% of them": whose the whole is, so is what another metric counts."""
    last = memory.last
    behind = view.form(atom + 1) == "of" and view.form(atom + 2) in ("them", "these", "those")
    if last is None or not behind or anew(view, atom) or view.sentence.index - last.scene.sentence.index > 1:
        return {}
    if last.role.measure is not Measure.LEVEL or last.attached.metric.kind == "rate" or last.attached.own:
        return {}
    if last.scene is not view and QUANTITY in view.line.forms[:atom]:
        return {}
    narrows = view.tables.narrows
    fits = (dim for dim in last.attached.population if dim in narrows and metric.id in (narrows[dim] or {metric.id}))
    return {dim: last.attached.population[dim] for dim in fits} if last.attached.metric.id != metric.id else {}


def _in_numbers(view: Scene, atom: int, metric: Metric, memory: Memory) -> Dims:
    """As in "Welshmen were a tenth of those who <came>: 3,690 people": a share told again as a number."""
    last = memory.last
    if last is None or last.scene is not view or last.attached.metric.id != metric.id:
        return {}
    ends = "." in (view.form(atom + 1), view.form(atom + 2)) or not view.form(atom + 1)
    again = last.role.measure is Measure.SHARE and view.form(atom - 1) == BREAK and ends and not view.bracket(atom - 1)
    return dict(last.attached.dims) if again else {}


def _some_before(view: Scene, atom: int, noun: str, metric: Metric, memory: Memory) -> Dims:
    """As in "46 Welshmen were flown out. Nineteen had been in prison and were <sent back>": some of them."""
    last = memory.last
    if noun or atom or last is None or last.attached.metric.id != metric.id or view.form(atom + 1) != "had":
        return {}
    near = view.sentence.index - last.scene.sentence.index == 1 and view.sentence.paragraph == _paragraph(last)
    level = last.role.measure is Measure.LEVEL and last.quantity.numbers[0] > view.quantities[atom].numbers[0]
    return dict(last.attached.dims) if near and level else {}


def _paragraph(claim: Claim) -> int:
    return claim.scene.sentence.paragraph


def _joined(view: Scene, atom: int, metric: Metric, memory: Memory) -> Dims:
    """As in "Welshmen were given 3,215 cups and 610 plates": who stands before the first of two counts has both."""
    last = memory.last
    if last is None or last.scene is not view or last.attached.metric.id != metric.id:
        return {}
    between = view.line.forms[last.atom + 1 : atom]
    stated = view.tables.stating.auxiliary
    if not between or between[-1] not in ("and", ",", "plus") or len(between) > JOINED:
        return {}
    if any(form in stated or form in (QUANTITY, BREAK) for form in between):
        return {}
    heads = [hit for hit in view.narrowing if hit.last <= last.atom and hit.counted < 0]
    told = {(hit.value.dim, place_of(view, hit) if hit.value.placed else hit.value.value) for hit in heads}
    return {dim: value for dim, value in last.attached.population.items() if (dim, value) in told}


def _having(view: Scene, atom: int, metric: Metric, memory: Memory) -> Dims:
    """As in "they gave tea to 7% of the Welsh, having given it to 53% before": the same, before that."""
    last = memory.last
    if last is None or last.scene is not view or last.attached.metric.id != metric.id:
        return {}
    rate = metric.kind == "rate" and view.form(atom - 2) == "having"
    return dict(last.attached.dims) if rate else {}


JOINED = 6  # atoms of the first count's noun and "and"


def _such(view: Scene, atom: int, metric: Metric, memory: Memory) -> Dims:
    """As in "400 cakes for Leeds were sold. Five <such cakes> ...": those that were just told apart."""
    last = memory.last
    if view.form(atom + 1) != "such" or last is None or view.sentence.index - last.scene.sentence.index > 1:
        return {}
    whole = memory.row[0].attached if memory.row else last.attached
    return dict(whole.population) if whole.metric.id == metric.id else {}


def _they(view: Scene, role: Role, metric: Metric, memory: Memory) -> Dims:
    """As in "900 Welshmen came. They were a fifth of all <comers>": whose share it is."""
    last = memory.last
    if last is None or view.form(0) != "they" or role.measure is not Measure.SHARE or last.scene is view:
        return {}
    near = view.sentence.index - last.scene.sentence.index == 1 and last.attached.metric.id == metric.id
    return dict(last.attached.population) if near else {}


def _of_same(metric: Metric, memory: Memory) -> Claim | None:
    """As in "42 were sent home, 23 let in. Ten of those sent home": the last claim of the metric in that sentence."""
    last = memory.last
    if last is not None and last.partitioned and len(memory.row) > 1:
        last = memory.row[-2]  # "one in four of the 5,000 is Welsh. Some 1,250 of them": of the part
    if last is None or last.attached.metric.id == metric.id:
        return last
    levels = (claim for claim in reversed(memory.row) if claim.attached.metric.id == metric.id)
    return next((claim for claim in levels if claim.role.measure is Measure.LEVEL), None)


def _shared(view: Scene, memory: Memory) -> bool:
    """As in "Nine in ten are Welsh. On Monday 1,000 came": whom a share is of tells nothing of the next sentence."""
    last = memory.last
    return last is not None and last.scene is not view and last.role.measure is Measure.SHARE


def _ellipsis(view: Scene, atom: int, role: Role, noun: str, part: Hit[Named], memory: Memory) -> dict[str, str]:
    """As in "3,002 <nationals> came but only 26 left": a number without a noun goes on with the same people."""
    last = memory.last
    if role.measure is not Measure.LEVEL or noun or last is None or last.scene is not view:
        return {}
    if is_whole(view, atom) or (partitive(view, last.atom) and not partitive(view, atom)):
        return {}  # "seven went, four of them Welsh, and three came back"
    shared = part.first > atom or part.first == last.attached.at  # "hired 50 Welshmen and later 20"
    after = view.form(atom + 1)
    named = part.first != atom + 1 and after.endswith("s") and after in view.tables.known_words
    return dict(last.attached.population) if shared and not named else {}  # "and 1,200 <families>"


def _more(view: Scene, atom: int, metric: Metric, memory: Memory) -> dict[str, str]:
    """As in "paid £220m for tea; a further £50m is due": more of the same money."""
    last, money = memory.last, view.quantities[atom].unit.startswith(MONEY)
    if last is None or last.scene is not view or last.attached.metric.id != metric.id or not money:
        return {}
    return dict(last.attached.dims) if view.tells("extra", atom) else {}


def _theirs(view: Scene, atom: int, part: Hit[Named], memory: Memory) -> dict[str, str]:
    """As in "Welshmen ate 60 cakes. Some 20 of their <plates> ...": whose they are."""
    last = memory.last
    if last is None or view.sentence.index - last.scene.sentence.index > 1:
        return {}
    near = range(min(atom, part.first) - 1, max(atom + 3, part.first))
    their = any(view.form(at) == "their" and not _with_them(view, at) for at in near)
    return dict(last.attached.population) if their else {}


def _joint_sum(view: Scene, atom: int, part: Hit[Named], memory: Memory) -> dict[str, str]:
    """As in "The budget for tea was £5m and the outturn £7m": two sums of one thing, which only the first names."""
    last = memory.last
    if last is None or last.scene is not view or not part.value.cue.weak or not last.attached.unit.startswith(MONEY):
        return {}
    words = [view.form(at) for at in range(last.atom + 1, part.first)]
    joint = view.quantities[atom].unit == last.quantity.unit and words in (["and", "the"], [",", "the"], ["and"])
    return dict(last.attached.dims) if joint else {}


def _with_them(view: Scene, at: int) -> bool:
    """As in "cooks and <their> families": those who are named just before."""
    return view.form(at - 1) in ("and", "or", "with") and unit_at(view, at - 2) == "people"


def _of_listed(view: Scene, atom: int, metric: Metric, memory: Memory) -> dict[str, str]:
    """As in "80 cakes for Leeds, comprising 50 <such> and 30 <such>": parts are narrowed as their whole."""
    if not memory.row or memory.row[0].scene is not view:
        return {}
    last = memory.row[-1]
    if last.attached.metric.id == metric.id and _next_part(view, atom, last):
        told = own(view, metric, last.atom)[0]
        return {dim: value for dim, value in last.attached.dims.items() if dim not in told}
    again = view.tells("extra", atom) and last.quantity.unit == view.quantities[atom].unit
    if (again or last.partitioned) and last.attached.metric.id == metric.id:  # "paid 20m for tea, and another 30m"
        return dict(last.attached.dims)
    begins = [hit.first for hit in view.told("parts") if hit.last <= atom]
    whole = next((c for c in reversed(memory.row) if begins and c.atom < begins[-1]), None)
    return dict(whole.attached.dims) if whole and whole.attached.metric.id == metric.id else {}


def _next_part(view: Scene, atom: int, last: Claim) -> bool:
    """As in "Of those, 20 were teas <and> 16 cakes": one more part of what the part before is a part of."""
    joined = view.form(atom - 1) in ("and", ",", "while", "but", BREAK)
    return joined and partitive(view, last.atom) and last.role.measure is Measure.LEVEL and not last.role.compared


def _whose(view: Scene, part: Hit[Named], before: Attached) -> Mapping[str, str]:
    """Of whom a weak cue tells that goes on about the metric before; "the bill" is that of all that was told."""
    sums = view.form(part.first) == "the" and before.unit.startswith(MONEY)
    return before.dims if sums else before.population


def _of_line_before(view: Scene, metric: Metric, memory: Memory) -> dict[str, str]:
    """As in "Ginger sales held up. The bakery sold 403": whose metric and people the sentence before named."""
    if memory.topic is None or view.sentence.index - memory.topic[0].sentence.index != 1:
        return {}
    above, hit = memory.topic
    if hit.value.metric.id != metric.id:
        return {}
    return narrowed(above, metric, hit.first, hit, range(len(above.line.forms)))[0]


def members_of(view: Scene, atom: int, metric: Metric, memory: Memory) -> dict[str, str]:
    """As in "of the 127,834 <arrivals>, only 3,788 have been <returned>": the part's people are the whole's.

    "5,000 <arrived>; 300 of them have been <returned>" says the same.
    """
    last = memory.last
    if last is not None and last.scene is not view and _aboard(view, metric, memory):
        return dict(last.attached.metric.members)
    if last is None or last.attached.metric.id == metric.id:
        return {}
    if last.scene is not view:
        return _of_those_before(view, atom, metric, last)
    carrying = view.form(atom - 1) in CARRYING and view.form(atom - 2) in (",", "and")
    if carrying or any(view.form(at) in ABOARD and view.form(at + 1) == "which" for at in range(last.atom + 1, atom)):
        whose = _bearing(view, metric, last, people=False)  # "21 vans left for Wales, on which 734 ..."
        return {**whose, **last.attached.metric.members}
    stated = view.quantities[atom].unit == PERCENT and view.form(atom + 1) in view.tables.stating.auxiliary
    part = stated and last.role.measure is Measure.LEVEL  # "150,000 <arrived>, and 4% were <sent back>"
    if not (part or last.partitioned or partitive(view, atom)):
        return {}
    whose = _bearing(view, metric, last) if partitive(view, atom) else {}
    return {**whose, **last.attached.metric.members}


def _of_those_before(view: Scene, atom: int, metric: Metric, last: Claim) -> dict[str, str]:
    """As in "14,100 <claims> by Welshmen were <decided>. 7% of them were <granted>": whose they were."""
    next_ = view.sentence.index - last.scene.sentence.index == 1
    if not next_ or not partitive(view, atom) or last.role.measure is not Measure.LEVEL:
        return {}
    named = (hit for hit in view.metrics if hit.first < atom and hit.value.metric.id == metric.id)
    whole = any(hit.last <= atom or BREAK in view.line.forms[hit.first : atom] for hit in named)
    if whole or QUANTITY in view.line.forms[:atom]:
        return {}  # "<Returns> are up: 300 of them ..."
    return {**_bearing(view, metric, last), **last.attached.metric.members}


def _bearing(view: Scene, metric: Metric, last: Claim, *, people: bool = True) -> dict[str, str]:
    """Those dimensions of a claim that the metric has, too; of its people alone, or all."""
    narrows, told = view.tables.narrows, last.attached
    fits = (dim for dim in told.dims if dim in narrows and metric.id in (narrows[dim] or {metric.id}))
    return {dim: told.dims[dim] for dim in fits if not people or dim in told.population}


def _aboard(view: Scene, metric: Metric, memory: Memory) -> bool:
    """As in "12 vans left. On these <vans> 734 were ...", "... on one of these": by what was counted just before."""
    last, narrows = memory.last, view.tables.narrows
    if last is None or view.sentence.index - last.scene.sentence.index > 1 or not last.attached.metric.members:
        return False
    if not all(dim in narrows and metric.id in (narrows[dim] or {metric.id}) for dim in last.attached.metric.members):
        return False
    return any(_on_those(view, at + 1, last.attached.unit) for at, form in enumerate(view.line.forms) if form in ON)


def _on_those(view: Scene, at: int, unit: str) -> bool:
    if view.form(at) in ("one", "some", "each") and view.form(at + 1) == "of":
        at += 2
    if view.form(at) not in THOSE:
        return False
    bare = view.form(at) != "the" and not view.form(at + 1).isalpha()
    return bare or view.form(at + 1) in view.tables.open_words or unit_at(view, at + 1) == unit


ON = frozenset({"on", "aboard"})
THOSE = frozenset({"these", "those", "them", "the"})
CARRYING = frozenset({"carrying", "taking", "bearing", "flying"})
ABOARD = frozenset({"on", "aboard", "in", "by"})
