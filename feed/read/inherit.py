"""Numbers whose metric stands in the text before: by pronoun, under a heading, in answer to a question."""

from __future__ import annotations

from feed.model.figure import Measure
from feed.model.topic import Metric
from feed.read import narrow
from feed.read.anaphora import anaphoric, anew, of_any, of_whom, plain
from feed.read.claim import Attached, Claim, Cue, Memory
from feed.read.columns import FEW, parts
from feed.read.heard import MONEY
from feed.read.jointly import several
from feed.read.lexicon import BREAK, QUANTITY, TIME
from feed.read.linked import times_apart
from feed.read.narrow import narrowed
from feed.read.nouns import FOREIGN, PRONOUNS, noun_unit, partitive, predicated, unit_at
from feed.read.numbers import PERCENT, TIMES
from feed.read.opening import of_everyone
from feed.read.pairs import paired
from feed.read.recalled import anew_of, in_common, whole_of_parts
from feed.read.scene import Scene
from feed.read.sentences import Layout
from feed.read.stretch import region
from feed.read.units import counted, money_unit

HEADED = frozenset({Layout.HEADING, Layout.ROW, Layout.BULLET, Layout.STAMP})
SENTENCES = 2  # how far back "it" reaches


def inherited(view: Scene, atom: int, noun: str, memory: Memory) -> Attached | None:
    """The metric of the figure or of the sentence before, where this one only goes on about it."""
    last = _alike(view, atom, memory)
    pair = paired(view, atom, memory)
    named = pair or _of_two(view, atom, memory)
    if named is not None:
        return onward(view, atom, named.attached)
    if memory.topic and (last is None or last.scene.sentence.index < memory.topic[0].sentence.index):
        return _of_topic(view, atom, noun, memory.topic)
    if last is None or _broken(view, atom, memory, last) or not _goes_on(view, atom, noun, last):
        return None
    base = _base(view, atom, last, memory)
    base = in_common(base, memory.row) if anew_of(view) and last.scene is not view else base
    if not view.quantities[atom].unit and base.unit.startswith(MONEY) and not _sum(view, atom):
        return None  # a count is no sum
    parted = last.scene is not view and base is last.attached and not partitive(view, atom)
    return onward(view, atom, _without_own(base) if parted else base)


def _alike(view: Scene, atom: int, memory: Memory) -> Claim | None:
    """The last claim; of "1,508 of them, worth £80m. A year before there were 789, worth £14m" the last of its kind."""
    last, quantity = memory.last, view.quantities[atom]
    if last is None or quantity.unit in (PERCENT, TIMES):
        return last
    money = quantity.unit.startswith(MONEY) or (not quantity.unit and _sum(view, atom))
    if last.attached.unit.startswith(MONEY) is money and "/" not in last.attached.unit:
        return last
    rows = (row for row in memory.levels if row.attached.metric.id == last.attached.metric.id)
    alike = (row for row in rows if row.attached.unit.startswith(MONEY) is money)
    return min(alike, key=lambda row: times_apart(quantity, row.quantity), default=last)


def _of_two(view: Scene, atom: int, memory: Memory) -> Claim | None:
    """As in "fell from 5,294 to 4,812; Welshmen made up 34 of the latter": one of the two levels told last."""
    row = [claim for claim in memory.row if claim.role.measure is Measure.LEVEL]
    two = row[-2:] if len(row) > 1 else memory.levels
    if len(two) < 2:
        return None
    for name, claim in zip(("the former", "the latter"), two, strict=True):
        if any(hit.counted == atom for hit in view.told(name)) and _next(view, claim.scene):
            return claim
    return None


def _base(view: Scene, atom: int, last: Claim, memory: Memory) -> Attached:
    """The claim that it goes on about: the last one, or the last that others are compared with."""
    whole = whole_of_parts(view, memory)
    if whole is not None:
        return whole
    unit = view.quantities[atom].unit
    told = any(hit.counted == atom for hit in view.told("existential")) and last.scene is not view and not last.beside
    if told and last.attached.counted:  # "13 vans left. In the last seven days there were two"
        return last.attached
    if unit == PERCENT and last.attached.metric.kind == "rate":  # "the rate slid to 58%. It stood at 98% for ..."
        return last.attached
    from_main = memory.main is not None and (unit in (PERCENT, TIMES) or last.attached.counted)
    if memory.main is None or from_main or last.attached.unit not in (PERCENT, TIMES):
        return memory.main.attached if memory.main and from_main else last.attached
    level = memory.levels[-1].attached if memory.levels else last.attached
    same = level.metric.id == last.attached.metric.id
    return last.attached._replace(unit=level.unit) if same else last.attached


def onward(view: Scene, atom: int, base: Attached) -> Attached:
    """The same metric, with what the number tells beside itself."""
    unit = view.quantities[atom].unit
    own = base.unit if base.unit not in (PERCENT, TIMES) else base.counts or base.metric.units[0]
    rule = f"goes on: {base.rule.removeprefix('goes on: ')}"
    rated = money_unit(view, atom, base.metric, unit) if unit.startswith(MONEY) else unit
    told = rated if rated != unit else own if own.startswith(f"{unit}/") else unit  # "£5m a day, against £8m"
    noun = "" if unit else noun_unit(view, atom) or of_whom(view, atom)
    own = noun if noun in base.metric.units else own  # "128,786 people, relating to 95,252 cases"
    dims, population = narrow.own(view, base.metric, atom)
    if dims and base.own and (not partitive(view, atom) or anew(view, atom)):
        base = _without_own(base)
    if of_everyone(view, atom):
        base = _without_own(base._replace(own=base.own or base.population))
    if _is_whole(view, atom):
        base = _without_own(base._replace(own=base.own or base.population))
    return base._replace(
        inherited=True,
        rule=rule,
        unit=told or own,
        dims={**base.dims, **dims},
        population={**base.population, **population},
        of=None,
        at=-1,
        change=False,
        counted=False,
        own=dims,
        several=several(view, base.metric, atom, region(view, atom, None)),
    )


def _is_whole(view: Scene, atom: int) -> bool:
    """As in "909 Welshmen out of 4,548 people", "300 of a total of 4,548": the whole is not narrowed as its part."""
    at = atom - 1
    while view.form(at) in ("a", "an", "the", "total", "all", "overall") or (
        view.form(at) == "of" and view.form(at - 1) == "total"
    ):
        at -= 1
    return view.form(at) == "of" and (view.form(at - 1) == "out" or view.form(at - 2) == QUANTITY or at < atom - 1)


def _without_own(base: Attached) -> Attached:
    """As in "a quarter of them were Welsh, and pensioners made up 30": parts of one whole, not of each other."""
    dims = {dim: value for dim, value in base.dims.items() if base.own.get(dim) != value}
    population = {dim: value for dim, value in base.population.items() if dim in dims}
    return base._replace(dims=dims, population=population)


COUNTS = frozenset({"number", "numbers", "proportion", "share"})


def _people_of(view: Scene, at: int, metric: Metric) -> bool:
    """As in "the number of <Welshmen> fell": those whom the metric counts, narrowed."""
    rows = (hit for hit in view.narrowing if hit.first == at and hit.value.population)
    return any(not hit.value.metrics or metric.id in hit.value.metrics for hit in rows)


def _new_subject(view: Scene, atom: int, metric: Metric) -> bool:
    """As in "the number of caseworkers rose to 614": a count of something that no cue of the metric names."""
    if any(hit.first == 0 and hit.last <= atom and not plain(view, hit) for hit in view.told("the total")):
        return True
    for at in range(atom):
        if view.form(at) in COUNTS and view.form(at + 1) == "of" and not of_any(view, at + 2):
            if _people_of(view, at + 2, metric):
                return False
            named = (hit for hit in view.metrics if hit.value.metric.id == metric.id)
            return not any(hit.first <= at + 4 and hit.last > at for hit in named)
    return False


def _next(view: Scene, before: Scene) -> bool:
    """Whether a sentence is the next one, past bylines, captions and the hours of a live blog."""
    document = view.document
    between = document.sentences[before.sentence.index + 1 : view.sentence.index]
    return all(document.paragraphs[each.paragraph].layout in ASIDES for each in between)


ASIDES = frozenset({Layout.STAMP, Layout.CAPTION, Layout.BOILERPLATE})


def _broken(view: Scene, atom: int, memory: Memory, last: Claim) -> bool:
    """Whether a count that no metric claimed stands between: then "it" may mean that one."""
    if last.scene is view:
        return False
    if _of_unknown(view, atom, memory):
        return True
    if view.form(0) == "the" and view.form(1) in OTHERS and _after(memory.refused, last):
        return True  # "73% said so. The other 27 ..."
    if memory.lost is None:
        return False
    scene, lost = memory.lost
    bare = not scene.quantities[lost].unit and noun_unit(scene, lost) != FOREIGN
    if view.quantities[atom].unit.startswith(MONEY):  # "Should 300 go, another £5m would follow": no count is a sum
        return False
    return bare and last.scene.sentence.index < scene.sentence.index


OTHERS = frozenset({"other", "others", "rest", "remaining", "remainder"})


def _after(told: tuple[Scene, int] | None, last: Claim) -> bool:
    """Whether a number without a metric stands between the last claim and here."""
    return told is not None and told[0].sentence.index > last.scene.sentence.index


def _of_unknown(view: Scene, atom: int, memory: Memory) -> bool:
    """As in "Rates were £61 in May, up 3%": the change of a number of its own sentence that no metric claimed."""
    known = (memory.lost, memory.refused)
    before = any(row is not None and row[0] is view and row[1] < atom for row in known)
    return before and view.quantities[atom].unit in (PERCENT, TIMES) and not partitive(view, atom)


def _predicated(view: Scene, atom: int, metric: Metric) -> bool:
    """As in "a further 3,400 were withdrawn": the number is given a statement of its own, which no cue knows."""
    at = atom + 1
    if at < len(view.line.forms) and unit_at(view, at):  # "27 people are known to have died"
        at += 1
    told = (
        (hit.counted == atom and hit.last > at) or (metric.id in hit.value.metrics and at < hit.first <= at + 2)
        for hit in view.narrowing
    )
    return predicated(view, at) and not any(told)


def _rated(view: Scene, atom: int, noun: str) -> bool:
    """As in "53 per cent were granted; for Afghans it was 97": the percentage whose sign is left out."""
    quantity = view.quantities[atom]
    bare = not quantity.unit and not noun and quantity.scale == 1 and max(quantity.numbers) <= WHOLE_RATE
    told = view.form(atom - 1) in ("was", "is", "were", "to", "at") and view.form(atom + 1) in (
        ",",
        ".",
        "",
        BREAK,
        TIME,
    )
    return bare and told


WHOLE_RATE = 100


def _goes_on(view: Scene, atom: int, noun: str, last: Claim) -> bool:
    unit = view.quantities[atom].unit
    if last.attached.metric.kind == "rate" and unit not in (PERCENT, TIMES) and not _rated(view, atom, noun):
        return False
    if _predicated(view, atom, last.attached.metric) or (
        not unit and last.attached.unit.startswith(MONEY) and not _sum(view, atom)
    ):
        return False
    if unit == TIMES and view.form(atom - 1) == "to" and view.form(atom - 2) in (",", BREAK):
        return False  # "paid £5m, to double the number of <others>"
    if (view.form(atom + 1) == "of" and _of_others(view, atom + 2)) or part_of_another(view, atom, last):
        return False
    if unit not in ("", PERCENT, TIMES, last.quantity.unit) or (not unit and _named(view, atom, noun, last)):
        return False
    apart = view.sentence.index - last.scene.sentence.index
    if apart and (
        _new_subject(view, atom, last.attached.metric) or view.lines_after(last.scene) > 1 or apart > SENTENCES + 1
    ):
        return False
    bare = _next(view, last.scene) and not unit and not noun and not view.metrics and not _entered(view, last.scene)
    return apart == 0 or anaphoric(view, atom) or bare


def _entered(view: Scene, before: Scene) -> bool:
    """Whether a live blog's next entry began between two sentences."""
    between = view.document.paragraphs[before.sentence.paragraph + 1 : view.sentence.paragraph]
    return not view.told("anaphor") and any(paragraph.layout is Layout.STAMP for paragraph in between)


def _sum(view: Scene, atom: int) -> bool:
    """As in "£5.38 billion, down from 6.4 billion": a number without its currency, but of that size."""
    return view.quantities[atom].scale >= MILLION


MILLION = 1_000_000


def part_of_another(view: Scene, atom: int, last: Claim | None) -> bool:
    """As in "nine <others>, of which two": a part of the number before, which is not the last claim."""
    before = view.form(atom - 2) == "of" and view.form(atom - 1) in PRONOUNS
    behind = view.form(atom + 1) == "of" and view.form(atom + 2) in ("which", "whom")
    if not (before or behind):
        return False
    whole = next((at for at in range(atom - 1, -1, -1) if at in view.quantities), None)
    return whole is not None and (last is None or last.scene is not view or last.atom != whole)


WHOLE = frozenset({"them", "whom", "which", "those", "these", "that", "this", "all"})


def _of_others(view: Scene, at: int) -> bool:
    """As in "half of <a name>": a part of something that is not spoken of."""
    at += 1 if view.form(at) in ("the", "all", "its", "their") else 0
    if at in view.quantities:
        return noun_unit(view, at) == FOREIGN
    form = view.form(at)
    return form[:1].isalpha() and form not in view.tables.known_words and form not in WHOLE


def _named(view: Scene, atom: int, noun: str, last: Claim) -> bool:
    """Whether the number has a noun of its own that is no unit of the metric before."""
    if noun:
        return noun == FOREIGN or noun not in last.attached.metric.units
    after = view.form(atom + 1)
    return after in view.tables.known_words and after not in view.tables.open_words and not after.endswith("ed")


def _of_topic(view: Scene, atom: int, noun: str, topic: Cue) -> Attached | None:
    """The metric that the sentence before named without a number: "Data on X are in table 1. The total was ..." """
    above, hit = topic
    metric, unit = hit.value.metric, view.quantities[atom].unit
    narrower = any(metric.id in refusal.value.metrics and refusal.counted < 0 for refusal in above.refusals)
    if (
        narrower
        or view.sentence.index - above.sentence.index > 1
        or view.lines_after(above) > 1
        or _new_subject(view, atom, metric)
    ):
        return None
    asked = above.words.form(len(above.words) - 1) == "?"
    if not (asked or anaphoric(view, atom)) or (noun and noun not in metric.units):
        return None
    if unit not in (PERCENT, TIMES) and bool(unit) is not metric.units[0].startswith(MONEY):
        return None
    found = _from_cue(topic, noun, unit, "topic")
    if found is None:
        return None
    dims, population = narrow.own(view, metric, atom)
    return found._replace(dims={**found.dims, **dims}, population={**found.population, **population}, own=dims)


def headed(view: Scene, atom: int, noun: str, memory: Memory) -> Attached | None:
    """A line of a table or list that only labels its number counts what the heading names."""
    unit = view.quantities[atom].unit
    if memory.heading is None or noun or view.layout not in HEADED or parts(memory.heading[0]) > FEW:
        return None
    money = memory.heading[1].value.metric.units[0].startswith(MONEY)
    alike = [row for row in view.quantities.values() if row.unit == unit]
    if bool(unit) is not money or unit in (PERCENT, TIMES) or len(alike) > 1:  # columns, of which the heading tells one
        return None
    return _from_cue(memory.heading, "", unit, "heading")


def _from_cue(cue: Cue, noun: str, unit: str, how: str) -> Attached | None:
    above, hit = cue
    metric = hit.value.metric
    dims, population = narrowed(above, metric, hit.first, hit, range(len(above.line.forms)))
    if metric.needs and metric.needs not in dims:
        return None
    told = unit or counted(above, metric, noun, hit)
    stock = (hit.value.cue.kind or metric.kind) == "stock"
    return Attached(metric, f"{how}: {hit.value.rule}", told, dims, population, inherited=True, stock=stock)
