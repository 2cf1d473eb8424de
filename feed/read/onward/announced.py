"""What a line without a number announces: the metric of the next sentence's number, or of the rows under a heading."""

from __future__ import annotations

from collections.abc import Set

from feed.model.topic import Metric
from feed.read.claim import Attached, Cue, Memory
from feed.read.grammar.nouns import FOREIGN, noun_unit
from feed.read.metric.heard import MONEY
from feed.read.metric.units import counted
from feed.read.narrowing import narrow
from feed.read.narrowing.narrow import narrowed
from feed.read.numbers import PERCENT, TIMES
from feed.read.onward.anaphora import anaphoric, elliptic, of_any, plain
from feed.read.onward.columns import FEW, parts
from feed.read.patterns.lexicon import BREAK, Hit
from feed.read.scene import Scene
from feed.read.tables import Named
from feed.read.text.sentences import Layout

HEADED = frozenset({Layout.HEADING, Layout.ROW, Layout.BULLET, Layout.STAMP})
COUNTS = frozenset({"number", "numbers", "proportion", "share"})


def _people_of(view: Scene, at: int, metric: Metric) -> bool:
    """As in "the number of <Welshmen> fell": those whom the metric counts, narrowed."""
    told = (at,) if view.metrics else (at, at - 2)
    rows = (hit for hit in view.narrowing if hit.first in told and hit.value.population)
    return any(not hit.value.metrics or metric.id in hit.value.metrics for hit in rows)


def new_subject(view: Scene, atom: int, metric: Metric) -> bool:
    """As in "the number of caseworkers rose to 614": a count of something that no cue of the metric names."""
    heads = (hit for hit in view.told("the total") if hit.first == 0 and hit.last <= atom)
    if any(not plain(view, hit) and view.form(hit.last - 2) not in ("its", "their") for hit in heads):
        return True
    for at in range(atom):
        if view.form(at) in COUNTS and view.form(at + 1) == "of" and not of_any(view, at + 2):
            if _people_of(view, at + 2, metric):
                return False
            named = (hit for hit in view.metrics if hit.value.metric.id == metric.id)
            return not any(hit.first <= at + 4 and hit.last > at for hit in named)
    return False


def of_something(view: Scene, atom: int, metric: Metric) -> bool:
    """As in "so that they can double the number of waiters": what a number itself says that it counts or moves."""
    at = atom + 2 if view.form(atom + 1) == "the" else atom + 1
    if view.form(at) not in COUNTS or view.form(at + 1) != "of" or of_any(view, at + 2):
        return False
    named = any(hit.value.metric.id == metric.id and hit.first <= at + 4 and hit.last > at for hit in view.metrics)
    return not named and not _people_of(view, at + 2, metric) and view.form(at + 2) not in THEM


THEM = frozenset({"them", "these", "those", "such"})


def of_topic(view: Scene, atom: int, noun: str, topic: Cue, schemes: Set[str]) -> Attached | None:
    """The metric that the sentence before named without a number: "Data on X are in table 1. The total was ..."

    `schemes`: those that the text has named; in "What has it cost?" the only one is meant.
    """
    above, hit = topic
    metric, unit = hit.value.metric, view.quantities[atom].unit
    narrower = any(metric.id in refusal.value.metrics and refusal.counted < 0 for refusal in above.refusals)
    if (
        narrower
        or view.sentence.index - above.sentence.index > 1
        or view.lines_after(above) > 1
        or new_subject(view, atom, metric)
    ):
        return None
    asked = above.words.form(len(above.words) - 1) == "?"
    if not (asked or anaphoric(view, atom) or elliptic(view, atom, noun)) or (noun and noun not in metric.units):
        return None
    if unit not in (PERCENT, TIMES) and not any(own.startswith(unit) for own in metric.units):
        return None
    if not unit and metric.units[0].startswith(MONEY):
        return None
    found = _from_cue(topic, noun, unit, "topic", schemes if asked else frozenset())
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
    found = _from_cue(memory.heading, "", unit, "heading")
    if found is None:
        return None
    dims, population = narrow.own(view, found.metric, atom)
    return found._replace(dims={**found.dims, **dims}, population={**found.population, **population}, own=dims)


def _from_cue(cue: Cue, noun: str, unit: str, how: str, schemes: Set[str] = frozenset()) -> Attached | None:
    above, hit = cue
    metric = hit.value.metric
    dims, population = narrowed(above, metric, hit.first, hit, range(len(above.line.forms)))
    under = None if metric.needs or how != "topic" else _under(above)
    dims = {**dims, "scheme": under} if under else dims
    if metric.needs and metric.needs not in dims:
        if len(schemes) != 1:
            return None
        dims = {**dims, metric.needs: next(iter(schemes))}
    told = unit or counted(above, metric, noun, hit)
    stock = (hit.value.cue.kind or metric.kind) == "stock"
    return Attached(metric, f"{how}: {hit.value.rule}", told, dims, population, inherited=True, stock=stock)


def _under(view: Scene) -> str | None:
    """The scheme under which a sentence says that something was done."""
    led = (scheme for at, scheme in view.schemes.items() if view.met(UNDER, at - 3, at))
    return next(led, None)


UNDER = frozenset({"under", "through", "by", "via"})


def strongest(view: Scene) -> Hit[Named] | None:
    """The longest full cue of the highest metric in a sentence without numbers."""
    asked = view.words.form(len(view.words) - 1) == "?"
    hits = [hit for hit in view.metrics if asked or not hit.value.cue.weak]
    return max(hits, key=lambda hit: (hit.value.metric.rank, hit.last - hit.first), default=None)


def subject_named(view: Scene, spoken: Set[str]) -> Hit[Named] | None:
    """The weak cue that a sentence without numbers begins with, where no other speaks: "Sales have slowed."."""
    weak = [hit for hit in view.metrics if not hit.value.cue.context or hit.value.cue.context in spoken]
    only = len({hit.value.metric.id for hit in weak}) == 1
    opens = weak[0].first <= LEAD or view.form(weak[0].first - 1) in REPORTING if weak else False
    return weak[0] if only and opens and not weak[0].value.metric.needs else None


LEAD = 2  # atoms before a subject: "the", "their own"
REPORTING = frozenset({"that", BREAK, ","})  # "They point out that sales are up"


def idle(view: Scene) -> bool:
    """As in "higher than three ministers had thought": whether a sentence's numbers are a few of something unknown."""
    few = (not row.unit and max(row.numbers) <= FEWEST for row in view.quantities.values())
    return bool(view.quantities) and all(few) and all(noun_unit(view, at) == FOREIGN for at in view.quantities)


FEWEST = 12
