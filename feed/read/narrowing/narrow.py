"""What narrows a number: the values of dimensions that its own stretch of the sentence tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from feed.model.topic import Metric
from feed.read.grammar.nouns import unit_at
from feed.read.grammar.opening import of_everyone, opening, opening_whole
from feed.read.narrowing.journeys import carried_along, of_kin, travels
from feed.read.narrowing.stretch import EDGES, region
from feed.read.narrowing.whose import JOINTS, told_of
from feed.read.patterns.lexicon import BREAK, QUANTITY, Hit
from feed.read.scene import Scene
from feed.read.tables import Named, Narrowing

GROUP = "group"
SIDE_BY_SIDE = 8
NOTHING = range(0)


class Narrowed(NamedTuple):
    """A value of a dimension, and the atom where its words begin."""

    dim: str
    value: str
    population: bool
    first: int
    mine: bool = False  # the words hold the number itself: "99% for Welshmen"


Dims = dict[str, str]


def narrowed(scene: Scene, metric: Metric, atom: int, hit: Hit[Named], where: range) -> tuple[Dims, Dims]:
    """(dims, of them those that tell who is counted) from the stretch and from the cue's own words.

    Two values told side by side narrow nothing; of two told apart the nearer one counts.
    """
    told = [*_values(scene, metric, atom, where)]
    before = hit.last <= atom and hit.counted < 0 and not told_of(scene, hit.last - 1, atom)
    if not (before and any(row.mine or row.first > atom for row in told)):
        told += [Narrowed(dim, value, population=False, first=hit.first) for dim, value in hit.value.cue.dims.items()]
    dims, population = _agreed(told, scene, atom)
    torn = {row.dim for row in told} - dims.keys()
    if torn:  # "26 left willingly and 14 by force": what stands beside the number itself
        near, among = own(scene, metric, atom)
        dims |= {dim: near[dim] for dim in torn & near.keys()}
        population |= {dim: among[dim] for dim in torn & among.keys()}
    for row in _beside(scene, metric, where):
        if any(other.value.dim == row.dim and other.value.value == row.beside for other in scene.narrowing):
            dims.setdefault(row.dim, row.value)
    return _led(scene, metric, atom, (dims, population), opening_whole(scene, atom))


def _led(scene: Scene, metric: Metric, atom: int, told: tuple[Dims, Dims], whole: range = NOTHING) -> tuple[Dims, Dims]:
    """With what a sentence is about from its first words on: "Among Welshmen the fall was steeper: 300 of them ..."."""
    where = opening(scene, atom) or whole
    if not where or of_everyone(scene, atom):
        return told
    dims, population = _agreed([*_values(scene, metric, atom, where)], scene, atom)
    return {**population, **told[0]}, {**population, **told[1]} if dims else told[1]


def own(scene: Scene, metric: Metric, atom: int) -> tuple[Dims, Dims]:
    """(dims, population) that a number tells beside itself, although its metric stands in the text before."""
    told = _agreed([*_values(scene, metric, atom, region(scene, atom, None))], scene, atom)
    return _led(scene, metric, atom, told)


def labelled(scene: Scene, metric: Metric) -> Dims:
    """What the label of a table's row tells of all its numbers: "Iran; 7,397; 86%"."""
    hits = (hit for hit in scene.narrowing if not hit.first and hit.value.placed and metric.id in hit.value.metrics)
    told = {hit.value.dim: place_of(scene, hit) for hit in hits}
    return {dim: value for dim, value in told.items() if value}


def everywhere(scene: Scene, metric: Metric) -> Mapping[str, str]:
    """The dimensions that a sentence without numbers tells for a metric."""
    whole = range(len(scene.line.forms))
    return _agreed([*_values(scene, metric, whole.stop, whole)], scene, whole.stop)[0]


def titled(scene: Scene, metric: Metric) -> Dims:
    """Of whom all is that stands under a heading of a few words: those whom it names, and nothing else."""
    whole = range(len(scene.line.forms))
    told = [row for row in scene.narrowing if row.value.population and row.counted < 0]
    covered = {at for row in told for at in range(row.first, row.last)} | {
        at for hit in scene.metrics if hit.value.metric.id == metric.id for at in range(hit.first, hit.last)
    }
    if not told or scene.quantities or any(at not in covered and scene.form(at) not in LINKS for at in whole):
        return {}
    return _agreed([*_values(scene, metric, whole.stop, whole)], scene, whole.stop)[1]


LINKS = frozenset({"of", "by", "the", ":", ""})


def _values(scene: Scene, metric: Metric, atom: int, where: range) -> Iterator[Narrowed]:
    for hit in scene.narrowing:
        row = hit.value
        inside = hit.counted == atom or (where.start <= hit.first and hit.last <= where.stop)
        carries = carried_along(scene, hit, atom) and (not row.metrics or metric.id in row.metrics)
        if (
            (carries or (inside and _bears(row, metric, hit, atom)))
            and not row.beside
            and not _within(scene, hit)
            and not off(scene, hit)
            and told_of(scene, _word(scene, hit), atom, beside=hit.counted == atom)
            and not _either(scene, hit)
            and not (hit.counted < 0 and _only_some(scene, hit))
            and NEITHER.isdisjoint(scene.line.forms[max(0, hit.first - 1) : hit.last])
        ):
            value = row.value
            if row.placed:
                value = "" if _shared(scene, hit, where) else place_of(scene, hit)
            if value:
                yield Narrowed(row.dim, value, row.population, hit.first, hit.counted == atom)


def _word(scene: Scene, hit: Hit[Narrowing]) -> int:
    """The word of a hit that names the value: a place, else the last one that is no number."""
    place = _mention(scene, hit) if hit.value.placed else -1
    told = (at for at in range(hit.last - 1, hit.first, -1) if at != hit.counted and scene.form(at) not in JOINTS)
    return place if place >= 0 else next(told, hit.first)


def _either(scene: Scene, hit: Hit[Narrowing]) -> bool:
    """As in "by choice or by force": either of two values of one dimension, so none."""
    if hit.counted >= 0:
        return False
    others = [o for o in scene.narrowing if o.value.dim == hit.value.dim and o.value.value != hit.value.value]
    left = scene.form(hit.first - 1) == "or" and any(o.last == hit.first - 1 for o in others)
    return left or (scene.form(hit.last) == "or" and any(o.first == hit.last + 1 for o in others))


def _only_some(scene: Scene, hit: Hit[Narrowing]) -> bool:
    """As in "900 left, most of them Welsh", "counting the Welsh as well": told of some, of how many is not said."""
    return any(0 <= hit.first - some.last <= BEHIND for some in scene.told("some"))


BEHIND = 2  # atoms from "most of them" to whom it names
NEITHER = frozenset({"neither", "nor"})  # "85 per cent were neither Welsh nor Manx"


def _within(scene: Scene, hit: Hit[Narrowing]) -> bool:
    """Whether a longer phrase of the same dimension holds these words: "oat milk tea" holds "milk tea"."""
    return any(
        other.value.dim == hit.value.dim
        and other.first <= hit.first
        and hit.last <= other.last
        and other.last - other.first > hit.last - hit.first
        for other in scene.narrowing
        if other.value.value != hit.value.value
    )


def _bears(row: Narrowing, metric: Metric, hit: Hit[Narrowing], atom: int) -> bool:
    if row.metrics and metric.id not in row.metrics:
        return False
    return hit.counted == atom or (hit.counted < 0 and not row.near)


def off(scene: Scene, hit: Hit[Narrowing]) -> bool:
    """Whether the words name somebody else: one of several populations, or a country's officials."""
    row = hit.value
    if row.placed:
        institution = scene.line.has(hit.last, "institution") or of_kin(scene, hit)
        return institution if row.population else travels(scene, hit)
    if row.dim != GROUP:
        return False
    return _together(scene, hit) if row.near else _mixed(scene, hit)


def _together(scene: Scene, hit: Hit[Narrowing]) -> bool:
    """As in "500 <women>, men and children": the words of one of several groups that a number counts together."""
    if scene.form(hit.first) != QUANTITY:
        return False
    at = hit.last
    while scene.form(at) in (",", "and", "or") and _grouped(scene, at + 1):
        at += 2
    return at > hit.last


def _grouped(scene: Scene, at: int) -> bool:
    """Whether a bare plural stands at that atom that tells who is counted: "women <and children>"."""
    return unit_at(scene, at) == "people" and scene.form(at - 1) != QUANTITY


def _mixed(scene: Scene, hit: Hit[Narrowing]) -> bool:
    """As in "tea and coffee drinkers": one of several populations told together narrows nothing."""
    if scene.form(hit.first - 1) in ("and", "or") and hit.first > 1 and unit_at(scene, hit.first - 2) == "people":
        return True
    listed = scene.form(hit.last) == "," and any(scene.form(at) == "and" for at in range(hit.last + 2, hit.last + 6))
    if not listed and scene.form(hit.last) not in ("and", "or"):
        return False
    end = min(hit.last + 4, len(scene.line.forms))
    end = next((at for at in range(hit.last, end) if scene.form(at) == QUANTITY), end)
    return any(unit_at(scene, at) == "people" for at in range(hit.last + 1, end))


def _beside(scene: Scene, metric: Metric, where: range) -> Iterator[Narrowing]:
    """The rows that count only beside another figure's value."""
    for hit in scene.narrowing:
        row = hit.value
        fits = not row.metrics or metric.id in row.metrics
        either = scene.form(hit.first - 1) == "or"  # "left or <were sent away>"
        if row.beside and fits and not either and where.start <= hit.first and hit.last <= where.stop:
            yield row


def _shared(scene: Scene, hit: Hit[Narrowing], where: range) -> bool:
    """Whether a mention of a place is taken: by one more place beside it, or by longer words for another dimension."""
    beside = scene.form(hit.last) in EDGES and scene.line.has(hit.last + 1, "place")
    if beside and scene.line.has(hit.last - 1, "place"):
        return _country(scene, hit.last - 1) != _country(scene, hit.last + 1)
    at = _mention(scene, hit)
    bare = hit.first == at  # "sent to <France>, with 130 ...": the place is the preposition's
    return any(
        other.value.placed and other.value.dim != hit.value.dim and _mention(scene, other) == at
        for other in scene.narrowing
        if (bare and other.first < at and other.last == at + 1)
        or (other.last - other.first > hit.last - hit.first and where.start <= other.first and other.last <= where.stop)
    )


def _mention(scene: Scene, hit: Hit[Narrowing]) -> int:
    """Where the place of a hit stands."""
    named = range(hit.last - 1, hit.first - 1, -1)
    if hit.value.population and hit.counted == hit.last - 1:
        named = range(hit.first, hit.last)
    return next((at for at in named if any(name.startswith("place:") for name, _ in scene.line.classes[at])), -1)


def place_of(scene: Scene, hit: Hit[Narrowing]) -> str:
    """The code of the last place that the words of a hit name, "" for none; of the first whose people it numbers.

    As in "the number of Welshmen who came to Leeds rose to 500".
    """
    told = range(hit.last - 1, hit.first - 1, -1)
    if hit.value.population and hit.counted == hit.last - 1:
        told = range(hit.first, hit.last)
    return next((code for at in told if (code := _country(scene, at))), "")


def _country(scene: Scene, at: int) -> str:
    """The code of the place that is named at that atom, "" for none."""
    return next((name[6:] for name, _ in scene.line.classes[at] if name.startswith("place:")), "")


def _agreed(told: Sequence[Narrowed], scene: Scene, atom: int) -> tuple[Dims, Dims]:
    values: dict[str, list[Narrowed]] = {}
    for row in sorted(
        told,
        key=lambda row: (not row.mine, row.mine and row.first < atom, _parted(scene, row, atom), abs(row.first - atom)),
    ):
        values.setdefault(row.dim, []).append(row)
    dims = {dim: rows[0].value for dim, rows in values.items() if not _joined(scene, rows, atom)}
    population = {row.dim: row.value for row in told if row.population and dims.get(row.dim) == row.value}
    return dims, population


def _parted(scene: Scene, row: Narrowed, atom: int) -> bool:
    """As in "6,700 left by choice, while 600 <were forced out>": words of the clause before tell less than its own."""
    between = range(row.first + 1, atom)
    return any(scene.form(at) == BREAK and not scene.bracket(at) for at in between)


def _joined(scene: Scene, rows: Sequence[Narrowed], atom: int) -> bool:
    other = next((row for row in rows if row.value != rows[0].value), None)
    if other is None:
        return False
    low, high = sorted((rows[0].first, other.first))
    if rows[0].mine and rows[0].first >= atom > other.first:  # "by Welshmen, 3,042 by Manxmen"
        return False
    if rows[0].mine is not other.mine and scene.numbered(low + 1, high + 1):
        return False  # "141,000 Welsh, 90,000 Manx": the other one is another number's
    return high - low <= SIDE_BY_SIDE and scene.met(EDGES, low, high)
