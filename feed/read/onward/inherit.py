"""Numbers whose metric stands in the text before: by pronoun, under a heading, in answer to a question."""

from __future__ import annotations

from feed.model.figure import Measure
from feed.read.claim import Attached, Claim, Memory
from feed.read.grammar.compared import compared_level
from feed.read.grammar.nouns import FOREIGN, PRONOUNS, noun_unit, partitive
from feed.read.grammar.opening import of_everyone
from feed.read.metric.contrasted import contrasted, of_somebody
from feed.read.metric.heard import MONEY
from feed.read.metric.units import money_unit
from feed.read.narrowing import narrow
from feed.read.narrowing.jointly import several
from feed.read.narrowing.stretch import region
from feed.read.numbers import PERCENT, TIMES, Quantity
from feed.read.onward.anaphora import anaphoric, anew, did_so, of_whom
from feed.read.onward.announced import new_subject, of_something, of_topic
from feed.read.onward.bare import WHOLE_RATE, more_of_unknown, rated, stated_anew, told_anew
from feed.read.onward.linked import times_apart
from feed.read.onward.pairs import paired
from feed.read.onward.recalled import anew_of, in_common, is_whole, of_its_size, of_total, whole_of_parts
from feed.read.patterns.lexicon import BREAK
from feed.read.scene import Scene
from feed.read.text.sentences import Layout

SENTENCES = 2  # how far back "it" reaches


def inherited(view: Scene, atom: int, noun: str, memory: Memory) -> Attached | None:
    """The metric of the figure or of the sentence before, where this one only goes on about it."""
    if of_somebody(view, atom) or more_of_unknown(view, atom, memory):
        return None
    last = _alike(view, atom, memory)
    pair = paired(view, atom, memory)
    named = pair or _of_two(view, atom, memory)
    if named is not None:
        return onward(view, atom, named.attached)
    if memory.topic and (last is None or last.scene.sentence.index < memory.topic[0].sentence.index):
        return of_topic(view, atom, noun, memory.topic, {scheme for scheme, _ in memory.schemes})
    if last is None or _broken(view, atom, memory, last) or not _goes_on(view, atom, noun, last, memory):
        return None
    base = _base(view, atom, last, memory)
    base = in_common(base, memory.row) if anew_of(view) and last.scene is not view else base
    if not view.quantities[atom].unit and base.unit.startswith(MONEY) and not _sum(view, atom):
        return None  # a count is no sum
    again = any(claim.attached.dims == base.dims for claim in memory.row[:-1])  # "2,024 Welshmen, one in four"
    parted = _over(view, atom, last) or last.scene is not view
    parted = parted and not _itself(view, memory)
    parted = parted and base.own is last.attached.own and not again and not partitive(view, atom)
    if _outgrown(view, atom, last, base):
        return onward(view, atom, _without_own(base._replace(own=base.own or base.population)))
    return _in_sum(onward(view, atom, _without_own(base) if parted else base), view.quantities[atom], last)


def _in_sum(found: Attached, quantity: Quantity, last: Claim) -> Attached:
    """As in "£6m a day. Over the whole year that came to £2.3bn": many times the rate is no rate."""
    rated = "/" in found.unit and found.unit == last.attached.unit and found.unit != quantity.unit
    whole = rated and quantity.unit and quantity.numbers[0] > MANY * last.quantity.numbers[0]
    return found._replace(unit=quantity.unit) if whole else found


def _itself(view: Scene, memory: Memory) -> bool:
    """As in "For tea the rate was 98%. It is now 9%": the same rate, of those whom the sentence before was about."""
    alone = len(memory.row) == 1 and memory.row[0].attached.metric.kind == "rate"
    return alone and view.form(0) in ("it", "that")


MANY = 50  # times a rate; what is told of another time or place is seldom so far from it


def _outgrown(view: Scene, atom: int, last: Claim, base: Attached) -> bool:
    """As in "23 children were held. The most common were Welshmen, with 2,676": no part is more than its whole."""
    alike = base is last.attached and last.role.measure is Measure.LEVEL and last.scene is not view
    if not alike or last.quantity.unit or view.quantities[atom].unit:
        return False
    told = narrow.own(view, base.metric, atom)[0]
    more = min(view.quantities[atom].numbers) > max(last.quantity.numbers)
    return more and any(dim not in base.dims for dim in told)


def _over(view: Scene, atom: int, last: Claim) -> bool:
    """As in "23 came, four of them Welsh, against 78 last year": what follows an aside goes on about the whole."""
    if last.scene is not view or not partitive(view, last.atom) or view.form(last.atom - 1) not in (",", BREAK):
        return False
    joint = next((at for at in range(last.atom + 3, atom) if view.form(at) in (",", BREAK)), atom)
    after = view.form(joint + 1)
    return joint < atom and (after in AGAINST or (after == "and" and atom > joint + CLAUSE))


AGAINST = frozenset({"against", "compared", "versus", "up", "down", "from", "where", "while", "whereas", "but"})
CLAUSE = 4  # atoms from "and" to the number of a clause of its own


def _alike(view: Scene, atom: int, memory: Memory) -> Claim | None:
    """The last claim; of "1,508 of them, worth £80m. A year before there were 789, worth £14m" the last of its kind."""
    last, quantity = memory.last, view.quantities[atom]
    if last is None or quantity.unit in (PERCENT, TIMES):
        return last
    money = quantity.unit.startswith(MONEY) or (not quantity.unit and _sum(view, atom))
    if last.attached.metric.kind == "rate" and not money and max(quantity.numbers) > WHOLE_RATE:
        counted = [row for row in memory.levels if row.attached.metric.kind != "rate" and row.scene is last.scene]
        return counted[-1] if counted else last  # "16,400 answers, a yes in 77%. In May they managed 4,282"
    if last.attached.unit.startswith(MONEY) is money and "/" not in last.attached.unit:
        return last
    rows = (row for row in memory.levels if row.attached.metric.id == last.attached.metric.id)
    alike = (row for row in rows if row.attached.unit.startswith(MONEY) is money)
    return min(alike, key=lambda row: times_apart(quantity, row.quantity), default=last)


def _of_two(view: Scene, atom: int, memory: Memory) -> Claim | None:
    """As in "fell from 5,294 to 4,812; Welshmen made up 34 of the latter": one of the two levels told last."""
    if not (view.told("the former") or view.told("the latter")):
        return None
    row = [claim for claim in memory.row if claim.role.measure is Measure.LEVEL]
    two = row[-2:] if len(row) > 1 else memory.levels
    if len(two) < 2:
        return None
    for name, claim in zip(("the former", "the latter"), two, strict=True):
        if view.tells(name, atom) and _next(view, claim.scene):
            return claim
    return None


def _base(view: Scene, atom: int, last: Claim, memory: Memory) -> Attached:
    """The claim that it goes on about: the last one, or the last that others are compared with."""
    known = _recounted(view, atom, last, memory) or whole_of_parts(view, memory)
    known = known or of_its_size(view, atom, last, memory)
    if known is not None:
        return known
    if memory.row and last.scene is not view and any(h.first > memory.row[0].atom for h in last.scene.told("composed")):
        return memory.row[0].attached  # "it ran at 226,000, the result of 612,000 coming and 386,000 going. It had ..."
    unit = view.quantities[atom].unit
    told = view.tells("existential", atom) and last.scene is not view and not last.beside
    if told and last.attached.counted:  # "13 vans left. In the last seven days there were two"
        return last.attached
    if partitive(view, atom) and last.scene is view and not (unit or _beside_another(last)):
        return last.attached  # "900 were let out, and 51 vans left, four of them for Wales"
    if unit == PERCENT and last.attached.metric.kind == "rate":  # "the rate slid to 58%. It stood at 98% for ..."
        return last.attached
    main = memory.main
    elsewhere = main and last.scene is view is not main.scene and main.attached.metric.id != last.attached.metric.id
    other = elsewhere and last.attached.counted and compared_level(view, atom)  # "218 vans ran, against 400 in May"
    if other or (elsewhere and unit in (PERCENT, TIMES) and not last.attached.counted):
        main = None  # "there were 2,910, 46% down on 2020 and a fifth of the 15,100 of 2013": of this sentence's own
    from_main = main is not None and (unit in (PERCENT, TIMES) or last.attached.counted)
    if main is None or from_main or last.attached.unit not in (PERCENT, TIMES):
        return main.attached if main and from_main else last.attached
    level = memory.levels[-1].attached if memory.levels else last.attached
    same = level.metric.id == last.attached.metric.id
    return last.attached._replace(unit=last.attached.counts or level.unit) if same else last.attached


def _recounted(view: Scene, atom: int, last: Claim, memory: Memory) -> Attached | None:
    """As in "72,027 cases, covering 85,902 people. Some 3,100 came from Wales": the first unit is the sentence's."""
    money = view.quantities[atom].unit not in ("", PERCENT)
    if money or last.scene is view or len(memory.row) < 2 or last.role.measure is not Measure.LEVEL:
        return None
    main, told = memory.row[-2], last.attached
    same = main.attached.metric.id == told.metric.id and main.attached.dims == told.dims and not last.role.compared
    again = main.role.measure is Measure.LEVEL and {main.attached.unit, told.unit} == {"cases", "people"}
    return main.attached if same and again else None


def _told_of_whole(base: Attached, dim: str) -> str | None:
    """The value of a dimension that the whole has of which something goes on to tell parts."""
    return base.dims.get(dim) if dim not in base.own or dim in base.again else None


def _beside_another(last: Claim) -> bool:
    """As in "1,154 came, in 19 vans": a count that only tells more of another one."""
    return last.beside or not last.attached.counted


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
    whole = base  # of "9,000 cups of tea, 5,000 of them tea for <Welshmen>" tea is told of both
    if dims and base.own and (not partitive(view, atom) or anew(view, atom)):
        base = _without_own(base)
    if of_everyone(view, atom) or of_total(view, atom, base):
        base = _without_own(base._replace(own=base.own or base.population))
    if is_whole(view, atom):
        base = _without_own(base._replace(own=base.own or base.population))
    return base._replace(
        inherited=True,
        rule=rule,
        unit=told or own,
        dims={**base.dims, **dims},
        population={**base.population, **population},
        of=None,
        at=-1,
        measure=None,
        counted=False,
        own=dims,
        again={dim: value for dim, value in dims.items() if value == _told_of_whole(whole, dim)},
        several=several(view, base.metric, atom, region(view, atom, None)),
        counts=own if unit in (PERCENT, TIMES) else "",
    )


def _without_own(base: Attached) -> Attached:
    """As in "a quarter of them were Welsh, and pensioners made up 30": parts of one whole, not of each other."""
    dims = {dim: value for dim, value in base.dims.items() if base.own.get(dim) != value or dim in base.again}
    population = {dim: value for dim, value in base.population.items() if dim in dims}
    return base._replace(dims=dims, population=population)


def _next(view: Scene, before: Scene) -> bool:
    """Whether a sentence is the next one, past bylines, captions and the hours of a live blog."""
    document = view.document
    between = document.sentences[before.sentence.index + 1 : view.sentence.index]
    lines = (document.paragraphs[each.paragraph] for each in between)
    return all(line.layout in ASIDES or document.byline(line) for line in lines)


def _asked_when(view: Scene, memory: Memory) -> bool:
    """As in "In 2010 it sent home 900. In 2022? 300.": the sentence before only asks about another time."""
    setter = memory.release[0] if memory.release else None
    asked = setter is not None and setter.form(len(setter.line.forms) - 1) == "?" and len(setter.line.forms) <= WHEN
    return asked and setter is not None and view.sentence.index - setter.sentence.index == 1


WHEN = 5  # atoms of a question about nothing but a time
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


def _goes_on(view: Scene, atom: int, noun: str, last: Claim, memory: Memory) -> bool:
    unit = view.quantities[atom].unit
    if last.attached.metric.kind == "rate" and unit not in (PERCENT, TIMES) and not rated(view, atom, noun):
        return False
    if (
        contrasted(view, atom, last)
        or of_something(view, atom, last.attached.metric)
        or stated_anew(view, atom, last.attached.metric)
        or (not unit and last.attached.unit.startswith(MONEY) and not _sum(view, atom))
    ):
        return False
    if unit == TIMES and view.form(atom - 1) == "to" and view.form(atom - 2) in (",", BREAK):
        return False  # "paid £5m, to double the number of <others>"
    if (view.form(atom + 1) == "of" and _of_others(view, atom + 2)) or part_of_another(view, atom, last):
        return False
    if unit not in ("", PERCENT, TIMES, last.quantity.unit) or (not unit and _named(view, atom, noun, last)):
        return False
    apart = view.sentence.index - last.scene.sentence.index
    if apart > 1 and did_so(view, atom) and not _only_asked(view, last.scene):
        return False  # what was done stands in the sentence before, which nothing knows
    if apart and (
        new_subject(view, atom, last.attached.metric) or view.lines_after(last.scene) > 1 or apart > SENTENCES + 1
    ):
        return False
    asked = _asked_when(view, memory)
    near = (asked or _next(view, last.scene)) and (not view.entered(last.scene) or bool(view.told("anaphor")))
    bare = near and not unit and not noun and not view.metrics
    return apart == 0 or anaphoric(view, atom) or (bare and (asked or told_anew(view, last.attached.metric)))


def _only_asked(view: Scene, before: Scene) -> bool:
    """Whether only questions stand between two sentences: "And since?"."""
    document = view.document
    between = document.sentences[before.sentence.index + 1 : view.sentence.index]
    return all(document.tokens[each.last - 1].text in ("?", ".") and each.last - each.first < ASKED for each in between)


ASKED = 5  # tokens of "3." and "And since?"


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
    at += 1 if view.form(at) in POSSESSING else 0
    at += 1 if view.form(at) == "own" else 0
    if at in view.quantities:
        return noun_unit(view, at) == FOREIGN
    form = view.form(at)
    return form[:1].isalpha() and form not in view.tables.known_words and form not in WHOLE


POSSESSING = frozenset({"the", "all", "its", "their", "his", "her", "our", "your", "my"})


def _named(view: Scene, atom: int, noun: str, last: Claim) -> bool:
    """Whether the number has a noun of its own that is no unit of the metric before."""
    if noun:
        return noun == FOREIGN or noun not in last.attached.metric.units
    after = view.form(atom + 1)
    return after in view.tables.known_words and after not in view.tables.open_words and not after.endswith("ed")
